internal import Analysis
internal import Dispatch
internal import Events
internal import Profiles
internal import Store
internal import Synchronization

/// What a report says of 429s: when they came densely, and what retries have to do with it.
struct RejectionPart: Sendable {
  var limiting: RateLimiting
  var retries: RetryFindings

  init(_ question: Question, errors: Int64, catalog: () throws -> Catalog) throws {
    limiting = try question.rateLimiting()
    retries = try question.retryFindings(errors: errors, catalog: catalog)
  }
}

extension RejectionPart {
  /// The same, found while other parts of the report are, by a reader of its own: of many 429s
  /// that is half of what a report takes.
  final class Beside: Sendable {
    private let part = Mutex<Result<RejectionPart, any Error>?>(nil)
    private let done = DispatchSemaphore(value: 0)

    /// So many errors make it worth a thread and a reader; far more than have their catalog asked for.
    static let least: Int64 = 50_000

    init(_ question: Question, errors: Int64) {
      let (store, range) = (question.store.store, question.range)
      let (zone, vendors) = (question.zone, question.vendors)
      DispatchQueue.global(qos: .userInitiated).async { [self] in
        let result = Result {
          let own = try Question(
            StoreReader(store), since: range.since, until: range.until, zone: zone,
            vendors: vendors)
          return try RejectionPart(own, errors: errors, catalog: { try Catalog() })
        }
        part.withLock { $0 = result }
        done.signal()
      }
    }

    /// Waits for it. To be called once.
    func found() throws -> RejectionPart? {
      done.wait()
      return try part.withLock { $0 }?.get()
    }
  }
}
