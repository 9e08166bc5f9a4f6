extension Shape {
  /// The shape as a schema of JSON Schema: <https://json-schema.org/draft/2020-12>.
  ///
  /// Members that no schema names are allowed, as the contract lets members be added.
  package var schema: Object {
    switch self {
    case .flag: ["type": "boolean"]
    case .integer: ["type": "integer"]
    case .number: ["type": "number"]
    case .text: ["type": "string"]
    case .word(let words): ["type": "string", "enum": .array(words.map { .text($0) })]
    case .time:
      [
        "type": "string", "format": "date-time",
        "pattern": "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$",
      ]
    case .anything: [:]
    case .list(let element): ["type": "array", "items": .object(element.schema)]
    case .object(let members):
      [
        "type": "object",
        "properties": .object(Object(members.map { ($0.name, .object($0.schema)) })),
        "required": .array(members.filter(\.isAlwaysThere).map { .text($0.name) }),
      ]
    case .nullable(let shape): shape.schema.orNull
    }
  }
}

extension Shape.Member {
  /// The schema of its value, with what it says.
  fileprivate var schema: Object {
    var schema = shape.schema
    schema["description"] = .text(meaning)
    schema["unit"] = unit.map { .text($0) }
    return schema
  }
}

extension Object {
  /// A schema that allows null as well.
  fileprivate var orNull: Object {
    var schema = self
    if case .text(let type)? = schema["type"] { schema["type"] = [.text(type), "null"] }
    if case .array(let words)? = schema["enum"] { schema["enum"] = .array(words + [.null]) }
    return schema
  }
}
