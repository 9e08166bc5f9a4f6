import Cluster
import Foundation
import Synchronization
import Testing

/// What commands do with a cluster that they do not with a file.
@Suite(.onEveryServer) struct ClusterCommandTests {
  private let folder: CommandFolder
  private let base: ClusterBase
  private let address: String

  init() throws {
    folder = try CommandFolder()
    base = try ClusterBase("commands_\(UUID().uuidString.prefix(8).lowercased())")
    address = try base.servers.address(base.name).words
  }

  /// Errors of one vendor, so many a minute, from 12:00 on.
  private func log(_ name: String, minutes: Int, each: Int = 1) throws -> String {
    let start = 1_794_744_000
    return try folder.write(
      (0..<minutes * each).map { number in
        let second = start + number / each * 60 + number % each % 60
        return
          #"{"time":\#(second),"vendor":"zof","status":503,"code":"down","request_id":"\#(name)_\#(number)_abcdef"}"#
      }, to: name)
  }

  private func errors(_ options: String...) throws -> Int? {
    let outcome = try folder.run(
      ["rates", "--store", address, "--every", "1d", "--format", "json"] + options)
    let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    let rows = (object as? [String: Any])?["rows"] as? [[String: Any]]
    return rows?.reduce(0) { $0 + ($1["errors"] as? Int ?? 0) }
  }

  @Test func `an import goes to a cluster, and is proven to be there`() throws {
    let outcome = try folder.run(["import", "--store", address, try log("a.log", minutes: 30)])
    #expect(outcome.status == 0)
    #expect(outcome.complaint.contains("30 events") && outcome.complaint.contains("sent 1 batch"))
    #expect(try errors() == 30)
    #expect(try folder.run(["verify", "--store", address]).status == 0)
    let again = try folder.run(["import", "--store", address, try log("a.log", minutes: 30)])
    #expect(again.complaint.contains("30 known already"))
    #expect(try errors() == 30)
  }

  @Test func `what is imported while a cluster is away waits, and is sent with the next import`()
    throws
  {
    guard let port = base.servers.port else { return }
    let isAway = Mutex(true)
    let proxy = try FaultyProxy(to: port) { _ in
      isAway.withLock { $0 } ? .init(request: 0, isReset: true) : .init()
    }
    let database = try base.servers.address(base.name).database
    let address = "http://127.0.0.1:\(proxy.port)/?database=\(database)"
    let first = try folder.run(["import", "--store", address, try log("a.log", minutes: 30)])
    #expect(first.status == 0, "a cluster that is away is no failure")
    #expect(first.complaint.contains("30 events") && first.complaint.contains("is kept in"))
    #expect(try errors() == 0)
    isAway.withLock { $0 = false }
    let second = try folder.run(["import", "--store", address, try log("b.log", minutes: 10)])
    #expect(second.status == 0 && second.complaint.contains("sent 2 batches"))
    #expect(try errors() == 40)
    #expect(try folder.run(["verify", "--store", address]).status == 0)
  }

  @Test func `a database without tables is a failure, and nothing is lost by it`() throws {
    let bare = try base.servers.connection(base.name + "_bare").address.words
    let outcome = try folder.run(["import", "--store", bare, try log("a.log", minutes: 3)])
    #expect(outcome.status == 1)
    #expect(outcome.complaint.contains("no tables") && outcome.complaint.contains("is kept in"))
    #expect(try folder.run(["rates", "--store", bare]).status == 1)
  }

  @Test func `what a check has told of a cluster is remembered on this machine`() throws {
    try folder.output("import", "-q", "--store", address, try log("a.log", minutes: 30, each: 5))
    let check = [
      "check", "--store", address, "--rule", "errors > 20 per 15m", "--job", "mail", "--at",
      "2026-11-15T13:00:00Z",
    ]
    let first = try folder.run(check)
    #expect(first.status == 3 && first.output.contains("zof"))
    let second = try folder.run(check)
    #expect(second.status == 0 && second.output.isEmpty)
    // Another machine has told nothing yet.
    #expect(try CommandFolder().run(check).status == 3)
  }

