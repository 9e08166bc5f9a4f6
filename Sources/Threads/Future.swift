/// A value that is worked out on a thread of its own, while this one goes on.
///
/// Where there can be no more threads, it is worked out when it is asked for. Who lets go of it waits until
/// the thread is done: it must not work on while the process ends and takes from it what it works with.
package final class Future<Value: Sendable>: Sendable {
  private let result: FutureResult<Value>
  private let thread: WorkThread?

  package init(_ work: @escaping @Sendable () throws -> Value) {
    let result = FutureResult(work)
    self.result = result
    thread = WorkThread { _ = try? result.value() }
  }

  deinit { thread?.join() }

  /// The value, once it is there.
  package func value() throws -> Value { try result.value() }
}

/// What a future comes to; who asks first works it out.
private final class FutureResult<Value: Sendable>: Sendable {
  private let work: @Sendable () throws -> Value
  private let found = Lock<Result<Value, any Error>?>(nil)

  init(_ work: @escaping @Sendable () throws -> Value) {
    self.work = work
  }

  func value() throws -> Value {
    let result = found.withLock { found in
      let result = found ?? Result { try work() }
      found = result
      return result
    }
    return try result.get()
  }
}
