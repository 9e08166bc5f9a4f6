internal import Questions

/// A store as it is served: each page reads what is at its place by then, also where another file has
/// been put there, and what takes long is stopped.
struct ServedStore: Sendable {
  let opener: StoreOpener
  /// How long a page may read.
  var time = Duration.seconds(5)

  /// A page would have read for longer than it may.
  struct TookTooLong: Error {}

  /// A reader of one's own, for the thread that asks, which stops what takes too long.
  func open() throws -> OpenedStore {
    let deadline = ContinuousClock.now + time
    let store = try opener.open()
    store.stop(at: deadline)
    return store
  }

  /// Reads with a reader of one's own.
  func read<Result>(_ work: (any Archive) throws -> Result) throws -> Result {
    let store = try open()
    do {
      return try work(store.archive)
    } catch {
      throw store.isStopped ? TookTooLong() : error
    }
  }
}
