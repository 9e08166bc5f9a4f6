internal import Files
internal import JSON
internal import Profiles

// What stands at places that no profile knows, found by the words of the members' names.
extension BodyReader {
  /// Adds code, message and request id where no path led to one.
  func addByNames(
    _ body: JSONValue, _ profile: BodyProfile, status: Int, to fields: inout BodyFields
  ) {
    let asksForID = fields.requestID == nil && namesID(body)
    guard fields.code == nil || fields.message == nil || asksForID else { return }
    let walk = ErrorWalk(body, status: status, message: fields.message)
    if fields.message == nil { fields.message = walk.message }
    if fields.requestID == nil { fields.requestID = walk.requestID }
    guard fields.code == nil, let value = walk.code,
      let text = value.string?.trimmed ?? value.integer.map({ numberText.text(of: $0) }),
      !profile.emptyCodes.contains(where: { text.elementsEqual($0.utf8) }),
      text.baseAddress != fields.message?.baseAddress
    else { return }
    fields.code = text
  }

  /// Whether a member is named as ids are, also of the first element of a list.
  func namesID(_ body: JSONValue) -> Bool {
    func isID(_ name: Bytes) -> Bool {
      name.count > 2 && name.part(name.count - 2..<name.count).isEqual(ignoringCase: "id")
    }
    return body.members.contains { name, value in
      isID(name) || value.members.contains { isID($0.key) }
        || value.element(0)?.members.contains { isID($0.key) } ?? false
    }
  }
}
