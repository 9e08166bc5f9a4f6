import Batches
import Files
import Foundation
import Ingest
import Profiles
import Store
import Testing

/// Which source a file is, whatever happened to it since the last import.
@Suite struct LineageTests {
  let world: World

  init() throws { world = try World() }

  private func ids(_ parts: (String, Range<Int>)...) -> [String] {
    parts.flatMap { name, range in range.map { "\(name)-\($0)" } }.sorted()
  }

  @Test(arguments: [1, 2, 30, 200, 3000])
  func `a copy cut at any line adds nothing, though the log itself is gone`(count: Int) throws {
    try world.append(lines("a", 0..<count), to: "a.log")
    try world.importing()
    world.remove("a.log")
    for shorter in Set([1, count / 3, count / 2, count - 1]) where shorter > 0 {
      try world.append(lines("a", 0..<shorter), to: "copy")
      let summary = try world.importing("copy")
      #expect(summary.tally == Tally())
      #expect(summary.knownLines == Int64(shorter))
      #expect(summary.lines == Int64(shorter))
      world.remove("copy")
    }
    #expect(try world.ids == ids(("a", 0..<count)))
  }

  @Test func `a copy cut within a line waits for its rest`() throws {
    try world.append(lines("a", 0..<20), to: "a.log")
    try world.importing()
    try world.append(String(lines("a", 0..<10).dropLast(20)), to: "copy")
    let summary = try world.importing("copy")
    #expect(summary.tally == Tally())
    #expect(summary.heldBack == 1)
    #expect(summary.knownLines == 9)
    world.remove("copy")
    // Without its newline a whole line is known.
    try world.append(String(lines("a", 0..<10).dropLast(1)), to: "copy")
    #expect(try world.importing("copy").knownLines == 10)
  }

