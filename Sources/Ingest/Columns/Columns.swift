internal import Batches
internal import Files

/// The columns that a header names, and how the lines under it are cut into values.
///
/// Three kinds of header are known: `#Fields: …` of W3C's extended log format
/// (<https://www.w3.org/TR/WD-logfile>), Zeek's `#fields`, and the first line of a file of values
/// that commas, tabs, semicolons or bars separate (RFC 4180). Whether names mean anything is asked
/// elsewhere: this is about their form.
final class Columns: Sendable {
  enum Form: Equatable {
    /// Values between blanks or tabs, whichever a line has.
    case extended
    /// Values between tabs.
    case zeek
    /// Values between bytes of one sort, perhaps in quotes.
    case separated(by: UInt8)
  }

  /// Whether one of the names is that of a line, which an exporter was given.
  let speakOfLine: Bool
  /// Where the header stands in its source, and what it says.
  let offset: Int64
  let text: [UInt8]
  let form: Form
  let names: [[UInt8]]

  /// A header is no longer, nor has it more names.
  private static let longest = 1 << 16
  private static let mostNames = 1 << 12

  /// What a line says in any case: nil unless it begins with `#`.
  init?(directive line: Bytes, at offset: Int64) {
    let line = line.trimmed
    guard line.first == UInt8(ascii: "#"), line.count <= Columns.longest else { return nil }
    let rest: Bytes
    if Columns.isDirective(line, "#fields:") {
      rest = line.part(8..<line.count)
      form = .extended
    } else if Columns.isDirective(line, "#fields\t") {
      rest = line.part(8..<line.count)
      form = .zeek
    } else {
      return nil
    }
    let isBlank: (UInt8) -> Bool = form == .zeek ? { $0 == 0x09 } : { $0.isBlank }
    names = rest.split(whereSeparator: isBlank).map { Array($0) }
    guard names.count > 1, names.count <= Columns.mostNames else { return nil }
    speakOfLine = false
    self.offset = offset
    text = Array(line)
  }

  /// What the first line of a source may say: names that one sort of byte separates.
  init?(first line: Bytes, at offset: Int64) {
    let line = Columns.content(of: line)
    guard line.count <= Columns.longest, let byte = line.first, byte != UInt8(ascii: "{"),
      byte != UInt8(ascii: "["), byte != UInt8(ascii: "#")
    else { return nil }
    let (separator, names) = Columns.names(in: line)
    guard names.count <= Columns.mostNames, names.allSatisfy(Columns.isName),
      Columns.speakOfResponse(names) || Columns.speakOfLine(names)
    else { return nil }
    form = .separated(by: separator)
    self.names = names
    speakOfLine = Columns.speakOfLine(names)
    self.offset = offset
    text = Array(line)
  }

  /// A line without the mark of its file and its line end: tabs at its ends are between values.
  private static func content(of line: Bytes) -> Bytes {
    var line = line
    if line.starts(with: [0xEF, 0xBB, 0xBF]) { line = line.part(3..<line.count) }
    while line.last == 0x0D { line = line.part(0..<line.count - 1) }
    return line
  }

  /// What of a line is values.
  func values(of line: Bytes) -> Bytes {
    form == .zeek || form == .separated(by: 0x09) ? Columns.content(of: line) : line.trimmed
  }

  /// A header that was kept.
  static func kept(_ header: ColumnHeader) -> Columns? {
    header.text.withUnsafeBufferPointer { text in
      text.first == UInt8(ascii: "#")
        ? Columns(directive: text, at: header.offset) : Columns(first: text, at: header.offset)
    }
  }

  private static func isDirective(_ line: Bytes, _ name: StaticString) -> Bool {
    line.part(0..<name.utf8CodeUnitCount).isEqual(ignoringCase: name)
  }

  /// The names by the separator that makes most of them.
  private static func names(in line: Bytes) -> (separator: UInt8, names: [[UInt8]]) {
    var best: (separator: UInt8, names: [[UInt8]]) = (UInt8(ascii: ","), [])
    for separator in [UInt8(ascii: ","), 0x09, UInt8(ascii: ";"), UInt8(ascii: "|")] {
      guard best.names.isEmpty || line.place(of: separator) != nil else { continue }
      var values = SeparatedValues(line, by: separator)
      var names: [[UInt8]] = []
      while names.count <= mostNames, let value = values.next() {
        names.append(Array(value.text.trimmed))
      }
      if names.count > best.names.count { best = (separator, names) }
    }
    return best
  }

