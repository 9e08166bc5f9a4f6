internal import JSON

/// A profile that cannot be used, and why.
package struct ProfileError: Error, Sendable {
  package var file: String
  package var message: String
}

/// An object of a profile file, read with errors that say what is wrong and where.
struct ProfileObject {
  let value: JSONValue
  let file: String

  init(_ value: JSONValue, file: String) throws {
    guard value.isObject else { throw ProfileError(file: file, message: "an object was expected") }
    self.value = value
    self.file = file
  }

  /// Refuses members of any other name, so that a typing error does not pass unseen.
  func allow(_ names: [String]) throws {
    for (key, _) in value.members {
      let name = String(decoding: key, as: UTF8.self)
      if !names.contains(name) {
        throw ProfileError(
          file: file,
          message: "“\(name)” is not known here; known are \(names.joined(separator: ", "))")
      }
    }
  }

  func text(_ name: String) throws -> String {
    guard let text = optionalText(name), !text.isEmpty else {
      throw ProfileError(file: file, message: "“\(name)” is missing")
    }
    return text
  }

  func optionalText(_ name: String) -> String? { value[name]?.text }

  /// Strings of an array, or a lone string; empty when there are none.
  func texts(_ name: String) -> [String] { value[name]?.texts ?? [] }

  func integers(_ name: String) -> [Int] {
    guard let member = value[name] else { return [] }
    if let integer = member.integer { return [Int(integer)] }
    return member.elements.compactMap { $0.integer.map(Int.init) }
  }

  func members(_ name: String) -> [(String, JSONValue)] {
    value[name]?.members.map { (String(decoding: $0.key, as: UTF8.self), $0.value) } ?? []
  }

  func objects(_ name: String) throws -> [ProfileObject] {
    try value[name]?.elements.map { try ProfileObject($0, file: file) } ?? []
  }

  func object(_ name: String) throws -> ProfileObject? {
    try value[name].map { try ProfileObject($0, file: file) }
  }

  func has(_ name: String) -> Bool { value[name] != nil }
}
