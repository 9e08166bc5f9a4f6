internal import Dispatch
internal import Synchronization

/// A value that is worked out on a thread of its own, while this one goes on.
package final class Future<Value: Sendable>: Sendable {
  private let result = Mutex<Result<Value, any Error>?>(nil)
  private let done = DispatchSemaphore(value: 0)

  package init(_ work: @escaping @Sendable () throws -> Value) {
    DispatchQueue.global(qos: .userInitiated).async { [self] in
      let found = Result { try work() }
      result.withLock { $0 = found }
      done.signal()
    }
  }

  /// The value, once it is there.
  package func value() throws -> Value {
    done.wait()
    defer { done.signal() }  // for who asks next
    guard let found = result.withLock({ $0 }) else { throw CancellationError() }
    return try found.get()
  }
}
