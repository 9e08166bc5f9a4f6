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
  var writer = JSONWriter()
  var text = PageText()
  /// The member of XML-RPC whose value comes next.
  var member: Bytes?

  /// Longer bodies are read so far.
  static let longest = 1 << 16

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
    if let form = FormText(body) { return form.object(&writer) }
    return lines(body)
  }

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
    let all = allText(in: page)
    if all.count > text.count {
      writer.key(TextBody.pageName)
      writer.string(all)
    }
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

  /// What stands first in the object that is made of a page: all that it says.
  static let pageName: StaticString = "page text"
  /// A page says first what it is about.
  private static let longestPage = 1000

  private mutating func allText(in body: Bytes) -> [UInt8] {
    var isHidden = false
    text.clear()
    for token in Markup(body) {
      switch token {
      case .open(let name, _, _):
        if isHiding(name) { isHidden = true }
        text.addBlank()
      case .close(let name): if isHiding(name) { isHidden = false }
      case .text(let piece, let isRaw): if !isHidden { text.add(piece, isRaw: isRaw) }
      }
      if text.bytes.count > TextBody.longestPage { break }
    }
    text.trim()
    defer { text.clear() }
    return text.bytes
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
