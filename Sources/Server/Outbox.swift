internal import Glibc
internal import Threads

/// Answers that were made, for the thread that talks to clients.
final class Outbox: Sendable {
  private let made = Lock<[(exchange: Exchange, response: Response)]>([])
  /// Becomes readable when there is something in it.
  let descriptor: Int32
  private let writeEnd: Int32

  init?() {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return nil }
    (descriptor, writeEnd) = (ends[0], ends[1])
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
  }

  deinit {
    close(descriptor)
    close(writeEnd)
  }

  func put(_ response: Response, for exchange: Exchange) {
    let isFirst = made.withLock { made in
      made.append((exchange, response))
      return made.count == 1
    }
    if isFirst {
      var byte: UInt8 = 0
      write(writeEnd, &byte, 1)
    }
  }

  /// All there is.
  func take() -> [(exchange: Exchange, response: Response)] {
    var bytes: (UInt64, UInt64) = (0, 0)
    return made.withLock { made in
      read(descriptor, &bytes, MemoryLayout.size(ofValue: bytes))
      defer { made = [] }
      return made
    }
  }
}
