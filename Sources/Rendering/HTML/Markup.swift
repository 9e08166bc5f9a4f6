internal import Events

/// A document of HTML that is well-formed as XML, too. Text and values of attributes come in only
/// escaped, and there are only the elements and attributes of `Tag` and `Attribute`: none that runs
/// anything. What leads or is sent somewhere takes an `Address`, which is always one of the site.
struct Markup {
  private(set) var output = Output()
  /// Where what it names is told of.
  let links: Links

  init(links: Links = .none) {
    self.links = links
  }

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

  /// An element that holds words, of which some are to stand on one line.
  mutating func words(
    _ tag: Tag, _ attributes: KeyValuePairs<Attribute, String?>, _ text: String
  ) {
    element(tag, attributes) { $0.prose(text) }
  }

  mutating func words(_ tag: Tag, _ text: String) {
    words(tag, [:], text)
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

  /// The same, where it stands in a line of its own: no number is parted from its unit.
  mutating func prose(_ text: String) {
    let words = Rendering.words(of: isPlain(text) ? text : visible(text))
    guard words.contains(where: { $0.utf8.contains(0x20) }) else { return self.text(text) }
    for (place, word) in words.enumerated() {
      if place > 0 { output.write(" ") }
      if word.utf8.contains(0x20) {
        output.write("<span class=\"one\">")
        escape(word)
        output.write("</span>")
      } else {
        escape(word)
      }
    }
  }

  /// A text whose line breaks are meant.
  mutating func lines(_ text: String) {
    for (place, line) in visibleLines(text).enumerated() {
      if place > 0 { output.write("\n") }
      escape(line)
    }
  }

  /// A text as a reader typed it, to be sent once more: but for what no document may hold.
  mutating func typed(_ text: String) {
    if isPlain(text) { return escape(text) }
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x09, 0x0A, 0x0D: output.write("&#\(scalar.value);")
      case 0x00..<0x20, 0x7F...0x9F, 0xFFFE...0xFFFF: output.write("\u{FFFD}")
      default: escape(String(scalar))
      }
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

  /// A link within the site.
  mutating func link(
    to address: Address, _ attributes: KeyValuePairs<Attribute, String?>, _ text: String
  ) {
    open(.a, attributes, .href, address)
    output.write(">")
    self.text(text)
    output.write("</a>")
  }

  /// A link to a part of the page that has a name, for those who do not want to hear what is before.
  mutating func skip(to name: StaticString, _ text: String) {
    output.write("<a class=\"skip\" href=\"#\(name)\">")
    self.text(text)
    output.write("</a>\n")
  }

  mutating func link(to address: Address, _ text: String) {
    link(to: address, [:], text)
  }

  /// What is asked of a page of the site, once it is sent.
  mutating func form(
    to address: Address, _ attributes: KeyValuePairs<Attribute, String?> = [:],
    _ content: (inout Markup) -> Void
  ) {
    open(.form, attributes, .action, address)
    output.write(" method=\"get\">")
    content(&self)
    output.write("</form>\n")
  }

  /// The style sheet and the script of a site.
  mutating func load(style: Address, script: Address) {
    output.write("<link rel=\"stylesheet\" href=\"")
    text(style.text)
    output.write("\"/>\n<script defer=\"defer\" src=\"")
    text(script.text)
    output.write("\"></script>\n")
  }

  private mutating func open(
    _ tag: Tag, _ attributes: KeyValuePairs<Attribute, String?>, _ place: Place, _ address: Address
  ) {
    open(tag, attributes)
    output.write(" \(place.rawValue)=\"")
    text(address.text)
    output.write("\"")
  }

  private enum Place: String { case href, action }

  private mutating func open(_ tag: Tag, _ attributes: KeyValuePairs<Attribute, String?>) {
    output.write("<")
    output.write(tag.rawValue)
    for (attribute, value) in attributes {
      guard let value else { continue }
      output.write(" ")
      output.write(attribute.rawValue)
      output.write("=\"")
      if attribute == .value { typed(value) } else { text(value) }
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
  case html, head, meta, title, body, header, nav, main, section, footer
  case a, form, label, input, textarea, select, option, button, datalist
  case h1, h2, p, div, span, b, ul, ol, li, dl, dt, dd, pre, figure, figcaption, details, summary
  case table, caption, thead, tbody, tr, th, td
  case svg, desc, defs, pattern, path, rect, line, circle, letters = "text"

  /// Whether it stands in a line, where a line break would show as a space.
  var isInline: Bool {
    switch self {
    case .span, .b, .title, .desc, .th, .td, .dt, .letters, .a, .label, .input, .button, .option,
      .textarea:
      true
    default: false
    }
  }
}

/// The attributes there are.
enum Attribute: String {
  case lang, charset, name, content, equivalent = "http-equiv"
  case type, value, list, rows, selected, autocomplete, spellcheck, placeholder, current =
    "aria-current"
  case `for`
  case id, `class`, role, scope, columns = "colspan", tabindex
  case label = "aria-label", heading = "data-name", hidden = "aria-hidden"
  case labelledBy = "aria-labelledby", describedBy = "aria-describedby"
  case x, y, x1, y1, x2, y2, r, d, dx, width, height, fill
  case viewBox, aspect = "preserveAspectRatio", units = "patternUnits"
  case transform = "patternTransform", anchor = "text-anchor"
}
