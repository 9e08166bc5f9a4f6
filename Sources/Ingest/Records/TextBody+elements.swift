internal import Files
internal import JSON

// XML: elements and attributes become members.
extension TextBody {
  /// Elements that hold text, and attributes, by their names without namespaces: the first of each.
  mutating func elements(_ body: Bytes) -> [UInt8]? {
    var open: [Bytes] = []
    var isLeaf = false
    var seen: [Bytes] = []
    text.keepsBlanks = true
    defer { text.keepsBlanks = false }
    text.clear()
    member = nil
    writer.clear()
    writer.beginObject()
    for token in Markup(body) {
      switch token {
      case .open(let name, let attributes, let isEmpty):
        addAttributes(attributes, of: name.localName, &seen)
        text.clear()
        isLeaf = !isEmpty
        if !isEmpty { open.append(name.localName) }
      case .text(let piece, let isRaw): text.add(piece, isRaw: isRaw)
      case .close:
        let name = open.popLast()
        text.trim()
        if isLeaf, let name, !text.bytes.isEmpty {
          if let member {
            add(member, text.bytes, &seen)
            self.member = nil
          } else if name.isEqual(to: "name") {
            member = TextBody.member(named: text.bytes)
          } else {
            add(name, text.bytes, &seen)
          }
        }
        isLeaf = false
        text.clear()
      }
      guard open.count < 64 else { break }
    }
    writer.endObject()
    return seen.isEmpty ? nil : writer.bytes
  }

  /// XML-RPC names members in elements: `<name>faultCode</name><value><int>4</int></value>`.
  private static func member(named text: [UInt8]) -> Bytes? {
    members.first { text.elementsEqual(Bytes(start: $0.utf8Start, count: $0.utf8CodeUnitCount)) }
      .map { Bytes(start: $0.utf8Start, count: $0.utf8CodeUnitCount) }
  }

  private static let members: [StaticString] = ["faultCode", "faultString"]

  private mutating func add(_ name: Bytes, _ value: [UInt8], _ seen: inout [Bytes]) {
    guard !name.isEmpty, seen.count < 64, !seen.contains(where: { $0.elementsEqual(name) }) else {
      return
    }
    seen.append(name)
    writer.key(name)
    writer.string(value)
  }

  /// `code="100" msg='Invalid key'`, namespaces aside.
  private mutating func addAttributes(
    _ attributes: Bytes, of element: Bytes, _ seen: inout [Bytes]
  ) {
    var rest = attributes.trimmed
    while let equals = rest.place(of: UInt8(ascii: "=")), equals + 1 < rest.count {
      let name = rest.part(0..<equals).trimmed
      let value = rest.part(equals + 1..<rest.count).trimmed
      guard let quote = value.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"),
        let end = value.part(1..<value.count).place(of: quote)
      else { return }
      let isNamespace = name.starts(with: "xmlns".utf8) || name.contains(UInt8(ascii: ":"))
      if !isNamespace {
        text.clear()
        text.add(value.part(1..<end + 1))
        if !text.bytes.isEmpty {
          // `<Error Number="101">`: the number of an error is its code.
          let isCode =
            TextBody.isError(element)
            && TextBody.numberNames.contains { name.isEqual(ignoringCase: $0) }
          add(isCode ? TextBody.errorCode : name, text.bytes, &seen)
        }
        text.clear()
      }
      rest = value.part(end + 2..<value.count).trimmed
    }
  }

  private static let numberNames: [StaticString] = ["number", "no", "num", "nr"]

  private static var errorCode: Bytes {
    let name: StaticString = "ErrorCode"
    return Bytes(start: name.utf8Start, count: name.utf8CodeUnitCount)
  }
}
