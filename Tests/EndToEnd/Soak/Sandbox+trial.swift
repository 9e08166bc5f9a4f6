import Foundation
import Testing

// What a trial does to a store, and how its outcome is judged.
extension Sandbox {
  /// The store that commands use, as a path inside the sandbox.
  static let store = "data/errata/errata.db"

  func removeStore() throws {
    try run("rm -rf data")
  }

  /// Keeps the store of an undisturbed import as what every other must come to. Says how many
  /// seconds the import took.
  @discardableResult
  func expect(from command: String, places: Bool = true) throws -> Double {
    try removeStore()
    let start = Date()
    try output(command)
    defer { try? removeStore() }
    let seconds = -start.timeIntervalSinceNow
    try dump(to: "expected", places: places)
    return seconds
  }

  /// How the store differs from the one expected; nil when it does not.
  func difference() throws -> String? {
    try dump(to: "found")
    return try differenceOfDumps()
  }

  func differenceOfDumps() throws -> String? {
    let outcome = try run("diff expected found | head -n 6")
    return outcome.output.isEmpty ? nil : outcome.output
  }

  /// Everything in the store but what differs from run to run: ids and when batches were committed.
  /// Without `places`, nor where an event stands, as one that is in two logs has a choice.
  func dump(to file: String, places: Bool = true) throws {
    let sql = """
      SELECT time_ms, vendor, status, code, kind, message, request_id, method, route, path, consumer,
        latency_ms, retry_after_ms, upstream_status, answered_by, details, length, part
        \(places ? ", source, \"offset\"" : "") FROM events;
      SELECT * FROM minutes;
      SELECT * FROM traffic;
      SELECT 'reject', reason, length, excerpt FROM reject;
      SELECT 'records', SUM(events), SUM(successes), SUM(skipped), SUM(rejects), SUM(blank),
        SUM(undated) FROM batch;
      SELECT 'bytes of ids', SUM(length(pairs)) FROM identifier;
      \(places ? "SELECT 'source', path, fork, consumed FROM source;" : "")
      """
    try write(sql, to: "dump.sql")
    _ = try output("set -o pipefail; sqlite3 -readonly \(Self.store) < dump.sql | sort > \(file)")
  }

  /// What is wrong with the store; nil when `errata verify` proves it sound, or when it has not come
  /// into being yet.
  func unsoundness() throws -> String? {
    let outcome = try run("errata verify --format ndjson")
    if outcome.status == 0, outcome.output.contains("\"ok\":true") { return nil }
    let isMissing = ["there is no store at", "no errata store yet"].contains {
      outcome.complaint.contains($0)
    }
    return outcome.status == 1 && isMissing ? nil : outcome.output + outcome.complaint
  }

  /// What is wrong with what was left behind, or with going on from there; nil when nothing is.
  func troubleGoingOn(with command: String) throws -> String? {
    if let trouble = try unsoundness() { return "left unsound: \(trouble)" }
    let outcome = try run(command)
    if outcome.status != 0 { return "the next import failed: \(outcome.complaint)" }
    return try unsoundness() ?? difference()
  }

  /// Runs a command whose `number`th call of `call`, counted for each thread, is tampered with:
  /// `signal=KILL`, `error=EIO`. Says whether there was such a call as well.
  func tamper(
    _ call: String, _ how: String, from number: Int, until last: String = "", _ command: String
  ) throws -> (outcome: Outcome, isMet: Bool) {
    // The filter makes it faster; strace 6.1 forgets signals behind it.
    let filter = how.hasPrefix("signal") ? "" : "--seccomp-bpf"
    let outcome = try run(
      """
      strace -f -qq \(filter) -o .trace -e trace=\(call) \
        -e inject=\(call):\(how):when=\(number)\(last) \(command); exit $?
      """)
    let trace = try Repository.text(of: folder.appendingPathComponent(".trace"))
    return (outcome, trace.contains("(INJECTED)") || trace.contains("+++ killed by"))
  }

  /// Which calls of each of some system calls are a command's own, counted for each thread from 1:
  /// those before are made by the loader and the runtime, as `errata --version` makes them too.
  func ownCalls(of command: String, _ calls: [String]) throws -> [String: ClosedRange<Int>] {
    let before = try count(calls, of: "errata --version")
    let all = try count(calls, of: command)
    return all.reduce(into: [:]) { ranges, call in
      let first = (before[call.key] ?? 0) + 1
      if first <= call.value { ranges[call.key] = first...call.value }
    }
  }

  /// The most calls that one thread makes.
  private func count(_ calls: [String], of command: String) throws -> [String: Int] {
    let outcome = try run(
      "strace -f -qq -o .trace -e trace=\(calls.joined(separator: ",")) \(command)")
    guard outcome.status == 0 else { throw TracingImpossible(complaint: outcome.complaint) }
    var counts: [Substring: Int] = [:]
    let trace = try Repository.text(of: folder.appendingPathComponent(".trace"))
    for line in trace.split(separator: "\n") where !line.contains(" resumed>") {
      counts[line.prefix { $0 != "(" }, default: 0] += 1
    }
    return counts.reduce(into: [:]) { most, count in
      let call = String(count.key.drop { $0.isNumber || $0 == " " })
      most[call] = max(most[call] ?? 0, count.value)
    }
  }

  /// Thrown where system calls cannot be traced: a trial that does nothing must not pass.
  struct TracingImpossible: Error, CustomStringConvertible {
    let complaint: String
    var description: String {
      """
      strace cannot trace here, so no system call can be made to fail: \(complaint)
      install it (make test does), and allow ptrace: in a container with --cap-add=SYS_PTRACE, \
      elsewhere with sysctl kernel.yama.ptrace_scope=1
      """
    }
  }
}
