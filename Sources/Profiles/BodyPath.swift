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
/// Paths are never given back, as profiles live as long as the program: every line is read by some
/// dozens of them, and none of that counts references.
package struct BodyPath: @unchecked Sendable {
  private let parts: UnsafePointer<Parts>

  /// Names are given by where they end in `names`.
  enum Step: Sendable {
    case member(start: Int, end: Int)
    case element(Int)
    /// The element whose `@type` ends in the name.
    case typed(start: Int, end: Int)
    case firstMember
  }

  struct Condition {
    let path: BodyPath
    /// What must stand there; nil: anything.
    var text: [UInt8]?
    var isWanted: Bool

    func holds(for body: JSONValue) -> Bool {
      let value = path.value(in: body)
      guard let text else { return (value != nil) == isWanted }
      return (value?.string?.elementsEqual(text) ?? false) == isWanted
    }
  }

  /// A path as it is read from a profile.
  struct Parsed {
    var names: [UInt8] = []
    var steps: [Step] = []
    var likeness = Likeness.any
    var conditions: [Condition] = []
    var placeHash = 0
  }

  /// A path as it is followed. The names of all steps stand in one stretch.
  private struct Parts {
    let text: String
    let names: UnsafeBufferPointer<UInt8>
    let steps: UnsafeBufferPointer<Step>
    let likeness: Likeness
    let conditions: UnsafeBufferPointer<Condition>
    let placeHash: Int
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
  init(checking text: String) throws(BodyPathError) {
    var spelling = Spelling(text)
    let parsed = spelling.parse()
    if let error = spelling.error { throw error }
    self.init(text, parsed)
  }

  /// A path that is known to be right.
  package init(_ text: String) {
    var spelling = Spelling(text)
    self.init(text, spelling.parse())
  }

  init(_ text: String, _ parsed: Parsed) {
    let parts = UnsafeMutablePointer<Parts>.allocate(capacity: 1)
    parts.initialize(
      to: Parts(
        text: text, names: .lasting(parsed.names), steps: .lasting(parsed.steps),
        likeness: parsed.likeness, conditions: .lasting(parsed.conditions),
        placeHash: parsed.placeHash))
    self.parts = UnsafePointer(parts)
  }

  package var text: String { parts.pointee.text }

  package var likeness: Likeness { parts.pointee.likeness }

  /// Whether both lead to one place, whatever must stand there.
  package func isSamePlace(as other: BodyPath) -> Bool {
    parts.pointee.placeHash == other.parts.pointee.placeHash
  }

  /// Whether it may lead to the place of another, or what stands there may have a bearing on it.
  func mayLook(at other: BodyPath) -> Bool {
    if isSamePlace(as: other) { return true }
    let leadsAnywhere = parts.pointee.steps.contains { step in
      switch step {
      case .typed, .firstMember: true
      case .member, .element: false
      }
    }
    return leadsAnywhere || parts.pointee.conditions.contains { $0.path.mayLook(at: other) }
  }

  /// The value there, unless it is null, not alike, or its conditions do not hold.
  package func value(in body: JSONValue) -> JSONValue? {
    let names = parts.pointee.names
    var value: JSONValue? = body
    for step in parts.pointee.steps {
      guard let current = value else { return nil }
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
    guard let value, !value.isNull, isAlike(value) else { return nil }
    for condition in parts.pointee.conditions where !condition.holds(for: body) { return nil }
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

extension UnsafeBufferPointer {
  /// A copy that is never given back.
  static func lasting(_ elements: some Collection<Element>) -> Self {
    if elements.isEmpty { return Self(start: nil, count: 0) }
    let copy = UnsafeMutableBufferPointer<Element>.allocate(capacity: elements.count)
    _ = copy.initialize(from: elements)
    return Self(copy)
  }
}
