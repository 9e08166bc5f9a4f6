import Foundation
import Testing

extension SoakTests {
  /// Every system call of an import fails once, or from then on: it ends in words, never in a crash,
  /// and what it left behind is sound and can be gone on from.
  struct FaultTests {
    static let ioError = "Input/output error"
    /// SQLite's word where it does not tell what the system said.
    static let disk = "disk I/O error"
    static let unopened = "unable to open database file"
    static let full = "No space left on device"
    static let memory = "Cannot allocate memory"

    /// In an ordinary test run without the slow ones.
    static let faults = all.filter { SoakTests.isLong || !$0.isSlow }

    private static let all = [
      Fault("fdatasync", "EIO", disk),
      Fault("fdatasync", "ENOSPC", disk), Fault("ftruncate", "EIO", ioError),
      Fault("ftruncate", "ENOSPC", full, "the disk is full"),
      Fault(
        "pread64", "EIO", ioError, disk, "cannot be read", "malformed", "unable to get the page"),
      Fault("pread64", "EINTR"), Fault("read", "EIO", ioError), Fault("read", "EINTR"),
      Fault("openat", "EMFILE", "Too many open files", unopened),
      Fault("openat", "EIO", ioError, unopened),
      Fault("openat", "ENOMEM", memory, unopened),
      // What the loader says of a library has not always the system's words in it.
      Fault("mmap", "ENOMEM", memory, "enough memory", "failed to map segment"),
      Fault("write", "ENOSPC", full), Fault("write", "EIO", ioError), Fault("write", "EINTR"),
      Fault("flock", "EINTR"), Fault("flock", "ENOLCK", "No locks available"),
      Fault("unlink", "EIO", ioError, disk), Fault("newfstatat", "EIO", ioError),
      Fault("getdents64", "EIO", ioError), Fault("pwrite64", "ENOSPC", "the disk is full", full),
      Fault("pwrite64", "EIO", disk), Fault("pwrite64", "EINTR"),
      Fault("fcntl", "EIO", ioError, "is held"),
      Fault("fcntl", "ENOLCK", "No locks available", "is held"),
    ]

    static let calls = Array(Set(faults.map(\.call)))

    @Test func `an import with a failing system call says so and can be gone on from`() throws {
      let sandbox = try Sandbox()
      try sandbox.writeSmallLogs()
      // It writes to both outputs.
      let command = "errata import --format json logs"
      try sandbox.expect(from: command)
      let own = try sandbox.ownCalls(of: command, Self.calls)
      for fault in Self.faults {
        let numbers = try #require(own[fault.call], "\(fault.call) is not called at all")
        var runs = 0
        var failures = 0
        var differences = 0
        for number in SoakTests.choice(of: numbers, fault.name, every: fault.isSlow ? 10 : 1) {
          for last in fault.ends(from: number) {
            try sandbox.removeStore()
            let (outcome, isMet) = try sandbox.tamper(
              fault.call, "error=\(fault.error)", from: number, until: last, command)
            runs += isMet ? 1 : 0
            failures += outcome.status == 0 ? 0 : 1
            var trouble = fault.trouble(outcome)
            if outcome.status == 0 { trouble = try trouble ?? sandbox.difference() }
            trouble = try trouble ?? sandbox.troubleGoingOn(with: command)
            if let trouble {
              differences += 1
              Issue.record("\(fault.name) \(number)\(last): \(trouble)")
            }
          }
        }
        SoakTests.say(
          "\(fault.name) in \(runs) imports, \(failures) of them failed, "
            + "\(differences) differences")
      }
    }

    @Test func `where no second thread is to be had, one does all the work`() throws {
      let sandbox = try Sandbox()
      let log = SoakLog(lines: 60_000, seed: SoakTests.seed)
      try log.bytes.write(to: sandbox.folder.appendingPathComponent("a.log"))
      let command = "errata import -q a.log"
      try sandbox.expect(from: command)
      let (outcome, isMet) = try sandbox.tamper(
        "clone3", "error=EAGAIN", from: 1, until: "+", command)
      #expect(isMet == (ProcessInfo.processInfo.activeProcessorCount > 1))
      #expect(outcome.status == 0, "\(outcome.complaint)")
      #expect(try sandbox.unsoundness() == nil)
      #expect(try sandbox.difference() == nil)
    }

    /// Faults that meet several workers, somewhere in the middle of a log: what is stored is its
    /// beginning, and the next import goes on from there.
    @Test(arguments: [
      Fault("fdatasync", "EIO", disk), Fault("pwrite64", "ENOSPC", "the disk is full", full),
      Fault("pwrite64", "EIO", disk), Fault("read", "EIO", ioError),
    ])
    func `a fault in the middle of a long log leaves its beginning`(_ fault: Fault) throws {
      let sandbox = try Sandbox()
      let log = SoakLog(lines: 110_000, seed: SoakTests.seed)
      try log.bytes.write(to: sandbox.folder.appendingPathComponent("a.log"))
      let command = "errata import -q a.log"
      try sandbox.expect(from: command)
      let own = try #require(try sandbox.ownCalls(of: command, [fault.call])[fault.call])
      for number in SoakTests.choice(of: own, "long" + fault.name, every: max(1, own.count / 25)) {
        try sandbox.removeStore()
        let (outcome, _) = try sandbox.tamper(
          fault.call, "error=\(fault.error)", from: number, until: "+", command)
        let trouble = try fault.trouble(outcome) ?? sandbox.troubleGoingOn(with: command)
        #expect(trouble == nil, "\(fault.name) from \(number) on")
      }
    }

    /// Questions meet faults as well: a reader says what it could not read.
    @Test func `a question with a failing system call is answered or says why not`() throws {
      let sandbox = try Sandbox()
      try sandbox.writeSmallLogs()
      try sandbox.output("errata import -q logs")
      for command in ["errata report", "errata verify"] {
        let answer = try sandbox.output(command)
        let own = try sandbox.ownCalls(of: command, Self.calls)
        var runs = 0
        for fault in Self.faults {
          guard let numbers = own[fault.call] else { continue }
          for number in SoakTests.choice(
            of: numbers, command + fault.name, every: fault.isSlow ? 10 : 1)
          {
            for last in fault.ends(from: number) {
              let (outcome, isMet) = try sandbox.tamper(
                fault.call, "error=\(fault.error)", from: number, until: last, command)
              runs += isMet ? 1 : 0
              if outcome.status == 0 { #expect(outcome.output == answer, "\(command), \(number)") }
              if let trouble = fault.trouble(outcome) {
                Issue.record("\(command), \(fault.name) \(number)\(last): \(trouble)")
              }
            }
          }
        }
        #expect(runs > 0)
        SoakTests.say("\(command) met \(runs) faults")
      }
    }
  }
}
