internal import Files
internal import JSON

/// A format in which each line is to be an object: its members, and the variables in them.
///
/// Such a format is nearly JSON: a variable may stand where a number will.
struct JSONTemplate {
  let members: [LogFormat.Member]

  /// Whether a format looks like one.
  static func isOne(_ format: String) -> Bool {
    let text = format.drop(while: \.isWhitespace)
    return text.first == "{" && text.dropFirst().drop(while: \.isWhitespace).first == "\""
  }

  /// - Throws: `FormatError` where it would be no JSON even with values in place.
  init(_ format: String, _ dialect: Dialect) throws(FormatError) {
    var text = ""
    var isInString = false
    var variables: [LogFormat.Piece] = []
    // A variable is written as a mark and its number, which are read back below.
    for piece in dialect.pieces(of: format) {
      switch piece {
      case .variable:
        let mark = "\(JSONTemplate.mark)\(variables.count)\(JSONTemplate.mark)"
        text += isInString ? mark : "\"\(mark)\""
        variables.append(piece)
      case .literal(let literal):
        var isEscaped = false
        for character in literal {
          if character == "\"", !isEscaped { isInString.toggle() }
          isEscaped = character == "\\" && !isEscaped
          text.append(character)
        }
      }
    }
    let parser = JSONParser()
    var bytes = Array(text.utf8)
    bytes.append(contentsOf: repeatElement(0, count: JSONParser.padding))
    let count = bytes.count - JSONParser.padding
    let members = bytes.withUnsafeBufferPointer { bytes -> [LogFormat.Member]? in
      guard let root = try? parser.parse(padded: bytes.part(0..<count)), root.isObject else {
        return nil
      }
      return withExtendedLifetime(parser) { JSONTemplate.members(of: root, below: "", variables) }
    }
    guard let members, !members.isEmpty else {
      throw FormatError(
        "the format looks like JSON, and is none even with values in place",
        hint: "Each line that it writes would be rejected: look for a comma or a quote too many.")
    }
    self.members = members
  }

  /// A character that no format has.
  private static let mark: Character = "\u{F8FF}"

  private static func members(
    of object: JSONValue, below path: String, _ variables: [LogFormat.Piece]
  ) -> [LogFormat.Member] {
    object.members.flatMap { key, value -> [LogFormat.Member] in
      let name = String(decoding: key, as: UTF8.self)
      let path = path.isEmpty ? name : "\(path).\(name)"
      if value.isObject { return members(of: value, below: path, variables) }
      guard let text = value.text ?? value.elements.first(where: \.isString)?.text else {
        return []
      }
      return [LogFormat.Member(path: path, pieces: pieces(of: text, variables))]
    }
  }

  private static func pieces(of text: String, _ variables: [LogFormat.Piece]) -> [LogFormat.Piece] {
    text.split(separator: mark, omittingEmptySubsequences: false).enumerated()
      .compactMap { place, part in
        if place % 2 == 1, let number = Int(part), variables.indices.contains(number) {
          return variables[number]
        }
        return part.isEmpty ? nil : .literal(String(part))
      }
  }
}
