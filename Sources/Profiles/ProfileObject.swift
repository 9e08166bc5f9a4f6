package import JSON

/// An object of a profile file, read with errors that say what is wrong and where.
package struct ProfileObject {
  let value: JSONValue
  let file: String
  /// Where it stands: `body.issues[0]`; empty for the whole file.
  let path: String

  package init(_ value: JSONValue, file: String) throws {
    try self.init(value, file: file, path: "")
  }

  private init(_ value: JSONValue, file: String, path: String) throws {
    self.value = value
    self.file = file
    self.path = path
    guard value.isObject else { throw error(at: "", "an object was expected: { … }") }
  }

  private func whole(_ key: String) -> String {
    key.isEmpty ? path : path.isEmpty ? key : "\(path).\(key)"
  }

  /// An error about one of its members.
  func error(
    at key: String, _ message: String, word: String = "", known: [String] = []
  ) -> ProfileError {
    var error = ProfileError(file: file, key: whole(key), message: message)
    error.word = word
    error.known = known
    return error
  }

  /// Refuses members of any other name, so that a typing error does not pass unseen, and those that
  /// stand twice.
  func allow(_ names: [String]) throws {
    var seen: [String] = []
    seen.reserveCapacity(names.count)
    for (key, _) in value.members {
      let name = String(decoding: key, as: UTF8.self)
      guard names.contains(name) else {
        throw error(
          at: name, "“\(name)” is not known here; known are \(names.joined(separator: ", "))",
          word: name, known: names)
      }
      if seen.contains(name) { throw error(at: name, "“\(name)” stands here twice") }
      seen.append(name)
    }
  }

  func text(_ name: String) throws -> String {
    guard let text = try optionalText(name), !text.isEmpty else {
      throw error(at: has(name) ? name : "", "“\(name)” is missing: a text was expected")
    }
    return text
  }

  func optionalText(_ name: String) throws -> String? {
    guard let member = value[name], !member.isNull else { return nil }
    guard let text = member.text else { throw error(at: name, "“\(name)” must be a text") }
    return text
  }

  /// Strings of an array, or a lone string; empty when there are none.
  func texts(_ name: String) throws -> [String] {
    guard let member = value[name], !member.isNull else { return [] }
    return try texts(of: member, name)
  }

  /// The same, of a member of a member.
  func texts(of member: JSONValue, _ name: String) throws -> [String] {
    if let text = member.text { return [text] }
    guard member.isArray else {
      throw error(at: name, "“\(name)” must be a text or a list of texts")
    }
    return try member.elements.enumerated().map { place, element in
      guard let text = element.text else {
        throw error(at: "\(name)[\(place)]", "a text was expected in “\(name)”")
      }
      return text
    }
  }

  func integers(_ name: String) throws -> [Int] {
    guard let member = value[name], !member.isNull else { return [] }
    if let integer = member.integer { return [Int(integer)] }
    guard member.isArray else {
      throw error(at: name, "“\(name)” must be a number or a list of numbers")
    }
    return try member.elements.enumerated().map { place, element in
      guard let integer = element.integer else {
        throw error(at: "\(name)[\(place)]", "a whole number was expected in “\(name)”")
      }
      return Int(integer)
    }
  }

  func bool(_ name: String) throws -> Bool? {
    guard let member = value[name], !member.isNull else { return nil }
    guard let bool = member.bool else { throw error(at: name, "“\(name)” must be true or false") }
    return bool
  }

  /// One of a few words, as what it stands for.
  func choice<Choice>(_ name: String, among choices: [(String, Choice)]) throws -> Choice {
    try choice(try text(name), at: name, among: choices)
  }

  func optionalChoice<Choice>(
    _ name: String, among choices: [(String, Choice)]
  ) throws -> Choice? {
    try optionalText(name).map { try choice($0, at: name, among: choices) }
  }

  func choice<Choice>(
    _ word: String, at key: String, called name: String? = nil, among choices: [(String, Choice)]
  ) throws -> Choice {
    if let choice = choices.first(where: { $0.0 == word }) { return choice.1 }
    let known = choices.map(\.0)
    let name = name ?? key
    throw error(
      at: key, "there is no \(name) “\(word)”; there are \(known.joined(separator: ", "))",
      word: word, known: known)
  }

  /// The members of an object; none where it is absent.
  func members(_ name: String) throws -> [(String, JSONValue)] {
    guard let member = value[name], !member.isNull else { return [] }
    guard member.isObject else { throw error(at: name, "“\(name)” must be an object: { … }") }
    return member.members.map { (String(decoding: $0.key, as: UTF8.self), $0.value) }
  }

  func objects(_ name: String) throws -> [ProfileObject] {
    guard let member = value[name], !member.isNull else { return [] }
    guard member.isArray else { throw error(at: name, "“\(name)” must be a list: [ … ]") }
    return try member.elements.enumerated().map { place, element in
      try ProfileObject(element, file: file, path: whole("\(name)[\(place)]"))
    }
  }

  func object(_ name: String) throws -> ProfileObject? {
    guard let member = value[name], !member.isNull else { return nil }
    return try ProfileObject(member, file: file, path: whole(name))
  }

  func has(_ name: String) -> Bool { value[name] != nil }

  // MARK: Paths into bodies

  func paths(_ name: String) throws -> [BodyPath] {
    try texts(name).enumerated().map { place, text in
      try path(text, at: value[name]?.isArray == true ? "\(name)[\(place)]" : name)
    }
  }

  func path(_ name: String) throws -> BodyPath { try path(try text(name), at: name) }

  func optionalPath(_ name: String) throws -> BodyPath? {
    try optionalText(name).map { try path($0, at: name) }
  }

  /// A path that is the name of a member.
  func path(_ text: String, of name: String) throws -> BodyPath { try path(text, at: name) }

  private func path(_ text: String, at key: @autoclosure () -> String) throws -> BodyPath {
    do throws(BodyPathError) {
      return try BodyPath(checking: text)
    } catch {
      throw self.error(at: key(), error.message, word: error.word, known: error.known)
    }
  }
}
