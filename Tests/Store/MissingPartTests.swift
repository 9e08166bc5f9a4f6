import Batches
import Questions
import Testing
import Times

@testable import Store

@Suite struct MissingPartTests {
  let temporary: TemporaryStore

  init() throws {
    temporary = try TemporaryStore()
    let ledger = try StoreLedger(temporary.store)
    var maker = BatchMaker()
    let source = try ledger.commit(
      maker.batch([Response(time: 1000), Response(time: 5000)]), to: newLog())
    let place = Place(path: "/logs/a.log", device: 1, inode: 2, size: 300)
    try ledger.lose(source, gap: Gap(source: source, place: place, offset: 200))
    ledger.close()
  }

  private func parts(since: Int64, until: Int64) throws -> [MissingPart] {
    try StoreReader(temporary.store).missingParts(of: TimeRange(since: since, until: until))
  }

  @Test func `what a log may have held after it was lost is missing from then on`() throws {
    let part = MissingPart(path: "/logs/a.log", offset: 200, after: 5000)
    #expect(try parts(since: 0, until: 10_000) == [part])
    #expect(try parts(since: 6000, until: 10_000) == [part])
  }

  @Test func `nothing is missing before, nor once it was noticed`() throws {
    #expect(try parts(since: 0, until: 5000) == [])
    #expect(try parts(since: .max - 1, until: .max) == [])
  }
}
