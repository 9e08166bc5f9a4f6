internal import Files
package import JSON

/// Whether a body may have members of certain names, at its top or one step below: asked before
/// paths are followed that few bodies have.
package struct NameMask: Sendable {
  private var bits: UInt64 = 0

  /// Names below which anything stands.
  private static let containers: Set<String> = ["error", "errors", "details", "data", "detail"]

  init(_ paths: some Collection<BodyPath>) {
    for path in paths {
      let names = path.text.split { $0 == "." || $0 == "[" || $0 == "?" || $0 == " " }.map(
        String.init)
      guard let name = names.first(where: { !NameMask.containers.contains($0) }) ?? names.first
      else { continue }
      Array(name.utf8).withUnsafeBufferPointer { bits |= NameMask.bit(of: $0) }
    }
  }

  package func mayStand(in body: JSONValue) -> Bool {
    for (name, value) in body.members {
      if bits & NameMask.bit(of: name) != 0 { return true }
      for (name, _) in value.members where bits & NameMask.bit(of: name) != 0 { return true }
    }
    return false
  }

  private static func bit(of name: Bytes) -> UInt64 {
    guard let first = name.first, let last = name.last else { return 0 }
    // None of the usual names of errors' members shares a bit with those that are nested.
    let mixed = Int(first) &+ Int(last) &* 11 &+ name.count &* 3
    return 1 << UInt64(mixed & 63)
  }
}
