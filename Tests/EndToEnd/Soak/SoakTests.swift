import Foundation
import Testing

/// Trials of the claim that not one line is lost and not one doubled: kills, races, faults.
///
/// In an ordinary test run they take seconds. `make soak` sets `ERRATA_SOAK` to the number of kills
/// and runs all of them at length.
@Suite(.serialized) enum SoakTests {
  /// How many kills were asked for; nil in an ordinary test run.
  static let kills = ProcessInfo.processInfo.environment["ERRATA_SOAK"].flatMap { Int($0) }

  static var isLong: Bool { kills != nil }

  /// Where everything random starts from.
  static let seed: UInt64 = 20_261_121

  /// The line that says what a trial came to.
  static func say(_ text: String) {
    print("soak: \(text) (seed \(seed))")
  }

  /// Which calls of a system call are tampered with: each of them, or every so many, or one
  /// of them in an ordinary test run.
  static func choice(of calls: ClosedRange<Int>, _ salt: String, every step: Int = 1) -> [Int] {
    if isLong { return Array(stride(from: calls.lowerBound, through: calls.upperBound, by: step)) }
    var random = SplitMix(state: salt.utf8.reduce(seed) { $0 &* 31 &+ UInt64($1) })
    return [Int.random(in: calls, using: &random)]
  }
}

/// SplitMix64 (Steele, Lea and Flood, 2014): the same numbers for the same seed.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }
}
