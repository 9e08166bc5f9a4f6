import Batches
import Files
import Foundation
import Ingest
import Store
import Testing

/// Logs of a line or two, which say little of what they are: equal ones are copies for as long as
/// they are equal, and two logs as soon as they go on differently.
@Suite struct SmallLogTests {
  let world: World

  init() throws { world = try World() }

  @Test(arguments: [1, 2, 3])
  func `a copy of a small log adds nothing`(count: Int) throws {
    try world.append(lines("a", 0..<count), to: "a.log")
    try world.copy("a.log", to: "b.log")
    let summary = try world.importing()
    #expect(summary.tally.events == Int64(count))
    #expect(summary.knownLines == Int64(count))
    #expect(try world.importing().tally == Tally())
    #expect(try world.integer("SELECT COUNT(*) FROM source") == 1)
  }

  @Test(arguments: Container.allCases)
  func `a compressed copy beside its original adds nothing`(container: Container) throws {
    try world.append(line("a"), to: "a.log")
    try world.append(
      container.wrapping(world.bytes(of: "a.log")), to: "a.log" + container.suffix)
    world.age("a.log" + container.suffix)
    #expect(try world.importing().tally.events == 1)
    #expect(try world.importing("a.log" + container.suffix).tally == Tally())
  }

  @Test func `a copy made as the log had grown adds what is new, once`() throws {
    try world.append(line("a-0"), to: "b.log")
    try world.importing()
    try world.append(lines("a", 1..<3), to: "b.log")
    try world.copy("b.log", to: "a.log")
    // The copy comes first.
    #expect(try world.importing().tally.events == 2)
    #expect(try world.ids == ["a-0", "a-1", "a-2"])
    #expect(try world.importing().tally == Tally())
  }

  @Test func `a copy made before the log had grown adds nothing`() throws {
    try world.append(line("a-0"), to: "a.log")
    try world.copy("a.log", to: "b.log")
    try world.append(lines("a", 1..<3), to: "a.log")
    #expect(try world.importing().tally.events == 3)
    #expect(try world.importing("b.log").knownLines == 1)
    #expect(try world.ids == ["a-0", "a-1", "a-2"])
  }

  @Test(arguments: [["a.log", "b.log"], ["b.log", "a.log"]])
  func `two logs with one beginning are two once they differ`(order: [String]) throws {
    try world.append(line("head"), to: "a.log")
    try world.append(line("head"), to: "b.log")
    try world.importing()
    #expect(try world.ids == ["head"])
    try world.append(lines("b", 0..<3), to: "b.log")
    try world.append(lines("a", 0..<3), to: "a.log")
    for name in order { try world.importing(name) }
    #expect(try world.ids == ["a-0", "a-1", "a-2", "b-0", "b-1", "b-2", "head", "head"])
    #expect(try world.importing().tally == Tally())
    #expect(try world.integer("SELECT COUNT(*) FROM source") == 2)
    #expect(try Verification(world.store).problems == [])
  }

  @Test(arguments: [false, true])
  func `a fresh header after a rotation hides nothing of the log before`(isFollowed: Bool) throws {
    func take() throws {
      if isFollowed { try world.following("a.log") } else { try world.importing("a.log") }
    }
    try world.append(line("head"), to: "a.log")
    try take()
    try world.append(lines("a", 0..<3), to: "a.log")
    world.rename("a.log", to: "a.log.1")
    try world.append(line("head"), to: "a.log")
    // What the log before had gained is read from where it is now.
    try take()
    #expect(try world.ids == ["a-0", "a-1", "a-2", "head"])
    try world.append(lines("b", 0..<2), to: "a.log")
    try take()
    #expect(try world.ids == ["a-0", "a-1", "a-2", "b-0", "b-1", "head", "head"])
    #expect(try world.gaps() == [])
    world.restart()
    #expect(try world.importing().tally == Tally())
    #expect(try Verification(world.store).problems == [])
  }

  @Test func `the unfinished line of a copy waits`() throws {
    try world.append(line("head"), to: "a.log")
    try world.importing()
    try world.append(line("head") + String(line("b").dropLast(5)), to: "b.log")
    let summary = try world.importing("b.log")
    #expect(summary.tally == Tally())
    #expect(summary.heldBack == 1)
    try world.append(String(line("b").suffix(5)), to: "b.log")
    #expect(try world.importing("b.log").tally.events == 2)
    #expect(try world.ids == ["b", "head", "head"])
  }

  @Test func `a copy takes the place of a log that is gone`() throws {
    try world.append(line("a-0"), to: "a.log")
    try world.importing()
    try world.copy("a.log", to: "b.log")
    world.remove("a.log")
    try world.importing()
    try world.append(line("a-1"), to: "b.log")
    #expect(try world.importing().tally.events == 1)
    #expect(try world.ids == ["a-0", "a-1"])
    #expect(try world.gaps() == [])
  }
}
