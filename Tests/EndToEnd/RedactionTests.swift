import Foundation
import Testing

/// No secret of a log is to be found in the store, in the files beside it, or in what is printed.
struct RedactionTests {
  /// Lines with secrets, each in one of the fields that are read, and the bytes to look for.
  private struct Log {
    var lines: [String] = []
    var secrets: [(field: String, kind: String, bytes: String)] = []
    private var count = 0

    mutating func add(
      _ field: String, _ kind: String, _ secret: String, status: Int = 422, code: String = "BAD",
      message: String = "Bad request", path: String = "/v1/items", consumer: String = "crm",
      route: String? = nil, details: [String: Any] = [:], body: String? = nil
    ) throws {
      count += 1
      var line: [String: Any] = [
        "time": "2026-11-10T09:00:00Z", "status": status, "host": "api.mimicbot.app", "path": path,
        "method": "POST", "consumer": consumer, "request_id": "request-\(10_000 + count)",
      ]
      line["route"] = route
      line["body"] = body ?? ["error": ["code": code, "message": message, "details": details]]
      let data = try JSONSerialization.data(withJSONObject: line)
      lines.append(String(decoding: data, as: UTF8.self))
      secrets.append((field, kind, secret))
    }
  }

  private func plantedLog() throws -> Log {
    var maker = PlantedSecrets(seed: 3)
    var log = Log()
    for plant in maker.known() {
      try log.add("message", plant.kind, plant.secret, message: "It said \(plant.text)!")
    }
    for plant in maker.known() {
      let details = ["note": plant.text, "more": ["list": ["a", plant.text]]] as [String: Any]
      try log.add("details", plant.kind, plant.secret, details: details)
    }
    for plant in maker.known() {
      let issue: [String: Any] = ["path": ["a", 0], "message": "is \(plant.text) now"]
      try log.add("issues", plant.kind, plant.secret, details: ["issues": [issue]])
    }
    for plant in maker.known() {
      try log.add(
        "percent", plant.kind, percentEncoded(plant.secret),
        message: "see https://a.example/cb?next=\(percentEncoded(plant.text))&x=1")
    }
    for plant in maker.known()
    where !plant.head.contains(" ") && !["url", "pem", "email"].contains(plant.kind) {
      try log.add("path", plant.kind, plant.secret, path: "/v1/items/\(plant.text)/things?q=1")
      try log.add("code", plant.kind, plant.secret, code: plant.text)
      try log.add("route", plant.kind, plant.secret, path: "/x/1", route: "/r/\(plant.text)")
      // A consumer that is a number is an id.
      if plant.kind == "card" { continue }
      try log.add("consumer", plant.kind, plant.secret, consumer: plant.text)
    }
    for plant in maker.known() {
      try log.add("body", plant.kind, plant.secret, body: "<h1>Oops</h1> \(plant.text)\nEnd")
      try log.add(
        "base64", plant.kind, encoded("state of \(plant.text)"),
        message: "cursor \(encoded("state of \(plant.text)"))")
    }
    for plant in maker.named() {
      guard let name = plant.name else { continue }
      try log.add("message", plant.kind, plant.secret, message: "Called with \(plant.text)")
      try log.add("message", plant.kind, plant.secret, message: "Sent \(name): \(plant.secret)")
      try log.add("details", plant.kind, plant.secret, details: [name: plant.secret])
      try log.add(
        "nested", plant.kind, plant.secret,
        message: "Body was {\"\(name)\": \"\(plant.secret)\", \"a\": 1}",
        details: ["raw": "{\"a\":{\"\(name)\":\"\(plant.secret)\"}}"])
      try log.add(
        "query", plant.kind, plant.secret, message: "GET /v1/x?a=1&\(plant.text)&b=2 failed")
      try log.add(
        "percent", plant.kind, percentEncoded(plant.secret),
        message: "next=" + percentEncoded("/x?\(plant.text)"))
      try log.add("target", plant.kind, plant.secret, path: "/v1/x?\(plant.text)&page=2")
    }
    for plant in maker.known() + maker.named() {
      let member =
        plant.name.map { "\"\($0)\":\"\(plant.secret)\"" } ?? "\"note\":\"\(plant.text)\""
      log.lines.append("{\"time\":\"2026-11-10T09:00:00Z\",\"status\":500,\(member),\"cut")
      log.secrets.append(("reject", plant.kind, plant.secret))
    }
    return log
  }

