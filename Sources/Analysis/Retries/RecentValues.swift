/// Values by key that are forgotten when they have not been asked for in a long while, so that a
/// log of any length takes little memory.
struct RecentValues<Key: Hashable, Value> {
  private var recent: [Key: Value] = [:]
  private var older: [Key: Value] = [:]
  /// The time, in milliseconds since the epoch, of the first of the recent ones.
  private var since = Int64.min

  /// What is kept for two hours at least, and for four at most.
  private static var span: Double { 7200 }
  /// Many come at once where every call has a path of its own.
  private static var most: Int { 1 << 17 }

  /// How many there are at most: some may be counted twice.
  var count: Int { recent.count + older.count }

  /// The value of a key. Times never go back.
  subscript(key: Key, at time: Int64) -> Value? {
    mutating get {
      if recent.count >= Self.most || seconds(from: since, to: time) > Self.span {
        older = recent
        recent = [:]
        since = time
      }
      return recent[key] ?? older[key]
    }
    set {
      recent[key] = newValue
      if newValue == nil { older[key] = nil }
    }
  }
}
