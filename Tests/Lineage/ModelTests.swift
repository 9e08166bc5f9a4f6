import Foundation
import Ingest
import Store
import Testing

/// Random sequences of what happens to logs, against what must be in the store then.
@Suite struct ModelTests {
  /// How many sequences: a few in every test run, many by `ERRATA_SOAK`.
  private static let count =
    ProcessInfo.processInfo.environment["ERRATA_SOAK"].flatMap(Int.init) ?? 150
  private static let first =
    ProcessInfo.processInfo.environment["ERRATA_SEED"].flatMap(UInt64.init) ?? 1

  @Test func `whatever happens to logs, no line is lost or doubled`() throws {
    for seed in Self.first..<Self.first + UInt64(Self.count) {
      var random = SplitMix(state: seed)
      let steps = (0..<Int.random(in: 4...24, using: &random)).map { _ in Step(&random) }
      // Half of the followers close every log that rests.
      let holdsLogs = seed % 2 == 0
      guard let problem = problem(with: steps, holdsLogs) else { continue }
      let least = shrunk(steps, holdsLogs)
      Issue.record(
        "seed \(seed): \(problem)\n\(least): \(self.problem(with: least, holdsLogs) ?? "")")
      return
    }
  }

  /// What is wrong after some steps; nil when nothing is.
  private func problem(with steps: [Step], _ holdsLogs: Bool) -> String? {
    do {
      let model = try Model(holdsLogs: holdsLogs)
      for step in steps { try model.take(step) }
      return try model.problem()
    } catch {
      return "\(error)"
    }
  }

  /// The steps without those that do not matter: halves are left out, then quarters, and so on.
  private func shrunk(_ steps: [Step], _ holdsLogs: Bool) -> [Step] {
    var steps = steps
    var size = steps.count / 2
    while size > 0 {
      var start = 0
      while start < steps.count {
        var fewer = steps
        fewer.removeSubrange(start..<min(start + size, steps.count))
        if problem(with: fewer, holdsLogs) != nil { steps = fewer } else { start += size }
      }
      size /= 2
    }
    return steps
  }
}

/// Something that happens to the logs, or an import of them.
enum Step {
  case append(log: Int, lines: Int)
  /// A part of a line; the rest comes with the next lines.
  case appendPart(log: Int)
  case rename(log: Int)
  case copyTruncate(log: Int)
  case truncate(log: Int, regrown: Int)
  case recreate(log: Int, lines: Int)
  case compress(log: Int, Container)
  case appendMember(log: Int, lines: Int)
  /// One log begins as another does.
  case equalHead(log: Int)
  case importAll, importOne(log: Int)
  case follow(log: Int?)
  case restart
  case kill(commit: Int, after: Bool, isFollowing: Bool)

  init(_ random: inout SplitMix) {
    let log = Int.random(in: 0..<2, using: &random)
    let lines = Int.random(in: 0..<8, using: &random) == 0 ? 90 : .random(in: 1...4, using: &random)
    switch Int.random(in: 0..<24, using: &random) {
    case 0...4: self = .append(log: log, lines: lines)
    case 5: self = .appendPart(log: log)
    case 6, 7: self = .rename(log: log)
    case 8: self = .copyTruncate(log: log)
    case 9: self = .truncate(log: log, regrown: Bool.random(using: &random) ? 90 : lines)
    case 10: self = .recreate(log: log, lines: lines)
    case 11: self = .compress(log: log, .gzip)
    case 12: self = .compress(log: log, .zstd)
    case 13: self = .appendMember(log: log, lines: lines)
    case 14: self = .equalHead(log: log)
    case 15, 16: self = .importAll
    case 17: self = .importOne(log: log)
    case 18, 19: self = .follow(log: nil)
    case 20: self = .follow(log: log)
    case 21: self = .restart
    default:
      self = .kill(
        commit: .random(in: 1...3, using: &random), after: .random(using: &random),
        isFollowing: .random(using: &random))
    }
  }
}

/// Steele, Lea, Flood: Fast splittable pseudorandom number generators (2014).
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}
