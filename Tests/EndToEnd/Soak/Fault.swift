/// A way in which a system call fails.
struct Fault {
  let call: String
  let error: String
  /// Words of which a complaint has one; none where the call is simply made again.
  let words: [String]

  init(_ call: String, _ error: String, _ words: String...) {
    self.call = call
    self.error = error
    self.words = words
  }

  var name: String { "\(call) \(error)" }

  /// SQLite tries for seconds to get a lock.
  var isSlow: Bool { call == "fcntl" }

  /// How long it lasts from a call on, as strace has it: once, and for ever. Calls that are made
  /// again are not interrupted for ever.
  func ends(from number: Int) -> [String] {
    words.isEmpty
      ? ["..\(number + 20)"] : SoakTests.isLong ? ["", "+"] : [number % 2 == 0 ? "" : "+"]
  }

  /// What is wrong with how a command ended that met it; nil when it is as it should be.
  func trouble(_ outcome: Sandbox.Outcome) -> String? {
    // What verify finds wrong is its answer, on standard output.
    let said = outcome.complaint + outcome.output
    switch outcome.status {
    case 0: return nil
    // Where nothing can be written, nothing can be said.
    case 1 where call == "write": return nil
    case 1 where words.contains { said.contains($0) }: return nil
    default: return "ended with \(outcome.status), saying “\(said)”"
    }
  }
}
