internal import CMicrohttpd
internal import Glibc

/// A request and its answer. It belongs to the thread that talks to clients; others hold on to it, and
/// look at nothing of it.
final class Exchange: @unchecked Sendable {
  /// As much of the target as is looked at.
  let target: [UInt8]
  /// Where the target stood, and how long it was: the rest of the head stands around it.
  let place: UInt
  let length: Int
  /// What is asked, once that was found to be in order.
  var admitted: Request?
  private(set) var response: Response?
  /// The connection, which rests while the answer is made.
  private var resting: OpaquePointer?

  init(target: UnsafePointer<CChar>?, most: Int) {
    let length = target.map { strlen($0) } ?? 0
    self.length = length
    place = UInt(bitPattern: target)
    self.target = [UInt8](UnsafeRawBufferPointer(start: target, count: min(length, most)))
  }

  /// Leaves a connection alone until there is an answer.
  func rest(_ connection: OpaquePointer) {
    resting = connection
    MHD_suspend_connection(connection)
  }

  /// Has the answer sent. One that comes later is sent no more.
  func goOn(with response: Response) {
    guard let connection = resting else { return }
    self.response = response
    resting = nil
    MHD_resume_connection(connection)
  }
}
