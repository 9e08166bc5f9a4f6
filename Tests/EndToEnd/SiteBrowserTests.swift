import Foundation
import Testing

/// The pages of `errata serve` as a reader has them in a browser.
@Suite(.serialized) struct SiteBrowserTests {
  // It ends first, as it keeps connections to the server.
  private let browser: DevTools
  private let sandbox: Sandbox
  private let served: Served
  private var base: String { "http://127.0.0.1:\(served.port)\(served.root)" }

  init() throws {
    sandbox = try Sandbox()
    try sandbox.output("errata import -q demo.ndjson.gz")
    served = try Served(sandbox, "--tz UTC")
    browser = try DevTools(in: sandbox)
  }

  private static let pages = [
    "/", "/find?q=req_8f2c61d09ab47e3512cd", "/find?q=nothing-like-1234", "/list",
    "/list?status=5xx&vendor=mimicbot", "/vendors", "/vendors/zihin", "/incidents",
    "/incidents/60d3ec02a4", "/limits", "/report?week=2026-W46", "/no-such-page",
  ]

  /// What a page did that it must not do.
  private func expectQuiet(_ path: String) {
    // A page that is not there is an error of the network, not of the page.
    let told = browser.console.filter { !$0.contains("404 (Not Found)") }
    #expect(told.isEmpty, "\(path)")
    #expect(browser.requests.allSatisfy { $0.hasPrefix(base) }, "\(path)")
  }

