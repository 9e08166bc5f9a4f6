import Batches
import Events
import Files
import JSON
import Testing

@testable import Ingest

/// What a reader remembers by the numbers of texts is of no use once these are given out anew.
@Suite struct ReaderCacheTests {
  private struct Read: Equatable {
    var events: [String]
    var words: [[[UInt8]]]
    var traffic: [TrafficKey: Int64]
  }

  /// Other lines than those that were read before, and the same ones in another order: a number
  /// that is kept by mistake then means another text.
  @Test func `a reader that has forgotten reads lines as a new one does`() throws {
    let lines = try fixtureLines("bodies/corpus.ndjson")
    let paths = (0..<40).map {
      #"{"status":\#($0 % 2 == 0 ? 200 : 404),"path":"/v1/\#(words[$0 % 4])"}"#
    }
    let all = paths + lines + paths + lines
    let used = try reader()
    _ = read(all.reversed(), by: used)
    used.forget()
    let found = read(all, by: used)
    #expect(found.events.count > lines.count)
    #expect(found == read(all, by: try reader()))
  }

  /// One for all readers, so that they tag secrets alike.
  private let ledger = EmptyLedger()
  private let words = ["things", "jobs", "users", "teams"]

  private func reader() throws -> RecordReader {
    try RecordReader(catalog: catalog(), options: .init(), ledger: ledger)
  }

  private func read(_ lines: [String], by reader: RecordReader) -> Read {
    let batch = Batch()
    reader.begin(batch)
    reader.read(lines, into: batch)
    return Read(
      events: batch.rows.map { "\(Event($0, of: batch))" }, words: batch.words,
      traffic: batch.traffic)
  }
}
