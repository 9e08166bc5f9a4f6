internal import Answers
internal import Batches
internal import Events

/// What `find` answers.
struct FindAnswer: Described {
  var query: String
  var findings: FoundEvents
  var search: Search

  static let fields: Fields<FindAnswer> = [
    Field("query", "the ids that were looked for") { $0.query },
    Field("events", "the events that carry them, in order of time") { $0.findings.events },
    Field("story", "the lines and tries of their requests over all logs, in order of time") {
      $0.findings.story.lines
    },
    Field("around", "what the same consumers saw around them") { $0.findings.around },
    Field("cut_off", "the parts of ids that led to some") { $0.search.cut },
    Field("missing", "the ids of which nothing is known") { $0.findings.missing },
  ]
}

/// An event that was found, and what to do about it.
struct FoundEvent: Described {
  var found: Finder.Found
  var advice: Advice
  var seen: Seen?
  var incident: EventIncident?
  /// Whether its line itself was asked for.
  var showsLine = false

  /// What became of its line.
  enum LineState: String, Keyword {
    case read, gone
    case tooFar = "too_far"
  }

  struct Advice: Described {
    var retry: RetryAdvice
    var text: String
    var meaning: String?

    init(_ advice: (retry: RetryAdvice, text: String, meaning: String?)) {
      (retry, text, meaning) = advice
    }

    static let fields: Fields<Advice> = [
      Field("retry", "whether to send the request again, and when") { $0.retry },
      Field("text", "what to do, in a sentence or two") { $0.text },
      Field("meaning", "what the vendor documents of such an error") { $0.meaning },
    ]
  }

  static let fields: Fields<FoundEvent> = Event.fields.of { $0.found.event }.and([
    Field(
      "identifiers", "all ids of its line where that was read, else the one that is stored as text"
    ) { $0.found.identifiers },
    Field(
      "line",
      "whether its line was read, is gone, or is too far into the log or too long; null without a "
        + "file"
    ) { $0.lineState },
    Field("line_path", "the file in which its line was read") { $0.linePath },
    Field("line_number", "which line of the file it is; null where lines are not asked for") {
      $0.showsLine ? $0.line?.number : nil
    },
    Field("raw", "the line itself without its secrets; null as above") {
      $0.showsLine ? $0.line?.text : nil
    },
    Field("advice", "what to do about it") { $0.advice },
    Field("seen", "how often such errors are counted; null where they have no time") { $0.seen },
    Field(
      "incident", "the incident that it was a part of; null without one, and behind the fifth event"
    ) { $0.incident },
  ])

  private var lineState: LineState? {
    switch found.line {
    case .read: .read
    case .gone: .gone
    case .tooFar: .tooFar
    case nil: nil
    }
  }

  private var line: RecalledLine? {
    if case .read(let line) = found.line { line } else { nil }
  }

  private var linePath: String? { line?.path }
}
