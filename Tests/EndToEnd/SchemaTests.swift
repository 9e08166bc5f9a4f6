import Foundation
import Testing

/// `errata help json COMMAND` says what a command prints, and what is printed is like that.
struct SchemaTests {
  /// A line that prints a command's object once `--format json` is put behind it.
  struct Asked: Sendable, CustomTestStringConvertible {
    let command: String
    let line: String
    var testDescription: String { line }

    init(_ line: String, of command: String? = nil) {
      self.line = line
      self.command = command ?? String(line.split(separator: " ")[1])
    }
  }

  private static let prune = "errata prune -q --before 2026-11-12 -o pruned"

  static let asked: [Asked] = [
    Asked("errata import -q --store new.db --reread demo.ndjson.gz"),
    Asked("errata rates --every 1d"),
    Asked("errata rates --by vendor --top 2"),
    Asked(
      "errata rates --every 1d --by vendor,status,code,kind,route,consumer,gateway,answered_by"),
    Asked("errata rates --gateway tyk"),
    Asked("errata rates --by vendor --kind timeout,cancelled --status 5xx"),
    Asked("errata list --limit 3 --grep limit"),
    Asked("errata list --since 2026-11-16T12:00:00Z"),
    Asked("errata find --raw req_8f2c61d09ab47e3512cd"),
    Asked("errata bursts"),
    Asked("errata bursts --top 1"),
    Asked("errata spikes"),
    Asked("errata spikes --since 2026-11-01 --gateway kong"),
    Asked("errata incidents"),
    Asked("errata incidents --top 1 --since 2026-11-01"),
    Asked(
      """
      told() { errata incident "$(errata incidents --format ndjson | head -1 |
      cut -d '"' -f 4)" "$@"; }; told
      """, of: "incident"),
    Asked("errata limits"),
    Asked("errata limits --top 1"),
    Asked("errata retries"),
    Asked("errata retries --top 1"),
    Asked("errata find req_8f2c61d09ab47e3512cd"),
    Asked("found() { errata find nothing \"$@\" || test $? = 4; }; found", of: "find"),
    Asked("errata report"),
    Asked("errata report --top 1"),
    Asked("printf 'budget 95%% per 30d' | errata report --rules -", of: "report"),
    Asked("errata report --since 2026-11-11 --until 2026-11-13 --tz Asia/Kolkata"),
    Asked("errata report --vendor mimicbot --evidence"),
    Asked(
      """
      checked() { errata check --stateless --rule spike --rule 'error_rate > 30% per 1h' \
      --rule 'requests < 1 per 1h total' --rule 'errors > 999 per 5m' \
      --rule 'budget 95% per 30d' --rule 'budget 99% per 7d total' \
      --rule 'errors > 1 per 5m code=zof by=status,code,kind,route,consumer' "$@" || test $? = 3; }
      checked
      """, of: "check"),
    Asked("errata query 'select vendor, count(*) from events group by 1'"),
    Asked("errata query codes"),
    Asked("errata explain demo.ndjson.gz"),
    Asked("errata explain '{\"status\":200,\"path\":\"/v1/chat\"}'"),
    Asked("errata explain 'it rains'"),
    Asked(
      """
      printf '{"name":"edge","title":"Our edge","signature":["pop"]}' > edge.json
      printf '{"pop":1,"status":500,"code":"E1"}\\n{"pop":1,"status":500}\\n{"status":500}\\n' > edge.log
      checked() { errata explain --check edge.json edge.log "$@" || test $? = 1; }; checked
      """, of: "explain"),
    Asked("errata verify"),
    Asked("errata verify --repair"),
    Asked("errata rejects"),
    Asked("errata rejects --retry"),
    Asked("errata prune --before 2026-11-10 --counts --dry-run"),
    Asked("errata prune --before 2026-11-10 --counts"),
    Asked("errata prune --before 2026-11-10 --vendor zof"),
    Asked("\(prune) --vendor zof; errata bursts", of: "bursts"),
    Asked("\(prune) --counts; errata report", of: "report"),
    Asked("errata backup copy.db"),
    Asked(
      """
      printf '{"zone": "UTC", "defaults": {"*": {"quiet": true}}}' > own.json
      ERRATA_CONFIG=own.json errata config
      """, of: "config"),
    Asked("errata queries"),
    Asked("errata vendors"),
    Asked("errata vendors show zof"),
    Asked("errata gateways"),
  ]

  @Test(arguments: asked)
  func `an answer is as its schema says, and has nothing else`(_ asked: Asked) throws {
    let sandbox = try Sandbox.withDemo()
    var validator = try Validator(sandbox)
    try validator.add(try sandbox.output("\(asked.line) --format json"), of: asked.command)
    #expect(try validator.problems() == [])
  }

