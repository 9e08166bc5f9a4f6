internal import Dispatch
internal import Synchronization

/// Something that is found while other things are, on a thread of its own.
package final class Meanwhile<Value: Sendable>: Sendable {
  private let result = Mutex<Result<Value, any Error>?>(nil)
  private let done = DispatchSemaphore(value: 0)

  package init(_ find: @escaping @Sendable () throws -> Value) {
    DispatchQueue.global(qos: .userInitiated).async { [self] in
      let found = Result { try find() }
      result.withLock { $0 = found }
      done.signal()
    }
  }

  /// Waits for it.
  package func found() throws -> Value {
    done.wait()
    defer { done.signal() }  // for who asks next
    guard let found = result.withLock({ $0 }) else { throw CancellationError() }
    return try found.get()
  }
}
