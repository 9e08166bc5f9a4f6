/// A value that is worked out on a thread of its own, while this one goes on.
///
/// Where there can be no more threads, it is worked out when it is asked for.
package final class Future<Value: Sendable>: Sendable {
  private let work: @Sendable () throws -> Value
  private let found = Lock<Result<Value, any Error>?>(nil)

  package init(_ work: @escaping @Sendable () throws -> Value) {
    self.work = work
    WorkThread { [self] in _ = try? value() }?.detach()
  }

  /// The value, once it is there.
  package func value() throws -> Value {
    let result = found.withLock { found in
      let result = found ?? Result { try work() }
      found = result
      return result
    }
    return try result.get()
  }
}
