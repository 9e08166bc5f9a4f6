import Foundation
import Analysis

/// Scenarios of one kind, drawn by chance.
struct Family: Sendable, CustomStringConvertible {
  enum Kind: Sendable {
    /// Trouble that nobody may miss.
    case trouble
    /// Trouble of which one may be missed now and then.
    case small
    case habit
    /// Nothing to tell.
    case nothing
    /// Nothing to tell, but the rates wander.
    case wandering
  }

  let name: String
  let kind: Kind
  let draw: @Sendable (inout Chance) -> Scenario

  var description: String { name }

  init(_ name: String, _ kind: Kind, draw: @escaping @Sendable (inout Chance) -> Scenario) {
    self.name = name
    self.kind = kind
    self.draw = draw
  }

  /// The same, and once more where no successes are in the log.
  static func both(
    _ name: String, _ kind: Kind, draw: @escaping @Sendable (inout Chance) -> Scenario
  ) -> [Family] {
    [
      Family(name, kind, draw: draw),
      Family("\(name), errors alone", kind) { chance in
        var scenario = draw(&chance)
        for place in scenario.traffic.indices { scenario.traffic[place].isWhole = false }
        return scenario
      },
    ]
  }

  func scenario(_ number: Int) -> Scenario {
    let salt = name.utf8.reduce(UInt64(14_695_981_039_346_656_037)) {
      ($0 ^ UInt64($1)) &* 1_099_511_628_211
    }
    var chance = Chance(seed: salt &+ UInt64(number))
    return draw(&chance)
  }

  static let all =
    outages + storms + edges + several + odd + seen + habits + oddHabits + nothing + oddNothing
}

extension Chance {
  mutating func between(_ low: Double, _ high: Double) -> Double {
    .random(in: low...high, using: &self)
  }
  mutating func between(_ low: Int, _ high: Int) -> Int { .random(in: low...high, using: &self) }

  /// Each order of magnitude is as likely.
  mutating func scale(_ low: Double, _ high: Double) -> Double {
    low * exp2(between(0, log2(high / low)))
  }

  /// Minutes, of a length, well inside of the four weeks.
  mutating func minutes(_ length: Int) -> Range<Int> {
    let first = between(3 * 1440, Scenario.length - length - 2 * 1440)
    return first..<first + length
  }

  /// A vendor with usual traffic, a few errors of several sorts in it.
  mutating func usual(perHour: Double? = nil, failing: Double? = nil) -> Traffic {
    let share = failing ?? scale(0.003, 0.05)
    return Traffic(
      perHour: perHour ?? scale(30, 600),
      shares: [
        .serverErrors: share * 0.8, .unanswered: share * 0.2, .rejections: scale(0.0005, 0.005),
        .refusals: scale(0.0005, 0.005), .others: scale(0.001, 0.03),
      ], &self)
  }
}
