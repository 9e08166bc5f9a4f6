import Foundation
import Testing

/// Real lines of gateways, each file imported on its own.
struct SampleTests {
  static let names = (try? Repository.names(in: Repository.gateways, ending: ".ndjson")) ?? []

  @Test func `there are samples, each with a word on where it comes from`() throws {
    #expect(Self.names.count >= 20)
    for name in Self.names {
      let source = name.replacing(".ndjson", with: ".source.txt")
      let text = try Repository.text(of: Repository.gateways.appendingPathComponent(source))
      #expect(!text.isEmpty)
    }
  }

  @Test(arguments: names)
  func `every line of a sample is accounted for, once`(_ name: String) throws {
    let sandbox = try Sandbox()
    let text = try Repository.text(of: Repository.gateways.appendingPathComponent(name))
    let lines =
      Int64(text.split(separator: "\n", omittingEmptySubsequences: false).count)
      - (text.hasSuffix("\n") ? 1 : 0)

    let first = try counts(sandbox, name)
    #expect(first["lines"] == lines)
    #expect(adds(first))
    #expect(first["known"] == 0)

    let second = try counts(sandbox, name)
    #expect(second["lines"] == lines)
    #expect(adds(second))
    #expect(second["records"] == 0)
    #expect(second["known"] == first["records"])

    let verified = try sandbox.json("errata verify --format json")
    #expect(verified["ok"] as? Bool == true)
    let stored = try sandbox.output(
      "sqlite3 data/errata/errata.db 'select count(*) from events'")
    #expect(Int64(stored.dropLast()) == first["events"])
  }

  /// The counts of an import. It ends with 1 where the file holds no JSON at all.
  private func counts(_ sandbox: Sandbox, _ name: String) throws -> [String: Int64] {
    let outcome = try sandbox.run("errata import -q --format json 'gateways/\(name)'")
    #expect([0, 1].contains(outcome.status), "\(outcome.complaint)")
    let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    let counts = try #require(object as? [String: Any])
    if outcome.status == 1 { #expect(counts["rejects"] as? Int64 == counts["records"] as? Int64) }
    return counts.compactMapValues { ($0 as? NSNumber)?.int64Value }
  }

  private func adds(_ counts: [String: Int64]) -> Bool {
    func sum(_ names: String...) -> Int64 { names.reduce(0) { $0 + (counts[$1] ?? -1_000_000) } }
    return sum("records") == sum("events", "successes", "skipped", "rejects", "blank")
      && sum("lines") <= sum("records", "known", "held_back")
  }
}
