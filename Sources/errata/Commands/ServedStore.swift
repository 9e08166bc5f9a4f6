internal import Store

/// A store as it is served: each page reads what is at its place by then, also where another file has
/// been put there, and what takes long is stopped.
struct ServedStore: Sendable {
  let store: Store
  /// How long a page may read.
  var time = Duration.seconds(5)

  /// A page would have read for longer than it may.
  struct TookTooLong: Error {}

  /// A reader of one's own, for the thread that asks, which stops what takes too long.
  func open() throws -> StoreReader {
    let deadline = ContinuousClock.now + time
    let reader = try StoreReader(store)
    reader.stop(at: deadline)
    return reader
  }

  /// Reads with a reader of one's own.
  func read<Result>(_ work: (StoreReader) throws -> Result) throws -> Result {
    let reader = try open()
    do {
      return try work(reader)
    } catch let error as StoreError {
      throw reader.isStopped ? TookTooLong() : error
    }
  }
}
