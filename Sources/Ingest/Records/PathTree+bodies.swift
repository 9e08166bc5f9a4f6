internal import Profiles

// Where the bodies of responses stand.
extension PathTree {
  /// Whether an object at a path is all of a body, and not of a response or of ECS, where it tells of the body,
  /// its content among the rest.
  static func isBody(_ path: [String]) -> Bool {
    path.suffix(3) != ["http", "response", "body"] && path.last != "response" && path.last != "err"
  }

  /// Whether an object is the body in lines of a gateway; -1 for one that is not known.
  func holdsBody(_ node: Int, of gateway: Int) -> Bool {
    nodes[node].holdsBody
      || nodes[node].mayHoldBody
        && meanings(of: node).contains { $0.isBody && Int($0.gateway) == gateway }
  }

  /// Whether a node stands below the body of such lines.
  func isInBody(_ node: Int, of gateway: Int) -> Bool {
    var above = Int(nodes[node].parent)
    while above > 0 {
      if holdsBody(above, of: gateway) { return true }
      above = Int(nodes[above].parent)
    }
    return false
  }
}

extension PathTree.Meaning {
  /// Whether the value itself is a body.
  var isBody: Bool { field == .body && !isParent }
}