  /// Whether a value looks like a column's name: some word, and no number.
  private static func isName(_ name: [UInt8]) -> Bool {
    guard !name.isEmpty else { return true }
    return name.count <= 128 && name.contains { $0 | 0x20 > 0x60 && $0 | 0x20 < 0x7B || $0 >= 0x80 }
      && !name.contains { $0 < 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "=") }
      && !(0x30...0x39).contains(name[0])
  }

  /// Whether a line under the header says nothing of its own: a directive, a remark, the header
  /// once more.
  func isRemark(_ line: Bytes) -> Bool {
    switch form {
    case .extended, .zeek: line.trimmed.first == UInt8(ascii: "#")
    case .separated: Columns.content(of: line).isEqual(to: text)
    }
  }

  /// `sep=;`, by which spreadsheets are told the separator.
  static func isSeparatorHint(_ line: Bytes) -> Bool {
    line.count < 8 && line.starts(with: "sep=".utf8)
  }

  /// Whether a line names no columns and is no record all the same: W3C's other directives, and
  /// Zeek's.
  static func isDirective(_ line: Bytes) -> Bool {
    directives.contains { name in
      isDirective(line, name)
        && (line.count == name.utf8CodeUnitCount
          || [UInt8(ascii: ":"), 0x20, 0x09].contains(line[name.utf8CodeUnitCount]))
    }
  }

  private static let directives: [StaticString] = [
    "#version", "#fields", "#software", "#start-date", "#end-date", "#date", "#remark",
    "#separator", "#set_separator", "#empty_field", "#unset_field", "#path", "#open", "#close",
    "#types",
  ]

  /// Whether one is the line that an exporter was given, by a name that hardly means anything else,
  /// and another, if there are others, when that was.
  static func speakOfLine(_ names: [[UInt8]]) -> Bool {
    func has(_ known: [StaticString]) -> Bool {
      names.contains { name in
        name.withUnsafeBufferPointer { name in
          known.contains { name.isEqual(ignoringCase: $0) }
        }
      }
    }
    return has(lines) && (names.count == 1 || has(times))
  }

  /// Whether one may be a status, and another something of the request.
  private static func speakOfResponse(_ names: [[UInt8]]) -> Bool {
    func has(_ words: [StaticString]) -> Bool {
      names.contains { name in
        let lower = name.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 }
        return lower.withUnsafeBufferPointer { lower in
          words.contains { word in
            word.withUTF8Buffer { lower.place(of: $0, from: 0) != nil }
          }
        }
      }
    }
    return names.count > 2 && has(["status", "code"])
      && has(["method", "verb", "request", "path", "ur", "stem", "endpoint", "route"])
  }

  private static let lines: [StaticString] = [
    "_raw", "@message", "message", "_msg", "line", "log", "textpayload", "event.original",
    "content",
    "_source", "_source.message", "jsonpayload", "logmessage", "logentry", "body", "msg",
  ]
  private static let times: [StaticString] = [
    "_time", "@timestamp", "timestamp", "time", "date", "ts", "tsns", "timegenerated",
    "receivetimestamp", "datetime", "timegenerated [utc]", "_source.@timestamp",
  ]

  // MARK: Values

  /// Calls `body` with each value of a line in turn; false where they are not as many as the names.
  func read(_ line: Bytes, _ body: (Int, SeparatedValues.Value) -> Void) -> Bool {
    let line = values(of: line)
    guard case .separated(let separator) = form else {
      let hasTabs = form == .zeek || line.place(of: 0x09) != nil
      return readPlain(line, hasTabs: hasTabs, body)
    }
    var values = SeparatedValues(line, by: separator)
    var place = 0
    while let value = values.next() {
      guard place < names.count else { return false }
      body(place, value)
      place += 1
    }
    return place == names.count && !values.isOpen
  }

  /// Values without quotes, or, between blanks, with quotes around them.
  private func readPlain(
    _ line: Bytes, hasTabs: Bool, _ body: (Int, SeparatedValues.Value) -> Void
  ) -> Bool {
    var place = 0
    var start = 0
    while start <= line.count {
      var end = start
      if !hasTabs, start < line.count, line[start] == UInt8(ascii: "\"") {
        // Up to the quote before a blank.
        end = start + 1
        while end < line.count,
          line[end] != UInt8(ascii: "\"") || end + 1 < line.count && !line[end + 1].isBlank
        {
          end += 1
        }
        end = min(end + 1, line.count)
      } else {
        while end < line.count, hasTabs ? line[end] != 0x09 : !line[end].isBlank { end += 1 }
      }
      guard place < names.count else { return false }
      var value = line.part(start..<end)
      if !hasTabs, value.count > 1, value.first == UInt8(ascii: "\""), value.last == value.first {
        value = value.part(1..<value.count - 1)
      }
      body(place, SeparatedValues.Value(text: value))
      place += 1
      start = end + 1
      if !hasTabs { while start < line.count, line[start].isBlank { start += 1 } }
    }
    return place == names.count
  }

  /// Whether a line under the header goes on in the next: a quote is open, which may have been so
  /// before.
  func goesOn(_ line: Bytes, isOpen: Bool = false) -> Bool {
    guard case .separated(let separator) = form else { return false }
    guard line.place(of: UInt8(ascii: "\"")) != nil else { return isOpen }
    var rest = line
    if isOpen {
      guard let end = SeparatedValues.closing(line, from: 0)?.place else { return true }
      let behind = line.part(end + 1..<line.count)
      guard let next = behind.place(of: separator) else { return false }
      rest = behind.part(next + 1..<behind.count)
    }
    var values = SeparatedValues(rest, by: separator)
    while values.next() != nil {}
    return values.isOpen
  }

  /// Whether a line has just the values that the header names, none of them open.
  func isWhole(_ line: Bytes) -> Bool { read(line) { _, _ in } }
}
