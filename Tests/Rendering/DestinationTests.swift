import Foundation
import Rendering
import Testing

@Suite struct DestinationTests {
  private let folder = FileManager.default.temporaryDirectory.path

  @Test func `a file holds what was written, and nothing of before`() throws {
    let path = "\(folder)/errata-\(UUID().uuidString)"
    defer { unlink(path) }
    try Destination(path: path).write(String(repeating: "long ", count: 100_000))
    try Destination(path: path).write("short\n")
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "short\n")
  }

  @Test func `a full disk is an error`() throws {
    let error = try #require(throws: OutputError.self) {
      try Destination(path: "/dev/full").write("text")
    }
    #expect(error.code == ENOSPC)
    #expect(error.description == "cannot write to /dev/full: No space left on device")
  }

  @Test func `a folder or a place that is not there is an error`() {
    #expect(throws: OutputError(name: folder, code: EISDIR)) {
      try Destination(path: folder).write("text")
    }
    #expect(throws: OutputError(name: "/nowhere/x", code: ENOENT)) {
      try Destination(path: "/nowhere/x").write("text")
    }
  }

  @Test func `a file keeps its mode`() throws {
    let path = "\(folder)/errata-\(UUID().uuidString)"
    defer { unlink(path) }
    try Destination(path: path).write("old\n")
    chmod(path, 0o640)
    try Destination(path: path).check()
    try Destination(path: path).write("new\n")
    var status = stat()
    #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o640)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "new\n")
  }

  @Test func `devices and pipes are written to as they are`() throws {
    try Destination(path: "/dev/null").write("text")
    var status = stat()
    #expect(stat("/dev/null", &status) == 0 && status.st_mode & S_IFMT == S_IFCHR)
    let pipe = Pipe()
    let descriptor = pipe.fileHandleForWriting.fileDescriptor
    try Destination(path: "/dev/fd/\(descriptor)").write("text")
    #expect(pipe.fileHandleForReading.availableData == Data("text".utf8))
    #expect(throws: OutputError(name: "/dev/fd/999", code: EBADF)) {
      try Destination(path: "/dev/fd/999").check()
    }
  }

  @Test func `output has a spot where it is a regular file`() throws {
    let path = "\(folder)/errata-\(UUID().uuidString)"
    #expect(Destination(path: path).spot != nil)
    #expect(Destination(path: "/dev/null").spot == nil)
    #expect(Destination(path: folder).spot == nil)
  }

  @Test func `a full disk is an error on standard output too`() throws {
    let full = open("/dev/full", O_WRONLY)
    defer { close(full) }
    #expect(throws: OutputError(name: "standard output", code: ENOSPC)) {
      try Destination(descriptor: full, name: "standard output").write("text")
    }
  }

  @Test func `a reader that has gone away is no error`() throws {
    signal(SIGPIPE, SIG_IGN)
    let pipe = Pipe()
    try pipe.fileHandleForReading.close()
    let descriptor = pipe.fileHandleForWriting.fileDescriptor
    try Destination(descriptor: descriptor, name: "pipe").write("text")
  }

  @Test func `a slow reader of a pipe that does not block gets everything`() async throws {
    let pipe = Pipe()
    let descriptor = pipe.fileHandleForWriting.fileDescriptor
    try #require(fcntl(descriptor, F_SETFL, O_NONBLOCK) == 0)
    let reader = pipe.fileHandleForReading
    let reading = Task.detached { try reader.readToEnd()?.count }
    let text = String(repeating: "x", count: 1_000_000)
    try Destination(descriptor: descriptor, name: "pipe").write(text)
    try pipe.fileHandleForWriting.close()
    #expect(try await reading.value == 1_000_000)
  }

  @Test func `a dash is standard output, which is not made a file`() throws {
    try Destination(path: "-").write("")
    #expect(!FileManager.default.fileExists(atPath: "-"))
  }

  @Test func `a file has no width, and colour only when asked`() {
    #expect(Destination(path: "x").terminal() == Terminal())
    #expect(Destination(path: "x").terminal(color: .always) == Terminal(isColored: true))
  }

  @Test func `what is no terminal has no width and no colour, unless asked for`() throws {
    let file = try #require(fopen("/dev/null", "w"))
    defer { fclose(file) }
    #expect(Terminal(fileno(file)) == Terminal(width: nil, isColored: false))
    #expect(Terminal(fileno(file), color: .always) == Terminal(width: nil, isColored: true))
  }

  @Test(arguments: [
    ([:], false), (["FORCE_COLOR": "1"], true), (["FORCE_COLOR": "3"], true),
    (["FORCE_COLOR": "0"], false), (["FORCE_COLOR": ""], false), (["FORCE_COLOR": "false"], false),
    (["CLICOLOR_FORCE": "1"], true), (["CLICOLOR_FORCE": "0"], false), (["CLICOLOR": "1"], false),
    (["CLICOLOR_FORCE": "1", "NO_COLOR": "1"], false),
  ])
  func `what is no terminal is coloured where the environment asks for it`(
    environment: [String: String], isColored: Bool
  ) throws {
    let file = try #require(fopen("/dev/null", "w"))
    defer { fclose(file) }
    #expect(Terminal(fileno(file)) { environment[$0] }.isColored == isColored)
    #expect(!Terminal(fileno(file), color: .never) { environment[$0] }.isColored)
  }

  @Test(arguments: [
    ([:], true), (["NO_COLOR": "1"], false), (["NO_COLOR": ""], true), (["TERM": "dumb"], false),
    (["CLICOLOR": "0"], false), (["CLICOLOR": "1"], true), (["FORCE_COLOR": "0"], false),
    (["TERM": "dumb", "FORCE_COLOR": "1"], true), (["NO_COLOR": "1", "FORCE_COLOR": "1"], false),
  ])
  func `a terminal is coloured unless the environment objects`(
    environment: [String: String], isColored: Bool
  ) throws {
    let descriptor = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    var size = winsize(ws_row: 24, ws_col: 132, ws_xpixel: 0, ws_ypixel: 0)
    try #require(ioctl(descriptor, UInt(TIOCSWINSZ), &size) == 0)
    let terminal = Terminal(descriptor) { environment[$0] }
    #expect(terminal == Terminal(width: 132, isColored: isColored))
    #expect(!Terminal(descriptor, color: .never) { environment[$0] }.isColored)
  }
}
