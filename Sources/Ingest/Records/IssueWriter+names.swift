internal import Files
internal import JSON

// Lists of issues that no profile knows: objects that name a field and say what is wrong with it.
extension IssueWriter {
  /// Adds the issues of the first list of that form, at the top of a body or one step below.
  mutating func addByNames(_ body: JSONValue, to writer: inout JSONWriter) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: MemberRole.longest) { room in
      addByNames(body, to: &writer, depth: 0, room)
    }
  }

  private mutating func addByNames(
    _ object: JSONValue, to writer: inout JSONWriter, depth: Int,
    _ room: UnsafeMutableBufferPointer<UInt8>
  ) {
    for (name, value) in object.members {
      if value.isArray, value.element(0)?.isObject == true, isList(name, room) {
        for element in value.elements {
          if let issue = issue(in: element, room) {
            add(path: issue.path, message: issue.message, to: &writer)
          }
        }
        if count > 0 { return }
      } else if depth == 0, value.isObject {
        addByNames(value, to: &writer, depth: 1, room)
        if count > 0 { return }
      }
    }
  }

  private func isList(_ name: Bytes, _ room: UnsafeMutableBufferPointer<UInt8>) -> Bool {
    let role = MemberRole(name, room)
    if role.isOfError { return true }
    return IssueWriter.lists.contains { name.isEqual(ignoringCase: $0) }
  }

  private static let lists: [StaticString] = [
    "messages", "details", "fields", "field", "invalid", "invalid_fields", "validation",
    "validations", "parameters", "data", "causes", "invalid_parameters", "hints",
  ]

  private func issue(
    in element: JSONValue, _ room: UnsafeMutableBufferPointer<UInt8>
  ) -> (path: Bytes, message: Bytes)? {
    var path: Bytes?
    var message: (text: Bytes, strength: Int)?
    for (name, value) in element.members {
      if value.isObject, path == nil {
        // `"context":{"attribute":"name"}`
        path = value.members.lazy.first { IssueWriter.isPath($0.key) }?.value.string?.trimmed
      }
      guard let text = value.string?.trimmed, !text.isEmpty else { continue }
      if IssueWriter.isPath(name) {
        path = path ?? text
        continue
      }
      let role = MemberRole(name, room)
      guard case .message = role.sort, role.strength > message?.strength ?? 0 else { continue }
      message = (text, role.strength)
    }
    guard let path, let message, path.place(of: 0x20) == nil else { return nil }
    return (path, message.text)
  }

  /// Whether a member is named as those are that say which field is wrong.
  static func isPath(_ name: Bytes) -> Bool {
    paths.contains { name.isEqual(ignoringCase: $0) }
  }

  private static let paths: [StaticString] = [
    "property", "propertyname", "property_name", "propertypath", "property_path", "field",
    "fieldname", "field_name", "fieldid", "field_id", "path", "param", "paramname", "param_name",
    "parameter", "parametername", "parameter_name", "attribute", "attributename",
    "attribute_name", "pointer", "target", "element", "elementname", "argument", "propname", "prop",
    "jsonpath", "json_path", "datapath", "instancepath", "fieldpath", "field_path", "membername",
  ]
}
