internal import Dispatch
internal import Events
internal import Store
internal import Synchronization

/// A part of a report that is found while others are, by a reader of its own: of many errors a few
/// parts take most of the time.
final class Beside<Part: Sendable>: Sendable {
  private let part = Mutex<Result<Part, any Error>?>(nil)
  private let done = DispatchSemaphore(value: 0)

  init(_ question: Question, _ find: @escaping @Sendable (Question) throws -> Part) {
    let (store, range) = (question.store.store, question.range)
    let (zone, vendors) = (question.zone, question.vendors)
    DispatchQueue.global(qos: .userInitiated).async { [self] in
      let result = Result {
        try find(
          Question(
            StoreReader(store), since: range.since, until: range.until, zone: zone,
            vendors: vendors))
      }
      part.withLock { $0 = result }
      done.signal()
    }
  }

  /// Waits for it. To be called once.
  func found() throws -> Part? {
    done.wait()
    return try part.withLock { $0 }?.get()
  }
}
