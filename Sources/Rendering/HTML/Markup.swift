internal import Events

/// A document of HTML that is well-formed as XML, too. Text and values of attributes come in only
/// escaped, and there are only the elements and attributes of `Tag` and `Attribute`: none that runs
/// or loads anything.
struct Markup {
  private(set) var output = Output()

  /// An element around what `content` writes.
  mutating func element(
    _ tag: Tag, _ attributes: KeyValuePairs<Attribute, String?> = [:],
    _ content: (inout Markup) -> Void
  ) {
    open(tag, attributes)
    output.write(">")
    content(&self)
    output.write("</")
    output.write(tag.rawValue)
    output.write(tag.isInline ? ">" : ">\n")
  }

  /// An element that holds a text.
  mutating func element(
    _ tag: Tag, _ attributes: KeyValuePairs<Attribute, String?>, _ text: String
  ) {
    element(tag, attributes) { $0.text(text) }
  }

  mutating func element(_ tag: Tag, _ text: String) {
    element(tag, [:], text)
  }

  /// An element without content.
  mutating func element(_ tag: Tag, _ attributes: KeyValuePairs<Attribute, String?> = [:]) {
    open(tag, attributes)
    output.write(tag.isInline ? "/>" : "/>\n")
  }

  /// A text on one line, what is hidden in it made visible.
  mutating func text(_ text: String) {
    escape(isPlain(text) ? text : visible(text))
  }

  /// A text whose line breaks are meant.
  mutating func lines(_ text: String) {
    for (place, line) in visibleLines(text).enumerated() {
      if place > 0 { output.write("\n") }
      escape(line)
    }
  }

  /// The style sheet of the page.
  mutating func style(_ sheet: StaticString) {
    output.write("<style>")
    sheet.withUTF8Buffer { output.write($0) }
    output.write("</style>\n")
  }

  mutating func documentType() {
    output.write("<!DOCTYPE html>\n")
  }

  private mutating func open(_ tag: Tag, _ attributes: KeyValuePairs<Attribute, String?>) {
    output.write("<")
    output.write(tag.rawValue)
    for (attribute, value) in attributes {
      guard let value else { continue }
      output.write(" ")
      output.write(attribute.rawValue)
      output.write("=\"")
      text(value)
      output.write("\"")
    }
  }

  private mutating func escape(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      var start = 0
      for place in bytes.indices {
        guard let reference = Self.reference(to: bytes[place]) else { continue }
        output.write(UnsafeBufferPointer(rebasing: bytes[start..<place]))
        output.write(reference)
        start = place + 1
      }
      output.write(UnsafeBufferPointer(rebasing: bytes[start...]))
    }
  }

  /// Values of attributes always stand in double quotes; single ones say nothing.
  private static func reference(to byte: UInt8) -> String? {
    switch byte {
    case UInt8(ascii: "&"): "&amp;"
    case UInt8(ascii: "<"): "&lt;"
    case UInt8(ascii: ">"): "&gt;"
    case UInt8(ascii: "\""): "&quot;"
    default: nil
    }
  }
}

/// The elements there are.
enum Tag: String {
  case html, head, meta, title, body, header, main, section, footer
  case h1, h2, p, div, span, b, ul, ol, li, dl, dt, dd, pre, figure, figcaption, details, summary
  case table, caption, thead, tbody, tr, th, td
  case svg, desc, defs, pattern, path, rect, line, circle, label = "text"

  /// Whether it stands in a line, where a line break would show as a space.
  var isInline: Bool {
    switch self {
    case .span, .b, .title, .desc, .th, .td, .dt, .label: true
    default: false
    }
  }
}

/// The attributes there are.
enum Attribute: String {
  case lang, charset, name, content, equivalent = "http-equiv"
  case id, `class`, role, scope, columns = "colspan", tabindex
  case label = "aria-label", hidden = "aria-hidden"
  case labelledBy = "aria-labelledby", describedBy = "aria-describedby"
  case x, y, x1, y1, x2, y2, r, d, dx, width, height, fill
  case viewBox, aspect = "preserveAspectRatio", units = "patternUnits"
  case transform = "patternTransform", anchor = "text-anchor"
}