  @Test func `no planted secret is found in the store or in any output`() throws {
    let sandbox = try Sandbox()
    let log = try plantedLog()
    #expect(log.secrets.count >= 200)
    #expect(Set(log.secrets.map(\.kind)).count >= 40)
    try sandbox.write(log.lines.joined(separator: "\n") + "\n", to: "a.log")
    var outputs = ""
    func run(_ line: String) throws {
      let outcome = try sandbox.run(line)
      outputs += outcome.output + outcome.complaint
    }
    // The write-ahead log is looked at while a reader keeps it from being emptied.
    try run("errata import a.log; cp data/errata/errata.db-wal wal || true")
    for command in [
      "report --week 2026-W46", "rates --by code,route,consumer", "bursts", "limits",
      "query 'select * from events'", "query top-messages", "verify",
      "find request-10001 request-10100 request-10200 request-10300",
      "query 'select * from rejects'",
    ] {
      for format in ["table", "json", "csv", "md", "html", "slack"] {
        try run("errata \(command) --format \(format)")
      }
    }
    try sandbox.write(log.lines.joined(separator: "\n") + "\n", to: "b.log")
    try run("while IFS= read -r line; do errata explain \"$line\"; done < <(head -n 40 b.log)")
    try run("sqlite3 data/errata/errata.db .dump")
    let events = try sandbox.output("errata query 'select count(*) as n from events' --format csv")
    #expect(Int(events.split(separator: "\n").last ?? "") ?? 0 > 200)

    let folder = sandbox.folder.appendingPathComponent("data/errata")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    var stored = Data()
    for file in files { stored += try Data(contentsOf: folder.appendingPathComponent(file)) }
    let everything = stored + Data(outputs.utf8)
    let missed = log.secrets.filter { Self.stands($0.bytes, in: everything) }
    for (field, kind, bytes) in missed { Issue.record("\(kind) in \(field): \(bytes)") }
  }

  /// Whether a secret is anywhere in some bytes. Digits within a longer number are none: a dump has
  /// times, and blobs in hexadecimal, with any six digits somewhere.
  private static func stands(_ secret: String, in bytes: Data) -> Bool {
    let isNumber = secret.utf8.allSatisfy { (0x30...0x39).contains($0) }
    var rest = bytes[...]
    while let found = rest.range(of: Data(secret.utf8)) {
      let beside = [found.lowerBound - 1, found.upperBound].filter(bytes.indices.contains)
      if !isNumber || !beside.contains(where: { isHexadecimal(bytes[$0]) }) { return true }
      rest = rest[found.upperBound...]
    }
    return false
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    Character(Unicode.Scalar(byte)).isHexDigit
  }

  @Test func `what is no secret stays as it is`() throws {
    let sandbox = try Sandbox()
    var maker = CleanLines(seed: 5)
    var lines = (0..<9000).map { maker.line($0) }
    lines += (0..<1000).map { "no JSON: \($0) \(maker.message()), \(maker.identifier())" }
    try sandbox.write(lines.joined(separator: "\n") + "\n", to: "clean.log")
    let dump =
      "'select \"offset\", status, code, kind, message, method, route, path, consumer, details"
      + " from events'"
    func stored(_ flag: String, _ store: String) throws -> [String] {
      try sandbox.run("errata import -q \(flag) --store \(store) clean.log gateways demo.ndjson.gz")
      let events = try sandbox.output("sqlite3 \(store) \(dump)")
      return (events + (try sandbox.output("sqlite3 \(store) 'select excerpt from reject'")))
        .split(separator: "\n").map(String.init)
    }
    let plain = try stored("--no-redact", "plain.db")
    let redacted = try stored("", "redacted.db")
    #expect(plain.count == redacted.count)
    #expect(plain.count > 10_000)
    // Samples of gateways hold e-mail addresses and credentials.
    let changed = zip(plain, redacted).filter { $0 != $1 }
    let wrong = changed.filter { !$0.0.contains("@") && !$0.0.contains("uthorization") }
    for (before, after) in wrong.prefix(20) { print("\(before)\n  \(after)") }
    #expect(wrong.count <= 10)
  }

