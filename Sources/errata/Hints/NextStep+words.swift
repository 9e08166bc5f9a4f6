internal import Answers

extension Answer {
  /// The answer with what to type next in words.
  var worded: Answer { wording { text, next in text + next.words } }
}

/// What to do where there is nothing yet.
let importAdvice = "import a log first: errata import access.log"

extension NextStep {
  /// What to type, as the end of a sentence.
  var words: String {
    switch self {
    case .showMore: "; --limit shows more"
    case .showSmaller: ": --top N or --all tells them"
    case .goOn(let number): ": --before \(number) goes on, --limit shows more"
    case .readValue(let name): ", in “\(name)” of --format json"
    case .askAboutGateway(let name): "; --gateway \(name) asks about one"
    case .ask(let topics, let days):
      ": "
        + topics.map { "errata \($0.command)\(days.map { " \($0.options)" } ?? "")" }
        .joined(separator: ", ")
    case .askAbout(let days): ": try \(days.options)"
    case .askAboutWeek(let week): ": try --week \(week)"
    case .importFirst: "; \(importAdvice)"
    case .logMore: ": errata help logging says what to log for more"
    case .judgeAllErrors(let days): " All errors: errata retries \(days.options)"
    }
  }
}

extension NextStep.Topic {
  /// The command that tells all of it.
  fileprivate var command: String {
    switch self {
    case .bursts: "bursts"
    case .incidents: "incidents"
    case .limits: "limits"
    case .spikes: "spikes"
    }
  }
}

extension NextStep.Days {
  fileprivate var options: String { "--since \(since) --until \(until)" }
}
