/// A wording by which a line tells with which status something answered, or that nothing did: all that are
/// known stand in `StatusPhrase+all.swift`.
///
/// It is written as it stands in a line, `#` where the status is and `URL` where what was asked for is:
///
/// | written | is |
/// |---|---|
/// | `word` | that word, in either case |
/// | `<name>` | a word of a group; `<one\|other>` of either |
/// | `..` | any known words, or none |
/// | `~` | two of them at most |
/// | `word …` | the word, and anything at all up to what follows |
/// | `^` | the line begins here |
/// | `program:` | nothing stands before but the name of what wrote it |
/// | `\|` | nothing stands before on which it could depend: a mark parts them |
/// | `:` before `#` | a colon, an equals sign or an arrow that points at it |
/// | `]` before `#` | the end of a bracket; `]?` or none |
/// | `(#)` | it stands in brackets |
/// | `<--` | an arrow from there to here |
/// | `<reason>` | the status's own: `not found (#)`, `# Not Found` |
/// | `:` behind `#` | a colon right behind it |
/// | `<network>` behind it | why no response came, anywhere in what follows |
/// | `$` | the end, the reason or a mark |
/// | `net::ERR_` behind it | a word that begins so, behind blanks and dashes |
package struct StatusPhrase: Sendable {
  package let text: String
  let places: Places
  let statuses: Statuses
  let needs: Need?
  /// A line in which it stands, where no other phrase of the list before it does.
  package let example: String

  init(
    _ text: String, _ places: Places, of statuses: Statuses = .errors, if needs: Need? = nil,
    _ example: String
  ) {
    (self.text, self.places, self.example) = (text, places, example)
    (self.statuses, self.needs) = (statuses, needs)
  }

  /// Where in a line it counts.
  struct Places: OptionSet {
    let rawValue: UInt8

    /// In a line that names no request.
    static let alone = Places(rawValue: 1)
    /// In a line that names the request.
    static let beside = Places(rawValue: 2)
    /// Right before the request.
    static let before = Places(rawValue: 4)
    /// Right before the response's body.
    static let body = Places(rawValue: 8)
    /// The same, where the body is called one: `status=429 body={…}`.
    static let label = Places(rawValue: 16)
    /// At the start of a line that says when it came, or how long it took.
    static let timed = Places(rawValue: 32)
    /// Around the URL of a request that failed.
    static let call = Places(rawValue: 64)
  }

  /// Which statuses it tells.
  enum Statuses {
    case errors, all
    /// Errors, and others in a line of a log.
    case logged
  }

  /// What the line must be.
  enum Need {
    /// One of a log: it has a time or a level.
    case log
    /// One with the level of an error.
    case trouble
  }
}