  /// What the cases ask in one command each is asked in JSON.
  @Test(arguments: CaseTests.names)
  func `every answer of a case is as its schema says`(_ name: String) throws {
    let sandbox = try Sandbox()
    var validator = try Validator(sandbox)
    let commands = Set(try sandbox.answeringCommands)
    let text = try Repository.text(of: Repository.cases.appendingPathComponent(name))
    for step in Transcript(text.split(separator: "\n", omittingEmptySubsequences: false)).steps {
      guard let command = simpleCommand(of: step.command), commands.contains(command) else {
        try sandbox.run(step.command)
        continue
      }
      let isJSON = step.command.contains("--format json")
      let outcome = try sandbox.run(step.command + (isJSON ? "" : " --format json"))
      if outcome.output.hasPrefix("{") { try validator.add(outcome.output, of: command) }
    }
    if validator.answers.isEmpty { return }
    #expect(try validator.problems() == [])
  }

  /// The command of a line that is nothing but one, and shows its answer on standard output.
  private func simpleCommand(of line: String) -> String? {
    let unquoted = line.replacing(/'[^']*'/, with: "").replacing(/"[^"]*"/, with: "")
    let words = unquoted.split(separator: " ")
    guard words.count > 1, words[0] == "errata",
      !unquoted.contains(where: { "|;&<>()$`\n".contains($0) })
    else { return nil }
    let others = ["-o", "--output", "-h", "--help", "--version"]
    let formats = words.indices.filter { words[$0] == "--format" }.map { words[$0 + 1] }
    guard !words.contains(where: { others.contains(String($0)) || $0.hasPrefix("--output=") }),
      !words.contains(where: { $0.hasPrefix("--format=") }), formats.allSatisfy({ $0 == "json" })
    else { return nil }
    return String(words[1])
  }

  @Test func `the validator refuses what is not as the schema says`() throws {
    let sandbox = try Sandbox.withDemo()
    var validator = try Validator(sandbox)
    let changes: [(String, (inout [String: Any]) -> Void)] = [
      ("bursts", { $0["since"] = nil }),
      ("bursts", { $0["since"] = NSNull() }),
      ("bursts", { $0["since"] = "2026-11-20T14:02:00Z" }),
      ("bursts", { $0["left_out"] = "1" }),
      ("bursts", { $0["left_out"] = 1.5 }),
      ("bursts", { $0["bursts"] = [String: Any]() }),
      ("bursts", { $0["burst"] = [Any]() }),
      ("bursts", { $0["nothing_of"] = NSNull() }),
      ("bursts", { change(&$0, "bursts") { $0["retry_after"] = "honored" } }),
      ("bursts", { change(&$0, "bursts") { $0["retry_after"] = NSNull() } }),
      ("bursts", { change(&$0, "bursts") { $0["routes"] = [["name": "/", "count": "2"]] } }),
      ("bursts", { change(&$0, "bursts") { $0["consumers"] = [["name": "ci"]] } }),
      ("spikes", { change(&$0, "spikes") { $0["ongoing"] = 1 } }),
      ("rates", { change(&$0, "rows") { $0["errors"] = NSNull() } }),
      ("rejects", { $0["unread"] = 0 }),
      ("rejects", { $0["rows"] = nil }),
      ("vendors", { $0 = [:] }),
    ]
    var names: [String] = []
    for command in Set(changes.map(\.0)).sorted() {
      let answer = try sandbox.output("errata \(command) --format json")
      try validator.add(answer, of: command)
      for (_, change) in changes.filter({ $0.0 == command }) {
        var object = try sandbox.json("errata \(command) --format json")
        change(&object)
        let data = try JSONSerialization.data(withJSONObject: object)
        names.append(try validator.add(String(decoding: data, as: UTF8.self), of: command))
      }
    }
    let refused = try validator.problems().compactMap { $0.split(separator: ":").first }
    #expect(refused.map(String.init).sorted() == names.sorted())
  }

  @Test func `a schema names its draft and its command, and says what every member is`() throws {
    let sandbox = try Sandbox()
    for command in try sandbox.answeringCommands {
      let schema = try sandbox.schema(of: command)
      #expect(schema["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
      #expect(schema["$id"] as? String == "urn:errata:json:\(command)")
      #expect(unexplained(in: schema, at: command) == [])
    }
  }

  /// The members of a schema that have no description, or a bad one.
  private func unexplained(in schema: [String: Any], at path: String) -> [String] {
    let items = (schema["items"] as? [String: Any]).map { [$0] } ?? []
    let parts = (schema["oneOf"] as? [[String: Any]] ?? []) + items
    let members = schema["properties"] as? [String: [String: Any]] ?? [:]
    return parts.flatMap { unexplained(in: $0, at: path) }
      + members.flatMap { name, member -> [String] in
        let text = member["description"] as? String ?? ""
        let isPlain = !text.isEmpty && !text.hasSuffix(".") && text.count < 120
        return (isPlain ? [] : ["\(path).\(name): “\(text)”"])
          + unexplained(in: member, at: "\(path).\(name)")
      }
  }
}

/// Changes the first element of a list.
private func change(
  _ object: inout [String: Any], _ list: String, _ change: (inout [String: Any]) -> Void
) {
  guard var elements = object[list] as? [[String: Any]], !elements.isEmpty else { return }
  change(&elements[0])
  object[list] = elements
}
