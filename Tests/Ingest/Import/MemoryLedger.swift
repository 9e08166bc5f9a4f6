import Batches
import Events
import Files

/// A ledger in memory that checks what every ledger may rely on: ranges that neither overlap nor
/// leave holes, and marks in order.
final class MemoryLedger: Ledger {
  struct Source {
    var head: ContentMark
    var firstLine: Digest?
    var parent: Int64?
    var fork: Int64
    var path: String
    var ranges: [(offset: Int64, length: Int64, tally: Tally)] = []
    var marks: [ContentMark] = []
    var headers: [ColumnHeader] = []
    var place: Place?

    var consumed: Int64 { ranges.last.map { $0.offset + $0.length } ?? fork }
  }

  struct Broken: Error {
    var what: String
  }

  private(set) var sources: [Source] = []
  /// The ids of all events, in the order they came.
  private(set) var requestIDs: [String] = []
  /// Where the lines of all events stand.
  private(set) var places: [Event.Place] = []
  /// The messages of events, each when it was met first, and who answered each event.
  private(set) var messages: [String] = []
  private(set) var answers: [AnsweredBy] = []
  /// Time, method, path, status and latency of each event, `-` for each that is not known.
  private(set) var told: [String] = []
  /// Lines that could not be read, as far as they are kept one by one.
  private(set) var rejects: [Reject] = []
  /// What was not found.
  private(set) var gaps: [Gap] = []
  /// Errors of commits to come, by the number of the commit from 0: each comes once.
  var failures: [Int: any Error] = [:]
  private var commits = 0
  /// The texts of all batches, as their vocabulary numbers them.
  private var texts: [Lexicon: [String]] = [:]
  let seed: UInt64 = 7
  let redactionKey: UInt64 = 11

  /// Everything counted, each byte of each source once.
  var total: Tally {
    var total = Tally()
    for source in sources { for range in source.ranges { total += range.tally } }
    return total
  }

  func headLengths() -> [Int64] { Set(sources.map(\.head.offset)).sorted(by: >) }

  func lineages(head: ContentMark) -> [Lineage] { lineages { $0.head == head } }

  func lineages(firstLine: Digest) -> [Lineage] { lineages { $0.firstLine == firstLine } }

  func lineages(at path: String) -> [Lineage] { lineages { $0.place?.path == path } }

  private func lineages(where isMeant: (Source) -> Bool) -> [Lineage] {
    sources.indices.filter { isMeant(sources[$0]) }.map { index in
      Lineage(
        source: Int64(index), consumed: sources[index].consumed,
        marks: marks(of: Int64(index), upTo: .max), place: sources[index].place)
    }
  }

  func lines(of source: Int64, after mark: Int64) -> [UInt32] {
    marks(of: source, upTo: .max).first { $0.offset > mark }?.lines ?? []
  }

  func sight(_ source: Int64, at place: Place) {
    sources[Int(source)].place = place
    gaps.removeAll { $0.source == source }
  }

  func lose(_ source: Int64, gap: Gap?) {
    sources[Int(source)].place = nil
    if let gap { gaps.append(gap) }
  }

  private func marks(of source: Int64, upTo limit: Int64) -> [ContentMark] {
    let source = sources[Int(source)]
    let inherited = source.parent.map { marks(of: $0, upTo: min(limit, source.fork)) } ?? []
    return inherited + source.marks.filter { $0.offset <= limit }
  }

  func header(of source: Int64, before offset: Int64) -> ColumnHeader? {
    let source = sources[Int(source)]
    return source.headers.last { $0.offset < offset }
      ?? source.parent.flatMap { header(of: $0, before: min(offset, source.fork)) }
  }

  func tally(of source: Int64, upTo offset: Int64) -> Tally {
    let source = sources[Int(source)]
    var total = source.parent.map { tally(of: $0, upTo: min(offset, source.fork)) } ?? Tally()
    for range in source.ranges where range.offset + range.length <= offset { total += range.tally }
    return total
  }

  func commit(_ batch: Batch, to origin: Origin) throws -> Int64 {
    defer { commits += 1 }
    if let failure = failures.removeValue(forKey: commits) { throw failure }
    let place: Int
    switch origin {
    case .known(let source): place = Int(source)
    case .new(let head, let firstLine, let parent, let fork, let path):
      place = sources.count
      sources.append(
        Source(head: head, firstLine: firstLine, parent: parent, fork: fork, path: path))
    }
    guard batch.offset == sources[place].consumed else {
      throw Broken(what: "a batch at \(batch.offset), not \(sources[place].consumed)")
    }
    guard batch.marks.last?.offset == batch.offset + batch.length,
      batch.marks.map(\.offset) == batch.marks.map(\.offset).sorted()
    else { throw Broken(what: "marks at \(batch.marks.map(\.offset))") }
    sources[place].ranges.append((batch.offset, batch.length, batch.tally))
    sources[place].marks += batch.marks
    sources[place].headers += batch.headers
    rejects += batch.rejects
    if let seen = batch.place { sight(Int64(place), at: seen) }
    for lexicon in Lexicon.allCases {
      let new = batch.words[lexicon.rawValue].map { String(decoding: $0, as: UTF8.self) }
      texts[lexicon, default: []] += new
    }
    messages += batch.words[Lexicon.message.rawValue].map { String(decoding: $0, as: UTF8.self) }
    answers += batch.rows.map(\.answeredBy)
    told += batch.rows.map { row in tell(row, of: batch) }
    places += batch.rows.map { row in
      Event.Place(
        path: sources[place].path, offset: row.offset, length: row.length, part: Int(row.part))
    }
    for row in batch.rows {
      let start = Int(row.requestID.start)
      let id = batch.arena[start..<start + Int(row.requestID.count)]
      requestIDs.append(String(decoding: id, as: UTF8.self))
    }
    return Int64(place)
  }

  private func tell(_ row: EventRow, of batch: Batch) -> String {
    let method = row.method == 0 ? nil : texts[.method]?[Int(row.method) - 1]
    let route = row.route == 0 ? nil : texts[.route]?[Int(row.route) - 1]
    let start = Int(row.path.start)
    let path = String(
      decoding: batch.arena[start..<start + Int(row.path.count)], as: UTF8.self)
    return [
      row.time.map(String.init), method, row.pathIsRoute ? route : path.isEmpty ? nil : path,
      row.status == 0 ? nil : String(row.status),
      row.latency.map { String(Double($0) / 1000) },
    ].map { $0 ?? "-" }.joined(separator: " ")
  }
}
