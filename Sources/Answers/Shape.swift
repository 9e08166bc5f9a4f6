/// What a value of an answer's object can be: the types of JSON, as far as answers have them.
package indirect enum Shape: Sendable, Equatable {
  case flag, integer, number, text
  /// One of these texts.
  case word([String])
  /// `2026-11-20T14:02:00.000Z`
  case time
  /// Any JSON, such as an event's details.
  case anything
  case list(Shape)
  case object([Member])
  case nullable(Shape)

  /// A member of an object: its name, what it can be, and what it says.
  package struct Member: Sendable, Equatable {
    package let name: String
    package let shape: Shape
    /// Such as `ms`; nil for what is counted, and for what is no number.
    package let unit: String?
    /// A phrase, without a full stop.
    package let meaning: String
    /// Whether the object has it whatever the answer.
    package internal(set) var isAlwaysThere = true

    /// The same, as a member that not every such object has.
    package func onlyWhere(_ condition: String) -> Member {
      Member(
        name: name, shape: shape, unit: unit, meaning: "\(condition): \(meaning)",
        isAlwaysThere: false)
    }
  }
}

extension Shape {
  /// An object's members with others behind them.
  package func adding(_ members: [Member]) -> Shape {
    guard case .object(let own) = self else { return self }
    return .object(own + members)
  }
}
