package import Events

/// One error response on its way from the reader to the store. Its texts are numbers of the batch's
/// vocabulary, or stand in the batch's arena.
package struct EventRow {
  /// Milliseconds since the epoch; nil when the line has no time.
  package var time: Int64?
  /// Where its line starts: decompressed bytes from the start of the source.
  package var offset: Int64 = 0
  /// The length of its line in bytes, without the newline.
  package var length: Int64 = 0
  /// Which record of its line it is, from 0.
  package var part: Int32 = 0
  /// HTTP status; 0 when there was no response.
  package var status: Int32 = 0
  /// The status that a server behind the one that answered sent; 0 when unknown.
  package var upstreamStatus: Int32 = 0
  package var kind = Kind.unknown
  package var answeredBy = AnsweredBy.unknown
  package var vendor: Word = 0
  /// The gateway whose profile its line was read by.
  package var gateway: Word = 0
  package var code: Word = 0
  package var method: Word = 0
  package var route: Word = 0
  package var consumer: Word = 0
  package var message: Word = 0
  package var details: Word = 0
  /// Microseconds; nil when unknown.
  package var latency: Int64?
  /// Milliseconds; nil when the response named no delay.
  package var retryAfter: Int64?
  /// Text in the batch's arena.
  package var requestID = TextSlice()
  /// Text in the batch's arena, unless it is the route word for word.
  package var path = TextSlice()
  package var pathIsRoute = false

  package init() {}
}

/// A place in a batch's arena.
package struct TextSlice {
  package var start: Int32 = 0
  package var count: Int32 = 0

  package init() {}

  package init(start: Int, count: Int) {
    self.start = Int32(truncatingIfNeeded: start)
    self.count = Int32(truncatingIfNeeded: count)
  }

  package var isEmpty: Bool { count == 0 }
}
