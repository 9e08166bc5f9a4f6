internal import Events
internal import JSON
internal import Profiles

/// What is wrong with which field, whatever form a vendor gives it, as `[{path, message}]` with
/// paths such as `events[0].eventType`.
struct IssueWriter {
  private var issues: [(path: [UInt8], message: [UInt8])] = []
  private(set) var count = 0

  /// Issues beyond so many are counted, not kept.
  private static let most = 100

  /// Adds the issues of the first list that has any.
  mutating func add(_ body: JSONValue, lists: [BodyProfile.IssueList]) {
    for list in lists {
      guard let array = list.at.value(in: body), array.isArray else { continue }
      for element in array.elements {
        guard let message = list.message.value(in: element)?.string else { continue }
        add(path: list.path.value(in: element).map(fieldPath) ?? [], message: Array(message))
      }
      if count > 0 { return }
    }
  }

  /// Adds the issues of `PREFIXpath: reason; path: reason`. A reason may hold `; ` and `: ` itself:
  /// a new issue begins only where a path without spaces follows.
  mutating func add(_ message: Bytes, form: BodyProfile.IssueText) {
    let prefix = Array(form.prefix.utf8)
    guard message.count > prefix.count, message.prefix(prefix.count).elementsEqual(prefix) else {
      return
    }
    var start = prefix.count
    while start < message.count {
      var end = start
      while end < message.count, !(startsPath(message, after: end)) { end += 1 }
      addPair(message.part(start..<end))
      start = end + 2
    }
  }

  mutating func add(path: Bytes, message: Bytes) {
    add(path: fieldPath(text: path), message: Array(message))
  }

  func write(into writer: inout JSONWriter) {
    writer.beginArray()
    for issue in issues {
      writer.beginObject()
      writer.key("path")
      writer.string(issue.path)
      writer.key("message")
      writer.string(issue.message)
      writer.endObject()
    }
    writer.endArray()
  }

  private mutating func add(path: [UInt8], message: [UInt8]) {
    count += 1
    if issues.count < IssueWriter.most { issues.append((path, message)) }
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

  private mutating func addPair(_ text: Bytes) {
    var end = 0
    while end < text.count, isPathByte(text[end]) { end += 1 }
    if end > 0, end + 1 < text.count, text[end] == UInt8(ascii: ":"), text[end + 1] == 0x20 {
      add(path: fieldPath(text: text.part(0..<end)), message: Array(text[(end + 2)...]))
    } else if !text.isEmpty {
      add(path: [], message: Array(text))
    }
  }
}

/// A field's path, given as text or as an array of names and places.
private func fieldPath(_ value: JSONValue) -> [UInt8] {
  if let text = value.string { return fieldPath(text: text) }
  var path: [UInt8] = []
  for element in value.elements {
    if let place = element.integer {
      path += Array("[\(place)]".utf8)
    } else if let name = element.string {
      append(name, to: &path)
    }
  }
  return path
}

/// `items.0.name` and `/items/0/name` are `items[0].name`.
private func fieldPath(text: Bytes) -> [UInt8] {
  let isPointer = text.first == UInt8(ascii: "/")
  var path: [UInt8] = []
  for name in text.split(separator: isPointer ? UInt8(ascii: "/") : UInt8(ascii: ".")) {
    append(Bytes(rebasing: name), to: &path)
  }
  return path
}

private func append(_ name: Bytes, to path: inout [UInt8]) {
  if !path.isEmpty, name.allSatisfy({ (0x30...0x39).contains($0) }) {
    path.append(UInt8(ascii: "["))
    path += name
    path.append(UInt8(ascii: "]"))
  } else {
    if !path.isEmpty { path.append(UInt8(ascii: ".")) }
    path += name
  }
}
