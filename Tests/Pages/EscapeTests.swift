import Foundation
import Pages
import Testing

/// Whatever an address or a log says is text on a page.
@Suite struct EscapeTests {
  static let attacks = [
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)",
    "javascript:alert(1)", "//evil.test/", "/\\evil.test", "..", "%2e%2e%2f", "]]>",
    "</textarea><b>", "\u{202E}txet", "\u{0}nul", "\u{FFFE}", "\r\nSet-Cookie: a=b", "?tz=x#y",
  ]

  @Test(arguments: attacks)
  func `what an address says stays text`(_ attack: String) throws {
    let site = try TestSite(fewDays)
    var pages = try SiteTests.paths.map { try site.html($0, [("q", attack), ("vendor", attack)]) }
    pages += try [
      site.html("/find", [("q", attack)]), site.html("/" + attack), site.html("/vendors/" + attack),
      site.html("/incidents/" + attack), site.html("/rates", [(attack, attack)]),
      site.html("/rates", [("since", attack)]), site.html("/", [("tz", attack)]),
    ]
    for page in pages { expectHarmless(page) }
  }

  @Test(arguments: attacks)
  func `what a log says stays text, and its links lead into the site`(_ attack: String) throws {
    let text = try #require(
      String(data: JSONEncoder().encode([attack]), encoding: .utf8)?.dropFirst().dropLast())
    let site = try TestSite(
      (0..<30).map { minute in
        """
        {"time":"2026-11-10T09:\(minute + 10):00Z","status":429,"vendor":\(text),"route":\(text),\
        "consumer":\(text),"request_id":"abc-1234567","body":{"error":{"code":\(text),"message":\(text)}}}
        """
      })
    let found = try site.html("/find", [("q", "abc-1234567")])
    #expect(found.text.contains("429"))
    for path in SiteTests.paths where path != "/vendors/mimicbot" {
      expectHarmless(try site.html(path))
    }
    expectHarmless(found)
    expectHarmless(try site.html("/vendors/" + attack))
  }

  private func expectHarmless(_ page: HTML) {
    for element in page.elements {
      #expect(!["img", "b", "iframe"].contains(element.name) || element.attributes.isEmpty)
      for (name, value) in element.attributes {
        #expect(!name.hasPrefix("on"))
        if ["href", "src", "action"].contains(name), value != "#main" {
          #expect(value.hasPrefix(TestSite.root + "/"), "\(value)")
          #expect(!value.dropFirst(TestSite.root.count).hasPrefix("//"), "\(value)")
        }
      }
    }
    #expect(page.elements.filter { $0.name == "script" }.count == 1)
  }
}