  @Test(arguments: [60, 100, 1000])
  func `a log parts from another at the very line`(shared: Int) throws {
    try world.append(lines("a", 0..<1200), to: "a.log")
    try world.importing()
    try world.append(lines("a", 0..<shared) + lines("b", 0..<5), to: "b.log")
    let summary = try world.importing()
    #expect(summary.tally.events == 5)
    #expect(
      try world.integer("SELECT fork FROM source WHERE id = 2") == lines("a", 0..<shared).utf8.count
    )
    // A copy of the branch, cut between two marks of its parent and behind its fork.
    for count in [0, 3] {
      try world.append(lines("a", 0..<shared - 1 + count / 3) + lines("b", 0..<count), to: "c.log")
      #expect(try world.importing("c.log").tally == Tally())
      world.remove("c.log")
    }
    #expect(try world.importing().tally == Tally())
    #expect(try Verification(world.store).problems == [])
  }

  @Test func `a log may grow from nothing, by bytes`() throws {
    let text = lines("a", 0..<60)
    for count in 0..<text.utf8.count where count % 7 == 0 {
      world.remove("a.log")
      try world.append(String(text.prefix(count)), to: "a.log")
      try world.importing()
    }
    try world.append(String(text.suffix(text.count - (text.count - 1) / 7 * 7)), to: "a.log")
    try world.importing()
    #expect(try world.ids == ids(("a", 0..<60)))
    #expect(try world.integer("SELECT COUNT(*) FROM source") == 1)
    #expect(try Verification(world.store).problems == [])
  }

  @Test func `a log seen with its first line only is not another that begins so`() throws {
    try world.append(line("head"), to: "a.log")
    try world.importing()
    try world.append(lines("a", 0..<1), to: "a.log")
    try world.append(line("head") + lines("b", 0..<1), to: "b.log")
    try world.importing("b.log", "a.log")
    #expect(try world.ids == ["a-0", "b-0", "head", "head"])
  }

  @Test(arguments: Container.allCases)
  func `rotated, compressed, and grown by a member, it is the same log`(container: Container) throws
  {
    try world.append(lines("a", 0..<5), to: "a.log")
    try world.importing()
    try world.append(lines("a", 5..<7), to: "a.log")
    world.rename("a.log", to: "a.log.1")
    try world.compress("a.log.1", as: container)
    try world.append(lines("b", 0..<2), to: "a.log")
    // The rest is read first, from a file that was not even named.
    #expect(try world.importing("a.log").gaps.isEmpty)
    #expect(try world.ids == ids(("a", 0..<7), ("b", 0..<2)))
    try world.append(
      container.wrapping(Array(lines("a", 7..<9).utf8)), to: "a.log.1" + container.suffix)
    #expect(try world.importing().tally.events == 2)
    #expect(try world.integer("SELECT COUNT(*) FROM source") == 2)
  }

  @Test func `what was read from a rotated file is counted once in the summary`() throws {
    try world.append(lines("a", 0..<5), to: "a.log")
    try world.importing()
    try world.append(lines("a", 5..<7), to: "a.log")
    world.rename("a.log", to: "a.log.1")
    try world.append(lines("b", 0..<2), to: "a.log")
    let summary = try world.importing("a.log", "a.log.1")
    #expect(summary.tally.events == 4)
    #expect(summary.known == 5)
    #expect(summary.lines == 9)
  }

  @Test func `copytruncate goes on in the copy, and anew in the log`() throws {
    try world.append(lines("a", 0..<50), to: "a.log")
    try world.importing()
    try world.append(lines("a", 50..<55), to: "a.log")
    try world.copy("a.log", to: "a.log.1")
    world.truncate("a.log")
    try world.append(lines("b", 0..<100), to: "a.log")
    #expect(try world.importing("a.log").gaps.isEmpty)
    #expect(try world.ids == ids(("a", 0..<55), ("b", 0..<100)))
  }

  @Test(arguments: [3, 300])
  func `a log that was cut short, or is gone, leaves a gap that is told once`(regrown: Int) throws {
    try world.append(lines("a", 0..<50), to: "a.log")
    try world.importing()
    world.truncate("a.log")
    try world.append(lines("b", 0..<regrown), to: "a.log")
    let summary = try world.importing("a.log")
    #expect(summary.gaps.map(\.offset) == [Int64(lines("a", 0..<50).utf8.count)])
    #expect(summary.gaps.first?.place.path == world.path("a.log"))
    #expect(try world.importing("a.log").gaps.isEmpty)
    #expect(try world.gaps() == [1])
    // Found after all: the gap is closed.
    try world.append(lines("a", 0..<60), to: "found")
    #expect(try world.importing("found").tally.events == 10)
    #expect(try world.gaps() == [])
    #expect(try world.ids == ids(("a", 0..<60), ("b", 0..<regrown)))
  }

  @Test func `a copy that is read again and again stays a copy`() throws {
    try world.append(lines("a", 0..<50), to: "a.log")
    try world.copy("a.log", to: "b.log")
    try world.importing()
    try world.importing("b.log")
    try world.append(lines("a", 50..<60), to: "a.log")
    #expect(try world.importing().gaps.isEmpty)
    #expect(try world.ids == ids(("a", 0..<60)))
  }

  @Test func `a line too long that has no end yet waits for it`() throws {
    let long = String(repeating: "x", count: 3_000_000)
    try world.append(lines("a", 0..<2) + long, to: "a.log")
    let summary = try world.importing()
    #expect(summary.tally.rejects == 0)
    #expect(summary.heldBack == 1)
    try world.append(long + "\n" + lines("a", 2..<4), to: "a.log")
    #expect(try world.importing().tally.rejects == 1)
    #expect(try world.ids == ids(("a", 0..<4)))
    #expect(try Verification(world.store).problems == [])
  }

  @Test func `importers that meet the same new logs at once make one source of each`() async throws
  {
    for name in 0..<6 { try world.append(lines("\(name)", 0..<200), to: "\(name).log") }
    _ = try StoreLedger(world.store)
    let store = world.store
    let folder = world.folder + "/logs"
    let failures = await withTaskGroup(of: Int.self) { group in
      for _ in 0..<4 {
        group.addTask {
          await withCheckedContinuation { continuation in
            Thread {
              let importer = try? Importer(
                ledger: StoreLedger(store), catalog: Catalog(), options: .init(),
                progress: { _ in true })
              try? importer?.run(Input.list([folder], excluding: []).inputs)
              continuation.resume(returning: importer?.summary.failures.count ?? 99)
            }.start()
          }
        }
      }
      return await group.reduce(0, +)
    }
    #expect(failures == 0)
    #expect(try world.ids == (0..<6).flatMap { name in (0..<200).map { "\(name)-\($0)" } }.sorted())
    #expect(try world.integer("SELECT COUNT(*) FROM source") == 6)
    #expect(try Verification(world.store).problems == [])
  }
}
