import Foundation

/// Answers in JSON, put to the schemas that `errata help json COMMAND` prints, by a validator that
/// knows nothing of errata: see `Tests/Schema/validate.py`.
struct Validator {
  private let sandbox: Sandbox
  private let folder: URL
  private(set) var answers: [String] = []

  init(_ sandbox: Sandbox) throws {
    self.sandbox = sandbox
    folder = sandbox.folder.appendingPathComponent(".validation")
    for part in ["schemas", "answers"] {
      try FileManager.default.createDirectory(
        at: folder.appendingPathComponent(part), withIntermediateDirectories: true)
    }
  }

  /// Adds an answer of a command, under a name of its own.
  @discardableResult
  mutating func add(_ answer: String, of command: String) throws -> String {
    let schema = folder.appendingPathComponent("schemas/\(command).json")
    if !FileManager.default.fileExists(atPath: schema.path) {
      try Data(try sandbox.output("errata help json \(command)").utf8).write(to: schema)
    }
    let name = "\(command).\(answers.count).json"
    try Data(answer.utf8).write(to: folder.appendingPathComponent("answers/\(name)"))
    answers.append(name)
    return name
  }

  /// What is wrong with the answers, a line each that begins with the answer's name.
  func problems() throws -> [String] {
    let script = Repository.root.appendingPathComponent("Tests/Schema/validate.py")
    let outcome = try sandbox.run("/usr/bin/python3 '\(script.path)' '\(folder.path)'")
    let lines = outcome.output.split(separator: "\n").map(String.init)
    if outcome.status == 0 || !lines.isEmpty { return lines }
    return ["the validator ended with \(outcome.status): \(outcome.complaint)"]
  }
}

extension Sandbox {
  /// The commands that print an object with `--format json`.
  var answeringCommands: [String] {
    get throws {
      let others = [
        "completions", "help", "serve", "top", "export", "metrics", "push", "cluster-schema",
      ]
      return try commands.filter { !others.contains($0) }
    }
  }

  /// The schema of what a command prints.
  func schema(of command: String) throws -> [String: Any] {
    try json("errata help json \(command)")
  }
}
