import Foundation
import Testing

/// `import --follow` as a service runs it.
struct FollowTests {
  let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
    try sandbox.run("mkdir logs")
  }

  /// Follows while a script runs, then sends a signal; `$pid` is the follower, `wait_for N` waits
  /// until so many events are stored. At most so many
  /// `files` may be open.
  func follow(
    _ paths: String, _ script: String, before: String = ":", files: Int = 1024,
    signal: String = "TERM"
  ) throws -> Sandbox.Outcome {
    try sandbox.run(
      """
      line() { for n in "$@"; do printf '{"status":500,"request_id":"request-%s"}\\n' "$n"; done; }
      stored() { errata query 'select count(*) as n from events' --format csv 2>/dev/null | tail -1; }
      wait_for() { for i in {1..6000}; do [ "$(stored)" = "$1" ] && return; sleep 0.05; done
        echo "$(stored) are stored, not $1"; }
      \(before)
      (ulimit -n \(files); exec errata import --follow \(paths)) & pid=$!
      \(script)
      kill -\(signal) $pid; wait $pid
      """)
  }

  func ids() throws -> [String] {
    try sandbox.output("errata query 'select request_id from events order by 1' --format csv")
      .split(separator: "\n").dropFirst().map { String($0.dropFirst("request-".count)) }
  }

  func expectSound() throws {
    #expect(try sandbox.output("errata verify --format ndjson").contains("\"ok\":true"))
  }

  @Test(arguments: ["logs/a.log", "logs"])
  func `through rotation by renaming, with lines written to the old file late`(_ path: String)
    throws
  {
    let outcome = try follow(
      path,
      """
      exec 3>>logs/a.log; line a1 a2 >&3; wait_for 2
      line a3 >&3; mv logs/a.log logs/a.log.1; line b1 > logs/a.log; line a4 >&3; wait_for 5
      line a5 >&3; line b2 >> logs/a.log; wait_for 7
      """)
    #expect(outcome.status == 143)
    #expect(outcome.output == "")
    #expect(try ids() == ["a1", "a2", "a3", "a4", "a5", "b1", "b2"])
    try expectSound()
  }

  @Test func `through copytruncate, deletion and what is written in between`() throws {
    let outcome = try follow(
      "logs/a.log",
      """
      line a1 a2 a3 > logs/a.log; wait_for 3
      line a4 >> logs/a.log; cp logs/a.log logs/a.log.1; : > logs/a.log; line b1 >> logs/a.log; wait_for 5
      rm logs/a.log; line c1 > logs/a.log; wait_for 6
      """)
    #expect(outcome.status == 143)
    #expect(outcome.output == "")
    #expect(outcome.complaint.contains("logs/a.log: was cut short"))
    #expect(!outcome.complaint.contains("gone"))
    #expect(try ids() == ["a1", "a2", "a3", "a4", "b1", "c1"])
    try expectSound()
  }

  @Test func `a log cut short with no copy is a gap, told once`() throws {
    let outcome = try follow(
      "logs/a.log", "line a1 a2 a3 > logs/a.log; wait_for 3; line b1 > logs/a.log; wait_for 4")
    #expect(outcome.complaint.components(separatedBy: "is gone").count == 2)
    #expect(try ids() == ["a1", "a2", "a3", "b1"])
  }

  @Test(arguments: [("INT", 130), ("TERM", 143)] as [(String, Int32)])
  func `a file that is not there yet is awaited, and an unfinished line held back`(
    signal: String, status: Int32
  ) throws {
    let outcome = try follow(
      "logs/new.log",
      """
      until grep -q 'is not there yet' .complaint; do sleep 0.05; done
      (line a1; printf '{\"status\":500}') > logs/new.log; wait_for 1
      """,
      signal: signal)
    #expect(outcome.status == status)
    #expect(outcome.complaint.contains("logs/new.log: is not there yet"))
    #expect(outcome.complaint.contains("1 event, 0 successes, 1 held back"))
    try expectSound()
  }

  @Test func `what was rotated while nobody looked is read first`() throws {
    _ = try follow("logs/a.log", "line a1 a2 > logs/a.log; wait_for 2")
    let outcome = try follow(
      "logs/a.log", "wait_for 5",
      before:
        "line a3 >> logs/a.log; gzip logs/a.log; mv logs/a.log.gz logs/a.log.1.gz; line b1 b2 > logs/a.log"
    )
    #expect(outcome.complaint.contains("is now"))
    #expect(try ids() == ["a1", "a2", "a3", "b1", "b2"])
    try expectSound()
  }

  @Test func `pipes cannot be followed`() throws {
    let outcome = try sandbox.run("errata import --follow - < /dev/null")
    #expect(outcome.status == 2)
    #expect(outcome.complaint.contains("a pipe cannot be followed"))
  }

  /// `timeout` sends its signal to the process and to its group.
  @Test func `two signals at once are one, and what was stored is told`() throws {
    let outcome = try follow(
      "logs/a.log",
      "line a1 > logs/a.log; wait_for 1; kill -STOP $pid; kill -TERM $pid; kill -INT $pid",
      signal: "CONT")
    #expect([130, 143].contains(outcome.status))
    #expect(outcome.complaint.contains("1 event, 0 successes"))
  }

  @Test func `an import that waits for standard input stops at once`() throws {
    // Once it listens for SIGTERM, number 15.
    let outcome = try sandbox.run(
      """
      mkfifo pipe; errata import - < pipe & pid=$!; exec 3> pipe
      printf '{"status":500}\\n' >&3
      until (( 0x$(awk '/^SigCgt/ {print $2}' /proc/$pid/status) >> 14 & 1 )); do sleep 0.05; done
      kill -TERM $pid; wait $pid; echo $?
      """)
    #expect(outcome.output == "143\n")
  }
}
