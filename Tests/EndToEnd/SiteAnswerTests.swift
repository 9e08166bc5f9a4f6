import Foundation
import Testing

/// What pages say to programs, and to those who look for a ticket.
@Suite struct SiteAnswerTests {
  private let sandbox: Sandbox
  private let served: Served

  init() throws {
    sandbox = try Sandbox()
    try sandbox.output("errata import -q demo.ndjson.gz")
    served = try Served(sandbox, "--tz UTC")
  }

  /// Pages, and what is typed for the same.
  private static let pages = [
    ("/find.json?q=req_8f2c61d09ab47e3512cd", "find req_8f2c61d09ab47e3512cd"),
    ("/rates.json", "rates"), ("/rates.json?by=vendor&every=1d", "rates --by vendor --every 1d"),
    ("/.json", "rates --by vendor"),
    (
      "/incidents.json?since=2026-11-10&until=2026-11-13",
      "incidents --since 2026-11-10 --until 2026-11-13"
    ),
    ("/incidents/60d3ec02a4.json", "incident 60d3ec02a4"),
    ("/limits.json?vendor=zihin", "limits --vendor zihin"), ("/bursts.json", "bursts"),
    ("/spikes.json?top=all", "spikes --all"), ("/retries.json", "retries"),
    ("/report.json?week=2026-W45", "report --week 2026-W45"),
    ("/report.json?vendor=mimicbot", "report --vendor mimicbot"),
    ("/list.json", "list"),
    (
      "/list.json?status=5xx&vendor=mimicbot&limit=7",
      "list --status 5xx --vendor mimicbot --limit 7"
    ),
    (
      "/list.json?code=PLAN_*&answered-by=vendor&grep=bots",
      "list --code 'PLAN_*' --answered-by vendor --grep bots"
    ),
    ("/vendors.json", "vendors"), ("/vendors/zihin.json", "vendors show zihin"),
    ("/list.json?tz=Asia/Tokyo&since=2026-11-12", "list --tz Asia/Tokyo --since 2026-11-12"),
  ]

  @Test func `the JSON of a page is that of its command, byte for byte`() throws {
    for (page, command) in Self.pages {
      let answer = try served.get(served.root + page)
      #expect(answer.status == 200, "\(page)")
      #expect(answer.head.lowercased().contains("content-type: application/json"), "\(page)")
      let zone = command.contains("--tz") || command.hasPrefix("vendors") ? "" : " --tz UTC"
      let printed = try sandbox.output("errata \(command)\(zone) --format json")
      #expect(answer.body == printed, "\(page)")
    }
  }
}
