import Foundation
import FoundationXML
import Testing

/// A log whose every field is made to break out of a page.
struct HostilePageTests {
  static let attacks = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)",
    "javascript:alert(1)", "]]>", "</style></title></svg></pre></td>", "<!--", "&lt;b&gt;&#60;",
    "\u{202E}txet", "\u{0}nul", "\u{FFFE}",
  ]

  static let range = "--since 2026-11-10 --until 2026-11-11"
  static let commands = [
    "rates \(range) --every 1d --by vendor,code,route,consumer,kind,status", "bursts \(range)",
    "limits \(range)", "spikes \(range)", "report --week 2026-W46", "query top-messages \(range)",
    "query 'select * from events'", "find abc-1234567", "explain a.log",
    "explain \"$(tail -n 1 a.log)\"", "rejects", "verify", "queries", "vendors",
    "vendors show zenstep", "gateways", "rates --vendor '<script>'",
    "query \"select '<script>' as \\\"<script>\\\"\"", "import again.log",
    "prune --before 2020-01-01",
  ]

  static func importLog(of text: String, into sandbox: Sandbox) throws {
    let line: [String: Any] = [
      "time": "2026-11-10T09:00:00Z", "status": 429, "vendor": "v\(text)", "path": "/a\(text)",
      "method": "GET\(text)", "route": "/r\(text)", "consumer": "c\(text)",
      "request_id": "abc-1234567", "trace_id": text, text: text,
      "body": ["error": ["code": "C\(text)", "message": "m\(text)", "param": text]],
    ]
    let data = try JSONSerialization.data(withJSONObject: line)
    let log = Array(repeating: String(decoding: data, as: UTF8.self) + "\n", count: 12)
    let other = #"{"time":"2026-11-10T09:00:00Z","status":429,"vendor":"<script>"}"# + "\n"
    try sandbox.write(other + log.joined() + "no JSON \(text)\n", to: "a.log")
    // Bytes that are no UTF-8, in a value and in the log's own name.
    try sandbox.run("errata import a.log; sed 's/alert/al\\xff\\xc3ert/' a.log > again.log")
    try sandbox.run("sed 's/nul/\\xff<b>/' a.log > $'<script>\\xff.log'; errata import -q *.log")
  }

  @Test(arguments: [attacks[0], attacks.joined(separator: " ")])
  func `what a log says is text in every page`(_ attack: String) throws {
    let sandbox = try Sandbox()
    try Self.importLog(of: attack, into: sandbox)
    for command in Self.commands {
      let page = try sandbox.run("errata \(command) --format html").output
      let elements = try elements(of: page, "\(command)")
      #expect(
        elements.isSuperset(of: ["html", "head", "title", "style", "body", "h1"]), "\(command)")
      let foreign = elements.intersection([
        "script", "img", "a", "link", "base", "iframe", "form", "use", "image",
      ])
      #expect(foreign.isEmpty, "\(command): \(foreign)")
      #expect(EscapeTests.raw(in: page).isEmpty, "\(command)")
    }
    let shown = try sandbox.output("errata query 'select message from events' --format html")
    #expect(
      !attack.hasPrefix("<script") || shown.contains("m&lt;script&gt;alert(1)&lt;/script&gt;"))
  }

  /// The names of a page's elements; those of its attributes are looked at.
  private func elements(of page: String, _ what: String) throws -> Set<String> {
    let reader = Reader()
    let parser = XMLParser(data: Data(page.utf8))
    parser.delegate = reader
    #expect(parser.parse(), "\(what) is not well-formed: \(page.prefix(300))")
    for name in reader.attributes {
      let isHarmless = !name.hasPrefix("on") && !["href", "src", "style", "action"].contains(name)
      #expect(isHarmless, "\(what): \(name)")
    }
    return reader.elements
  }

  private final class Reader: NSObject, XMLParserDelegate {
    var elements: Set<String> = []
    var attributes: Set<String> = []

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
      qualifiedName: String?, attributes: [String: String]
    ) {
      elements.insert(name)
      self.attributes.formUnion(attributes.keys)
    }
  }
}
