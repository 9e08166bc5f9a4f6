import Batches
import Events
import Files

/// A response as a line of a log tells it; every line is 100 bytes long, its newline included.
struct Response {
  var time: Int64?
  var vendor: String? = "zof"
  var gateway: String? = "kong"
  var status: Int32 = 429
  var code: String?
  /// Nil for a success.
  var kind: Kind? = .rateLimit
  var route: String?
  var answeredBy = AnsweredBy.unknown
  var method: String?
  var requestID: String?
  /// Hashes of its ids.
  var identifiers: [UInt64] = []
}

/// Puts batches together as an importer does, remembering which texts the store has been told.
struct BatchMaker {
  private var numbers: [Lexicon: [String: Word]] = [:]
  private let vocabulary = Vocabulary()

  mutating func batch(at offset: Int64 = 0, _ responses: [Response]) -> Batch {
    let batch = Batch()
    batch.vocabulary = vocabulary
    batch.offset = offset
    batch.length = Int64(responses.count) * 100
    for (place, response) in responses.enumerated() {
      add(response, at: offset + Int64(place) * 100, to: batch)
    }
    batch.countRoutes()
    batch.identifiers.sort()
    batch.marks = [proof(of: offset + batch.length)]
    return batch
  }

  private mutating func add(_ response: Response, at offset: Int64, to batch: Batch) {
    let vendor = number(of: response.vendor, in: .vendor, batch)
    let gateway = number(of: response.gateway, in: .gateway, batch)
    let code = number(of: response.code, in: .code, batch)
    batch.tally.lines += 1
    batch.traffic[
      TrafficKey(
        quarter: response.time.map { $0 / 900_000 }, vendor: vendor, gateway: gateway,
        status: response.status, code: code, kind: response.kind), default: 0] += 1
    if let kind = response.kind {
      batch.tally.events += 1
      if response.time == nil { batch.tally.undated += 1 }
      addRow(response, kind, vendor, gateway, code, offset, batch)
    } else {
      batch.tally.successes += 1
    }
    if let time = response.time {
      let key = MinuteKey(minute: time / 60_000, vendor: vendor, gateway: gateway)
      batch.minutes[key, default: .zero] += MinuteCounts(
        status: Int64(response.status), kind: response.kind)
    }
  }

  private mutating func addRow(
    _ response: Response, _ kind: Kind, _ vendor: Word, _ gateway: Word, _ code: Word,
    _ offset: Int64, _ batch: Batch
  ) {
    for hash in response.identifiers {
      batch.identifiers.append(Identifier(hash: hash, row: UInt32(batch.rows.count)))
    }
    var row = EventRow()
    row.time = response.time
    row.vendor = vendor
    row.gateway = gateway
    row.status = response.status
    row.code = code
    row.kind = kind
    row.route = number(of: response.route, in: .route, batch)
    row.answeredBy = response.answeredBy
    row.method = number(of: response.method, in: .method, batch)
    row.offset = offset
    row.length = 99
    row.requestID = (response.requestID ?? "").withBytes { batch.keep($0) }
    batch.rows.append(row)
  }

  private mutating func number(of text: String?, in lexicon: Lexicon, _ batch: Batch) -> Word {
    guard let text else { return 0 }
    if let known = numbers[lexicon]?[text] { return known }
    let number = Word((numbers[lexicon]?.count ?? 0) + 1)
    numbers[lexicon, default: [:]][text] = number
    batch.words[lexicon.rawValue].append(Array(text.utf8))
    return number
  }
}

/// A proof that stands for a log's first bytes.
func proof(of offset: Int64, log: UInt64 = 1) -> ContentMark {
  ContentMark(offset: offset, digest: Digest(high: log, low: UInt64(offset)))
}

/// A log not met before.
func newLog(_ log: UInt64 = 1, path: String = "a.log") -> Origin {
  .new(head: proof(of: 100, log: log), parent: nil, fork: 0, path: path)
}
