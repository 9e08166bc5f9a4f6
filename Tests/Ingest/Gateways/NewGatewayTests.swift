import Events
import Ingest
import Profiles
import Testing
import Times

/// A gateway that errata has never heard of takes one profile.
@Suite struct NewGatewayTests {
  private static let profile = #"""
    {
      "name": "portcullis",
      "title": "Portcullis",
      "signature": ["gate", "verdict.answer"],
      "text": ["<$when> $gate !$answer! ${verb}:$target (in $took ticks)(? for $who)(? because $why*)"],
      "fields": {
        "time": ["when"],
        "status": ["verdict.answer", "answer"],
        "method": ["verb"],
        "path": ["target"],
        "latency": ["took"],
        "consumer": ["who"],
        "body": ["why"]
      },
      "units": { "us": ["took"] },
      "words": { "status": { "closed": "403" } },
      "answered_by": [
        { "path": "gate", "value": "inner-?", "by": "vendor" },
        { "path": "gate", "by": "gateway" }
      ]
    }
    """#

  private func explain(_ line: String) throws -> Explanation {
    try Explanation(
      of: line,
      catalog: Catalog([ProfileFile(name: "portcullis.json", text: Array(Self.profile.utf8))]),
      options: .init())
  }

  @Test(arguments: [
    (
      "<2026-11-20T10:00:00Z> outer !closed! GET:/a (in 1500 ticks) for bob because no key",
      AnsweredBy.gateway
    ),
    (
      #"{"when":"2026-11-20T10:00:00Z","gate":"inner-3","verb":"GET","target":"/a","took":1500,"#
        + #""who":"bob","why":"no key","verdict":{"answer":"closed"}}"#, .vendor
    ),
  ])
  func `both as text and as JSON`(line: String, answeredBy: AnsweredBy) throws {
    let explanation = try explain(line)
    #expect(explanation.gateway == "portcullis")
    let event = try #require(explanation.event, "\(explanation.outcome)")
    #expect(event.time.map(formatTime) == "2026-11-20T10:00:00.000Z")
    #expect(event.status == 403)
    #expect(event.method == "GET")
    #expect(event.path == "/a")
    #expect(event.latency == 1.5)
    #expect(event.consumer == "bob")
    #expect(event.message == "no key")
    #expect(event.answeredBy == answeredBy)
  }

  @Test func `a profile of the user comes before one of the same name`() throws {
    let profile = #"{"name":"gin","title":"My GIN","text":["GIN $status $path"]}"#
    let catalog = try Catalog([ProfileFile(name: "gin.json", text: Array(profile.utf8))])
    #expect(catalog.gateways.filter { $0.name == "gin" }.map(\.title) == ["My GIN"])
    let explanation = try Explanation(of: "GIN 500 /x", catalog: catalog, options: .init())
    #expect(explanation.event?.path == "/x")
  }
}
