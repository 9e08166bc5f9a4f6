/// The formats that a configuration states, and those of them that cannot be learnt.
package struct StatedFormats: Sendable {
  package private(set) var formats: [LogFormat] = []
  package private(set) var refused: [FormatError] = []

  var isEmpty: Bool { formats.isEmpty && refused.isEmpty }

  /// Adds a format as its configuration has it, or why it is none.
  mutating func add(_ name: String, _ text: String, _ dialect: Dialect, at line: Int?) {
    do throws(FormatError) {
      var format = try Configuration.format(name, text, dialect)
      format.line = line
      formats.append(format)
    } catch {
      refused.append(error.of(name, at: line))
    }
  }

  mutating func add(_ format: LogFormat, at line: Int?) {
    var format = format
    format.line = line
    formats.append(format)
  }

  mutating func refuse(_ error: FormatError, at line: Int?) {
    refused.append(error.of(error.name, at: line))
  }

  /// Those of a name.
  package func named(_ name: String) -> StatedFormats {
    var some = StatedFormats()
    some.formats = formats.filter { $0.name == name }
    some.refused = refused.filter { $0.name == name }
    return some
  }
}

/// Which line of a text a place is on; places are asked for in their order.
struct LineCounter {
  private let text: String
  private var place: String.Index
  private var line = 1

  init(_ text: String) {
    self.text = text
    place = text.startIndex
  }

  mutating func line(of next: String.Index) -> Int {
    guard next > place else { return line }
    for byte in text.utf8[place..<next] where byte == 0x0A { line += 1 }
    place = next
    return line
  }
}
