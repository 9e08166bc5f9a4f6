import Answers
import Foundation
import Rendering
import Testing

/// What a page may never be: more than text and pictures.
@Suite struct PageTests {
  static let attacks =
    VisibleTests.attacks + [
      "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onload='alert(1)",
      "javascript:alert(1)", "]]>", "<![CDATA[x]]>", "</style><script>x</script>", "<!-- --!>",
      "</title></svg></pre></td>", "&lt;script&gt;&#60;&amp", "\u{FFFE}\u{FFFF}", "\0",
      "\u{10FF80}", "`${x}`", "a=b onmouseover=c", "<svg/onload=x>", "&#x202E;",
    ]

  @Test(arguments: attacks)
  func `whatever a text says, it stands there as text`(_ attack: String) throws {
    let page = try Page(rendered(everywhere(attack), as: .html))
    let shown = visible(attack)
    // The page with a harmless text that is as long has the same elements and attributes.
    let harmless = String(repeating: "x", count: max(1, shown.unicodeScalars.count))
    let twin = try Page(rendered(everywhere(harmless), as: .html))
    #expect(page.elements.map(\.name) == twin.elements.map(\.name))
    #expect(
      page.elements.map { $0.attributes.keys.sorted() }
        == twin.elements.map { $0.attributes.keys.sorted() })
    #expect(
      page.elements.map { $0.attributes["class"] } == twin.elements.map { $0.attributes["class"] })
    let occurrences = page.text.ranges(of: shown).count
    #expect(occurrences >= 40, "\(occurrences)")
  }

  private static let active = [
    "script", "a", "img", "image", "use", "link", "base", "form", "iframe", "foreignObject",
  ]

  static let pages = [weekly, report, rates, everywhere("x"), everywhere("")]

  @Test(arguments: pages.indices)
  func `a page runs nothing, loads nothing and leads nowhere`(_ place: Int) throws {
    let page = try Page(rendered(Self.pages[place], as: .html))
    for element in page.elements {
      #expect(!Self.active.contains(element.name))
      for (name, value) in element.attributes {
        let isHarmless =
          !name.hasPrefix("on") && !["style", "href", "src", "xlink:href", "action"].contains(name)
        #expect(isHarmless, "\(element.name) \(name)")
        #expect(!value.contains("url(") || value.hasPrefix("url(#"), "\(value)")
      }
    }
    let policy = page.elements.first {
      $0.attributes["http-equiv"] == "Content-Security-Policy"
    }?.attributes["content"]
    #expect(
      policy?.hasPrefix("default-src 'none'; style-src 'sha256-") == true
        && policy?.hasSuffix("'; base-uri 'none'; form-action 'none'") == true)
    let meta = page.elements.filter { $0.name == "meta" }.map(\.attributes)
    #expect(meta.contains(["name": "referrer", "content": "no-referrer"]))
    #expect(meta.contains(["name": "color-scheme", "content": "light dark"]))
    #expect(
      meta.contains(["name": "viewport", "content": "width=device-width, initial-scale=1"]))
  }

  @Test(arguments: pages.indices)
  func `names within a page are unique, and what is referred to is there`(_ place: Int) throws {
    let page = try Page(rendered(Self.pages[place], as: .html))
    let names = page.elements.compactMap { $0.attributes["id"] }
    #expect(Set(names).count == names.count)
    for element in page.elements {
      for key in ["aria-labelledby", "aria-describedby"] {
        if let name = element.attributes[key] { #expect(names.contains(name)) }
      }
      if let fill = element.attributes["fill"] {
        #expect(names.contains { fill == "url(#\($0))" })
      }
    }
  }

  @Test func `the policy allows the style sheet of the page and no other`() throws {
    let html = rendered(rates, as: .html)
    let sheet = try #require(html.firstMatch(of: /<style>([^<]*)<\/style>/)).1
    let digest = try sha256(String(sheet))
    #expect(
      html.contains("style-src 'sha256-\(digest)'"),
      "the digest of page.css in Stylesheet.swift should be sha256-\(digest)")
    for word in ["http:", "https:", "@import", "url(", "expression", "javascript"] {
      #expect(!sheet.contains(word))
    }
  }

  @Test func `every picture says in words what it shows`() throws {
    let html = rendered(weekly, as: .html)
    let page = try Page(html)
    let pictures = page.elements.filter { $0.name == "svg" && $0.attributes["role"] != nil }
    #expect(pictures.count == 2 + 5)
    #expect(pictures.allSatisfy { $0.attributes["role"] == "img" })
    #expect(html.contains("<desc id=\"chart-2-summary\">Most come between 8 and 18"))
    #expect(html.contains("<title>30, 41, 38, 330, 52, 28, 22</title>"))
    #expect(
      html.contains(
        "<title>Thu 12 Nov 09:00: 87 (validation 7, server 70, rate_limit 10)</title>"))
    // As many tables as charts that are no tables themselves; the timeline has one by day, too.
    #expect(page.elements.filter { $0.name == "details" }.count == 2)
    #expect(html.contains("<th scope=\"row\">Thu 12</th>"))
  }

  @Test func `a report's page is small`() {
    #expect(rendered(weekly, as: .html).utf8.count < 100_000)
  }

  private func sha256(_ text: String) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/sha256sum")
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    input.fileHandleForWriting.write(Data(text.utf8))
    try input.fileHandleForWriting.close()
    let digits = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      .prefix { $0 != " " }
    process.waitUntilExit()
    var bytes: [UInt8] = []
    var rest = digits[...]
    while let byte = UInt8(rest.prefix(2), radix: 16) {
      bytes.append(byte)
      rest = rest.dropFirst(2)
    }
    #expect(bytes.count == 32)
    return Data(bytes).base64EncodedString()
  }
}
