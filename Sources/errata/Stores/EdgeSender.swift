internal import Arguments
internal import Cluster
internal import Glibc
internal import Rendering
internal import Store
internal import Threads

/// Sends what an import stores on this machine to a cluster as it goes, on a thread of its own.
///
/// While the cluster is away, what is stored waits where it is.
final class EdgeSender: Sendable {
  private struct State {
    /// When nothing more came to be sent; nil as long as something may.
    var over: Double?
    /// Since when nothing went through; nil where all is well.
    var failing: Double?
    var summary = Push.Summary()
    /// Why it is not all there; nil where it is.
    var failure: (any Error)?
  }

  private let store: Store
  private let dialer: ClusterDialer
  private let name: String
  private let state: Lock<State>
  private let thread: Lock<WorkThread?>
  /// Whoever waits for it waits no longer than so many seconds in vain.
  private static let patience = 3.0
  /// After an error that lasts, it is tried again after so many milliseconds.
  private static let pause: Int64 = 10_000

  init(_ store: Store, to dialer: ClusterDialer, as name: String) {
    (self.store, self.dialer, self.name) = (store, dialer, name)
    (state, thread) = (Lock(State()), Lock(nil))
    thread.withLock { $0 = WorkThread { self.run() } }
  }

  /// What was sent, and why not all of it.
  struct Outcome {
    var summary: Push.Summary
    var failure: (any Error)?
  }

  /// Waits until all is sent, or that seems to be in vain.
  func finish() -> Outcome {
    state.withLock { $0.over = Clock.seconds }
    let thread = thread.withLock { $0 }
    thread?.join()
    return state.withLock { state in
      Outcome(
        summary: state.summary,
        failure: thread == nil ? ClusterError(.own, "there is no thread to send") : state.failure)
    }
  }

  private var isOver: Bool { state.withLock { $0.over != nil } }

  /// Whether nobody waits any more.
  private var isGivenUp: Bool {
    state.withLock { state in
      guard let over = state.over else { return false }
      let isInVain = state.failing.map { Clock.seconds > $0 + EdgeSender.patience } ?? false
      return isInVain || Interruption.signal != nil && Clock.seconds > over + EdgeSender.patience
    }
  }

  private func run() {
    var lastSaid: String?
    while true {
      let failure: any Error
      do {
        let lock = try PushLock(store)
        try withExtendedLifetime(lock) { try send() }
        return state.withLock { $0.failure = nil }
      } catch {
        failure = error
      }
      let isEnd = isOver
      state.withLock { $0.failure = failure }
      if isEnd { return }
      // Who follows logs hears of it while they are followed.
      let words = Complaint(failure).message
      if !dialer.isQuiet, words != lastSaid { Complaint(failure).say() }
      lastSaid = words
      var left = EdgeSender.pause
      while left > 0, !isOver {
        usleep(50_000)
        left -= 50
      }
    }
  }

  /// Sends until nothing more comes.
  private func send() throws {
    let connection = try dialer.connect()
    let say = connection.onRetry
    connection.connectTime = 5000
    connection.patience = Patience.endless
    connection.isStopped = { self.isGivenUp }
    connection.onRetry = { error, wait in
      self.state.withLock { state in
        state.failing = state.failing ?? Clock.seconds
        state.failure = error
      }
      say(error, wait)
    }
    let before = state.withLock { $0.summary }
    do {
      let push = try Push({ [store] in try StoreReader(store) }, to: connection, as: name)
      push.onDelivery = { summary in
        self.state.withLock { state in
          state.failing = nil
          state.summary = before + summary
        }
      }
      try push.follow(until: {
        // It is asked when all that there was went through.
        self.state.withLock { $0.failing = nil }
        return self.isOver
      })
      state.withLock { $0.summary = before + push.summary }
    } catch let error as ClusterError where error.cause == .stopped {
      // What it waited for says more than that it was given up.
      throw state.withLock { $0.failure } ?? error
    }
  }
}

extension Push.Summary {
  fileprivate static func + (one: Push.Summary, other: Push.Summary) -> Push.Summary {
    var sum = other
    sum.batches += one.batches
    sum.events += one.events
    sum.successes += one.successes
    sum.again += one.again
    sum.bytes += one.bytes
    return sum
  }
}
