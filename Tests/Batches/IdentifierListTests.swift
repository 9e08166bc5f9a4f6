import Batches
import Testing

@Suite struct IdentifierListTests {
  @Test(arguments: [0, 1, 2, 3, 1000, 4096])
  func `ids come into the order of their hashes, equal ones in that of their rows`(count: Int) {
    var random = SystemRandomNumberGenerator()
    var list = IdentifierList()
    var expected: [(hash: UInt64, row: UInt32)] = []
    for row in 0..<UInt32(count) {
      // Some hashes stand close together, and some twice.
      let hash = row % 3 == 0 ? UInt64(row / 30) : random.next()
      list.append(Identifier(hash: hash, row: row))
      expected.append((hash, row))
    }
    list.sort()
    expected.sort { $0 < $1 }
    #expect((0..<list.count).map { list[$0].hash } == expected.map(\.hash))
    #expect((0..<list.count).map { list[$0].row } == expected.map(\.row))
  }

  @Test func `a list is used again`() {
    var list = IdentifierList()
    for round in 0..<3 as Range<UInt64> {
      list.removeAll()
      for hash in stride(from: 100 * (round + 1), to: 0, by: -1) {
        list.append(Identifier(hash: hash << 40, row: 0))
      }
      list.sort()
      #expect((1..<list.count).allSatisfy { list[$0 - 1].hash < list[$0].hash })
    }
  }
}
