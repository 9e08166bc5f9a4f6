import Batches
import Events
import Files
import Questions

/// What a log says, in lists: the plainest store there can be. Nothing is derived and nothing is
/// packed, so that what a real store derives and packs can be held against it.
final class ListLedger: Ledger {
  /// An event, with its texts by their numbers as well.
  struct StoredEvent {
    var event: Event
    var batch: Int64
    var numbers: [Lexicon: Int64]
    var pathIsRoute: Bool
    var hashes: [UInt64]

    func number(_ lexicon: Lexicon) -> Int64 { numbers[lexicon] ?? 0 }
  }

  /// So many successes of one sort.
  struct Successes {
    /// The start of a minute or of a quarter of an hour; milliseconds since the epoch.
    var time: Int64?
    var vendor: Int64
    var gateway: Int64
    var status: Int64 = 0
    var batch: Int64
    var count: Int64
  }

  struct Quota {
    var vendor: Int64
    var gateway: Int64
    var consumer: Int64
    var name: String
    var sighting: QuotaSightings.Sighting
  }

  let seed: UInt64 = 11
  let redactionKey: UInt64 = 13
  private(set) var events: [StoredEvent] = []
  private(set) var successesByMinute: [Successes] = []
  private(set) var successesByQuarter: [Successes] = []
  private(set) var quotas: [Quota] = []
  private(set) var rejects: [(log: String, reject: Reject)] = []
  private(set) var rejectsNotKept: [String: Int64] = [:]
  private(set) var newestBatch: Int64 = 0
  /// By lexicon; a text's number is its place and one more.
  private(set) var texts: [Lexicon: [String]] = [:]
  /// By job and rule.
  private(set) var checkedRules: [[String]: CheckedRule] = [:]
  private var sources: [(path: String, tally: Tally)] = []

  func text(_ number: Int64, in lexicon: Lexicon) -> String? {
    let texts = texts[lexicon] ?? []
    return texts.indices.contains(Int(number) - 1) ? texts[Int(number) - 1] : nil
  }

  func remember(_ rules: [CheckedRule], by job: String) {
    for rule in rules { checkedRules[[job, rule.rule]] = rule }
  }

  // Every log is a new one: no test of reports imports one twice.
  func headLengths() throws -> [Int64] { [] }
  func lineages(head: ContentMark) throws -> [Lineage] { [] }
  func lineages(firstLine: Digest) throws -> [Lineage] { [] }
  func lineages(at path: String) throws -> [Lineage] { [] }
  func lines(of source: Int64, after mark: Int64) throws -> [UInt32] { [] }
  func header(of source: Int64, before offset: Int64) throws -> ColumnHeader? { nil }
  func tally(of source: Int64, upTo offset: Int64) throws -> Tally { sources[Int(source)].tally }
  func sight(_ source: Int64, at place: Place) throws {}
  func lose(_ source: Int64, gap: Gap?) throws {}

  func commit(_ batch: Batch, to origin: Origin) throws -> Int64 {
    let source: Int
    switch origin {
    case .known(let known): source = Int(known)
    case .new(_, _, _, _, let path):
      source = sources.count
      sources.append((path, Tally()))
    }
    sources[source].tally += batch.tally
    newestBatch += 1
    add(batch, from: sources[source].path)
    return Int64(source)
  }

  private func add(_ batch: Batch, from path: String) {
    let numbers = numbers(of: batch)
    for place in batch.rows.indices {
      events.append(event(batch.rows[place], at: place, of: batch, from: path, numbers))
    }
    for (key, counts) in batch.minutes where counts.successes > 0 {
      successesByMinute.append(
        Successes(
          time: key.minute * 60_000, vendor: numbers(.vendor, key.vendor),
          gateway: numbers(.gateway, key.gateway), batch: newestBatch, count: counts.successes))
    }
    for (key, count) in batch.traffic where key.kind == nil {
      successesByQuarter.append(
        Successes(
          time: key.quarter.map { $0 * 900_000 }, vendor: numbers(.vendor, key.vendor),
          gateway: numbers(.gateway, key.gateway), status: Int64(key.status), batch: newestBatch,
          count: count))
    }
    for (key, sighting) in batch.quotas.latest {
      quotas.append(
        Quota(
          vendor: numbers(.vendor, key.vendor), gateway: numbers(.gateway, key.gateway),
          consumer: numbers(.consumer, key.consumer), name: key.name, sighting: sighting))
    }
    for reject in batch.rejects { rejects.append((path, reject)) }
    rejectsNotKept[path, default: 0] += batch.rejectsNotKept
  }

  /// What the words of a batch's vocabulary are here.
  private final class Numbers {
    var byWord: [Lexicon: [Int64]] = [:]

    func callAsFunction(_ lexicon: Lexicon, _ word: Word) -> Int64 {
      word == 0 ? 0 : byWord[lexicon]?[Int(word) - 1] ?? 0
    }
  }

  private func numbers(of batch: Batch) -> Numbers {
    let numbers = batch.vocabulary.known as? Numbers ?? Numbers()
    batch.vocabulary.known = numbers
    for lexicon in Lexicon.allCases {
      for bytes in batch.words[lexicon.rawValue] {
        let text = String(decoding: bytes, as: UTF8.self)
        let known = texts[lexicon, default: []].firstIndex(of: text)
        if known == nil { texts[lexicon, default: []].append(text) }
        numbers.byWord[lexicon, default: []].append(
          Int64(known ?? texts[lexicon, default: []].count - 1) + 1)
      }
    }
    return numbers
  }

  private func event(
    _ row: EventRow, at place: Int, of batch: Batch, from path: String, _ numbers: Numbers
  ) -> StoredEvent {
    let words: [Lexicon: Word] = [
      .vendor: row.vendor, .gateway: row.gateway, .code: row.code, .method: row.method,
      .route: row.route, .consumer: row.consumer, .message: row.message, .details: row.details,
    ]
    let known = words.reduce(into: [Lexicon: Int64]()) { $0[$1.key] = numbers($1.key, $1.value) }
    func text(_ lexicon: Lexicon) -> String? { self.text(known[lexicon] ?? 0, in: lexicon) }
    func text(_ slice: TextSlice) -> String? {
      let places = Int(slice.start)..<Int(slice.start + slice.count)
      return slice.isEmpty ? nil : String(decoding: batch.arena[places], as: UTF8.self)
    }
    var event = Event(id: Int64(events.count) + 1)
    event.time = row.time
    event.vendor = text(.vendor)
    event.gateway = text(.gateway)
    event.status = row.status == 0 ? nil : Int(row.status)
    event.code = text(.code)
    event.kind = row.kind
    event.message = text(.message)
    event.requestID = text(row.requestID)
    event.method = text(.method)
    event.route = text(.route)
    event.path = row.pathIsRoute ? event.route : text(row.path)
    event.consumer = text(.consumer)
    event.latency = row.latency.map { Double($0) / 1000 }
    event.retryAfter = row.retryAfter
    event.upstreamStatus = row.upstreamStatus == 0 ? nil : Int(row.upstreamStatus)
    event.answeredBy = row.answeredBy
    event.details = text(.details)
    event.source = Event.Place(
      path: path, offset: row.offset, length: row.length, part: Int(row.part))
    let identifiers = (0..<batch.identifiers.count).map { batch.identifiers[$0] }
    return StoredEvent(
      event: event, batch: newestBatch, numbers: known, pathIsRoute: row.pathIsRoute,
      hashes: identifiers.filter { Int($0.row) == place }.map(\.hash))
  }
}
