internal import Answers
internal import Channels
internal import Files
internal import Release
internal import Rendering
internal import Times

/// An answer as it is told outside.
struct Announcement {
  /// The command whose answer it is.
  let command: String
  /// What it says, in a line.
  let summary: String
  let answer: Answer
  /// What the command remembers it under, where that has a name.
  let job: String?
  /// The file of the store.
  let store: String
  /// Milliseconds since the epoch.
  let made = Clock.now

  init(
    _ answer: Answer, of command: String, summary: String, store: String, job: String? = nil
  ) {
    self.command = command
    self.summary = shortened(summary, to: 300)
    self.answer = answer.worded
    self.store = FilePath.absolute(store) ?? store
    self.job = job.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// By which it is known again.
  static func key() -> String {
    (0..<2).map { _ in
      let digits = String(UInt64.random(in: .min ... .max), radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }
    .joined()
  }

  /// As a sort of channel wants it.
  func body(for channel: Channel, key: String) -> [UInt8] {
    let foot = "errata \(command) on \(hostName), \(store)"
    switch channel.sort {
    case .slack: return SlackMessage(answer, summary: summary, foot: foot).json
    case .teams: return TeamsCard(answer, summary: summary, foot: foot).json
    case .webhook: return json(key)
    case .mail:
      // As wide as mail is shown everywhere.
      let text = rendered(.table, Terminal(width: 76))
      return Mail(
        to: channel.target, subject: visible("errata: \(summary)"), key: key,
        host: hostName, date: made / 1000, text: "\(text)\n-- \n\(visible(foot))\n",
        page: rendered(.html, Terminal())
      ).bytes
    }
  }

  private func rendered(_ format: Format, _ terminal: Terminal) -> String {
    var output = Output()
    format.renderer(for: terminal).render(answer, into: &output)
    return output.text
  }

  /// What programs are told: the object of `--format json`, and where it is from.
  private func json(_ key: String) -> [UInt8] {
    let value: Object = [
      "id": .text(key), "at": .time(made), "errata": .text(ThisRelease.version),
      "command": .text(command), "host": .text(hostName), "store": .text(store),
      "job": Value(job), "text": .text(summary), "answer": answer.value,
    ]
    var output = Output()
    Format.ndjson.renderer().render(Answer(title: "", value: .object(value)), into: &output)
    return output.bytes
  }
}
