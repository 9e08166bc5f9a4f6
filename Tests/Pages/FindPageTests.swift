import Foundation
import Pages
import Testing

/// What a page tells of requests.
@Suite struct FindPageTests {
  let site: TestSite

  init() throws { site = try TestSite(fewDays) }

  @Test(arguments: [
    "req_10000000000000000009", "REQ_10000000000000000009", "10000000000000000009",
    "It said “req_10000000000000000009”.\r\nWhat is that?", "> req_1000000000\n> 0000000009",
  ])
  func `an id is found, alone or in a text`(_ text: String) throws {
    let page = try site.html("/find", [("q", text)])
    #expect(page.status == 200)
    #expect(page.text.contains("mimicbot 503 UPSTREAM_UNAVAILABLE"))
    #expect(page.text.contains("what to do"))
    #expect(page.links.contains(TestSite.root + "/vendors/mimicbot"))
  }

  @Test func `what is not found is told with what is known, and can be asked once more`() throws {
    let page = try site.html("/find", [("q", "req_99999999999999999999")])
    #expect(page.status == 200)
    #expect(page.text.contains("Nothing is known of req_99999999999999999999."))
    #expect(page.text.contains("from 2026-11-01"))
    let box = page.elements.last { $0.name == "textarea" }
    #expect(box != nil && page.text.contains("req_99999999999999999999"))
  }

  @Test func `a text is shown again as it was typed`() throws {
    let typed = "no\tid <b>here</b>\nnor \"there\" & &amp; \u{202E}x"
    let page = try site.html("/find", [("q", typed)])
    #expect(page.text.contains(typed))
    let kept = page.elements.first {
      $0.attributes["type"] == "hidden" && $0.attributes["name"] == "q"
    }
    #expect(kept?.attributes["value"] == typed)
  }

  @Test func `a reply can be taken along`() throws {
    let page = try site.html("/find", [("q", "req_10000000000000000009")])
    let reply = String(
      decoding: site.page("/find.md", [("q", "req_10000000000000000009")]).body, as: UTF8.self)
    #expect(reply.contains("What to do:"))
    #expect(page.text.contains(reply.trimmingCharacters(in: .newlines)))
  }

  @Test func `how far around is looked is a part of the address`() throws {
    func around(_ length: String) -> String {
      let page = site.page("/find.json", [("q", "req_10000000000000000009"), ("around", length)])
      return page.status == 200 ? String(decoding: page.body, as: UTF8.self) : "\(page.status)"
    }
    #expect(around("30m").contains("2026-11-01T08:40:00.000Z"))
    #expect(around("2h").contains("2026-11-01T07:10:00.000Z"))
    for length in ["x", "8d", "-1h", "0m", "99999999999999999999d"] {
      #expect(around(length) == "400", "\(length)")
    }
  }

  @Test func `what was found for one page is right for the next, until something is imported`()
    throws
  {
    func seen() throws -> Bool {
      try site.html("/find", [("q", "req_10000000000000000009")]).text.contains("10×")
    }
    #expect(!(try seen()))
    try site.add([
      line(
        "2026-11-09T14:00:00Z", "mimicbot", 503, code: "UPSTREAM_UNAVAILABLE",
        id: "req_later0000000000000000")
    ])
    #expect(try seen())
  }

  @Test func `a find without an id is a form, and no answer`() throws {
    #expect(try site.html("/find").elements.filter { $0.name == "textarea" }.count == 2)
    #expect(site.page("/find.json").status == 400)
  }
}
