internal import Glibc
internal import Pages
internal import Questions
internal import Store
internal import Threads

/// Makes the overview on a thread of its own when something was imported, before anyone asks for it:
/// whoever does next finds it made. The thread ends once a descriptor becomes readable.
func makeAhead(
  _ pages: @escaping @Sendable (PageRequest) -> Page, of store: ServedStore, until stop: Int32
) -> WorkThread? {
  WorkThread {
    var made: Int64?
    while true {
      let start = ContinuousClock.now
      if let batch = try? store.read({ try $0.newestBatch() }), batch != made {
        _ = pages(PageRequest(path: "/", parameters: [], root: ""))
        made = batch
      }
      // An import that goes on must not be what this thread is busy with.
      let pause = max(.seconds(1), (ContinuousClock.now - start) * 20)
      var waited = pollfd(fd: stop, events: Int16(POLLIN), revents: 0)
      poll(&waited, 1, Int32(min(pause, .seconds(60)) / .milliseconds(1)))
      if waited.revents != 0 { return }
    }
  }
}
