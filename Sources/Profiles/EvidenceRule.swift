internal import JSON

/// Proof, in a body alone, of who wrote it: every condition must hold.
package struct EvidenceRule: Sendable {
  package var statuses: [Int]
  /// Paths whose value is one of these texts.
  package var equals: [(path: BodyPath, texts: [String])]
  /// Paths whose value is of this shape.
  package var shapes: [(path: BodyPath, shape: Shape)]
  /// Paths whose value begins so.
  package var prefixes: [(path: BodyPath, prefix: String)]
  /// Paths that must not be there.
  package var absent: [BodyPath]

  package enum Shape: String, CaseIterable, Sendable {
    case string, number, array, object
    /// SCREAMING_SNAKE_CASE.
    case screaming
  }

  init(_ object: ProfileObject) throws {
    try object.allow(["status", "equals", "shape", "prefix", "absent"])
    statuses = try object.integers("status")
    equals = try object.members("equals").map { name, value in
      (try object.path(name, of: "equals"), try object.texts(of: value, "equals.\(name)"))
    }
    let choices = Shape.allCases.map { ($0.rawValue, $0) }
    shapes = try object.members("shape").map { name, value in
      guard let word = value.text else {
        throw object.error(at: "shape.\(name)", "a shape was expected, such as string")
      }
      return (
        try object.path(name, of: "shape"),
        try object.choice(word, at: "shape.\(name)", called: "shape", among: choices)
      )
    }
    prefixes = try object.members("prefix").map { name, value in
      guard let text = value.text else {
        throw object.error(at: "prefix.\(name)", "a text was expected")
      }
      return (try object.path(name, of: "prefix"), text)
    }
    absent = try object.paths("absent")
    if equals.isEmpty, shapes.isEmpty, prefixes.isEmpty {
      throw object.error(
        at: "", "an evidence rule needs equals, shape or prefix: else it holds for any body")
    }
  }
}
