/// A client at the other end of a connection, on the thread that talks to clients.
final class Peer {
  enum Doing {
    /// It was connected, or has its answer; no whole request of it is there.
    case asking
    /// Its answer is being made.
    case waiting
    /// Its answer is being sent.
    case reading
  }

  let socket: Int32
  /// What it waits for.
  var exchange: Exchange?
  private(set) var doing = Doing.asking
  private(set) var since = ContinuousClock.now

  init(socket: Int32) {
    self.socket = socket
  }

  func begin(_ doing: Doing) {
    self.doing = doing
    since = .now
  }

  /// When it has taken too long.
  func deadline(_ limits: Limits) -> ContinuousClock.Instant {
    switch doing {
    case .asking: since + limits.head
    case .waiting: since + limits.making
    case .reading: since + limits.sending
    }
  }
}
