internal import Answers
internal import Events
internal import Store

/// A vendor's code, and how often it was sent.
struct CodeCount {
  var vendor: String?
  var code: String
  var count: Int64
}

/// Which codes are new, back and gone in a week.
struct CodeNews {
  /// Never sent before.
  var new: [CodeCount] = []
  /// Sent before, but not in the four weeks before.
  var returned: [CodeCount] = []
  /// Sent in the week before, and how often then, but not in this one.
  var gone: [CodeCount] = []
}

/// A vendor and a code, by number.
private struct SentCode: Hashable {
  var vendor: Int
  var code: Int
}

extension Question {
  /// Codes of the range against everything before it; in a store's first week there is nothing to
  /// be new against.
  ///
  /// - Parameter before: the week that ends where the range begins.
  func codeNews(before: TimeRange) throws -> CodeNews {
    let fourWeeksAgo = range.since - 28 * Milliseconds.day
    let now = try codes(in: range)
    let last = try codes(in: before)
    let recent = keys(last).union(
      keys(try codes(in: TimeRange(since: fourWeeksAgo, until: before.since))))
    let current = keys(now)
    let unfamiliar = now.filter { !recent.contains(key($0)) }
    // The whole past is asked only where there is someone to recognise.
    let past = TimeRange(
      since: min(extent?.since ?? fourWeeksAgo, fourWeeksAgo), until: fourWeeksAgo)
    let older = unfamiliar.isEmpty ? [] : keys(try codes(in: past))
    var news = CodeNews()
    if let extent, extent.since < range.since {
      news.new = unfamiliar.filter { !older.contains(key($0)) }
    }
    news.returned = unfamiliar.filter { older.contains(key($0)) }
    news.gone = last.filter { !current.contains(key($0)) }
    return news
  }

  private func codes(in range: TimeRange) throws -> [CodeCount] {
    var counts: [SentCode: Int64] = [:]
    try eachResponse(during: range, by: .day) { response in
      guard response.code >= 0 else { return }
      counts[SentCode(vendor: response.vendor, code: response.code), default: 0] += response.count
    }
    return counts.map { sent, count in
      CodeCount(
        vendor: vocabulary.vendors[sent.vendor], code: vocabulary.codes[sent.code] ?? "",
        count: count)
    }
    .sorted { ($0.vendor ?? "", $0.code) < ($1.vendor ?? "", $1.code) }
  }

  private func key(_ code: CodeCount) -> [String?] { [code.vendor, code.code] }

  private func keys(_ codes: [CodeCount]) -> Set<[String?]> { Set(codes.map(key)) }

  func codeValues(_ codes: [CodeCount]) -> Value {
    .array(
      codes.map {
        ["vendor": Value($0.vendor), "code": .text($0.code), "errors": .integer($0.count)]
      })
  }
}
