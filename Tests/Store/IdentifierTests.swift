import Batches
import Files
import SQLite
import Testing

@testable import Store

@Suite struct IdentifierTests {
  let temporary: TemporaryStore
  let ledger: StoreLedger

  init() throws {
    temporary = try TemporaryStore()
    ledger = try StoreLedger(temporary.store)
  }

  /// The events that an id with this hash leads to.
  private func events(with hash: UInt64) throws -> [Int64] {
    try StoreReader(temporary.store).events(with: "") { _, _ in hash }
  }

  @Test func `every id of an event finds it, and an unknown one nothing`() throws {
    var maker = BatchMaker()
    _ = try ledger.commit(
      maker.batch([
        Response(identifiers: [0, 1 << 63, .max]), Response(), Response(identifiers: [5]),
      ]), to: newLog())
    #expect(try events(with: 0) == [1])
    #expect(try events(with: 1 << 63) == [1])
    #expect(try events(with: .max) == [1])
    #expect(try events(with: 5) == [3])
    for stranger: UInt64 in [1, 4, 6, .max - 1, (1 << 63) - 1] {
      #expect(try events(with: stranger) == [])
    }
  }

  @Test func `an empty store knows no id`() throws {
    #expect(try events(with: 0) == [])
  }

  @Test(arguments: [1, 95, 96, 97, 191, 192, 193, 800])
  func `ids are found wherever they stand in their page`(count: Int) throws {
    var maker = BatchMaker()
    let spread = UInt64.max / UInt64(count)
    let responses = (0..<count).map { Response(identifiers: [UInt64($0) * spread]) }
    _ = try ledger.commit(maker.batch(responses), to: newLog())
    let pages = Int64(1 << IdentifierPages.bits(for: count))
    #expect(try temporary.integer("SELECT COUNT(*) FROM identifier") == min(pages, Int64(count)))
    for place in 0..<count {
      #expect(try events(with: UInt64(place) * spread) == [Int64(place) + 1])
      #expect(try events(with: UInt64(place) * spread + 1) == [])
    }
  }

  @Test(arguments: [0, 1, 40, 79, 80, 81])
  func `an id of very many events finds them all, over many pages`(before: Int) throws {
    var maker = BatchMaker()
    let others = (0..<before).map { Response(identifiers: [UInt64($0)]) }
    let same = (0..<333).map { _ in Response(identifiers: [1000]) }
    let after = (0..<100).map { Response(identifiers: [2000 + UInt64($0)]) }
    _ = try ledger.commit(maker.batch(others + same + after), to: newLog())
    let first = Int64(before) + 1
    #expect(try events(with: 1000) == Array(first..<first + 333))
    #expect(try events(with: 2000) == [first + 333])
    #expect(try events(with: 2099) == [first + 432])
    #expect(try events(with: 999) == [])
  }

  @Test func `an id is looked for in every batch`() throws {
    var maker = BatchMaker()
    var source = try ledger.commit(maker.batch([Response(identifiers: [7])]), to: newLog())
    for batch in 1..<40 {
      source = try ledger.commit(
        maker.batch(
          at: Int64(batch) * 100, [Response(identifiers: batch % 4 == 0 ? [7, 8] : [9])]),
        to: .known(source: source))
    }
    #expect(try events(with: 7) == [1, 5, 9, 13, 17, 21, 25, 29, 33, 37])
    #expect(try events(with: 9).count == 30)
  }
}
