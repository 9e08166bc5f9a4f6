import Batches
import Events
import Files
import Foundation
import Ingest
import Profiles
import Reports
import SQLite
import Store
import Testing
import Times

/// Two hundred lookups after a log was rotated, in each way: the own line where it can be had, and
/// never another one, though another stands at its old place.
@Suite struct FindRotationTests {
  enum Form: CaseIterable {
    case text, json, container

    /// The lines of a log in which line n, from 1, has the id `NAME-n`, and but for text
    /// `trace-NAME-n`. All logs are alike in their lengths.
    func lines(_ name: String, _ count: Int) -> [String] { (1...count).map { line(name, $0) } }

    private func line(_ name: String, _ number: Int) -> String {
      let path = "/v1/" + String(repeating: "x", count: number % 37)
      let status = number % 5 == 0 ? 200 : 503
      let id = "\(name)-\(1000 + number)"
      let object =
        #"{"time":"2026-11-20T10:00:00Z","status":\#(status),"path":"\#(path)","#
        + #""request_id":"\#(id)","trace_id":"trace-\#(id)"}"#
      switch self {
      case .text:
        return #"10.0.0.1 - - [20/Nov/2026:10:00:00 +0000] "GET \#(path) "#
          + #"HTTP/1.1" \#(status) 1 "-" "x" 20 0.002 [api] [] - - - - \#(id)"#
      case .json: return object
      case .container:
        let time = "2026-11-20T10:00:00Z stdout"
        guard number % 3 == 0 else { return "\(time) F \(object)" }
        // Cut by the runtime.
        let half = object.index(object.startIndex, offsetBy: 40)
        return "\(time) P \(object[..<half])\n\(time) F \(object[half...])"
      }
    }
  }

  enum Rotation: CaseIterable {
    case rename, copytruncate, gz, delete

    var rest: String? {
      switch self {
      case .rename, .copytruncate: "app.log.1"
      case .gz: "app.log.1.gz"
      case .delete: nil
      }
    }
  }

  /// A folder with a log and a store; it goes when the test is over.
  private final class Folder {
    let url = FileManager.default.temporaryDirectory.appending(path: "errata-\(UUID())")
    let store: Store

    init() throws {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
      store = Store(path: url.appending(path: "errata.db").path)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func path(_ name: String) -> String { url.appending(path: name).path }

    func write(_ lines: [String], to name: String) throws {
      let text = lines.joined(separator: "\n") + "\n"
      try text.write(toFile: path(name), atomically: false, encoding: .utf8)
    }

    func importing() throws {
      let ledger = try StoreLedger(store)
      let importer = try Importer(ledger: ledger, catalog: Catalog(), options: .init()) { _ in true
      }
      let logs = try FileManager.default.contentsOfDirectory(atPath: url.path).sorted()
        .filter { $0.hasPrefix("app") }
      try importer.run(Input.list(logs.map(path), excluding: []).inputs)
      ledger.close()
    }

    func rotate(_ rotation: Rotation, _ next: [String]) throws {
      let manager = FileManager.default
      switch rotation {
      case .rename: try manager.moveItem(atPath: path("app.log"), toPath: path("app.log.1"))
      case .copytruncate: try manager.copyItem(atPath: path("app.log"), toPath: path("app.log.1"))
      case .gz:
        try manager.moveItem(atPath: path("app.log"), toPath: path("app.log.1"))
        let gzip = try Process.run(URL(filePath: "/bin/gzip"), arguments: [path("app.log.1")])
        gzip.waitUntilExit()
        #expect(gzip.terminationStatus == 0)
      case .delete: try manager.removeItem(atPath: path("app.log"))
      }
      try write(next, to: "app.log")
    }

    func finder() throws -> Finder {
      let reader = try StoreReader(store)
      let catalog = try Catalog()
      let recall = LineRecall(catalog, seed: reader.seed, showsLines: true, origins: reader)
      return Finder(
        reader, catalog: { catalog }, zone: .utc,
        hash: { id, seed in id.withBytes { identifierHash($0, seed: seed) } }, line: recall.search)
    }
  }

