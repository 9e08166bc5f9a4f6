import Files
import Foundation
import Testing

/// What people write is read whole, from wherever that makes sense, and nothing keeps us waiting. (A limit of
/// time would count the wait for other tests as well: what waits for ever here is seen by the run as a whole.)
@Suite struct ShortFileTests {
  private let files: TestFolder

  init() throws { files = try TestFolder() }

  private func path(_ name: String) -> String { files.path(name) }

  private func read(
    _ path: String, pipes: Bool = true
  ) -> Result<[UInt8], ShortFile.Failure> {
    do throws(ShortFile.Failure) {
      return .success(try ShortFile.bytes(of: path, most: 1 << 20, pipes: pipes))
    } catch {
      return .failure(error)
    }
  }

  @Test func `a file is read, and one that is too large is not`() throws {
    try Data("abc".utf8).write(to: URL(fileURLWithPath: path("a")))
    #expect(read(path("a")) == .success(Array("abc".utf8)))
    try Data(count: (1 << 20) + 1).write(to: URL(fileURLWithPath: path("a")))
    #expect(read(path("a")) == .failure(.tooLarge(most: 1 << 20)))
    #expect(read(path("none")) == .failure(.system(SystemError(ENOENT))))
  }

  @Test func `folders, devices and sockets are no files`() throws {
    #expect(read(files.path) == .failure(.noFile(.folder)))
    #expect(read("/dev/zero") == .failure(.noFile(.device)))
    let socket = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(socket) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path("s").utf8) }
    let bound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    try #require(bound == 0)
    #expect(read(path("s")) == .failure(.noFile(.socket)))
  }

  @Test func `a pipe without a writer is waited for no longer than a moment`() throws {
    mkfifo(path("p"), 0o600)
    #expect(read(path("p")) == .failure(.noWriter))
    #expect(read(path("p"), pipes: false) == .failure(.noFile(.pipe)))
  }

  @Test func `a pipe is read to its end, also when its writer comes late`() {
    let pipe = path("p")
    mkfifo(pipe, 0o600)
    // A thread of its own: a task would wait for its turn among the other tests.
    Thread.detachNewThread {
      usleep(100_000)
      // For reading too, so as not to wait for a reader that has left.
      let descriptor = open(pipe, O_RDWR)
      for _ in 0..<3 {
        write(descriptor, "abc", 3)
        usleep(50_000)
      }
      close(descriptor)
    }
    #expect(read(pipe) == .success(Array("abcabcabc".utf8)))
  }

  @Test func `a pipe without an end is left when it has given too much`() throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/yes")
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    // What it inherits blocks the signals that ask.
    defer { kill(process.processIdentifier, SIGKILL) }
    let descriptor = pipe.fileHandleForReading.fileDescriptor
    #expect(read("/dev/fd/\(descriptor)") == .failure(.tooLarge(most: 1 << 20)))
  }
}
