package import Batches
package import Events

/// An error as the retry audit reads it: texts by their numbers, 0 for none.
package struct StoredCall {
  /// The event's number: those of one log rise as they stand in it.
  package var number: Int64
  /// Milliseconds since the epoch.
  package var time: Int64
  package var vendor: Int64 = 0
  package var gateway: Int64 = 0
  package var consumer: Int64 = 0
  package var route: Int64 = 0
  package var method: Int64 = 0
  /// 0 when there was no response.
  package var status: Int64 = 0
  package var kind = Kind.unknown
  package var code: Int64 = 0
  package var message: Int64 = 0
  package var details: Int64 = 0
  /// Milliseconds; nil when not known.
  package var latency: Int64?
  /// Milliseconds; nil when the response named no delay.
  package var retryAfter: Int64?
  package var path = Path.unknown

  package enum Path: Equatable {
    case unknown
    /// Word for word.
    case route
    case other(PathDigest)
  }

  package init(number: Int64, time: Int64) {
    self.number = number
    self.time = time
  }
}