  @Test func `what came is printed, whichever store sent it`() throws {
    try folder.output("import", "-q", "--store", address, try log("a.log", minutes: 3))
    let files = ["followed", "complaint"].map { folder.folder.appending(path: $0) }
    let following = try folder.process(
      ["list", "--follow", "--format", "ndjson", "--store", address], output: files[0],
      complaint: files[1])
    try following.run()
    defer { following.terminate() }
    Thread.sleep(forTimeInterval: 3)
    let other = try CommandFolder()
    for (folder, edge, name) in [(other, "other", "b.log"), (folder, "edge", "c.log")] {
      let path = try log(name, minutes: 2)
      try folder.output("import", "-q", "--store", "\(edge).db", path)
      try folder.output("push", "-q", "--as", edge, "--store", "\(edge).db", address)
    }
    let end = Date().addingTimeInterval(60)
    var lines: [Substring] = []
    while lines.count < 4, Date() < end {
      Thread.sleep(forTimeInterval: 0.2)
      lines = try String(contentsOf: files[0], encoding: .utf8).split(separator: "\n")
    }
    #expect(lines.count == 4)
    for id in ["b.log_0", "b.log_1", "c.log_0", "c.log_1"] {
      #expect(lines.filter { $0.contains("\"\(id)_abcdef\"") }.count == 1, "\(id)")
    }
    following.interrupt()
    following.waitUntilExit()
    #expect(following.terminationStatus == 130)
  }

  /// The rows that servers read for a command, as it says itself.
  private func rowsRead(_ arguments: String...) throws -> Int {
    let outcome = try folder.run(arguments + ["--store", address, "--explain-cost"])
    #expect(outcome.status == 0)
    let all = try #require(
      outcome.complaint.split(separator: "\n").first { $0.hasPrefix("cost of all:") })
    let words = all.split(separator: " ")
    let place = try #require(words.firstIndex { $0.hasPrefix("rows") })
    return try #require(Int(words[place - 1].filter { $0 != "," }))
  }

  @Test func `what a question costs grows with answers, and not with events`() throws {
    func cost() throws -> Int {
      try rowsRead(
        "rates", "--every", "1h", "--since", "2026-11-15", "--until", "2026-11-17", "--by", "code")
    }
    // A store that is sent as one batch has a row for each minute and sort, whatever it counts. To find the
    // last event, servers read one or two stretches of 8192 rows.
    try folder.output("import", "-q", "--store", address, try log("a.log", minutes: 600, each: 30))
    let once = try cost()
    #expect(try errors() == 18_000)
    let other = try ClusterCommandTests()
    try other.folder.output(
      "import", "-q", "--store", other.address, try other.log("a.log", minutes: 600, each: 90))
    let often = try other.rowsRead(
      "rates", "--every", "1h", "--since", "2026-11-15", "--until", "2026-11-17", "--by", "code")
    #expect(try other.errors() == 54_000)
    #expect(once > 0 && often < once + 16_384, "\(once) rows for 18,000, \(often) for 54,000")
  }

  @Test func `edges that send at once while reports are made come to what one store has`()
    async throws
  {
    let address = address
    let one = try CommandFolder()
    var paths: [String] = []
    for edge in 0..<3 {
      var log = MadeLog(seed: UInt64(edge) + 7)
      paths.append(try one.write(log.lines(6000), to: "edge\(edge).log"))
    }
    try one.output("import", "-q", "--store", "errata.db", paths[0], paths[1], paths[2])
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (edge, path) in paths.enumerated() {
        group.addTask {
          try CommandFolder().output(
            "import", "-q", "--as", "edge \(edge)", "--store", address, path)
        }
      }
      group.addTask {
        for _ in 0..<4 { try CommandFolder().output("report", "--store", address) }
      }
      try await group.waitForAll()
    }
    for command in [
      ["report", "--since", "2026-10-05"], ["rates", "--by", "vendor,status", "--every", "1d"],
      ["bursts", "--since", "2026-10-01"], ["limits", "--since", "2026-10-01"],
      ["spikes", "--since", "2026-10-01"], ["incidents", "--since", "2026-10-01"],
      ["query", "codes"],
    ] {
      let own = try one.run(command + ["--store", "errata.db", "--format", "json"])
      let there = try one.run(command + ["--store", address, "--format", "json"])
      let difference = zip(
        own.output.split(separator: ","), there.output.split(separator: ",")
      ).first { $0 != $1 }
      #expect(
        own.status == 0 && own.output == there.output,
        "\(command): \(there.complaint) \(difference?.0 ?? "") \(difference?.1 ?? "")")
    }
  }
}
