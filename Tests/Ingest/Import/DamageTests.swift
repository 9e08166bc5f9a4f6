import Batches
import Events
import Foundation
import Ingest
import Testing

/// Compressed logs that are not whole.
@Suite struct DamageTests {
  private func compressed(_ text: String, with tool: String, _ suffix: String) throws -> [UInt8] {
    let log = try Log()
    try log.write(text)
    try log.run(tool, "a.log")
    return try log.bytes(of: "a.log.\(suffix)")
  }

  @Test func `all members of a gzip file are read, empty ones too`() throws {
    let log = try Log()
    let first = try compressed(lines(0..<10), with: "gzip", "gz")
    let empty = try compressed("", with: "gzip", "gz")
    let second = try compressed(lines(10..<30), with: "gzip", "gz")
    try log.write(first + empty + second, to: "a.gz")
    let summary = try log.importing("a.gz")
    #expect(summary.tally.events == 30)
    #expect(summary.failures.isEmpty)

    try log.write(
      first + empty + second + compressed(lines(30..<31), with: "gzip", "gz"), to: "a.gz")
    #expect(try log.importing("a.gz").tally.events == 1)
  }

  @Test func `a line may go from one member into the next`() throws {
    let log = try Log()
    let text = lines(0..<2)
    let cut = text.count - 40
    let head = try compressed(String(text.prefix(cut)), with: "gzip", "gz")
    let tail = try compressed(String(text.dropFirst(cut)), with: "gzip", "gz")
    try log.write(head + tail, to: "a.gz")
    #expect(try log.importing("a.gz").tally.events == 2)
  }

  @Test func `zeros after the last member are nothing, anything else is damage`() throws {
    let log = try Log()
    let whole = try compressed(lines(0..<10), with: "gzip", "gz")
    try log.write(whole + [UInt8](repeating: 0, count: 1000), to: "a.gz")
    let padded = try log.importing("a.gz")
    #expect(padded.tally.events == 10)
    #expect(padded.failures.isEmpty)

    let other = try Log()
    try other.write(whole + Array("garbage".utf8), to: "a.gz")
    let spoilt = try other.importing("a.gz")
    #expect(spoilt.tally.events == 10)
    #expect(spoilt.failures.count == 1)
    #expect(spoilt.failures.first?.error.hint != nil)
  }

  @Test(arguments: [10, 5000], ["gzip", "zstd", "bzip2", "xz"])
  func `what precedes damage is imported, and the rest once the file is whole`(
    count: Int, tool: String
  ) throws {
    let suffix = ["gzip": "gz", "zstd": "zst", "bzip2": "bz2", "xz": "xz"][tool] ?? ""
    let whole = try compressed(lines(0..<count), with: tool, suffix)
    let log = try Log()
    try log.write(Array(whole.dropLast(9)), to: "a")
    let broken = try log.importing("a")
    #expect(broken.failures.count == 1)
    #expect(broken.tally.events <= Int64(count))
    #expect(broken.tally.rejects == 0)
    try log.write(whole, to: "a")
    let repaired = try log.importing("a")
    #expect(repaired.failures.isEmpty)
    #expect(broken.tally.events + repaired.tally.events == Int64(count))
    #expect(repaired.known == broken.tally.events)
  }

  @Test(arguments: [10, 20_000])
  func `of a truncated gzip file all lines but the last ones are there`(count: Int) throws {
    let whole = try compressed(lines(0..<count), with: "gzip", "gz")
    let log = try Log()
    try log.write(Array(whole.dropLast(8)), to: "a.gz")
    let summary = try log.importing("a.gz")
    #expect(summary.tally.events == Int64(count))
    #expect(summary.failures.first?.error.message.contains("ends too early") == true)
  }

  @Test func `a checksum that does not fit is damage`() throws {
    var bytes = try compressed(lines(0..<10), with: "gzip", "gz")
    bytes[bytes.count - 6] ^= 0xFF
    let log = try Log()
    try log.write(bytes, to: "a.gz")
    let summary = try log.importing("a.gz")
    #expect(summary.tally.events == 10)
    #expect(summary.failures.count == 1)
  }

  @Test(
    arguments: [
      [0x1F, 0x8B], [0x1F, 0x8B, 8, 0, 0], [0x28, 0xB5, 0x2F, 0xFD, 9],
      [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00, 1],
    ] as [[UInt8]])
  func `a stump that only looks compressed is damage and no crash`(bytes: [UInt8]) throws {
    let log = try Log()
    try log.write(bytes, to: "a")
    let summary = try log.importing("a")
    #expect(summary.tally.events == 0)
    #expect(summary.failures.count == 1)
  }
}
