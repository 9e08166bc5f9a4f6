/// The format of a log, as the configuration of a gateway states it.
package struct LogFormat: Sendable {
  /// Its name in the configuration; empty where it has none.
  package var name: String
  package var dialect: Dialect
  package var content: Content
  /// Which line of the configuration it begins on; nil for a format alone.
  package var line: Int?

  package enum Content: Sendable {
    /// A line of text.
    case text([Piece])
    /// An object on each line.
    case json([Member])
  }

  /// What a line has between two other things.
  package enum Piece: Sendable {
    case literal(String)
    case variable(Variable)
  }

  /// A member of the object that each line is.
  package struct Member: Sendable {
    /// The names down to it, with dots between.
    package var path: String
    package var pieces: [Piece]

    package init(path: String, pieces: [Piece]) {
      self.path = path
      self.pieces = pieces
    }
  }

  /// What stands for a value.
  package struct Variable: Sendable {
    /// As the format has it, `$request_time`.
    package var written: String
    /// Nil where its dialect's documentation has none of this name.
    package var meaning: Dialect.Meaning?

    package init(written: String, meaning: Dialect.Meaning?) {
      self.written = written
      self.meaning = meaning
    }
  }

  package init(name: String, dialect: Dialect, content: Content) {
    self.name = name
    self.dialect = dialect
    self.content = content
  }

  /// Its variables, in order.
  package var variables: [Variable] {
    let pieces =
      switch content {
      case .text(let pieces): pieces
      case .json(let members): members.flatMap(\.pieces)
      }
    return pieces.compactMap { if case .variable(let variable) = $0 { variable } else { nil } }
  }
}

/// Why a format cannot be learnt.
package struct FormatError: Error, Sendable {
  package var message: String
  package var hint: String
  /// What the format is called in its configuration; empty where it has no name.
  package var name = ""
  /// Which line of the configuration it begins on; nil for a format alone.
  package var line: Int?

  package init(_ message: String, hint: String) {
    self.message = message
    self.hint = hint
  }

  /// A format whose end nobody can tell.
  static var unclosed: FormatError {
    FormatError(
      "a quote opens in the format and nothing closes it",
      hint: "The gateway would refuse it, too: close the quote in front of the statement's end.")
  }

  /// The same of a format of a configuration.
  func of(_ name: String, at line: Int?) -> FormatError {
    var error = self
    error.name = name
    error.line = line
    return error
  }
}
