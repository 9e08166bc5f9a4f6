import Foundation
import Testing

/// Each file of `Cases` is a story: commands, and exactly what they answer.
///
/// `ERRATA_RECORD=1 swift test --filter CaseTests` writes down what differs; then read the diff.
struct CaseTests {
  private static let environment = ProcessInfo.processInfo.environment
  static let names = (try? Repository.names(in: Repository.cases, ending: ".txt")) ?? []
  /// Cases that cannot be tried with the binary of `ERRATA_BINARY`.
  private static let leftOut = Set(
    (environment["ERRATA_CASES_LEFT_OUT"] ?? "").split(separator: " ").map(String.init))
  private let isRecording = environment["ERRATA_RECORD"] != nil

  @Test func `there are cases, each with commands and a word on what it is about`() throws {
    #expect(Self.names.count > 30)
    for name in Self.names {
      let transcript = try read(name)
      #expect(!transcript.steps.isEmpty, "\(name) has no command")
      #expect(transcript.about.first?.isEmpty == false, "\(name) does not say what it is about")
    }
  }

  @Test(arguments: names.filter { !leftOut.contains($0) })
  func `a case goes as it is written down`(_ name: String) throws {
    let sandbox = try Sandbox()
    var transcript = try read(name)
    for place in transcript.steps.indices {
      let step = transcript.steps[place]
      let outcome = try sandbox.run(step.command)
      for (stream, text, expected, field) in [
        ("standard output", outcome.output, step.output, \Transcript.Step.output),
        ("standard error", outcome.complaint, step.complaint, \Transcript.Step.complaint),
      ] {
        guard let difference = Transcript.difference(of: text, from: expected) else { continue }
        Issue.record("\(name): $ \(step.command)\n\(stream), \(difference)")
        transcript.steps[place][keyPath: field] = Transcript.lines(of: text)
      }
      #expect(outcome.status == step.status, "\(name): $ \(step.command)\n\(outcome.complaint)")
      transcript.steps[place].status = outcome.status
    }
    if isRecording {
      let text = transcript.text.replacingOccurrences(of: sandbox.folder.path, with: "{…}")
      try Data(text.utf8).write(to: Repository.cases.appendingPathComponent(name))
    }
  }

  private func read(_ name: String) throws -> Transcript {
    Transcript(
      try Repository.text(of: Repository.cases.appendingPathComponent(name))
        .split(separator: "\n", omittingEmptySubsequences: false))
  }
}
