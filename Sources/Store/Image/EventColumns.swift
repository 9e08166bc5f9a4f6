internal import Batches
internal import Events
internal import Files

/// Where the values of a row are written to, in the order of its columns.
protocol RowSink: ~Copyable {
  /// The number of the row itself.
  mutating func key(_ value: Int64)
  mutating func null()
  mutating func integer(_ value: Int64)
  mutating func text(_ text: UnsafeBufferPointer<UInt8>)
}

/// The columns of the table `event`, and what an event of a batch has in each.
enum EventColumns {
  /// In their order.
  static let names = [
    "id", "time_ms", "vendor", "gateway", "status", "code", "kind", "message", "request_id",
    "method", "route", "path", "consumer", "latency_us", "retry_after_ms", "upstream_status",
    "answered_by", "details", "batch", "offset", "length", "part",
  ]

  @inline(__always)
  static func write<Sink: RowSink & ~Copyable>(
    _ row: EventRow, number: Int64, batch: Int64, _ arena: UnsafeBufferPointer<UInt8>,
    _ words: StoredWords, into sink: inout Sink
  ) {
    sink.key(number)
    sink.optional(row.time)
    sink.word(row.vendor, .vendor, words)
    sink.word(row.gateway, .gateway, words)
    sink.nonzero(row.status)
    sink.word(row.code, .code, words)
    sink.integer(Int64(row.kind.rawValue))
    sink.word(row.message, .message, words)
    sink.text(row.requestID, arena)
    sink.word(row.method, .method, words)
    sink.word(row.route, .route, words)
    // Nothing where there is no path, and an empty text where it is the route.
    if row.pathIsRoute {
      sink.text(UnsafeBufferPointer(start: nil, count: 0))
    } else {
      sink.text(row.path, arena)
    }
    sink.word(row.consumer, .consumer, words)
    sink.optional(row.latency)
    sink.optional(row.retryAfter)
    sink.nonzero(row.upstreamStatus)
    sink.integer(Int64(row.answeredBy.rawValue))
    sink.word(row.details, .details, words)
    sink.integer(batch)
    sink.integer(row.offset)
    sink.integer(row.length)
    sink.integer(Int64(row.part))
  }
}

extension RowSink where Self: ~Copyable {
  @inline(__always)
  fileprivate mutating func optional(_ value: Int64?) {
    if let value { integer(value) } else { null() }
  }

  @inline(__always)
  fileprivate mutating func nonzero(_ value: Int32) {
    optional(value == 0 ? nil : Int64(value))
  }

  @inline(__always)
  fileprivate mutating func word(_ word: Word, _ lexicon: Lexicon, _ words: StoredWords) {
    optional(word == 0 ? nil : words.id(of: word, in: lexicon))
  }

  @inline(__always)
  fileprivate mutating func text(_ slice: TextSlice, _ arena: UnsafeBufferPointer<UInt8>) {
    if slice.isEmpty { return null() }
    let start = Int(slice.start)
    text(UnsafeBufferPointer(rebasing: arena[start..<start + Int(slice.count)]))
  }
}
