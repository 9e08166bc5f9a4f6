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

  @Test(arguments: [
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
  ])
  func `the JSON of a page is that of its command, byte for byte`(_ page: String, _ command: String)
    throws
  {
    let answer = try served.get(served.root + page)
    #expect(answer.status == 200)
    #expect(answer.head.lowercased().contains("content-type: application/json"))
    let tz = command.contains("--tz") || command.hasPrefix("vendors") ? "" : " --tz UTC"
    #expect(answer.body == (try sandbox.output("errata \(command)\(tz) --format json")))
  }
}
