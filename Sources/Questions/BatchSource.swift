package import Batches
package import Events

/// A store that hands over what it has, batch by batch, so that it can be kept elsewhere as well.
package protocol BatchSource: AnyObject {
  /// What the hashes of its ids begin with: random, so it tells the store from others.
  var seed: UInt64 { get }
  /// The rows of the ledger after a batch, in order: so many at most.
  func batches(after number: Int64, limit: Int) throws -> [StoredBatch]
  /// Hands over what is stored of a batch, all of one moment; nil where there is none of that number.
  /// Throws `StaleTexts` once texts were taken away that it may remember: then it is to be opened anew.
  func contents(of number: Int64, to sink: any BatchSink) throws -> StoredBatch?
  /// What was gone before it was read to its end.
  func gaps() throws -> [StoredGap]
}

/// Who reads a store remembers texts that it does not have any more.
package struct StaleTexts: Error {
  package init() {}
}

/// Takes what a batch holds: its events first, in the order of their numbers.
package protocol BatchSink: AnyObject {
  func add(_ event: BatchEvent) throws
  func add(_ successes: BatchSuccesses) throws
  /// - Parameter event: the number of the one that carries the id.
  func add(identifier hash: UInt64, of event: Int64) throws
  func add(_ quota: BatchQuota) throws
  func add(_ reject: Reject) throws
}

/// A row of the ledger: which bytes of which log, and what became of their lines.
package struct StoredBatch: Sendable, Equatable {
  package var number: Int64 = 0
  package var source: Int64 = 0
  /// The log's, as it was named.
  package var path = ""
  package var offset: Int64 = 0
  package var length: Int64 = 0
  package var tally = Tally()
  package var firstEvent: Int64 = 0
  /// Of its events, in milliseconds since the epoch.
  package var times: ClosedRange<Int64>?
  package var committed: Int64 = 0
  /// The batch of the same bytes that this one adds to; 0 for none.
  package var original: Int64 = 0
  /// How many of its events are gone.
  package var pruned: Int64 = 0
  /// Proves which events there are.
  package var digest: Int64 = 0

  package init() {}
}

/// An error of a batch. Texts are in UTF-8, and there as long as the error is at hand; nil for none.
package struct BatchEvent {
  package typealias Text = UnsafeBufferPointer<UInt8>

  package var number: Int64 = 0
  /// Milliseconds since the epoch; nil where its line has none.
  package var time: Int64?
  package var vendor: Text?
  package var gateway: Text?
  /// 0 when there was no response.
  package var status: Int64 = 0
  package var code: Text?
  package var kind = Kind.unknown
  package var message: Text?
  package var requestID: Text?
  package var method: Text?
  package var route: Text?
  /// Empty where it is the route word for word.
  package var path: Text?
  package var consumer: Text?
  /// Microseconds.
  package var latency: Int64?
  /// Milliseconds.
  package var retryAfter: Int64?
  package var upstreamStatus: Int64 = 0
  package var answeredBy = AnsweredBy.unknown
  package var details: Text?
  package var offset: Int64 = 0
  package var length: Int64 = 0
  package var part: Int64 = 0

  package init() {}
}

/// So many successes of one sort in a stretch of time. Each success is told twice: by its minute, with
/// no status, and by its quarter of an hour; without a time, once.
package struct BatchSuccesses {
  package enum Stretch: Sendable { case minute, quarter, undated }

  package var stretch: Stretch
  /// Milliseconds since the epoch; 0 without a time.
  package var start: Int64
  package var vendor: String?
  package var gateway: String?
  package var status: Int64
  package var count: Int64

  package init(
    _ stretch: Stretch, start: Int64, vendor: String?, gateway: String?, status: Int64,
    count: Int64
  ) {
    (self.stretch, self.start, self.vendor) = (stretch, start, vendor)
    (self.gateway, self.status, self.count) = (gateway, status, count)
  }
}

/// What a response said of a quota.
package struct BatchQuota {
  package var vendor: String?
  package var gateway: String?
  package var consumer: String?
  /// Empty where its headers have no name for it.
  package var name: String
  package var sighting: QuotaSightings.Sighting

  package init(
    vendor: String?, gateway: String?, consumer: String?, name: String,
    sighting: QuotaSightings.Sighting
  ) {
    (self.vendor, self.gateway, self.consumer) = (vendor, gateway, consumer)
    (self.name, self.sighting) = (name, sighting)
  }
}

/// That a log was gone before it was read to its end.
package struct StoredGap: Sendable, Equatable {
  package var path: String
  /// How far it was read, in bytes.
  package var offset: Int64
  /// How large it was when it was seen last.
  package var size: Int64?
  /// Milliseconds since the epoch, as `after` is.
  package var noticed: Int64
  /// The latest time in what was read of it.
  package var after: Int64?

  package init(path: String, offset: Int64, size: Int64?, noticed: Int64, after: Int64?) {
    (self.path, self.offset, self.size) = (path, offset, size)
    (self.noticed, self.after) = (noticed, after)
  }
}
