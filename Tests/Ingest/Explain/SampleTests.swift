import Ingest
import Profiles
import Testing

/// What profiles have as samples: a profile is tested by being there.
@Suite struct SampleTests {
  static let gateways = (try? catalog()).map { $0.gateways + [$0.genericGateway] } ?? []
  static let vendors = (try? catalog()).map { $0.vendors + [$0.genericVendor] } ?? []

  @Test(arguments: gateways.map(\.name))
  func `a gateway's profile in the binary has lines, and they are read as it says`(name: String)
    throws
  {
    let gateway = try #require(Self.gateways.first { $0.name == name })
    let samples = try gateway.samples
    #expect(samples.count >= 2)
    #expect(samples.contains(where: isOfError), "an error")
    #expect(samples.allSatisfy { $0.source != nil }, "“from” says where a line is from")
    try expect(SampleCheck(of: gateway, in: catalog()), count: samples.count)
  }

  @Test(arguments: vendors.map(\.name))
  func `a vendor's profile in the binary has responses, and they are read as it says`(name: String)
    throws
  {
    let vendor = try #require(Self.vendors.first { $0.name == name })
    let samples = try vendor.samples
    #expect(vendor.documented.isEmpty || samples.count >= 2)
    try expect(SampleCheck(of: vendor, in: catalog()), count: samples.count)
  }

  private func expect(_ check: SampleCheck, count: Int) {
    #expect(check.samples == count)
    for other in check.differences {
      Issue.record(
        "sample \(other.sample): \(other.field) should be \(other.expected), is \(other.found)")
    }
  }

  /// Whether a sample is of a response that failed, on the wire or behind a success.
  private func isOfError(_ sample: Sample) -> Bool {
    let fields = sample.event ?? []
    if case .number(let status)? = fields.first(where: { $0.field == "status" })?.value,
      status >= 400
    {
      return true
    }
    guard case .text(let kind)? = fields.first(where: { $0.field == "kind" })?.value else {
      return false
    }
    return kind != "success"
  }

  private func check(_ samples: String) throws -> [String] {
    let profile = #"""
      {"name":"edge","title":"Our edge","text":["<$at> $status $path"],"fields":{"time":["at"]},
      "samples":[\#(samples)]}
      """#
    let file = ProfileFile(name: "edge.json", text: Array(profile.utf8))
    let catalog = try Catalog([file])
    let gateway = try #require(catalog.gateways.first { $0.name == "edge" })
    return try SampleCheck(of: gateway, in: catalog).differences.map {
      "\($0.sample) \($0.field): \($0.expected), \($0.found)"
    }
  }

  @Test(arguments: [
    (#"{"line":"<2026-01-01T00:00:00Z> 503 /a","event":{"status":503,"path":"/a"}}"#, []),
    // A time is a time, however it is written.
    (#"{"line":"<2026-01-01T00:00:00Z> 503 /a","event":{"time":"2026-01-01T01:00:00+01:00"}}"#, []),
    (#"{"line":"<2026-01-01T00:00:00Z> 200 /a","event":{"kind":"success"}}"#, []),
    (
      #"{"line":"<2026-01-01T00:00:00Z> 503 /a","event":{"status":500,"code":"x","message":null}}"#,
      ["1 status: 500, 503", "1 code: x, none"]
    ),
    (
      #"{"line":"<2026-01-01T00:00:00Z> 503 /a","event":{"kind":"server","retry":"never"}}"#,
      ["1 kind: server, unavailable", "1 retry: never, backoff"]
    ),
    (
      #"{"line":"<2026-01-01T00:00:00Z> 503 /a","event":null}"#,
      ["1 event: no response, an error"]
    ),
    (#"{"line":"it rains","event":{}}"#, ["1 event: a response, a reject: no_json"]),
    (
      #"{"line":{"status":500,"path":"/a"},"event":{"status":500}}"#,
      ["1 gateway: edge, generic"]
    ),
  ])
  func `what is not read as the profile says is told`(samples: String, differences: [String]) throws
  {
    #expect(try check(samples) == differences)
  }

  @Test func `a vendor's own sample is read as an answer of this vendor`() throws {
    let profile = #"""
      {"name":"acme","title":"Acme","body":{"code":["fault.id"]},
      "errors":[{"code":"A-7","kind":"plan_limit","meaning":"Used up."}],
      "samples":[
        {"status":403,"body":{"fault":{"id":"A-7"}},"event":{"code":"A-7","retry":"upgrade"}},
        {"body":"gone","status":500,"event":{"message":"lost"}}
      ]}
      """#
    let catalog = try Catalog([ProfileFile(name: "acme.json", text: Array(profile.utf8))])
    let vendor = try #require(catalog.vendor(named: "acme"))
    let check = try SampleCheck(of: vendor, in: catalog)
    #expect(check.samples == 2)
    #expect(check.differences.map(\.field) == ["message"])
    #expect(check.differences.map(\.found) == ["gone"])
  }
}
