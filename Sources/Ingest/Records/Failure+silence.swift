internal import Files
internal import JSON

// Bodies that can be told to say nothing of a failure by the names of their members.
extension Failure {
  /// Whether an object says nothing of a failure whatever the values of its members are, as long as they are of the
  /// same sort and `status`, where it is one of them, is the number of a success. Such is what some gateways call
  /// the response: its status, its size and its headers.
  static func isRuledOut(in body: JSONValue, beside status: JSONValue) -> Bool {
    var place = 0
    var beginsWithObject = false
    for (name, value) in body.members {
      switch BodySign(name) {
      case .stranger, .aside:
        if value.isArray { return false }
        if value.isObject {
          if mayTell(name) { return false }
          if place == 0 { beginsWithObject = true }
        }
      case .status, .httpStatus:
        guard value.isSame(as: status), value.integer != nil else { return false }
      default: return false
      }
      // What holds one object, and no more than a text besides, may be a wrapper.
      if place == 1, beginsWithObject, value.isString || name.isEqual(to: "sign") { return false }
      place += 1
    }
    return !beginsWithObject || place > 1
  }

  /// Whether an object of such a name is looked into.
  private static func mayTell(_ name: Bytes) -> Bool {
    isOutcome(name) || replies.contains { name.isEqual(ignoringCase: $0) }
  }
}
