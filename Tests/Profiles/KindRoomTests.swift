import Testing

@testable import Profiles

/// The tables of what is meant whoever sends it.
@Suite struct KindRoomTests {
  @Test func `every table in the binary is read`() throws {
    _ = try Catalog()
    for name in ["any-vendor", "words", "faults", "east", "west"] {
      let table = try Catalog.table("Kinds/\(name).json")
      #expect(table.phraseCount > 0)
    }
  }

  @Test func `every table in the binary has room for a quarter more`() throws {
    for name in ["any-vendor", "words", "faults", "east", "west"] {
      let count = try Catalog.table("Kinds/\(name).json").phraseCount
      #expect(count * 5 < Phrases.most * 4, "\(name) has \(count) texts of \(Phrases.most)")
    }
  }
}