  @Test func `every page fits a desk and a phone, by day and by night`() throws {
    for (width, scheme) in [(1280, Browser.Scheme.light), (390, .dark)] {
      try browser.resize(width)
      try browser.prefer(scheme)
      for path in Self.pages {
        try browser.visit(base + path)
        let layout = try #require(
          try browser.value(
            """
            JSON.stringify({
              width: document.documentElement.scrollWidth,
              background: getComputedStyle(document.body).backgroundColor,
              beyond: [...document.querySelectorAll('body *')].filter(element =>
                !element.closest('.scroll > *') && !element.closest('svg svg')
                && !element.closest('.skip, label')
                && element.getBoundingClientRect().right > innerWidth + 1)
                .map(element => element.outerHTML.slice(0, 100))
            })
            """) as? String)
        #expect(layout.contains("\"width\":\(width),"), "\(path): \(layout)")
        #expect(layout.contains("\"beyond\":[]"), "\(path): \(layout)")
        #expect(
          layout.contains(scheme == .dark ? "rgb(20, 24, 29)" : "rgb(255, 255, 255)"), "\(path)")
        #expect(try browser.picture().count > 5_000)
        expectQuiet(path)
      }
    }
    #expect(browser.requests.contains(base + "/style.css"))
  }

  @Test func `a request is found by an id that is typed`() throws {
    try browser.visit(base + "/")
    try browser.reach("form.search textarea")
    try browser.type("8f2c61d09ab47e3512cd")
    try browser.load { try browser.press(.enter) }
    let text = try browser.text
    #expect(text.contains("mimicbot 503 TEMPORAL_UNAVAILABLE"))
    #expect(text.contains("Retry after 1, 2, 4, 8 and 16 seconds."))
    #expect(text.contains("mimicbot: outage: 212 of 214 requests failed"))
    #expect(text.contains("211 other failures") && text.contains("2026-W46"))
    #expect(
      try browser.value("document.title") as? String == "mimicbot 503 TEMPORAL_UNAVAILABLE · errata"
    )
    expectQuiet("find")
  }

  @Test func `requests are found in a text that is pasted, and what is not found is told`() throws {
    try browser.visit(base + "/find")
    try browser.reach("main textarea")
    try browser.type(
      "> crm-4180238, crm-\n> 4180700 and crm-1180001 failed,\nsays the customer.")
    try browser.reach("main button")
    try browser.load { try browser.press(.enter) }
    let text = try browser.text
    #expect(text.contains("2 events"))
    #expect(text.contains("maximum number of projects"))
    #expect(text.contains("Nothing is known of crm-1180001."))
    expectQuiet("find")
  }

  @Test func `what is not found can be mended and asked once more`() throws {
    try browser.visit(base + "/find?q=req_ffffffffffffffffffff")
    #expect(try browser.text.contains("Nothing is known of req_ffffffffffffffffffff."))
    #expect(
      try browser.value("document.querySelector('main textarea').value") as? String
        == "req_ffffffffffffffffffff")
    expectQuiet("find")
  }

  @Test func `events are picked by a form, whose address can be sent to others`() throws {
    try browser.visit(base + "/list")
    try browser.reach("input[name=vendor]")
    try browser.type("mimicbot")
    try browser.reach("input[name=status]")
    try browser.type("5xx")
    try browser.load { try browser.press(.enter) }
    let address = try #require(try browser.value("location.href") as? String)
    #expect(address.contains("vendor=mimicbot") && address.contains("status=5xx"))
    let vendors = try browser.value(
      "[...new Set([...document.querySelectorAll('tbody td:nth-child(2)')].map(cell => cell.textContent))].join()"
    )
    #expect(vendors as? String == "mimicbot")
    let first = try browser.text
    try browser.load {
      _ = try browser.value(
        "[...document.querySelectorAll('a')].find(link => link.textContent === 'Older').click()")
    }
    #expect(try browser.text != first)
    #expect(
      try browser.value("document.querySelector('input[name=status]').value") as? String == "5xx")
    expectQuiet("list")
  }

  @Test func `the reports of other weeks are a link away`() throws {
    try browser.visit(base + "/report?week=2026-W46")
    #expect(try browser.text.contains("Errors in 2026-W46"))
    try browser.load { _ = try browser.value("document.querySelector('nav.ways a').click()") }
    #expect(try browser.text.contains("Errors in 2026-W45"))
    #expect(
      try browser.value("document.querySelector('nav.ways [aria-current]').textContent") as? String
        == "2026-W45")
    expectQuiet("report")
  }

  @Test func `the zone that is chosen is kept`() throws {
    try browser.visit(base + "/find?q=req_8f2c61d09ab47e3512cd")
    #expect(try browser.text.contains("2026-11-12 09:31:07 (UTC)"))
    try browser.visit(base + "/find?q=req_8f2c61d09ab47e3512cd&tz=Asia/Kolkata")
    #expect(try browser.text.contains("2026-11-12 15:01:07 (Asia/Kolkata)"))
    try browser.load { _ = try browser.value("document.querySelector('dd a').click()") }
    #expect(try browser.text.contains("(Asia/Kolkata)"))
  }

  @Test func `all of it works with the keyboard alone`() throws {
    try browser.visit(base + "/")
    try browser.press(.tab)
    #expect(try browser.value("document.activeElement.className") as? String == "skip")
    #expect(
      try browser.value("document.activeElement.getBoundingClientRect().left >= 0") as? Bool == true
    )
    try browser.press(.enter)
    // The next stop is in the content, and can be seen.
    try browser.press(.tab)
    #expect(try browser.value("document.activeElement.closest('main') !== null") as? Bool == true)
    try browser.reach("main table a[href*=vendors]")
    #expect(
      try browser.value("getComputedStyle(document.activeElement).outlineStyle") as? String
        == "solid")
    try browser.load { try browser.press(.enter) }
    #expect(try browser.text.contains("What it answered"))
  }

  @Test func `all of it works without script`() throws {
    try browser.withoutScript()
    try browser.visit(base + "/")
    try browser.reach("form.search textarea")
    try browser.type("req_8f2c61d09ab47e3512cd")
    try browser.press(.tab)
    try browser.load { try browser.press(.enter) }
    #expect(
      try browser.value("document.title") as? String == "mimicbot 503 TEMPORAL_UNAVAILABLE · errata"
    )
  }

  @Test func `a page that did what it must not would be noticed`() throws {
    try browser.visit(base + "/")
    _ = try browser.value("document.body.setAttribute('style', 'color: red')")
    _ = try browser.value("document.head.append(document.createElement('style'))")
    _ = try browser.value("new Image().src = 'http://elsewhere.test/x.png'")
    _ = try browser.text
    #expect(!browser.console.isEmpty)
  }
}
