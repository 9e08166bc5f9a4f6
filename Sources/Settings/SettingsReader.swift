internal import Files
internal import JSON

/// Reads what a file says, and refuses what it does not know, so that no typing error passes unseen.
struct SettingsReader {
  let file: String
  let origin: SettingsFile.Origin
  let text: Bytes

  private static let members = ["zone", "defaults", "vendors", "rules"]
  /// Stands for every command.
  private static let all = "*"

  func settings(of root: JSONValue) throws -> [Setting] {
    guard root.isObject else { throw error(at: "", "an object was expected: { … }") }
    return try members(of: root, at: "").flatMap { name, value -> [Setting] in
      switch name {
      case "zone": [try setting(.zone, value, at: name, isOne: true)]
      case "rules": [try setting(.rules, value, at: name)]
      case "vendors":
        try members(of: value, at: name).map { alias, vendor in
          try setting(.vendor(alias), vendor, at: "\(name).\(alias)", isOne: true)
        }
      case "defaults":
        try members(of: value, at: name).flatMap { command, options in
          try members(of: options, at: "\(name).\(command)").map { option, value in
            let command = command == SettingsReader.all ? nil : command
            return try setting(
              .option(option, command: command), value,
              at: "\(name).\(command ?? SettingsReader.all).\(option)")
          }
        }
      default:
        throw unknown(name)
      }
    }
  }

  private func members(of value: JSONValue, at key: String) throws -> [(String, JSONValue)] {
    guard value.isObject else { throw error(at: key, "an object was expected: { … }") }
    var seen: Set<String> = []
    return try value.members.map { name, value in
      let name = String(decoding: name, as: UTF8.self)
      guard seen.insert(name).inserted else {
        throw error(at: key.isEmpty ? name : "\(key).\(name)", "this stands here twice")
      }
      return (name, value)
    }
  }

  private func setting(
    _ subject: Setting.Subject, _ value: JSONValue, at key: String, isOne: Bool = false
  ) throws -> Setting {
    let content: Setting.Content
    if let isOn = value.bool, !isOne {
      content = .isOn(isOn)
    } else if let text = scalar(value) {
      content = .texts([text])
    } else if value.isArray, !isOne {
      content = .texts(
        try value.elements.enumerated().map { place, element in
          guard let text = scalar(element) else {
            throw error(at: "\(key)[\(place)]", "a text or a number was expected")
          }
          return text
        })
    } else {
      throw error(
        at: key,
        isOne ? "a text was expected" : "a text, a number, true, false or a list was expected")
    }
    if case .texts(let texts) = content, texts.isEmpty || texts.contains("") {
      throw error(at: key, "an empty text says nothing: leave it out")
    }
    return Setting(
      subject: subject, content: content, key: key, file: file, origin: origin,
      place: place(of: key))
  }

  private func scalar(_ value: JSONValue) -> String? {
    value.text ?? value.integer.map { String($0) } ?? value.number.map { String($0) }
  }

  private func unknown(_ name: String) -> SettingsError {
    var error = error(
      at: name,
      "“\(name)” is not known here; known are \(SettingsReader.members.joined(separator: ", "))"
    )
    error.word = name
    error.known = SettingsReader.members
    return error
  }

  private func error(at key: String, _ message: String) -> SettingsError {
    SettingsError(
      file: file, place: place(of: key), message: key.isEmpty ? message : "\(key): \(message)")
  }

  private func place(of key: String) -> TextPlace? { JSONText(text).place(of: key) }
}
