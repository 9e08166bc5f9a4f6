internal import Threads

/// What was found before and takes long to find, as long as the store says that it is as it was then.
final class Kept<Value: Sendable>: Sendable {
  private struct Entry {
    var version: String
    var value: Value
    /// When it was found: milliseconds since the epoch.
    var time: Int64
  }

  private let entries = Lock<[String: Entry]>([:])
  /// So many are kept.
  private let most: Int
  /// As young as this it does whatever has changed since: milliseconds.
  private let fresh: Int64
  /// What a repair changes no version tells: milliseconds.
  private static var longest: Int64 { 300_000 }

  init(most: Int, fresh: Int64 = 0) {
    self.most = most
    self.fresh = fresh
  }

  /// What is kept under a name, or else what `find` finds.
  func value(
    _ name: String, version: String, now: Int64, where isWorthIt: (Value) -> Bool = { _ in true },
    _ find: () throws -> Value
  ) rethrows -> Value {
    if let entry = entries.withLock({ $0[name] }), entry.time <= now {
      let age = now - entry.time
      if age < fresh || age < Self.longest && entry.version == version { return entry.value }
    }
    let value = try find()
    guard isWorthIt(value) else { return value }
    entries.withLock { entries in
      if entries.count >= most, entries[name] == nil,
        let oldest = entries.min(by: { $0.value.time < $1.value.time })?.key
      {
        entries[oldest] = nil
      }
      entries[name] = Entry(version: version, value: value, time: now)
    }
    return value
  }
}
