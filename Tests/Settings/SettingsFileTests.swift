import Foundation
import Testing

@testable import Settings

/// What a file of settings says, and what is said of one that cannot be used.
struct SettingsFileTests {
  private func settings(
    _ text: String, _ origin: SettingsFile.Origin = .user
  ) throws -> [Setting] {
    let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).json")
      .path
    try Data(text.utf8).write(to: URL(filePath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try SettingsFile(path: path, origin: origin)?.settings ?? []
  }

  @Test func `a file that is not there says nothing`() throws {
    #expect(try SettingsFile(path: "/nowhere/config.json", origin: .user) == nil)
  }

  @Test func `a file says options, a zone, names of vendors and rules`() throws {
    let settings = try settings(
      """
      {
        "zone": "Europe/Berlin",
        "defaults": {
          "*": { "color": "never", "quiet": true },
          "rates": { "by": ["vendor", "status"], "top": 5 }
        },
        "vendors": { "payments": "zihin" },
        "rules": ["plan_limited > 0 per 1h"]
      }
      """)
    let said = settings.map { "\($0.key) \($0.subject) \($0.content)" }
    #expect(
      said == [
        "zone zone texts([\"Europe/Berlin\"])",
        "defaults.*.color option(\"color\", command: nil) texts([\"never\"])",
        "defaults.*.quiet option(\"quiet\", command: nil) isOn(true)",
        "defaults.rates.by option(\"by\", command: Optional(\"rates\")) texts([\"vendor\", \"status\"])",
        "defaults.rates.top option(\"top\", command: Optional(\"rates\")) texts([\"5\"])",
        "vendors.payments vendor(\"payments\") texts([\"zihin\"])",
        "rules rules texts([\"plan_limited > 0 per 1h\"])",
      ])
    #expect(settings[4].spot.hasSuffix(".json:5:44"))
  }

  @Test(arguments: [
    ("[]", ": an object was expected: { … }"),
    ("{\"zone\": 3, \"zone\": \"UTC\"}", ": zone: this stands here twice"),
    ("{\"zone\": [\"UTC\"]}", ":1:2: zone: a text was expected"),
    ("{\"zone\": \"\"}", ":1:2: zone: an empty text says nothing: leave it out"),
    (
      "{\n\"zones\": 1}",
      ":2:1: zones: “zones” is not known here; known are zone, defaults, vendors, rules"
    ),
    ("{\"defaults\": 1}", ":1:2: defaults: an object was expected: { … }"),
    (
      "{\"defaults\": {\"rates\": {\"by\": {}}}}",
      "defaults.rates.by: a text, a number, true, false"
    ),
    ("{\"defaults\": {\"rates\": {\"by\": [null]}}}", "defaults.rates.by[0]: a text or a number"),
    ("{\"rules\": []}", "rules: an empty text says nothing"),
    ("{\"zone\": \"UTC\"", ": the file ends here"),
    ("", "the file ends"),
  ])
  func `a mistake is told with its place`(text: String, expected: String) throws {
    do {
      _ = try settings(text)
      Issue.record("\(text) was taken")
    } catch let error as SettingsError {
      #expect(error.sentence.contains(expected), "\(error.sentence)")
    }
  }

  @Test func `a folder is no file of settings`() throws {
    #expect(throws: SettingsError.self) { try SettingsFile(path: "/tmp", origin: .user) }
  }
}
