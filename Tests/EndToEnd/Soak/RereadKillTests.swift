import Foundation
import Testing

extension SoakTests {
  /// Reading again, killed (kill -9) at system calls that leave a trace: the store is whole, and the
  /// next run finishes.
  struct RereadKillTests {
    @Test func `a reread killed at any system call is whole, and is finished by the next`() throws {
      let sandbox = try Sandbox()
      try sandbox.write(
        #"{"name":"edge","title":"Edge","signature":["pop"],"fields":{"status":["answer"]}}"#,
        to: "edge.json")
      let lines = (0..<60_000).map { number in
        let status = [200, 404, 429, 503][number % 4]
        let name = number % 3 == 0 ? "answer" : "status"
        return #"{"time":"2026-11-10T0\#(number / 7000):00:00Z","pop":"FRA","\#(name)":\#(status),"#
          + #""path":"/v1/\#(number % 50)","request_id":"req-\#(100_000 + number)"}"#
      }
      try sandbox.write(lines.joined(separator: "\n") + "\n", to: "a.log")
      try sandbox.expect(from: "errata import -q --profile edge.json a.log")
      try sandbox.output("errata import -q a.log && cp -r data before")
      let restore = "rm -rf data; cp -r before data"
      let command = "errata import -q --reread --profile edge.json a.log"
      let calls = try sandbox.ownCalls(of: command, ["pwrite64", "fdatasync", "openat"])
      #expect(calls["fdatasync"] != nil)
      for (call, range) in calls {
        for number in SoakTests.choice(of: range, "reread \(call)") {
          try sandbox.output(restore)
          let (_, isMet) = try sandbox.tamper(call, "signal=KILL", from: number, command)
          #expect(isMet, "\(call) \(number) was not met")
          if let trouble = try sandbox.troubleGoingOn(with: command) {
            Issue.record("killed at \(call) \(number): \(trouble)")
          }
        }
      }
    }
  }
}
