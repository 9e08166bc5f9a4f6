import Batches
import Files
import Foundation
import Testing

@testable import Ingest

/// What a gzip file holds from each restart point on is what it holds there when read whole.
@Suite struct RestartTests {
  private let log: Log
  private let text = RestartTests.text

  init() throws { log = try Log() }

  /// Of 14 MiB, that gzip makes a third of: parts of one text in any order, some of them anew.
  private static let text: [UInt8] = {
    var state: UInt64 = 19
    func random(_ most: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % most
    }
    let numbers = (0..<20_000).map { _ in String(random(1_000_000)) }.joined(separator: " ")
    let words = Array(numbers.utf8)
    var text: [UInt8] = []
    text.reserveCapacity(15 << 20)
    while text.count < 14 << 20 {
      let start = random(words.count - 400)
      text += words[start..<start + 20 + random(380)]
      text.append(0x0A)
    }
    return text
  }()

  private func open(_ name: String) throws -> PlainStream {
    try Input(path: log.path(name), size: nil).openFile()
  }

  /// All that a file holds, and the points noted meanwhile.
  private func unpack(_ name: String) throws -> (bytes: [UInt8], points: [RestartPoint]) {
    let stream = try GzipStream(open(name), notesRestarts: true)
    return (try rest(of: stream), stream.takeRestarts())
  }

  private func rest(of stream: GzipStream) throws -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: text.count + 1)
    let count = try bytes.withUnsafeMutableBytes { try stream.fill($0) }
    bytes.removeLast(bytes.count - count)
    return bytes
  }

  /// Whether these are the text's last bytes.
  private func isEnd(_ bytes: [UInt8], from offset: Int64) -> Bool {
    guard bytes.count == text.count - Int(offset) else { return false }
    return text.withUnsafeBytes { text in
      bytes.withUnsafeBytes { bytes in
        guard let own = text.baseAddress, let read = bytes.baseAddress else { return bytes.isEmpty }
        return memcmp(own + Int(offset), read, bytes.count) == 0
      }
    }
  }

  private func expectRest(_ name: String, from points: [RestartPoint]) throws {
    for point in points {
      let stream = try #require(GzipStream(open(name), from: point), "\(point.offset)")
      #expect(isEnd(try rest(of: stream), from: point.offset), "from \(point.offset)")
    }
  }

  @Test func `one member, from places within bytes`() throws {
    try log.write(text, to: "a.log")
    try log.run("gzip", "a.log")
    let (bytes, points) = try unpack("a.log.gz")
    #expect(isEnd(bytes, from: 0))
    // A block is some 100 KiB, of what repeats more.
    #expect((2...3).contains(points.count))
    for (one, next) in zip(points, points.dropFirst()) {
      #expect(next.offset - one.offset >= 4 << 20)
    }
    #expect(points.contains { $0.bits > 0 })
    #expect(points.allSatisfy { $0.window.count < 32 << 10 && !$0.window.isEmpty })
    try expectRest("a.log.gz", from: points)
  }

  @Test func `several members, whose starts are points that cost nothing`() throws {
    var packed: [UInt8] = []
    for start in stride(from: 0, to: text.count, by: 3 << 20) {
      try log.write(Array(text[start..<min(start + 3 << 20, text.count)]), to: "part")
      try log.run("gzip", "part")
      packed += try Data(contentsOf: URL(filePath: log.path("part.gz")))
      try FileManager.default.removeItem(atPath: log.path("part.gz"))
    }
    try log.write(packed, to: "a.log.gz")
    let (bytes, points) = try unpack("a.log.gz")
    #expect(isEnd(bytes, from: 0))
    #expect(points.map(\.offset) == (1...4).map { $0 * 3 << 20 })
    #expect(points.allSatisfy { $0.window.isEmpty && $0.bits == 0 })
    try expectRest("a.log.gz", from: points)
  }

  @Test func `the end of a member that was entered in its middle, and the member after it`() throws
  {
    let half = 7 << 20
    for (name, part) in [("x", text[..<half]), ("y", text[half...])] {
      try log.write(Array(part), to: name)
      try log.run("gzip", name)
    }
    let packed = try ["x.gz", "y.gz"].flatMap { try Data(contentsOf: URL(filePath: log.path($0))) }
    try log.write(packed + [0, 0, 0], to: "a.log.gz")
    let (bytes, points) = try unpack("a.log.gz")
    #expect(isEnd(bytes, from: 0))
    #expect(points.first.map { $0.offset < half && !$0.window.isEmpty } == true)
    try expectRest("a.log.gz", from: points)
  }

  @Test func `a line at a byte is read from the point before it, else from the start`() throws {
    try log.write(text, to: "a.log")
    try log.run("gzip", "a.log")
    let last = try #require(try unpack("a.log.gz").points.last)
    let start = try #require(text[Int(last.offset)...].firstIndex(of: 0x0A)) + 1
    let line = String(decoding: text[start...].prefix { $0 != 0x0A }, as: UTF8.self)
    var damaged = last
    damaged.proof ^= 1
    for point in [last, damaged, nil] {
      var asked = 0
      let found = try LogHead.line(of: log.path("a.log.gz"), at: Int64(start)) { _ in
        asked += 1
        return point
      }
      #expect(found?.text == line)
      #expect(asked == 1)
    }
  }

  @Test func `a file that is not what it was is not entered, nor with a damaged window`() throws {
    try log.write(text, to: "a.log")
    try log.write(Array(text[(1 << 20)...]), to: "b.log")
    try log.run("gzip", "a.log")
    try log.run("gzip", "b.log")
    let point = try #require(try unpack("a.log.gz").points.last)
    #expect(GzipStream(try open("b.log.gz"), from: point) == nil)
    func refuses(_ change: (inout RestartPoint) -> Void) throws {
      var other = point
      change(&other)
      #expect(GzipStream(try open("a.log.gz"), from: other) == nil)
    }
    try refuses { $0.window[100] ^= 1 }
    try refuses { $0.window.removeLast() }
    try refuses { $0.window = [1] }
    for packed: Int64 in [-1, 0, 100, 1 << 50, .max, .min] { try refuses { $0.packed = packed } }
    for bits in [-1, 8, .max] { try refuses { $0.bits = bits } }
    #expect(
      GzipRestarts.digest(of: try open("a.log.gz")) != GzipRestarts.digest(of: try open("b.log.gz"))
    )
  }

  @Test func `a file of any size has few`() {
    func count(upTo size: Int64) -> Int {
      var offset: Int64 = 0
      var count = 0
      while offset < size {
        offset += RestartPoint.distance(at: offset)
        count += 1
      }
      return count
    }
    #expect(count(upTo: 4 << 30) == 1024)
    #expect(count(upTo: 1 << 40) < 8000)
  }
}
