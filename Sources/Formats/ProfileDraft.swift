internal import Files
internal import JSON

/// A gateway's profile made of the formats that its configuration states.
package struct ProfileDraft: Sendable {
  /// What became of a variable of a format.
  package struct Use: Sendable {
    /// As the format has it; of an object's member, with its name.
    package var variable: String
    /// The field of the profile; nil where it is of no use.
    package var field: String?
    package var unit: String?
    /// Why it is of no use, where there is more to say.
    package var remark: String?
  }

  package let name: String
  private let dialect: Dialect
  /// In the order of the formats.
  package private(set) var uses: [Use] = []
  /// The formats that are not in it, and why.
  package private(set) var refused: [FormatError] = []
  private var title: String
  private let docs: String
  private var signature: [String] = []
  private var layouts: [String] = []
  private var seen: Set<String> = []
  private var fields: [Group] = []
  private var units: [Group] = []
  /// What tells who answered, as the gateway's own profile has it: rules in JSON.
  private var evidence: [String] = []

  /// The names of values that are one field, or have one unit, best first.
  private struct Group: Sendable {
    var key: String
    var names: [String] = []
    var ranks: [Int] = []

    mutating func add(_ name: String, rank: Int) {
      if names.contains(name) { return }
      let place = ranks.firstIndex { $0 > rank } ?? names.count
      names.insert(name, at: place)
      ranks.insert(rank, at: place)
    }
  }

  /// A profile's signature has so many paths at most.
  private static let mostClues = 16

  /// - Parameters:
  ///   - formats: those of the first one's dialect make the profile.
  ///   - known: the profile of that gateway which is known already, as a file; its rules on who answered
  ///     are taken over where the format has what they look at.
  /// - Throws: `FormatError` where none of the formats can be a profile.
  package init(name: String, of formats: [LogFormat], known: [UInt8]?) throws(FormatError) {
    guard let first = formats.first else {
      throw FormatError("there is no format", hint: "Name a configuration or a format.")
    }
    self.name = name
    dialect = first.dialect
    title = first.dialect.title
    docs = first.dialect.docs
    var names: [String] = []
    for format in formats {
      do throws(FormatError) {
        try add(format, to: first.dialect)
        if !format.name.isEmpty { names.append(format.name) }
      } catch {
        refused.append(error.of(format.name, at: format.line))
      }
    }
    if !names.isEmpty { title += ", " + names.joined(separator: ", ") }
    guard !signature.isEmpty || !layouts.isEmpty else {
      throw refused.first
        ?? FormatError(
          "nothing in the format is on every line",
          hint: "Its lines could not be told from others: a time, a status or a path would do.")
    }
    if let known { takeEvidence(from: known) }
  }

  private mutating func add(_ format: LogFormat, to dialect: Dialect) throws(FormatError) {
    guard format.dialect.name == dialect.name else {
      throw FormatError(
        "it is \(format.dialect.title)'s, and the formats before it are \(dialect.title)'s",
        hint: "Learn it by itself.")
    }
    switch format.content {
    case .text(let pieces):
      let hasMark = pieces.contains {
        if case .literal(let text) = $0 { text.contains(text: "(?") } else { false }
      }
      if hasMark {
        throw FormatError(
          "the format has “(?”, with which a layout begins what may be missing",
          hint: "A profile for it has to be written by hand.")
      }
      add(LayoutText(pieces))
    case .json(let members):
      guard signature.isEmpty else {
        throw FormatError(
          "a format before it is JSON, too, and a profile has one signature",
          hint: "Learn it by itself, by its name.")
      }
      add(members, omits: format.dialect.omits)
    }
  }

  /// Which of the fields that every event needs no variable tells.
  package var missing: [String] {
    let has = Set(fields.map(\.key))
    var missing: [String] = []
    if !has.contains("status") { missing.append("status") }
    if !has.contains("time") { missing.append("time") }
    if has.isDisjoint(with: ["request_line", "path"]) { missing.append("path") }
    return missing
  }

  /// What would tell a field, as the gateway's formats have it; nil where nothing is known to.
  package func remedy(for field: String) -> String? {
    dialect.variable(for: field) ?? (field == "path" ? dialect.variable(for: "request_line") : nil)
  }

  private mutating func add(_ layout: LayoutText) {
    guard seen.insert(layout.pattern).inserted else { return }
    layouts.append(layout.pattern)
    for value in layout.values {
      add(value.name, as: value.field, value.unit, rank: value.rank)
      uses.append(
        Use(variable: value.written, field: value.field, unit: value.unit, remark: value.remark))
    }
  }

  /// What every response has, so that its members are there on every line.
  private static let always: Set<String> = [
    "time", "status", "method", "path", "request_line", "latency",
  ]

  /// - Parameter omits: whether members that have nothing to say may be missing.
  private mutating func add(_ members: [LogFormat.Member], omits: Bool) {
    for member in members {
      let layout = LayoutText(member.pieces)
      let variables = layout.values.map(\.written).joined()
      let written = variables == member.path ? variables : "\(member.path): \(variables)"
      let isAlwaysThere =
        !omits || layout.values.first?.field.map { ProfileDraft.always.contains($0) } ?? false
      let hasName = member.path.utf8.contains { $0 | 0x20 > 0x60 || (0x30...0x39).contains($0) }
      if isAlwaysThere, hasName, signature.count < ProfileDraft.mostClues {
        signature.append(member.path)
      }
      guard layout.values.count == 1, let value = layout.values.first, value.field != nil else {
        if !layout.values.isEmpty {
          uses.append(Use(variable: written, remark: layout.values.compactMap(\.remark).first))
        }
        continue
      }
      add(member.path, as: value.field, value.unit, rank: value.rank)
      uses.append(Use(variable: written, field: value.field, unit: value.unit))
    }
  }

  private mutating func add(_ name: String, as field: String?, _ unit: String?, rank: Int) {
    guard let field else { return }
    ProfileDraft.add(name, to: &fields, field, rank: rank)
    if let unit { ProfileDraft.add(name, to: &units, unit, rank: rank) }
  }

  private static func add(_ name: String, to groups: inout [Group], _ key: String, rank: Int) {
    let place = groups.firstIndex { $0.key == key } ?? groups.count
    if place == groups.count { groups.append(Group(key: key)) }
    groups[place].add(name, rank: rank)
  }

  private mutating func takeEvidence(from known: [UInt8]) {
    let parser = JSONParser()
    let names =
      uses.flatMap { use in
        use.variable.split(separator: ":").first.map { [String($0)] } ?? []
      } + layouts.flatMap { ProfileDraft.valueNames(in: $0) }
    withExtendedLifetime(parser) {
      guard
        let root = try? known.withUnsafeBufferPointer({ try parser.parse($0) }),
        let rules = root["answered_by"]
      else { return }
      for rule in rules.elements {
        guard let path = rule["path"]?.text, names.contains(path) else { continue }
        var writer = JSONWriter()
        writer.value(rule)
        evidence.append(String(decoding: writer.bytes, as: UTF8.self))
      }
    }
  }

  private static func valueNames(in layout: String) -> [String] {
    layout.split(separator: "$").map { part in
      String(part.drop { $0 == "{" }.prefix { $0.isLetter || $0.isNumber || $0 == "_" })
    }
  }

  // MARK: The file

  /// The profile as a file.
  package var text: String {
    var members = ["\"name\": \(quoted(name))", "\"title\": \(quoted(title))"]
    if !docs.isEmpty { members.append("\"docs\": \(quoted(docs))") }
    if !signature.isEmpty { members.append("\"signature\": \(list(signature))") }
    if !layouts.isEmpty { members.append("\"text\": \(lines(layouts.map(quoted)))") }
    if !fields.isEmpty {
      members.append(
        "\"fields\": {\n"
          + fields.map { "    \(quoted($0.key)): \(list($0.names))" }
          .joined(separator: ",\n") + "\n  }")
    }
    if !units.isEmpty {
      let units = units.map { "\(quoted($0.key)): \(list($0.names))" }
      members.append("\"units\": { \(units.joined(separator: ", ")) }")
    }
    if !evidence.isEmpty { members.append("\"answered_by\": \(lines(evidence))") }
    return "{\n  " + members.joined(separator: ",\n  ") + "\n}\n"
  }

  private func list(_ texts: [String]) -> String {
    "[" + texts.map(quoted).joined(separator: ", ") + "]"
  }

  private func lines(_ values: [String]) -> String {
    "[\n    " + values.joined(separator: ",\n    ") + "\n  ]"
  }

  private func quoted(_ text: String) -> String {
    var writer = JSONWriter()
    writer.string(Array(text.utf8))
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
