import Analysis
import Foundation

/// A text of Tests/Fixtures/detection, in words; its README says what they mean.
private struct Words {
  private let bytes: [UInt8]
  private var place = 0

  init(_ name: String) throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    bytes = try [UInt8](Data(contentsOf: folder.appending(path: "Fixtures/detection/\(name)")))
  }

  mutating func next() -> ArraySlice<UInt8>? {
    while place < bytes.count, bytes[place] <= UInt8(ascii: " ") { place += 1 }
    let start = place
    while place < bytes.count, bytes[place] > UInt8(ascii: " ") { place += 1 }
    return start < place ? bytes[start..<place] : nil
  }

  mutating func text() -> String { String(decoding: next() ?? [], as: UTF8.self) }

  mutating func number() -> Int64 { Int64(next() ?? []) }
}

extension Int64 {
  fileprivate init(_ digits: ArraySlice<UInt8>) {
    self = digits.reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
  }
}

/// A series of errors by minute and the spikes that were put into it.
struct SpikeFixture {
  var name: String
  var start: Int64
  var counts: [Int32] = []
  var spikes: [Range<Int64>] = []
  /// The days after changes of level.
  var ignored: [Range<Int64>] = []
  /// When nothing was logged.
  var gaps: [Range<Int64>] = []

  static func all(seed: Int) throws -> [SpikeFixture] {
    let lists: [String: WritableKeyPath<SpikeFixture, [Range<Int64>]>] = [
      "spike": \.spikes, "ignore": \.ignored, "gap": \.gaps,
    ]
    var words = try Words("spikes-\(seed).txt")
    var fixtures: [SpikeFixture] = []
    while let word = words.next() {
      let last = fixtures.count - 1
      if word.elementsEqual("series".utf8) {
        fixtures.append(SpikeFixture(name: words.text(), start: words.number()))
      } else if let list = lists[String(decoding: word, as: UTF8.self)] {
        let start = fixtures[last].start
        let first = start + words.number() * 60_000
        fixtures[last][keyPath: list].append(first..<start + words.number() * 60_000)
      } else if let star = word.firstIndex(of: UInt8(ascii: "*")) {
        let times = Int(Int64(word[(star + 1)...]))
        fixtures[last].counts.append(
          contentsOf: repeatElement(Int32(Int64(word[..<star])), count: times))
      } else {
        fixtures[last].counts.append(Int32(Int64(word)))
      }
    }
    return fixtures
  }
}

/// A stream of rejections and the bursts that were put into it.
struct BurstFixture {
  struct Truth {
    /// From its first rejection to its last.
    var time: Range<Int64>
    /// Whether Retry-After was honoured; nil where that is not known.
    var honoured: Bool?
  }

  var name: String
  var coverage: Range<Int64>
  var rejections: [Rejection] = []
  var bursts: [Truth] = []

  static func all(seed: Int) throws -> [BurstFixture] {
    var words = try Words("bursts-\(seed).txt")
    var fixtures: [BurstFixture] = []
    while let word = words.next() {
      let last = fixtures.count - 1
      if word.elementsEqual("stream".utf8) {
        fixtures.append(
          BurstFixture(name: words.text(), coverage: words.number()..<words.number()))
      } else if word.elementsEqual("burst".utf8) {
        let start = fixtures[last].coverage.lowerBound
        let time = start + words.number()..<start + words.number()
        let verdict = words.text()
        fixtures[last].bursts.append(
          Truth(time: time, honoured: verdict == "any" ? nil : verdict == "honoured"))
      } else {
        let numbers = word.split(separator: UInt8(ascii: ":")).map { Int64($0) }
        var rejection =
          fixtures[last].rejections.last ?? Rejection(time: fixtures[last].coverage.lowerBound)
        rejection.time += numbers[0]
        if numbers.count == 4 {
          rejection.consumer = Int32(numbers[1])
          rejection.route = Int32(numbers[2])
          rejection.retryAfter = Int32(clamping: numbers[3] * 1000)
        }
        fixtures[last].rejections.append(rejection)
      }
    }
    return fixtures
  }
}
