import Foundation
import Testing

extension SoakTests {
  /// An import is killed (kill -9), at random moments and at every system call that leaves a trace,
  /// and started again until it is done. Then the store is what an undisturbed import makes of it.
  struct KillTests {
    /// How a log comes to the import.
    enum Form: String, CaseIterable {
      case plain, gzip, zstd, stdin

      /// Writes the log and says with what command it is imported.
      func command(for log: SoakLog, in sandbox: Sandbox) throws -> String {
        try log.bytes.write(to: sandbox.folder.appendingPathComponent("a.log"))
        switch self {
        case .plain: return "errata import -q a.log"
        case .stdin: return "errata import -q - < a.log"
        case .gzip:
          try sandbox.output("gzip -1 a.log")
          return "errata import -q a.log.gz"
        case .zstd:
          try sandbox.output("zstd -q --rm a.log")
          return "errata import -q a.log.zst"
        }
      }
    }

    /// Several batches: each holds 25 000 lines.
    private static let log = SoakLog(
      lines: SoakTests.isLong ? 120_000 : 26_000, seed: SoakTests.seed)

    @Test(arguments: Form.allCases)
    func `an import killed at a random moment goes on where it stopped`(_ form: Form) throws {
      let sandbox = try Sandbox()
      let command = try form.command(for: Self.log, in: sandbox)
      let duration = try sandbox.expect(from: command)
      var random = SplitMix(state: SoakTests.seed &+ UInt64(form.rawValue.utf8.count))
      let wanted = max(2, (SoakTests.kills ?? 0) / Form.allCases.count)
      var kills = 0
      var resumed = 0
      var stories = 0
      var differences = 0
      while kills < wanted {
        try sandbox.removeStore()
        stories += 1
        var isDone = false
        while !isDone {
          // Once there were enough kills, the last story ends undisturbed.
          let delay = kills < wanted ? Double.random(in: 0...duration, using: &random) : 60
          // Its own status: an import may end by itself just as its time is up.
          let outcome = try sandbox.run(
            "timeout --foreground --preserve-status -s KILL \(delay) \(command); exit $?")
          if outcome.status == 137 {
            kills += 1
            if try sandbox.hasBatches() { resumed += 1 }
          } else {
            #expect(outcome.status == 0, "\(outcome.complaint)")
            isDone = true
          }
          if let trouble = try sandbox.unsoundness() {
            differences += 1
            Issue.record("after kill \(kills), \(delay) s into it: \(trouble)")
          }
        }
        if let difference = try sandbox.difference() {
          differences += 1
          Issue.record("after kill \(kills): \(difference)")
        }
      }
      SoakTests.say(
        "killed \(form.rawValue) \(kills) times in \(stories) imports of \(Self.log.lines.count) lines, "
          + "\(resumed) of them with batches stored, \(differences) differences")
    }

    /// Calls without which nothing gets into a store, or is made of it.
    static let calls = [
      "pwrite64", "fdatasync", "ftruncate", "unlink", "mkdir", "chmod", "openat", "fcntl", "flock",
      "mmap", "munmap", "close", "read", "pread64",
    ]

    @Test func `an import killed at any system call goes on where it stopped`() throws {
      let sandbox = try Sandbox()
      try sandbox.writeSmallLogs()
      try sandbox.expect(from: "errata import -q logs")
      // Into a new store, and into one that has the first log.
      for isNew in [true, false] {
        let prepare = isNew ? "true" : "errata import -q logs/1.log"
        try sandbox.output("rm -rf data; \(prepare)")
        let own = try sandbox.ownCalls(of: "errata import -q logs", Self.calls)
        for call in Self.calls {
          guard let numbers = own[call] else {
            #expect(!isNew, "\(call) is not called at all")
            continue
          }
          var kills = 0
          var differences = 0
          for number in SoakTests.choice(of: numbers, call + prepare) {
            try sandbox.output("rm -rf data; \(prepare)")
            let killed = try sandbox.tamper(
              call, "signal=KILL", from: number, "errata import -q logs")
            kills += killed.isMet ? 1 : 0
            #expect(killed.outcome.status == (killed.isMet ? 137 : 0), "\(call) \(number)")
            if let trouble = try sandbox.troubleGoingOn(with: "errata import -q logs") {
              differences += 1
              Issue.record("killed at \(call) \(number) after \(prepare): \(trouble)")
            }
          }
          SoakTests.say("killed at \(call) \(kills) times, \(differences) differences")
        }
      }
    }
  }
}

extension Sandbox {
  /// Whether anything was stored, as far as a store can be read that a kill has left.
  fileprivate func hasBatches() throws -> Bool {
    let sql = "select count(*) > 0 from batch"
    return try run("sqlite3 \(Self.store) '\(sql)'").output == "1\n"
  }

  /// Three logs of a few lines, so that there are several commits between few system calls.
  func writeSmallLogs() throws {
    try output("mkdir -p logs")
    for (place, command) in ["cat", "gzip -c", "zstd -qc"].enumerated() {
      let log = SoakLog(lines: 40, seed: SoakTests.seed &+ UInt64(place))
      try log.bytes.write(to: folder.appendingPathComponent("raw"))
      try output("\(command) raw > logs/\(place + 1).log")
    }
  }
}
