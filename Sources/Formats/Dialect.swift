internal import Files
internal import JSON

/// How one sort of gateway writes formats: what its variables stand for. One file of `Dialects/`.
///
/// ```json
/// {
///   "name": "nginx", "title": "NGINX", "docs": "https://…",
///   "variables": {
///     "request_time": { "field": "latency", "unit": "s" },
///     "time_local": { "field": "time", "text": true }      // it has blanks
///   },
///   "families": [ { "like": "http_*", "header": true, "text": true } ]
/// }
/// ```
///
/// A meaning's `field` and `unit` are those of a gateway's profile; `as` is the name that a layout has for
/// the value, where the variable's own is none; `behind` is a value that is about the server behind the
/// gateway; `around` is what the gateway writes around the value; `optional` says that it may be
/// missing, `list` that it is one with commas. `omits` says that its objects lack members that have nothing to say. In a family, `*` is any word, and a header of that name means what `headers.json` says.
package struct Dialect: Sendable {
  package let name: String
  package let title: String
  package let docs: String
  /// Whether a member of its objects may be missing or null, where it has nothing to say.
  let omits: Bool
  private var variables: [String: Meaning]
  private let families: [Family]

  /// What a variable stands for.
  package struct Meaning: Sendable {
    /// The name of the value in a layout.
    package var name: String
    /// The field of a gateway's profile; nil where an event has no room for it.
    package var field: String?
    /// Of a latency.
    package var unit: String?
    /// Whether the value may have blanks.
    package var hasBlanks = false
    /// What stands around it, in the line though not in the format.
    package var around: (before: String, after: String) = ("", "")
    /// Whether it may be missing, with the blank before it.
    package var isOptional = false
    /// Whether it is a list with commas, as layouts take one without being told.
    var isList = false
    /// The smaller, the better it is as its field.
    package var rank = 0

    package init(
      name: String, field: String? = nil, unit: String? = nil, hasBlanks: Bool = false
    ) {
      self.name = name
      self.field = field
      self.unit = unit
      self.hasBlanks = hasBlanks
    }
  }

  private struct Family: Sendable {
    var before: String
    var after: String
    var isHeader: Bool
    var meaning: Meaning
  }

  /// Of formats that no configuration states.
  package init(name: String, title: String) {
    self.name = name
    self.title = title
    docs = ""
    omits = false
    variables = [:]
    families = []
  }

  /// What a variable stands for; nil where nothing is known of that name.
  package func meaning(of variable: String) -> Meaning? {
    if let known = variables[variable] { return known }
    for family in families where variable.count > family.before.count + family.after.count {
      guard variable.hasPrefix(family.before), variable.hasSuffix(family.after) else { continue }
      let inside = String(
        variable.dropFirst(family.before.count).dropLast(family.after.count))
      let name = Dialect.layoutName(of: inside)
      guard !name.isEmpty else { continue }
      var meaning = family.meaning
      meaning.name = meaning.name.split(separator: "*", omittingEmptySubsequences: false)
        .joined(separator: name)
      if family.isHeader, let header = Dialect.headers[name] {
        meaning.field = header.field
        meaning.rank = header.rank
        meaning.hasBlanks = meaning.hasBlanks && !header.isList
      }
      return meaning
    }
    return nil
  }

  /// The same where a latency has another unit.
  func with(_ variable: String, unit: String) -> Dialect {
    var other = self
    other.variables[variable]?.unit = unit
    return other
  }

  /// The variable that is a field best, as a format has it; nil where there is none.
  func variable(for field: String) -> String? {
    let best = variables.filter { $0.value.field == field }.min {
      ($0.value.rank, $0.key.count, $0.key) < ($1.value.rank, $1.key.count, $1.key)
    }
    guard let best else { return nil }
    return switch name {
    case "nginx": "$" + best.key
    case "envoy": "%" + best.key + "%"
    case "apache": field == "status" ? "%>s" : "%" + best.key
    case "haproxy", "goaccess": "%" + best.key
    case "caddy": "{" + best.key + "}"
    default: best.key
    }
  }

  /// The variables that have a name of their own.
  var names: [String] { variables.keys.sorted() }

  /// Lets members stand for headers of their names behind a prefix.
  mutating func add(headers names: [String], prefix: String) {
    for name in names where variables[name] == nil {
      let layoutName = Dialect.layoutName(of: name)
      let header = Dialect.headers[Dialect.layoutName(of: String(name.dropFirst(prefix.count)))]
      variables[name] = Meaning(name: layoutName, field: header?.field)
    }
  }

  /// A name that a layout can have: letters, digits and underscores.
  package static func layoutName(of text: String) -> String {
    let kept = text.lowercased().unicodeScalars.map { scalar -> Character in
      scalar.isASCII && scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
        ? Character(scalar) : "_"
    }
    return String(kept).split(separator: "_").joined(separator: "_")
  }

  // MARK: The files

  /// All that are known, by name.
  package static let all: [String: Dialect] = {
    var all: [String: Dialect] = [:]
    for file in Embedded.files where !file.name.description.hasSuffix("/headers.json") {
      if let dialect = parsed(file.text, Dialect.init) { all[dialect.name] = dialect }
    }
    return all
  }()

  /// Headers of a meaning of their own, by their names as layouts have them.
  private static let headers: [String: Meaning] = {
    guard let file = Embedded.files.first(where: { $0.name.description.hasSuffix("/headers.json") })
    else { return [:] }
    return parsed(file.text) { root in
      Dictionary(
        root.members.map { key, value in
          let name = layoutName(of: String(decoding: key, as: UTF8.self))
          return (name, Meaning(value, name: name))
        }, uniquingKeysWith: { $1 })
    } ?? [:]
  }()

  private static func parsed<Value>(_ text: StaticString, _ make: (JSONValue) -> Value?) -> Value? {
    let parser = JSONParser()
    return withExtendedLifetime(parser) {
      let bytes = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
      return (try? parser.parse(bytes)).flatMap(make)
    }
  }

  private init?(_ root: JSONValue) {
    guard let name = root["name"]?.text, let title = root["title"]?.text else { return nil }
    self.name = name
    self.title = title
    docs = root["docs"]?.text ?? ""
    omits = root["omits"]?.bool ?? false
    variables = Dictionary(
      (root["variables"]?.members ?? root.members).map { key, value in
        let variable = String(decoding: key, as: UTF8.self)
        return (variable, Meaning(value, name: Dialect.layoutName(of: variable)))
      }, uniquingKeysWith: { $1 })
    families = (root["families"]?.elements.map { $0 } ?? []).compactMap { value in
      let like = (value["like"]?.text ?? "").split(
        separator: "*", omittingEmptySubsequences: false)
      guard like.count == 2 else { return nil }
      return Family(
        before: String(like[0]), after: String(like[1]),
        isHeader: value["header"]?.bool ?? false, meaning: Meaning(value, name: "*"))
    }
  }
}

extension Dialect.Meaning {
  fileprivate init(_ value: JSONValue, name: String) {
    self.init(name: value["as"]?.text ?? name)
    field = value["field"]?.text
    unit = value["unit"]?.text
    hasBlanks = value["text"]?.bool ?? false
    isOptional = value["optional"]?.bool ?? false
    isList = value["list"]?.bool ?? false
    rank = value["rank"]?.integer.map { Int(clamping: $0) } ?? 0
    if let around = value["around"]?.text?.split(
      separator: "*", omittingEmptySubsequences: false), around.count == 2
    {
      self.around = (String(around[0]), String(around[1]))
    }
  }
}
