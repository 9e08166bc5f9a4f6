package import JSON

/// A place in a body, best shown: `error.code`, `errors[0].detail`, `error?token`,
/// `errors[0].code unless message`.
///
/// Member names stand with dots between, in single quotes where they hold dots themselves, array
/// places as `[0]`; `*` is an object's first member, and `[@type:ErrorInfo]` the element whose
/// `@type` ends so. After a `?` stands what the value must be
/// like, after ` if ` and ` unless ` a place that must, or must not, hold something, or the text
/// after its `=`.
///
/// A class, so that lists of paths are walked without copying what they hold.
package final class BodyPath: Sendable {
  package let text: String
  /// Without likeness and conditions.
  package let place: String
  /// The names of all steps in one stretch, so that following a path counts no references.
  private let names: [UInt8]
  private let steps: [Step]
  package let likeness: Likeness
  private let conditions: [Condition]

  /// Names are given by where they end in `names`.
  private enum Step: Sendable {
    case member(start: Int, end: Int)
    case element(Int)
    /// The element whose `@type` ends in the name.
    case typed(start: Int, end: Int)
    case firstMember
  }

  private struct Condition: Sendable {
    var path: BodyPath
    /// What must stand there; nil: anything.
    var text: [UInt8]?
    var isWanted: Bool

    init(_ text: Substring, isWanted: Bool) {
      let parts = text.split(separator: "=", maxSplits: 1)
      path = BodyPath(String(parts.first ?? ""))
      self.text = parts.count > 1 ? Array(parts[1].utf8) : nil
      self.isWanted = isWanted
    }

    func holds(for body: JSONValue) -> Bool {
      let value = path.value(in: body)
      guard let text else { return (value != nil) == isWanted }
      return (value?.string?.elementsEqual(text) ?? false) == isWanted
    }
  }

  /// What a value is like.
  package enum Likeness: String, CaseIterable, Sendable {
    case any
    /// A value of one word, as codes are, and no HTTP reason phrase; or a number.
    case token
    /// A token that may be a reason phrase as well, where nothing but a code stands.
    case symbol
    /// Text that is no token.
    case prose
    case text, number, list
    /// SCREAMING_SNAKE_CASE.
    case screaming
    /// `snake_case` or one word: letters and underscores only.
    case word
    /// Named like an exception: ends in `Error`, `Exception`, `Fault` or `Response`.
    case exception
    /// `scheme://…` or `urn:…`
    case uri
    /// An id: no blank, no slash.
    case id
    /// A token after its namespace and before its suffix: `com.amazonaws.x#Name:http://…`.
    case local
    /// An object of lists of texts, as validators write them: `{"email":["is taken"]}`.
    case fields
  }

  /// A path as profiles write it; throws, in words, what is wrong with one.
  convenience init(checking text: String) throws(BodyPathError) {
    for part in BodyPath.parts(of: text) {
      let pieces = part.path.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
      if pieces.count > 1, Likeness(rawValue: String(pieces[1])) == nil {
        throw BodyPathError(
          message: "“?\(pieces[1])” is no likeness", word: String(pieces[1]),
          known: Likeness.allCases.map(\.rawValue))
      }
      for name in BodyPath.names(in: pieces[0]) {
        let places = name.split(separator: "[", omittingEmptySubsequences: false).dropFirst()
        for place in places where !BodyPath.isPlace(place) {
          throw BodyPathError(
            message: "“[\(place)” in “\(text)” is no place: write [0] or [@type:NAME]", word: "",
            known: [])
        }
      }
    }
    self.init(text)
  }

  package init(_ text: String) {
    self.text = text
    let parts = BodyPath.parts(of: text)
    let pieces = (parts.first?.path ?? "").split(
      separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    place = String(pieces.first ?? "")
    likeness = pieces.count < 2 ? .any : Likeness(rawValue: String(pieces[1])) ?? .any
    conditions = parts.dropFirst().map { Condition($0.path, isWanted: $0.isWanted) }
    var names: [UInt8] = []
    var steps: [Step] = []
    for part in BodyPath.names(in: pieces.first ?? "") {
      let pieces = part.split(separator: "[", omittingEmptySubsequences: false)
      if let name = pieces.first, !name.isEmpty {
        if name == "*" {
          steps.append(.firstMember)
        } else {
          steps.append(.member(start: names.count, end: names.count + name.utf8.count))
          names += name.utf8
        }
      }
      for piece in pieces.dropFirst() {
        let place = piece.dropLast()
        if let number = Int(place) {
          steps.append(.element(number))
        } else {
          let name = place.dropFirst(BodyPath.typePrefix.count).utf8
          steps.append(.typed(start: names.count, end: names.count + name.count))
          names += name
        }
      }
    }
    self.names = names
    self.steps = steps
  }

  private static let typePrefix = "@type:"

  /// What stands between dots, quotes taken away.
  private static func names(in path: Substring) -> [Substring] {
    var names: [Substring] = []
    var isQuoted = false
    var name: Substring = ""
    for character in path {
      if character == "'" {
        isQuoted.toggle()
      } else if character == ".", !isQuoted {
        names.append(name)
        name = ""
      } else {
        name.append(character)
      }
    }
    return (names + [name]).filter { !$0.isEmpty }
  }

  private static func isPlace(_ text: Substring) -> Bool {
    guard text.last == "]" else { return false }
    let place = text.dropLast()
    if let number = Int(place) { return (0...99).contains(number) }
    return place.hasPrefix(typePrefix) && place.count > typePrefix.count
  }

  /// The path itself, then its conditions.
  private static func parts(of text: String) -> [(path: Substring, isWanted: Bool)] {
    var parts: [(path: Substring, isWanted: Bool)] = []
    var isWanted = true
    for word in text.split(separator: " ") {
      switch word {
      case "if": isWanted = true
      case "unless": isWanted = false
      default: parts.append((word, isWanted))
      }
    }
    return parts
  }

  /// The value there, unless it is null, not alike, or its conditions do not hold.
  package func value(in body: JSONValue) -> JSONValue? {
    var value: JSONValue? = body
    names.withUnsafeBufferPointer { names in
      steps.withUnsafeBufferPointer { steps in
        for step in steps {
          guard let current = value else { return }
          switch step {
          case .member(let start, let end):
            value = current.member(UnsafeBufferPointer(rebasing: names[start..<end]))
          case .element(let place): value = current.element(place)
          case .typed(let start, let end):
            value = BodyPath.element(
              of: current, typed: UnsafeBufferPointer(rebasing: names[start..<end]))
          case .firstMember:
            var members = current.members
            value = members.next()?.value
          }
        }
      }
    }
    guard let value, !value.isNull, isAlike(value) else { return nil }
    for condition in conditions where !condition.holds(for: body) { return nil }
    return value
  }

  private static func element(
    of array: JSONValue, typed name: UnsafeBufferPointer<UInt8>
  ) -> JSONValue? {
    array.elements.first { element in
      guard let type = element["@type"]?.string, type.count >= name.count else { return false }
      return type.suffix(name.count).elementsEqual(name)
    }
  }
}

/// What is wrong with a path, and which words it could have been.
struct BodyPathError: Error {
  var message: String
  var word: String
  var known: [String]
}
