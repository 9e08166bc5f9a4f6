import Foundation
import Pages
import Store
import Testing
import Times

/// What leads where, and what is told of what leads nowhere.
@Suite struct SiteTests {
  static let paths = [
    "/", "/find", "/list", "/vendors", "/vendors/mimicbot", "/incidents", "/limits", "/bursts",
    "/spikes",
    "/retries", "/rates", "/report",
  ]
  let site: TestSite

  init() throws { site = try TestSite(fewDays) }

  @Test(arguments: paths)
  func `a page is well-formed, is named and has the marks of the house`(_ path: String) throws {
    let page = try site.html(path)
    #expect(page.status == 200)
    let names = page.elements.map(\.name)
    for name in ["h1", "main", "nav", "header", "footer", "title"] {
      #expect(names.contains(name), "\(name)")
    }
    #expect(names.filter { $0 == "h1" }.count == 1)
    #expect(page.elements.first { $0.name == "html" }?.attributes["lang"] == "en")
    #expect(page.links.first == "#main")
    let ids = page.elements.compactMap { $0.attributes["id"] }
    #expect(Set(ids).count == ids.count)
    // Every input has a label, and what is referred to is there.
    let labels = page.elements.compactMap { $0.attributes["for"] }
    for input in page.elements where ["input", "textarea", "select"].contains(input.name) {
      guard input.attributes["type"] != "hidden" else { continue }
      #expect(labels.contains(try #require(input.attributes["id"])))
    }
    for element in page.elements {
      for key in ["aria-describedby", "aria-labelledby", "list"] {
        if let name = element.attributes[key] { #expect(ids.contains(name)) }
      }
    }
    #expect(page.elements.filter { $0.name == "th" }.allSatisfy { $0.attributes["scope"] != nil })
  }

  @Test(arguments: paths)
  func `headings follow one another without a gap`(_ path: String) throws {
    let levels = try site.html(path).elements.compactMap { element in
      element.name.wholeMatch(of: /h([1-6])/).flatMap { Int($0.1) }
    }
    #expect(levels.first == 1)
    for (one, next) in zip(levels, levels.dropFirst()) { #expect(next <= one + 1) }
  }

  @Test(arguments: paths)
  func `a page runs nothing but the site's script, and leads nowhere but into the site`(
    _ path: String
  ) throws {
    for page in [try site.html(path), try site.html(path, [("tz", "Europe/Berlin")])] {
      for element in page.elements {
        #expect(!["img", "iframe", "base", "style", "use", "image"].contains(element.name))
        for (name, value) in element.attributes {
          #expect(!name.hasPrefix("on") && name != "style")
          if ["href", "src", "action"].contains(name), value != "#main" {
            #expect(value.hasPrefix(TestSite.root + "/"), "\(value)")
          }
        }
      }
      #expect(page.elements.filter { $0.name == "script" }.count == 1)
      #expect(page.elements.filter { $0.name == "link" }.count == 1)
    }
  }

  @Test(arguments: paths)
  func `every link leads to a page`(_ path: String) throws {
    for link in Set(try site.html(path).links) where link != "#main" {
      let parts = try #require(URLComponents(string: link))
      let page = site.page(
        String(parts.path.dropFirst(TestSite.root.count)),
        (parts.queryItems ?? []).map { ($0.name, $0.value ?? "") })
      #expect(page.status == 200 || link.contains("/find."), "\(link)")
    }
  }

  @Test func `the reader's zone is kept over links, and can be chosen`() throws {
    let page = try site.html("/", [("tz", "Asia/Kolkata")])
    #expect(page.text.contains("(Asia/Kolkata)"))
    for link in page.links where link != "#main" {
      #expect(link.contains("tz=Asia%2FKolkata"), "\(link)")
    }
    #expect(
      page.elements.contains {
        $0.attributes["name"] == "tz" && $0.attributes["value"] == "Asia/Kolkata"
      })
    #expect(try site.html("/").text.contains("(UTC)"))
  }

  @Test(arguments: [
    ("/nothing", [], 404, "There is no such page."),
    ("/vendors/mimicbt", [], 404, "There is no vendor “mimicbt”.Did you mean mimicbot?"),
    ("/incidents", [("vendor", "zih")], 400, "There is no vendor “zih”.Did you mean zihin?"),
    ("/incidents", [("vender", "zihin")], 400, "This page does not know what “vender” asks for."),
    ("/incidents/abc", [], 404, "There is no incident “abc”."),
    ("/", [("tz", "Mars/Olympus")], 400, "Unknown time zone “Mars/Olympus”."),
    ("/rates", [("since", "whenever")], 400, "“whenever”"),
    ("/rates", [("since", "2026-11-05"), ("until", "2026-11-04")], 400, "ends before it begins"),
    ("/rates", [("by", "colour")], 400, "Rates cannot be told by “colour”."),
    ("/report", [("week", "2026-W99")], 400, "There is no week 99 in 2026."),
    ("/report", [("until", "2026-11-04")], 400, "An end alone names no range."),
    ("/rates", [("top", "many")], 400, "“many” is no number of rows."),
    ("/rates", [("gateway", "kon")], 400, "There is no gateway “kon”.Did you mean kong?"),
    ("/list", [("code", "UPSTREAM_UNAVAILABL")], 400, "Did you mean UPSTREAM_UNAVAILABLE?"),
    ("/list", [("status", "418")], 400, "The store has no status “418”."),
    ("/list", [("kind", "uncommon")], 400, "uncommon"),
    ("/list", [("before", "x")], 400, "“x” is no number."),
    ("/list", [("limit", "100000")], 400, "A page has at most 1,000 events."),
    ("/find", [("q", String(repeating: "a ", count: 20_000))], 400, "Use the terminal."),
  ])
  func `a mistake is told on a page of its own`(
    _ path: String, _ parameters: [(String, String)], _ status: Int, _ words: String
  ) throws {
    let page = try site.html(path, parameters)
    #expect(page.status == status)
    #expect(page.text.replacing("\n", with: "").contains(words), "\(page.text)")
    #expect(page.elements.contains { $0.attributes["role"] == "alert" })
  }

  @Test func `a store that is none is told on a page`() throws {
    for ending in ["-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: site.store.path + ending)
    }
    try Data(repeating: 7, count: 4096).write(to: URL(filePath: site.store.path))
    for path in Self.paths where path != "/find" {
      let page = try site.html(path)
      #expect(page.text.contains("no errata store"), "\(path)")
      #expect(page.status == (path == "/vendors" ? 200 : 503), "\(path)")
    }
  }

  @Test func `where a part of a page has no answer, the page says so and has the others`() throws {
    try site.change("DROP TABLE quota")
    let page = try site.html("/")
    #expect(page.status == 200)
    #expect(page.text.contains("Limits: "))
    #expect(page.text.contains("Errors over time") && page.text.contains("UPSTREAM") == false)
    #expect(page.elements.contains { $0.attributes["role"] == "alert" })
    #expect(try site.html("/limits").status == 503)
  }

  @Test func `what takes too long is told on a page`() throws {
    let site = try TestSite(fewDays, isStopped: true)
    try site.change("DROP TABLE quota")
    let page = try site.html("/limits")
    #expect(page.status == 503)
    #expect(page.text.contains("That took too long, and was given up."))
    #expect(site.page("/limits.json").status == 503)
  }

  @Test func `an empty store has pages, too`() throws {
    let site = try TestSite([])
    for path in Self.paths {
      let page = try site.html(path)
      #expect(page.status == (path == "/report" ? 404 : 200), "\(path)")
    }
    #expect(try site.html("/").text.contains("Nothing is stored yet."))
  }

  @Test func `the overview tells of what is stored by then`() throws {
    #expect(!(try site.html("/").text.contains("zenstep")))
    try site.add([line("2026-11-09T13:00:00Z", "zenstep", 500)])
    #expect(try site.html("/").text.contains("zenstep"))
  }

  @Test func `the overview is loaded again only where that is asked for`() throws {
    func refreshes(_ page: HTML) -> Bool {
      page.elements.contains { $0.attributes["http-equiv"] == "refresh" }
    }
    #expect(!refreshes(try site.html("/")))
    #expect(refreshes(try site.html("/", [("live", "30")])))
  }
}
