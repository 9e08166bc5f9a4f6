import Foundation
import Testing

/// Every event and every count of some logs, as a digest: what is made faster must change none.
///
/// `ERRATA_RECORD=1 swift test --filter DigestTests` writes down what differs: do so only where an answer
/// is meant to change, and say in the change which.
@Suite(.serialized) struct DigestTests {
  private static let kinds = [
    "benchmark", "bodies", "kong", "envoy", "nginx", "mix", "corpus", "gateways",
  ]
  private static let file = Repository.fixtures.appendingPathComponent("digests.txt")
  private let isRecording = ProcessInfo.processInfo.environment["ERRATA_RECORD"] != nil

  @Test(arguments: kinds)
  func `a log comes to what it came to before`(kind: String) throws {
    let sandbox = try Sandbox()
    // The tag of a secret differs from store to store.
    let digest = try sandbox.output(
      """
      set -o pipefail
      \(log(kind)) > log
      errata import -q log
      digest() { sed -E 's/(redacted:[a-z]+):[0-9a-f]{4}/\\1/g' | sha256sum | cut -c1-32; }
      errata query "\(Self.events)" --format csv | digest
      errata rates --since 2000-01-01 --until 2040-01-01 --by vendor,gateway,status --all --format csv | digest
      """
    ).split(separator: "\n").joined(separator: " ")
    var known = try Self.known()
    if isRecording, known[kind] != digest {
      known[kind] = digest
      try Self.write(known)
    }
    #expect(known[kind] == digest)
  }

  private static let events = """
    SELECT time_ms, vendor, gateway, status, code, kind, message, request_id, method, route, path, \
    consumer, latency_ms, retry_after_ms, upstream_status, answered_by, details, offset, length, part \
    FROM events ORDER BY offset, part
    """

  /// A command that prints the log.
  private func log(_ kind: String) -> String {
    let benchmarks = Repository.root.appendingPathComponent("Tests/Benchmarks").path
    return switch kind {
    case "benchmark": "python3 \(benchmarks)/make-log.py 5000 --successes 0.3"
    case "corpus": "cat \(Repository.fixtures.path)/bodies/*.ndjson"
    case "gateways": "cat gateways/*.ndjson"
    default: "python3 \(benchmarks)/shapes.py \(kind) 3000"
    }
  }

  private static func known() throws -> [String: String] {
    let lines = try Repository.text(of: file).split(separator: "\n").filter { !$0.hasPrefix("#") }
    return Dictionary(
      uniqueKeysWithValues: lines.compactMap { line in
        line.firstIndex(of: " ").map { (String(line[..<$0]), String(line[$0...].dropFirst())) }
      })
  }

  private static func write(_ known: [String: String]) throws {
    let lines = kinds.compactMap { kind in known[kind].map { "\(kind) \($0)" } }
    let title = "# Of each log: the digest of its events, and of its counts."
    try Data(([title] + lines).map { $0 + "\n" }.joined().utf8).write(to: file)
  }
}
