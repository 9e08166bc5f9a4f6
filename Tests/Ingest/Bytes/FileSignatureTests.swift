import Batches
import Files
import Foundation
import Testing

@testable import Ingest

/// Files that are no logs, and paths that are no files.
@Suite struct FileSignatureTests {
  @Test(
    arguments: [
      (Array("PK\u{3}\u{4}".utf8) + [20, 0], "is a zip archive"),
      ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "is a 7z archive"),
      (Array("SQLite format 3\0".utf8), "is a SQLite database and no log"),
      ([0x7F, 0x45, 0x4C, 0x46, 2, 1], "is a program and no log"),
      (Array("PAR1".utf8), "is a Parquet file"),
      (
        Array("a.log".utf8) + [UInt8](repeating: 0, count: 252) + Array("ustar\u{0}00".utf8),
        "is a tar archive"
      ),
    ] as [([UInt8], String)])
  func `a file that is something else is named, and nothing of it is stored`(
    head: [UInt8], message: String
  ) throws {
    let log = try Log()
    try log.write(head + Array(("\n" + lines(0..<9)).utf8), to: "a")
    let summary = try log.importing("a")
    #expect(summary.failures.first?.error.message == message)
    #expect(summary.failures.first?.error.hint != nil)
    #expect(log.ledger.sources.isEmpty)
  }

  @Test(arguments: ["gzip", "zstd", "bzip2", "xz"])
  func `what is compressed twice is refused in those words`(tool: String) throws {
    let suffix = ["gzip": "gz", "zstd": "zst", "bzip2": "bz2", "xz": "xz"][tool] ?? ""
    let log = try Log()
    try log.write(lines(0..<99))
    try log.run(tool, "a.log")
    try log.write(log.bytes(of: "a.log.\(suffix)"), to: "b")
    try log.run("gzip", "b")
    let summary = try log.importing("b.gz")
    #expect(summary.failures.first?.error.message == "is compressed twice")
    #expect(log.ledger.sources.isEmpty)
  }

  @Test func `frames of zstd that are to be skipped are, wherever they stand`() throws {
    let skipped: [UInt8] = [0x53, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3]
    let log = try Log()
    try log.write(lines(0..<3))
    try log.run("zstd", "a.log")
    let frame = try log.bytes(of: "a.log.zst")
    try log.write(skipped + frame + skipped + frame + skipped, to: "b")
    let summary = try log.importing("b")
    #expect(summary.tally.events == 6)
    #expect(summary.failures.isEmpty)
  }

  @Test func `a stream that unpacks without end is given up, what precedes is read`() throws {
    let stream = BoundedStream(Zeros())
    var buffer = [UInt8](repeating: 1, count: 1 << 22)
    var unpacked: Int64 = 0
    let error = #expect(throws: InputError.self) {
      while true {
        unpacked += Int64(try buffer.withUnsafeMutableBytes { try stream.read(into: $0) })
      }
    }
    #expect(error?.message == "unpacks to more than 1000 times its size, as no log does")
    #expect(unpacked > BoundedStream.free)
    #expect(unpacked <= BoundedStream.free + 2 << 22)
  }

  @Test func `opening a pipe that nobody writes waits for who does`() throws {
    let log = try Log()
    try #require(mkfifo(log.path("pipe"), 0o600) == 0)
    let writer = Process()
    writer.executableURL = URL(filePath: "/bin/sh")
    writer.arguments = ["-c", "sleep 0.2; echo '\(line(1))' > \(log.path("pipe"))"]
    try writer.run()
    #expect(try log.importing("pipe").tally.events == 1)
    writer.waitUntilExit()
  }

  @Test(arguments: ["/dev/zero", "/dev/tty", "/proc/self/status", "/proc/kmsg"])
  func `what is no file is not read, though it can be opened`(path: String) {
    #expect(throws: InputError.self) { _ = try Input(path: path, size: nil).open() }
  }

  @Test func `a file that is deleted or grows while it is read is read to its end`() throws {
    let log = try Log()
    try log.write(lines(0..<2))
    let stream = try Input(path: log.path("a.log"), size: nil).open().stream
    let handle = try FileHandle(forWritingTo: URL(filePath: log.path("a.log")))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data(lines(2..<3).utf8))
    try FileManager.default.removeItem(atPath: log.path("a.log"))
    var content = [UInt8](repeating: 0, count: 4096)
    let count = try content.withUnsafeMutableBytes { try stream.fill($0) }
    #expect(String(decoding: content[..<count], as: UTF8.self) == lines(0..<3))
  }

  @Test func `a name that is no UTF-8 is found in a folder, and read`() throws {
    let log = try Log()
    let path = log.path("") + "a\u{10FFFF}b"
    #expect(PathText.bytes(of: path).suffix(3) == [0x61, 0xFF, 0x62])
    let descriptor = path.withPath { open($0, O_WRONLY | O_CREAT, 0o600) }
    let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    try file.write(contentsOf: Data(lines(0..<1).utf8))
    let listing = Input.list([log.path("")], excluding: [])
    #expect(listing.inputs.map(\.path) == [path])
    let stream = try #require(listing.inputs.first).open().stream
    #expect(stream.consumed == 0)
    #expect(FileIdentity(path: listing.inputs[0].path) != nil)
  }
}

/// A thousandth of a percent of a byte for each that comes out.
private final class Zeros: ByteStream {
  let consumed: Int64 = 20

  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    buffer.initializeMemory(as: UInt8.self, repeating: 0)
    return buffer.count
  }
}
