internal import Analysis
internal import Answers
internal import Files
internal import Questions
internal import Times

/// A vendor's code, and how often it was sent.
struct CodeCount {
  var vendor: String?
  var code: String
  var count: Int64

  fileprivate var name: GroupName { GroupName(parts: [.init(vendor), .text(code)]) }
}

/// Which codes are new, back and gone: the most frequent of each.
struct CodeRankings {
  /// Never sent before.
  fileprivate(set) var new: Ranking<CodeCount>
  /// Sent before, but not in the four weeks before.
  fileprivate(set) var returned: Ranking<CodeCount>
  /// Sent in what the range is compared with, and how often then, but not in the range.
  fileprivate(set) var gone: Ranking<CodeCount>

  init(_ top: Top) {
    new = Ranking(top.findings)
    returned = Ranking(top.findings)
    gone = Ranking(top.findings)
  }

  mutating func add(_ other: CodeRankings) {
    new.add(other.new)
    returned.add(other.returned)
    gone.add(other.gone)
  }
}

extension Ranking<CodeCount> {
  fileprivate mutating func add(_ sent: VendorCode, _ count: Int64, _ vocabulary: Vocabulary) {
    guard mayHold((count, 0)) else { return pass() }
    let code = CodeCount(
      vendor: vocabulary.vendors[sent.vendor], code: vocabulary.codes[sent.code] ?? "",
      count: count)
    add(code, size: (count, 0)) { code.name }
  }

  /// In order of vendors and codes.
  var inOrder: [CodeCount] { largest.sorted { $0.name < $1.name }.map(\.group) }
}

extension Question {
  /// Codes of a report's range against everything before it. Of a vendor that was not in the store
  /// for a day by then, there is nothing to be new against.
  func codeNews(_ tally: SortTally, _ calendar: ReportCalendar) throws -> CodeRankings {
    var rankings = CodeRankings(top)
    // By vendor and code, how often they were sent in the range: never before, as far as is known.
    var unfamiliar = CombinationNumbers()
    var counts: [Int64] = []
    tally.eachVendor { vendor, sorts in
      var codes: [Int: (now: Int64, before: Int64)] = [:]
      for entry in sorts where entry.sort.code >= 0 {
        codes[entry.sort.code, default: (0, 0)].now += entry.group.now
        codes[entry.sort.code, default: (0, 0)].before += entry.group.before
      }
      for (code, sent) in codes {
        let isRecent = tally.isRecent(vendor: vendor, code: code)
        if sent.now > 0, !isRecent, sent.before == 0 {
          _ = unfamiliar.number(of: Int32(vendor), Int32(code))
          counts.append(sent.now)
        } else if sent.now == 0, sent.before > 0 {
          let gone = VendorCode(vendor: vendor, code: code)
          rankings.gone.add(gone, sent.before, vocabulary)
        }
      }
    }
    // The whole past is asked only where there is someone to recognise.
    var older = NumberSet()
    var vendors = NumberSet()
    if !counts.isEmpty {
      let start = calendar.background.since
      let past = TimeRange(since: min(extent?.since ?? start, start), until: start)
      try eachResponse(during: past, by: .day) { response in
        vendors.insert(response.vendor)
        guard response.code >= 0 else { return }
        if let place = unfamiliar.known(Int32(response.vendor), Int32(response.code)) {
          older.insert(place)
        }
      }
    }
    for (place, count) in counts.enumerated() {
      let (vendor, code, _, _) = unfamiliar[place]
      let sent = VendorCode(vendor: Int(vendor), code: Int(code))
      if older.contains(place) {
        rankings.returned.add(sent, count, vocabulary)
      } else if tally.isKnown(vendor: sent.vendor) || vendors.contains(sent.vendor) {
        rankings.new.add(sent, count, vocabulary)
      }
    }
    return rankings
  }
}

extension CodeCount: Described {
  static let fields: Fields<CodeCount> = [
    Field("vendor", "whose code it is") { $0.vendor },
    Field("code", "the code") { $0.code },
    Field("errors", "how often it was sent; of what is gone, before") { $0.count },
  ]
}
