import Batches
import Ingest
import Testing

/// Logs of several batches, read by several workers at once.
@Suite struct LogImportTests {
  /// 90,000 lines, of which every hundredth is an event: three batches of 25,000 and a rest.
  private static let text = (0..<900)
    .map { line($0) + "\n" + String(repeating: "{}\n", count: 99) }.joined()
  private static let batches = [0, 250, 500, 750, 900]
  private static let ids = (0..<900).map { "id-00\(String($0 + 1000).dropFirst())" }

  private struct Full: Error {}

  private func log() throws -> Log {
    let log = try Log()
    try log.write(Self.text)
    return log
  }

  @Test(arguments: 1...4)
  func `what is stored is the same however many read`(workers: Int) throws {
    let log = try log()
    let summary = try log.importing("a.log", workers: workers)
    #expect(log.ledger.requestIDs == Self.ids)
    #expect(log.ledger.sources[0].ranges.map(\.tally.events) == [250, 250, 250, 150])
    #expect(log.ledger.sources[0].ranges.map(\.tally.lines) == [25_000, 25_000, 25_000, 15_000])
    #expect(summary.tally == log.ledger.total)
    #expect(summary.sightings.gateways["generic"] == 900)
    #expect(try log.importing("a.log", workers: workers).tally == Tally())
  }

  @Test(arguments: 0..<4, [1, 2, 3])
  func `what is stored before a failure is the log's beginning`(batch: Int, workers: Int) throws {
    let log = try log()
    log.ledger.failures[batch] = Full()
    #expect(throws: Full.self) { try log.importing("a.log", workers: workers) }
    #expect(log.ledger.requestIDs == Array(Self.ids[..<Self.batches[batch]]))
    try log.importing("a.log", workers: workers)
    #expect(log.ledger.requestIDs == Self.ids)
  }

  @Test(arguments: 0..<4, [1, 2, 3])
  func `who loses a race goes on from what is stored`(batch: Int, workers: Int) throws {
    let log = try log()
    log.ledger.failures[batch] = LostRace()
    let summary = try log.importing("a.log", workers: workers)
    #expect(summary.failures.isEmpty)
    #expect(log.ledger.requestIDs == Self.ids)
    #expect(summary.tally == log.ledger.total)
  }

  @Test(arguments: [1, 2, 3])
  func `who is stopped has stored the log's beginning`(workers: Int) throws {
    let log = try log()
    var looks = 0
    try log.importing("a.log", workers: workers) { _ in
      looks += 1
      return false
    }
    #expect(looks >= 1)
    #expect(Self.batches.dropFirst().contains(log.ledger.requestIDs.count))
    #expect(log.ledger.requestIDs == Array(Self.ids[..<log.ledger.requestIDs.count]))
    try log.importing("a.log", workers: workers)
    #expect(log.ledger.requestIDs == Self.ids)
  }

  @Test(arguments: [1, 2, 3])
  func `what precedes damage is stored, batch for batch`(workers: Int) throws {
    let log = try log()
    try log.run("gzip", "a.log")
    let whole = try log.bytes(of: "a.log.gz")
    try log.write(Array(whole[..<(whole.count * 2 / 3)]), to: "a.log.gz")
    let summary = try log.importing("a.log.gz", workers: workers)
    #expect(summary.failures.count == 1)
    let stored = log.ledger.requestIDs
    #expect(stored.count > 250 && stored.count < 900)
    #expect(stored == Array(Self.ids[..<stored.count]))
    try log.write(whole, to: "a.log.gz")
    #expect(try log.importing("a.log.gz", workers: workers).failures.isEmpty)
    #expect(log.ledger.requestIDs == Self.ids)
  }

  @Test func `a batch of long lines ends after so many bytes`() throws {
    let log = try Log()
    let pad = String(repeating: "x", count: 100_000)
    let long = #"{"status":503,"path":"/x","request_id":"a","pad":"\#(pad)"}"# + "\n"
    try log.write(String(repeating: long, count: 200))
    try log.importing("a.log", workers: 2)
    let perBatch = Int64((8 << 20) / long.utf8.count + 1)
    #expect(
      log.ledger.sources[0].ranges.map(\.tally.lines) == [perBatch, perBatch, 200 - 2 * perBatch])
  }
}
