internal import Files
internal import JSON
internal import Profiles

/// An error body that is no JSON: an event stream, XML, a page, or plain text.
///
/// What has a form becomes an object, so that profiles read it as any other: of XML the elements
/// that hold text, each by its own name; of a page its title; of text its first line.
struct TextBody {
  /// Words for a request id that stands on a line of plain text, in lower case.
  private let idNames: [[UInt8]]
  private var writer = JSONWriter()
  private var text = PageText()
  /// The member of XML-RPC whose value comes next.
  private var member: Bytes?

  /// Longer bodies are read so far.
  private static let longest = 1 << 16

  init(_ profile: BodyProfile) {
    idNames = profile.requestIDText.map { Array($0.utf8) }
  }

  /// The body as JSON text; nil where it is plain text without a request id.
  mutating func object(of body: Bytes) -> [UInt8]? {
    // Each part counts, so that all of it is read.
    if let parts = Multipart(body) { return parts.object(&writer) }
    var body = body.part(0..<TextBody.longest)
    // A byte order mark.
    if body.starts(with: [0xEF, 0xBB, 0xBF]) { body = body.part(3..<body.count) }
    if body.first == UInt8(ascii: "<") {
      return isPage(body) ? page(body) : elements(body)
    }
    return lines(body)
  }

  /// Whether a text may say that it is a failure, asked of each that came with a status of success.
  static func mayFail(_ body: Bytes) -> Bool {
    if body.first == UInt8(ascii: "<") {
      return signs.contains { sign in
        sign.withUTF8Buffer { body.part(0..<longest).place(of: $0, from: 0) != nil }
      }
    }
    return body.starts(with: "--".utf8) && Multipart.isAnswer(body)
  }

  private static let signs: [StaticString] = ["ault>", "ault ", "<Error", "<error", "FAIL"]

  /// Whether XML is a fault, by the first element that is no wrapping.
  static func saysFailed(_ body: Bytes) -> Bool {
    guard body.first == UInt8(ascii: "<") else { return false }
    var isFirst = true
    for case .open(let name, _, _) in Markup(body.part(0..<longest)) {
      let name = name.localName
      if name.isEqual(ignoringCase: "fault") { return true }
      if isFirst, failures.contains(where: { name.isEqual(ignoringCase: $0) }) { return true }
      isFirst = false
    }
    return false
  }

  private static let failures: [StaticString] = [
    "Error", "ErrorResponse", "ServiceExceptionReport", "ExceptionReport",
  ]

  /// The first line of a text; of one line all of it.
  static func firstLine(of text: Bytes) -> Bytes {
    let text = text.trimmed
    return text.part(0..<(text.firstIndex { $0 == 0x0A || $0 == 0x0D } ?? text.count)).trimmed
  }

  // MARK: Pages

  private static let pageTags: [StaticString] = [
    "html", "head", "title", "body", "h1", "h2", "h3", "center", "p", "div", "pre", "meta", "style",
    "script", "br", "b", "font", "span", "table",
  ]

  private func isPage(_ body: Bytes) -> Bool {
    for token in Markup(body) {
      if case .open(let name, _, _) = token {
        return TextBody.pageTags.contains { name.isEqual(ignoringCase: $0) }
      }
    }
    return false
  }

  /// The title, else the first heading, else the first text; a mere `Error` counts for nothing.
  private mutating func page(_ body: Bytes) -> [UInt8]? {
    for tag in ["title", "h1", "h2"] as [StaticString] {
      if let found = content(of: tag, in: body) { return message(found, of: body) }
    }
    return firstText(in: body).map { message($0, of: body) }
  }

  private mutating func message(_ text: [UInt8], of page: Bytes) -> [UInt8] {
    writer.clear()
    writer.beginObject()
    writer.key("message")
    writer.string(text)
    for case .text(let piece, _) in Markup(page) {
      guard let id = requestID(inLine: piece.trimmed) else { continue }
      writer.key("request_id")
      writer.string(id)
      break
    }
    writer.endObject()
    return writer.bytes
  }

  /// The text within a tag, the first that has some.
  private mutating func content(of tag: StaticString, in body: Bytes) -> [UInt8]? {
    var isInside = false
    text.clear()
    for token in Markup(body) {
      switch token {
      case .open(let name, _, _): if name.isEqual(ignoringCase: tag) { isInside = true }
      case .close(let name):
        guard name.isEqual(ignoringCase: tag) else { continue }
        isInside = false
        if let found = finished() { return found }
      case .text(let piece, let isRaw): if isInside { text.add(piece, isRaw: isRaw) }
      }
    }
    return nil
  }

  private mutating func firstText(in body: Bytes) -> [UInt8]? {
    var isHidden = false
    text.clear()
    for token in Markup(body) {
      switch token {
      case .open(let name, _, _): if isHiding(name) { isHidden = true }
      case .close(let name): if isHiding(name) { isHidden = false }
      case .text(let piece, let isRaw):
        guard !isHidden else { continue }
        text.add(piece, isRaw: isRaw)
        if let found = finished() { return found }
      }
    }
    return nil
  }

  private mutating func finished() -> [UInt8]? {
    text.trim()
    defer { text.clear() }
    let found = text.bytes.withUnsafeBufferPointer {
      $0.isEmpty || $0.isEqual(ignoringCase: "error") || $0.isEqual(ignoringCase: "error page")
    }
    return found ? nil : text.bytes
  }

  private func isHiding(_ name: Bytes) -> Bool {
    name.isEqual(ignoringCase: "style") || name.isEqual(ignoringCase: "script")
  }

  // MARK: XML

  /// Elements that hold text, and attributes, by their names without namespaces: the first of each.
  private mutating func elements(_ body: Bytes) -> [UInt8]? {
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
        addAttributes(attributes, &seen)
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
  private mutating func addAttributes(_ attributes: Bytes, _ seen: inout [Bytes]) {
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
        if !text.bytes.isEmpty { add(name, text.bytes, &seen) }
        text.clear()
      }
      rest = value.part(end + 2..<value.count).trimmed
    }
  }

  // MARK: Plain text

  /// The first line, and the id that a further line names; nil where none does.
  private mutating func lines(_ body: Bytes) -> [UInt8]? {
    guard let id = requestID(in: body) else { return nil }
    writer.clear()
    writer.beginObject()
    writer.key("message")
    writer.string(TextBody.firstLine(of: body))
    writer.key("request_id")
    writer.string(id)
    writer.endObject()
    return writer.bytes
  }

  private func requestID(in body: Bytes) -> Bytes? {
    body.split(separator: UInt8(ascii: "\n")).dropFirst().lazy
      .compactMap { requestID(inLine: Bytes(rebasing: $0).trimmed) }.first
  }

  /// The id of `request_id: 6f0f1e4d`.
  private func requestID(inLine line: Bytes) -> Bytes? {
    guard let colon = line.place(of: UInt8(ascii: ":")),
      idNames.contains(where: { isEqual(line.part(0..<colon), ignoringCase: $0) })
    else { return nil }
    let id = line.part(colon + 1..<line.count).trimmed
    return id.count >= 4 && id.place(of: 0x20) == nil ? id : nil
  }

  private func isEqual(_ text: Bytes, ignoringCase word: [UInt8]) -> Bool {
    text.count == word.count && text.elementsEqual(word) { lowercased($0) == $1 }
  }
}
