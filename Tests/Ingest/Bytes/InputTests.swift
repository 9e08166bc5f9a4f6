import Files
import Foundation
import Testing

@testable import Ingest

@Suite struct InputTests {
  @Test func `a folder is walked in the order of names, hidden files and links aside`() throws {
    let log = try Log()
    for folder in ["in/b", "in/.git"] {
      try FileManager.default.createDirectory(
        atPath: log.path(folder), withIntermediateDirectories: true)
    }
    for name in ["in/c.log", "in/a.log", "in/b/d.log", "in/.hidden", "in/.git/e.log"] {
      try log.write("{}\n", to: name)
    }
    try FileManager.default.createSymbolicLink(
      atPath: log.path("in/z.log"), withDestinationPath: log.path("in/a.log"))
    let listing = Input.list([log.path("in")], excluding: [])
    #expect(
      listing.inputs.map(\.path) == ["in/a.log", "in/b/d.log", "in/c.log"].map(log.path))
    #expect(listing.inputs.map(\.size) == [3, 3, 3])
    #expect(listing.failures.isEmpty)
  }

  @Test func `errata's own store is left out, and said where it was named`() throws {
    let log = try Log()
    try log.write("{}\n", to: "store.db")
    try log.write("{}\n", to: "a.log")
    let store = try #require(FileIdentity(path: log.path("store.db")))
    let folder = Input.list([log.path("")], excluding: [store])
    #expect(folder.inputs.map(\.path) == [log.path("a.log")])
    #expect(folder.failures.isEmpty)
    let named = Input.list([log.path("store.db"), log.path("a.log")], excluding: [store])
    #expect(named.inputs.map(\.path) == [log.path("a.log")])
    #expect(named.failures.map(\.path) == [log.path("store.db")])
  }

  @Test func `a file by two names is read once, and standard input as often as it is named`() throws
  {
    let log = try Log()
    try log.write("{}\n", to: "a.log")
    try FileManager.default.createSymbolicLink(
      atPath: log.path("b.log"), withDestinationPath: log.path("a.log"))
    let listing = Input.list([log.path("b.log"), "-", log.path("a.log")], excluding: [])
    #expect(listing.inputs.map(\.path) == [log.path("b.log"), "-"])
    #expect(listing.failures.map(\.path) == [log.path("a.log")])
  }

  @Test func `what is not there, or is no file, is said`() throws {
    let log = try Log()
    let listing = Input.list([log.path("missing"), "/dev/null"], excluding: [])
    #expect(listing.inputs.isEmpty)
    #expect(listing.failures.map(\.path) == [log.path("missing"), "/dev/null"])
  }
}
