/// One error response, normalised, with every text in full.
package struct Event: Sendable {
  package var id: Int64
  /// Milliseconds since the epoch, UTC.
  package var time: Int64?
  package var vendor: String?
  /// The gateway whose profile its line was read by.
  package var gateway: String?
  /// Nil when there was no response.
  package var status: Int?
  /// As the vendor sent it.
  package var code: String?
  package var kind = Kind.unknown
  package var message: String?
  package var requestID: String?
  package var method: String?
  package var route: String?
  /// Without its query.
  package var path: String?
  package var consumer: String?
  /// Milliseconds.
  package var latency: Double?
  /// Milliseconds.
  package var retryAfter: Int64?
  package var upstreamStatus: Int?
  package var answeredBy = AnsweredBy.unknown
  /// JSON text.
  package var details: String?
  package var source: Place?

  /// Where an event's line stands.
  package struct Place: Sendable {
    package var path: String
    /// Decompressed bytes from the start of the source.
    package var offset: Int64
    package var length: Int64
    /// Which record of the line, from 0.
    package var part: Int

    package init(path: String, offset: Int64, length: Int64, part: Int) {
      self.path = path
      self.offset = offset
      self.length = length
      self.part = part
    }
  }

  package init(id: Int64) {
    self.id = id
  }
}