  @Test(arguments: Form.allCases, Rotation.allCases)
  func `own lines where they can be had, foreign ones never`(
    form: Form, rotation: Rotation
  ) throws {
    let folder = try Folder()
    let own = form.lines("own", 250)
    try folder.write(own, to: "app.log")
    // A neighbour whose name begins alike.
    try folder.write(form.lines("oth", 250), to: "app-other.log")
    try folder.importing()
    try folder.rotate(rotation, form.lines("new", 250))
    for isImportedAgain in [false, true] {
      if isImportedAgain { try folder.importing() }
      let finder = try folder.finder()
      #expect(try finder.find("new-1001").count == (isImportedAgain ? 1 : 0))
      let errors = (1...250).filter { $0 % 5 != 0 }
      #expect(errors.count == 200)
      var number: Int64 = 1
      for (place, line) in own.enumerated() {
        defer { number += Int64(line.split(separator: "\n").count) }
        guard errors.contains(place + 1) else { continue }
        let id = "own-\(1001 + place)"
        let found = try finder.find(id)
        try #require(found.count == 1, "\(id)")
        guard let rest = rotation.rest else {
          guard case .gone = found[0].line else {
            Issue.record("\(id): \(String(describing: found[0].line))")
            continue
          }
          #expect(found[0].identifiers == [id])
          continue
        }
        guard case .read(let read) = found[0].line else {
          Issue.record("\(id): \(String(describing: found[0].line))")
          continue
        }
        #expect(Set(found[0].identifiers) == (form == .text ? [id] : [id, "trace-\(id)"]))
        #expect(read.path == folder.path(rest))
        #expect(read.text.contains(id) && !read.text.contains("new-"))
        #expect(read.number == number, "\(id)")
      }
    }
  }

  @Test func `a long log that was packed since is entered in its middle`() throws {
    let folder = try Folder()
    let filler = #"{"level":"info","msg":"\#(String(repeating: "y", count: 50))"}"#
    let numbers = (0..<20_000).map { String($0 &* 7919 % 65_521) }.joined(separator: " ")
    func note(_ number: Int) -> Substring { numbers.dropFirst(number * 97).prefix(80_000) }
    var lines: [String] = []
    for number in 1...240 {
      lines.append(
        #"{"time":"2026-11-20T10:00:00Z","status":503,"path":"/x","request_id":"own-\#(1000 + number)","#
          + #""note":"\#(note(number))"}"#
      )
      lines.append(filler)
    }
    try folder.write(lines, to: "app.log")
    let gzip = try Process.run(URL(filePath: "/bin/gzip"), arguments: [folder.path("app.log")])
    gzip.waitUntilExit()
    try folder.importing()
    let points = try Connection(path: folder.store.path, access: .read).integer(
      "SELECT COUNT(*) FROM restart")
    #expect(points == 4)
    func expectAll() throws {
      let finder = try folder.finder()
      for number in [1, 2, 80, 81, 120, 160, 161, 200, 240] {
        let id = "own-\(1000 + number)"
        guard case .read(let line)? = try finder.find(id).first?.line else {
          Issue.record("\(id)")
          continue
        }
        #expect(line.number == Int64(2 * number - 1))
        #expect(line.text.contains(id))
      }
    }
    try expectAll()
    // Points that lie lead nowhere, and the log is read from its start.
    let change = try Connection(path: folder.store.path, access: .write)
    try change.execute("UPDATE restart SET \"offset\" = \"offset\" + 1")
    try expectAll()
    try change.execute("UPDATE restart SET window = x'00'")
    try expectAll()
    try change.execute("UPDATE restart SET packed = packed - 1")
    try expectAll()
    try change.execute("UPDATE restart SET bits = 20, packed = 0")
    try expectAll()
  }
}
