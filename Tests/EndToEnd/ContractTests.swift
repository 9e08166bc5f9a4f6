import Foundation
import Testing

/// `--format json` is a contract: what is recorded in `Tests/Schema/contract.txt` stays, whatever else
/// may come to be. The schemas follow the code, and so does whatever is made from them; the record
/// follows nobody.
///
/// `ERRATA_RECORD=1 swift test --filter ContractTests` adds what is new, and takes nothing away.
struct ContractTests {
  private static let record = Repository.root.appendingPathComponent("Tests/Schema/contract.txt")
  private let isRecording = ProcessInfo.processInfo.environment["ERRATA_RECORD"] != nil

  @Test func `what is recorded stays, and what is printed is recorded`() throws {
    let sandbox = try Sandbox()
    let promised = try Set(
      Repository.text(of: Self.record).split(separator: "\n").map { Promise(String($0)) })
    var kept: Set<Promise> = []
    for command in try sandbox.answeringCommands {
      for object in ObjectSchema.all(of: try sandbox.schema(of: command)) {
        kept.formUnion(object.members.map { Promise("\(object.usage) \($0)") })
      }
    }
    for promise in promised.sorted() {
      #expect(kept.contains { $0.keeps(promise) }, "no longer so: \(promise.text)")
    }
    let new = kept.subtracting(promised).sorted().map(\.text)
    if isRecording {
      let stale = promised.filter { promise in
        !kept.contains(promise) && kept.contains { $0.keeps(promise) }
      }
      let lines = promised.subtracting(stale).union(kept).sorted().map { $0.text + "\n" }
      try Data(lines.joined().utf8).write(to: Self.record)
    } else {
      #expect(new == [], "not recorded: record it with ERRATA_RECORD=1")
    }
  }
}

/// A line of the record: `report days[].start: time`, `report blame[].whose: gateway|ours`.
private struct Promise: Hashable, Comparable {
  let text: String

  init(_ text: String) {
    self.text = text
  }

  /// Whether what this says keeps what another promised: the same, or the same with words added.
  func keeps(_ promised: Promise) -> Bool {
    text == promised.text
      || place == promised.place && !promised.words.isEmpty && words.isSuperset(of: promised.words)
  }

  private var place: Substring { text.prefix { $0 != ":" } }

  /// Those of a fixed list; none where it is no word.
  private var words: Set<Substring> {
    let type = text.drop { $0 != ":" }.dropFirst(2)
    return type.contains("|") ? Set(type.split(separator: "|")) : []
  }

  static func < (one: Promise, other: Promise) -> Bool { one.text < other.text }
}

/// The schema of one of the objects that a command prints.
struct ObjectSchema {
  /// `report`, `report --evidence`
  let usage: String
  let schema: [String: Any]

  static func all(of schema: [String: Any]) -> [ObjectSchema] {
    let objects = schema["oneOf"] as? [[String: Any]] ?? [schema]
    return objects.map { object in
      let title = object["title"] as? String ?? ""
      return ObjectSchema(usage: String(title.dropFirst("errata ".count)), schema: object)
    }
  }

  /// A line for each member and what it can be, in all depths: `days[].start: time`.
  var members: [String] { Self.members(of: schema, at: "") }

  private static func members(of schema: [String: Any], at path: String) -> [String] {
    let required = Set(schema["required"] as? [String] ?? [])
    let members = schema["properties"] as? [String: [String: Any]] ?? [:]
    return members.sorted { $0.key < $1.key }.flatMap { name, member in
      var place = path.isEmpty ? name : "\(path).\(name)"
      var inner = member
      let presence = required.contains(name) ? "" : ", not always there"
      let line = "\(place): \(type(of: member))\(presence)"
      while let items = inner["items"] as? [String: Any] {
        place += "[]"
        inner = items
      }
      return [line] + Self.members(of: inner, at: place)
    }
  }

  private static func type(of schema: [String: Any]) -> String {
    let types = schema["type"] as? [String] ?? (schema["type"] as? String).map { [$0] } ?? []
    let orNull = types.contains("null") ? " or null" : ""
    if let words = schema["enum"] as? [Any] {
      return words.map { $0 as? String ?? "null" }.sorted().joined(separator: "|")
    }
    if schema["format"] as? String == "date-time" { return "time\(orNull)" }
    if let items = schema["items"] as? [String: Any] {
      return "array of \(type(of: items))\(orNull)"
    }
    return (types.first { $0 != "null" } ?? "anything") + orNull
  }
}
