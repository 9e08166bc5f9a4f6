package import JSON

/// A place in a body: member names with dots between, array places as `[0]`; `error?token` stands
/// for a value without spaces, `error?prose` for one with them.
///
/// A class, so that lists of paths are walked without copying what they hold.
package final class BodyPath: Sendable {
  package let text: String
  /// The names of all steps in one stretch, so that following a path counts no references.
  private let names: [UInt8]
  private let steps: [Step]
  private let likeness: Likeness

  /// A member, by the end of its name in `names`, or an element, by its place.
  private enum Step: Sendable {
    case member(start: Int, end: Int)
    case element(Int)
  }

  private enum Likeness: Sendable {
    case any, token, prose
  }

  package init(_ text: String) {
    self.text = text
    let parts = text.split(separator: "?", maxSplits: 1)
    likeness = parts.count < 2 ? .any : parts[1] == "token" ? .token : .prose
    var names: [UInt8] = []
    var steps: [Step] = []
    for part in (parts.first ?? "").split(separator: ".") {
      let pieces = part.split(separator: "[", omittingEmptySubsequences: false)
      if let name = pieces.first, !name.isEmpty {
        steps.append(.member(start: names.count, end: names.count + name.utf8.count))
        names += name.utf8
      }
      steps += pieces.dropFirst().compactMap { Int($0.dropLast()).map(Step.element) }
    }
    self.names = names
    self.steps = steps
  }

  /// The value there, unless it is null or not alike.
  package func value(in body: JSONValue) -> JSONValue? {
    var value: JSONValue? = body
    names.withUnsafeBufferPointer { names in
      steps.withUnsafeBufferPointer { steps in
        for step in steps {
          switch step {
          case .member(let start, let end):
            value = value?.member(UnsafeBufferPointer(rebasing: names[start..<end]))
          case .element(let place): value = value?.element(place)
          }
        }
      }
    }
    guard let value, !value.isNull, isAlike(value) else { return nil }
    return value
  }

  private func isAlike(_ value: JSONValue) -> Bool {
    switch likeness {
    case .any: true
    case .token: !isProse(value)
    case .prose: isProse(value)
    }
  }

  private func isProse(_ value: JSONValue) -> Bool {
    value.string.map { $0.contains(UInt8(ascii: " ")) } ?? false
  }
}
