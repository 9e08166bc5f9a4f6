internal import Batches
internal import Files
internal import JSON
internal import Profiles

/// Writes which fields of a request are wrong and why, whatever form a vendor gives that, as
/// `"issues":[{path, message}]` with paths such as `events[0].eventType`.
struct IssueWriter {
  private(set) var count = 0
  /// Whether one of them has a path.
  private(set) var namesFields = false
  /// A field's path, in room that is used again.
  private var path: [UInt8] = []

  /// Issues beyond so many, or beyond so many bytes of details, are counted, not kept.
  private static let most = 100
  private static let mostBytes = 1 << 15

  mutating func begin() {
    count = 0
    namesFields = false
  }

  /// Adds the issues of the first list that has any.
  mutating func add(
    _ body: JSONValue, lists: UnsafeBufferPointer<BodyProfile.IssueList>,
    to writer: inout JSONWriter
  ) {
    for list in lists {
      guard let value = list.at.value(in: body) else { continue }
      if value.isArray {
        if list.path.isEmpty {
          add(texts: value, to: &writer)
        } else {
          add(elements: value, of: list, to: &writer)
        }
      } else if list.path.isEmpty {
        path.removeAll(keepingCapacity: true)
        add(members: value, to: &writer, depth: 0)
      }
      if count > 0 { return }
    }
  }

  private mutating func add(
    elements: JSONValue, of list: BodyProfile.IssueList, to writer: inout JSONWriter
  ) {
    let hasPaths = elements.elements.contains { path(in: $0, of: list) != nil }
    for element in elements.elements where element.isObject && !isDetail(element) {
      let place = path(in: element, of: list)
      // Beside those that name a field, the others are about none.
      if hasPaths, place == nil { continue }
      guard
        let message = list.message.lazy.compactMap({ path in
          path.value(in: element).flatMap { $0.isObject ? nil : sentence(in: $0) }
        }).first
      else { continue }
      path.removeAll(keepingCapacity: true)
      if let place { appendPath(place) }
      add(message, to: &writer)
    }
  }

  /// Of several texts in a list each is an issue; one alone is the message.
  private mutating func add(texts: JSONValue, to writer: inout JSONWriter) {
    guard texts.element(1)?.isString == true else { return }
    path.removeAll(keepingCapacity: true)
    for element in texts.elements {
      if let text = element.string, !text.isEmpty { add(text, to: &writer) }
    }
  }

  /// Where an element says that the fault is; nil where it does not.
  private func path(in element: JSONValue, of list: BodyProfile.IssueList) -> JSONValue? {
    list.path.lazy.compactMap { $0.value(in: element) }.first { $0.string?.isEmpty != true }
  }

  /// Whether an element is one of Google's details, which are no fields: those that are stand in
  /// lists of their own.
  private func isDetail(_ element: JSONValue) -> Bool { element["@type"] != nil }

  /// An object's issues: `{field: text}`, `{field: [texts]}`, `{field: [{message}]}`, nested as
  /// deep as fields are; Discord's `_errors` are the issues of the object they stand in.
  private mutating func add(members object: JSONValue, to writer: inout JSONWriter, depth: Int) {
    guard depth < 8 else { return }
    for (name, value) in object.members {
      let length = path.count
      if !name.isEqual(to: "_errors") { append(name) }
      if let text = value.string {
        add(text, to: &writer)
      } else if value.isArray {
        for element in value.elements {
          if let text = sentence(in: element) { add(text, to: &writer) }
        }
      } else if let text = value["message"]?.string {
        add(text, to: &writer)
      } else {
        add(members: value, to: &writer, depth: depth + 1)
      }
      path.removeSubrange(length...)
    }
  }

  /// Adds the issues of `PREFIXpath: reason; path: reason`. A reason may hold `; ` and `: ` itself:
  /// a new issue begins only where a path without spaces follows.
  mutating func add(_ message: Bytes, form: BodyProfile.IssueText, to writer: inout JSONWriter) {
    guard message.starts(with: form.prefix.utf8), message.count > form.prefix.utf8.count else {
      return
    }
    var start = form.prefix.utf8.count
    while start < message.count {
      var end = start
      while end < message.count, !startsPath(message, after: end) { end += 1 }
      addPair(message.part(start..<end), to: &writer)
      start = end + 2
    }
  }

  mutating func add(path: Bytes, message: Bytes, to writer: inout JSONWriter) {
    self.path.removeAll(keepingCapacity: true)
    appendPath(text: path)
    add(message, to: &writer)
  }

  /// Ends the list, if there is one.
  func end(_ writer: inout JSONWriter) {
    if count > 0 { writer.endArray() }
  }

  /// Writes an issue of the field at `path`; the first opens the list.
  private mutating func add(_ message: Bytes, to writer: inout JSONWriter) {
    if count == 0 {
      writer.key("issues")
      writer.beginArray()
    }
    count += 1
    if !path.isEmpty { namesFields = true }
    guard count <= IssueWriter.most, writer.bytes.count < IssueWriter.mostBytes else { return }
    writer.beginObject()
    writer.key("path")
    writer.string(path)
    writer.key("message")
    writer.string(message)
    writer.endObject()
  }

  /// Whether `; path: ` stands here.
  private func startsPath(_ text: Bytes, after place: Int) -> Bool {
    guard place + 2 < text.count, text[place] == UInt8(ascii: ";"), text[place + 1] == 0x20 else {
      return false
    }
    var end = place + 2
    while end < text.count, isPathByte(text[end]) { end += 1 }
    return end > place + 2 && end + 1 < text.count && text[end] == UInt8(ascii: ":")
      && text[end + 1] == 0x20
  }

  private func isPathByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "."),
      UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "-"), UInt8(ascii: "$"), 0x80...:
      true
    default: false
    }
  }

  private mutating func addPair(_ text: Bytes, to writer: inout JSONWriter) {
    var end = 0
    while end < text.count, isPathByte(text[end]) { end += 1 }
    path.removeAll(keepingCapacity: true)
    if end > 0, end + 1 < text.count, text[end] == UInt8(ascii: ":"), text[end + 1] == 0x20 {
      appendPath(text: text.part(0..<end))
      add(text.part(end + 2..<text.count), to: &writer)
    } else if !text.isEmpty {
      add(text, to: &writer)
    }
  }

  /// A field's path, given as text or as an array of names and places.
  private mutating func appendPath(_ value: JSONValue) {
    if let text = value.string { return appendPath(text: text) }
    for element in value.elements {
      if let name = element.string {
        append(name)
      } else if element.integer != nil {
        path.append(UInt8(ascii: "["))
        path.append(contentsOf: element.numberText.utf8)
        path.append(UInt8(ascii: "]"))
      }
    }
  }

  /// `items.0.name` and `/items/0/name` are `items[0].name`.
  private mutating func appendPath(text: Bytes) {
    let separator = text.first == UInt8(ascii: "/") ? UInt8(ascii: "/") : UInt8(ascii: ".")
    var start = 0
    while start < text.count {
      let end = text[start...].firstIndex(of: separator) ?? text.count
      if end > start { append(text.part(start..<end)) }
      start = end + 1
    }
  }

  private mutating func append(_ name: Bytes) {
    if !path.isEmpty, name.allSatisfy({ (0x30...0x39).contains($0) }) {
      path.append(UInt8(ascii: "["))
      path.append(contentsOf: name)
      path.append(UInt8(ascii: "]"))
    } else {
      if !path.isEmpty { path.append(UInt8(ascii: ".")) }
      path.append(contentsOf: name)
    }
  }
}
