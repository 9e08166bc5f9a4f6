import Foundation
import Testing

/// Pages as a browser shows them.
struct BrowserTests {
  let browser: Browser
  private var sandbox: Sandbox { browser.sandbox }
  /// The report of the demo's log, and the sample of the renderer's tests, which has all there is.
  static let pages = ["report.html", "weekly.html"]

  init() throws {
    browser = Browser(sandbox: try Sandbox())
    try sandbox.run("errata import -q demo.ndjson.gz")
    try sandbox.output("errata report --tz UTC --format html -o report.html")
    let sample = Repository.root.appendingPathComponent("Tests/Rendering/Samples/weekly.html")
    try sandbox.write(try Repository.text(of: sample), to: "weekly.html")
  }

  @Test(arguments: pages, [390, 1280])
  func `a page says nothing, asks for nothing and fits its window`(
    _ page: String, _ width: Int
  ) throws {
    let scheme = width == 390 ? Browser.Scheme.dark : .light
    let visit = try browser.open(page, width: width, scheme: scheme, "--screenshot=picture.png")
    #expect(visit.console.isEmpty)
    #expect(visit.requests.isEmpty)
    let picture = try Data(contentsOf: sandbox.folder.appendingPathComponent("picture.png"))
    #expect(picture.count > 10_000)
    #expect(Array(picture[16..<20]) == [0, 0, UInt8(width >> 8), UInt8(width & 0xFF)])

    let layout = try browser.layout(of: page, width: width, scheme: scheme)
    #expect(layout.width == width)
    #expect(layout.background == (scheme == .dark ? "rgb(20, 24, 29)" : "rgb(255, 255, 255)"))
    #expect(layout.beyond.isEmpty)
    #expect(layout.overlaps.isEmpty)
    if width == 390 {
      #expect(layout.cut.isEmpty)
      #expect(page != "report.html" || layout.stacked > 5)
    }
    #expect(page != "weekly.html" || layout.words > 30)
  }

  @Test func `a phone by day and a desk by night are served as well`() throws {
    for (width, scheme) in [(390, Browser.Scheme.light), (1280, .dark)] {
      let visit = try browser.open("report.html", width: width, scheme: scheme, "--dump-dom")
      #expect(visit.console.isEmpty && visit.requests.isEmpty)
      #expect(visit.output.contains("<h1>Errors in 2026-W"))
    }
  }

  @Test func `the report of the demo's log is small enough to be sent`() throws {
    let page = try Repository.text(of: sandbox.folder.appendingPathComponent("report.html"))
    #expect((10_000..<150_000).contains(page.utf8.count))
  }

  @Test func `a report is printed on a few pages of paper`() throws {
    for page in Self.pages {
      let visit = try browser.open(page, scheme: .dark, "--print-to-pdf=print.pdf")
      #expect(visit.console.isEmpty && visit.requests.isEmpty)
      let print = String(
        decoding: try Data(contentsOf: sandbox.folder.appendingPathComponent("print.pdf")),
        as: UTF8.self)
      #expect(print.hasPrefix("%PDF-"))
      #expect((1...8).contains(print.matches(of: /\/Type \/Page\s/).count))
    }
  }

  @Test func `what a log says cannot act, whichever answer shows it`() throws {
    let text = HostilePageTests.attacks.joined(separator: " ")
    try HostilePageTests.importLog(of: text, into: sandbox)
    // A page each would take a browser each: all in one, under the policy and style of the first.
    var all = ""
    for command in HostilePageTests.commands {
      let page = try sandbox.run("errata \(command) --format html").output
      let body = try #require(page.firstRange(of: "<body>")).upperBound
      let end = try #require(page.firstRange(of: "</body>")).lowerBound
      if all.isEmpty { all += page[..<body] }
      all += page[body..<end]
    }
    try sandbox.write(all + "</body></html>", to: "all.html")
    let visit = try browser.open("all.html", "--dump-dom")
    #expect(visit.console.isEmpty && visit.requests.isEmpty)
    #expect(!visit.output.contains("<script") && !visit.output.contains("<img"))
    #expect(visit.output.contains("&lt;script&gt;"))
  }

  @Test func `a page that did act would be noticed`() throws {
    try sandbox.write(
      """
      <meta http-equiv="Content-Security-Policy" content="script-src 'none'">
      <img src="http://elsewhere.test/x.png"><script>document.title = 'acts'</script>
      """, to: "acts.html")
    let visit = try browser.open("acts.html", "--dump-dom")
    #expect(visit.console.contains { $0.contains("Content Security Policy") })
    #expect(visit.requests.contains("http://elsewhere.test/x.png"))
  }
}