  @Test func `with --no-redact everything is stored as it is, and it is said`() throws {
    let sandbox = try Sandbox()
    let secret = "hunter" + "2-and-more"
    let line = #"{"status":400,"path":"/x","body":{"error":{"message":"password=\#(secret)"}}}"#
    try sandbox.write(line + "\n", to: "a.log")
    let count = "sqlite3 data/errata/errata.db \"select message from events\""
    let outcome = try sandbox.run("errata import -q --no-redact a.log")
    #expect(outcome.complaint.contains("--no-redact"))
    #expect(try sandbox.output(count) == "password=\(secret)\n")
    #expect(try sandbox.output("errata verify").contains("--no-redact"))
    // A later import does not add to it, though the store knows the text.
    try sandbox.write("\n" + line + "\n" + line + "\n", to: "b.log")
    try sandbox.run("errata import b.log")
    let messages = try sandbox.output(count).split(separator: "\n")
    #expect(messages.count == 3)
    #expect(messages.filter { $0.contains("[redacted:password:") }.count == 2)
    #expect(try sandbox.output("errata explain b.log --no-redact").contains(secret))
    #expect(try !sandbox.output("errata explain b.log").contains(secret))
  }

  @Test func `equal secrets have equal tags in one store, and others in the next`() throws {
    let sandbox = try Sandbox()
    let line = #"{"status":400,"path":"/x","body":{"error":{"message":"mail to a.b@c.example"}}}"#
    try sandbox.write("\(line)\n", to: "a.log")
    try sandbox.write("\(line)\n\n\(line)\n", to: "b.log")
    func messages(_ store: String) throws -> Set<String> {
      try sandbox.run(
        "errata import --store \(store) a.log && errata import --store \(store) b.log")
      return Set(
        try sandbox.output("sqlite3 \(store) 'select message from events'").split(separator: "\n")
          .map(String.init))
    }
    let stores = try (1...4).map { try messages("\($0).db") }
    for tags in stores { #expect(tags.count == 1) }
    #expect(Set(stores.flatMap { $0 }).count > 1)
  }

  @Test func `a key is none where a host or a vendor is named`() throws {
    let sandbox = try Sandbox()
    let keys = ["AK" + "IA" + "Q3EGR7ZW2XKT5VNB", "sk" + "_live_" + "51Hq8ZkExample0Key"]
    let lines = keys.flatMap { key in
      [
        #"{"status":500,"path":"/x","host":"\#(key).store.example.com"}"#,
        #"{"status":500,"path":"/x","vendor":"\#(key)"}"#,
      ]
    }
    try sandbox.write(lines.joined(separator: "\n") + "\n", to: "a.log")
    try sandbox.run("errata import a.log")
    var shown = try sandbox.output("sqlite3 data/errata/errata.db .dump")
    shown += try sandbox.output("errata explain a.log; errata rates --by vendor")
    for key in keys { #expect(!shown.lowercased().contains(key.lowercased())) }
    #expect(shown.contains("[redacted:aws:"))
    #expect(shown.contains(".store.example.com"))
  }

  @Test func `a log's name and what cannot be read are redacted as well`() throws {
    let sandbox = try Sandbox()
    let secret = "sk" + "_live_" + "51Hq8ZkExample0Key"
    try sandbox.run("echo '{\"status\":500,\"id\":\"abc-12345\"}' > \(secret).log")
    var shown = try sandbox.run("errata import \(secret).log missing-\(secret).log").complaint
    shown += try sandbox.output("errata find abc-12345")
    shown += try sandbox.output("sqlite3 data/errata/errata.db .dump")
    #expect(!shown.contains(secret))
    #expect(shown.contains("[redacted:stripe:"))
    // It is known by its content all the same.
    #expect(try sandbox.run("errata import \(secret).log").complaint.contains("1 known already"))
  }
}
