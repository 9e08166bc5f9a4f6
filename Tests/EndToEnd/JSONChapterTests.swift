import Foundation
import Testing

/// The manual's chapter about JSON names the members that the schemas do.
///
/// Under a heading such as `## explain, explain --check` stands the outline of each object, in a block
/// without a language: `{since, rows:[{start, <the fields of --by>, errors}], …}`. What is in angle
/// brackets, and `…`, stands for members that are told elsewhere; so does a name alone for those of its
/// object.
struct JSONChapterTests {
  /// What any answer may have is told once, under “In every answer”.
  private static let common: Set<String> = [
    "same_requests", "pruned_before", "pruned_vendors", "nothing_of",
  ]

  @Test func `the chapter has the outline of every object, and each names what the schema does`()
    throws
  {
    let sandbox = try Sandbox()
    let objects = try sandbox.answeringCommands.flatMap {
      ObjectSchema.all(of: try sandbox.schema(of: $0))
    }
    let sections = try sections(of: Page("Sources/Manual/json.md"))
    var told: Set<String> = []
    for section in sections {
      let names = section.heading.components(separatedBy: ", ")
      let own = names.compactMap { name in objects.first { $0.usage == name } }
      if own.isEmpty { continue }
      told.formUnion(own.map(\.usage))
      let outlines = section.outlines
      #expect(own.count == names.count && outlines.count == own.count, "## \(section.heading)")
      for (object, outline) in zip(own, outlines) {
        let problems = differences(of: outline, from: object.schema, in: section)
        #expect(problems == [], "\(object.usage)")
      }
    }
    #expect(Set(objects.map(\.usage)).subtracting(told) == [])
    let everywhere = sections.first { $0.heading == "In every answer" }?.text ?? ""
    for name in Self.common { #expect(everywhere.contains("`\(name)")) }
  }

  private func differences(
    of outline: Outline, from schema: [String: Any], in section: Section
  ) -> [String] {
    var schema = schema
    while let items = schema["items"] as? [String: Any] { schema = items }
    let members = schema["properties"] as? [String: [String: Any]] ?? [:]
    let required = schema["required"] as? [String] ?? []
    let names = outline.members.map(\.name)
    var problems = names.filter { members[$0] == nil }.map { "there is no \($0)" }
    let always = names.filter(required.contains)
    let isRight = outline.isPart ? Set(always).isSubset(of: required) : always == required
    if !isRight { problems.append("\(names) should be \(required)") }
    if !outline.isPart {
      problems += Set(members.keys).subtracting(names).subtracting(required)
        .subtracting(Self.common).sorted()
        .filter { !section.text.contains("`\($0)") }.map { "nothing is said of \($0)" }
    }
    for member in outline.members {
      guard let inner = member.outline, let own = members[member.name] else { continue }
      problems += differences(of: inner, from: own, in: section)
    }
    return problems
  }

  private struct Section {
    let heading: String
    var text = ""
    /// Those of the objects that stand in its blocks.
    var outlines: [Outline] = []
  }

  private func sections(of page: Page) -> [Section] {
    page.text.components(separatedBy: "\n## ").dropFirst().map { text in
      let heading = text.prefix { $0 != "\n" }
      var section = Section(heading: String(heading), text: text)
      let parts = text.components(separatedBy: "\n```")
      // Blocks without a language, which stand between the first fence and the second.
      for block in stride(from: 1, to: parts.count, by: 2).map({ parts[$0] })
      where block.hasPrefix("\n") {
        var reader = OutlineReader(block)
        while let outline = reader.next() { section.outlines.append(outline) }
      }
      return section
    }
  }
}

/// `{name, name:{…}, name:[{…}]}`
private struct Outline {
  var members: [(name: String, outline: Outline?)] = []
  /// Whether some of its members are told elsewhere.
  var isPart = false
}

private struct OutlineReader {
  private var rest: Substring

  init(_ text: String) {
    rest = text[...]
  }

  /// The next object; nil after the last.
  mutating func next() -> Outline? {
    rest = rest.drop { $0 != "{" }
    return rest.isEmpty ? nil : object()
  }

  private mutating func object() -> Outline {
    var outline = Outline()
    rest.removeFirst()
    while let character = rest.first, character != "}" {
      switch character {
      case "<", "…":
        outline.isPart = true
        rest = character == "<" ? rest.drop { $0 != ">" }.dropFirst() : rest.dropFirst()
      case "a"..."z":
        let name = String(rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" })
        rest = rest.dropFirst(name.count)
        outline.members.append((name, rest.first == ":" ? value() : nil))
      default: rest.removeFirst()
      }
    }
    rest = rest.dropFirst()
    return outline
  }

  /// What stands behind a colon: an object, a list of some, or a list of values.
  private mutating func value() -> Outline? {
    rest = rest.drop { $0 == ":" || $0 == "[" }
    let outline = rest.first == "{" ? object() : nil
    rest = rest.drop { $0 == "…" || $0 == "]" }
    return outline
  }
}
