import Foundation
import Pages
import Testing

/// The page of single events.
@Suite struct ListPageTests {
  let site: TestSite

  init() throws { site = try TestSite(fewDays) }

  /// Where a link of some words leads: its path below the root, and its parameters.
  private func follow(
    _ words: String, on page: HTML
  ) throws -> (path: String, parameters: [(String, String)]) {
    let link = try #require(page.anchors.first { $0.text == words }, "\(words)").href
    let parts = try #require(URLComponents(string: link))
    return (
      String(parts.path.dropFirst(TestSite.root.count)),
      (parts.queryItems ?? []).map { ($0.name, $0.value ?? "") }
    )
  }

  @Test func `older and newer pages are a link away, there and back`() throws {
    let limit = [("limit", "3")]
    let first = try site.html("/list", limit)
    #expect(!first.anchors.contains { ["Newer", "Newest"].contains($0.text) })
    let (path, toSecond) = try follow("Older", on: first)
    let second = try site.html(path, toSecond)
    let (_, toThird) = try follow("Older", on: second)
    let third = try site.html(path, toThird)
    #expect(Set([first.text, second.text, third.text]).count == 3)
    let (_, back) = try follow("Newer", on: third)
    let secondAgain = try site.html(path, back)
    #expect(times(on: secondAgain) == times(on: second))
    let (_, backToFirst) = try follow("Newer", on: secondAgain)
    let firstAgain = try site.html(path, backToFirst)
    #expect(times(on: firstAgain) == times(on: first))
    #expect(!firstAgain.anchors.contains { $0.text == "Newer" })
    // How one came there is nothing that a program asks for.
    #expect(third.links.filter { $0.contains(".json") }.allSatisfy { !$0.contains("via") })
  }

  private func times(on page: HTML) -> [Substring] {
    page.text.split(separator: "2026-11-0").dropFirst().map { $0.prefix(10) }
  }

  @Test func `a way that no one came is no harm`() throws {
    for way in ["x", ",,", "1,2,x", String(repeating: "9", count: 40)] {
      #expect(try site.html("/list", [("limit", "3"), ("via", way)]).status == 200)
    }
  }

  @Test func `vendors and gateways are picked as on the command line`() throws {
    func errors(_ parameters: (String, String)...) -> String {
      String(decoding: site.page("/list.json", parameters).body, as: UTF8.self)
    }
    #expect(errors(("vendor", "mimic*")).contains("mimicbot"))
    #expect(!errors(("vendor", "mimic*")).contains("zihin"))
    #expect(!errors(("vendor", "!mimicbot")).contains("mimicbot"))
    #expect(errors(("vendor", "!mimicbot")).contains("zihin"))
    let none = site.page("/list", [("vendor", "q*")])
    #expect(none.status == 400)
    #expect(
      String(decoding: none.body, as: UTF8.self).contains("There is no vendor like “q*”."))
    #expect(site.page("/find", [("q", "abc-1234567"), ("vendor", "mimic*")]).status == 400)
  }
}
