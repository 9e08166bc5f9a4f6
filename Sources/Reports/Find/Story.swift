internal import Answers
internal import Events
internal import Times

/// The lines of a request over all logs, and of the same consumer's other tries of it, in order of time.
struct Story {
  var lines: [StoryLine] = []
  /// How many lines more there are than are told.
  var more = 0

  /// So many are told.
  static let most = 50

  /// A sentence or two on it; nil where there is nothing to tell but one line.
  var words: String? {
    guard let first = lines.first else { return nil }
    if lines.count == 1 {
      guard let other = first.also.first, let own = first.event.source?.path else { return nil }
      return "\(own) and \(other) tell of the same failure."
    }
    let times = lines.compactMap(\.event.time)
    let length = (times.max() ?? 0).distance(to: times.min() ?? 0)
    let isOneCall = lines.allSatisfy {
      $0.event.route == first.event.route && $0.event.method == first.event.method
    }
    let (count, time) = (lines.count + more, formatDuration(length))
    if !isOneCall { return "\(count) failures of the requests that were asked about, in \(time)." }
    return "\(count) tries in \(time), none of which succeeded. Whether a later one did is not "
      + "known: of successes only the number is kept."
  }

  func section(in zone: Zone) -> Section? {
    guard let words else { return nil }
    if lines.count == 1 { return Section("The story", .paragraph(words)) }
    var table =
      Table(
        of: lines,
        [
          TableColumn("time") { line in
            Cell(
              Value(time: line.event.time),
              shown: line.event.time.map { formatLocal($0, zone: zone, style: .seconds) }
                ?? "undated")
          },
          TableColumn("log") { line in
            Cell(([line.event.source?.path ?? "-"] + line.also).joined(separator: ", "))
          },
          TableColumn("request id") { Cell($0.event.requestID, to: Reference.request) },
          TableColumn(Column("status", .trailing)) { Cell($0.event.status) },
          TableColumn("code") { Cell($0.event.code ?? $0.event.kind.name) },
          TableColumn("outcome") { Cell($0.outcome.words) },
        ], keys: ["time", "status", "code"])
    table.isSequence = true
    return Section("The story", .paragraph(words), .table(table))
  }
}

/// A failure of a story.
struct StoryLine: Described {
  var event: Event
  /// Other logs that tell of the same failure.
  var also: [String] = []
  /// Whether its id was asked for.
  var isAsked: Bool

  enum Outcome: String, Keyword {
    case failed, cancelled
    case noResponse = "no_response"

    var words: String { self == .noResponse ? "no response" : rawValue }
  }

  var outcome: Outcome {
    event.kind == .cancelled ? .cancelled : event.status == nil ? .noResponse : .failed
  }

  static let fields: Fields<StoryLine> = [
    Field(optionalTime: "time", "when it was; null where the line has no time") { $0.event.time },
    Field("source", "the log in which its line stands") { $0.event.source?.path },
    Field("also", "other logs that tell of the same failure") { $0.also },
    Field("status", "the HTTP status; null where there was no response") { $0.event.status },
    Field("code", "the vendor's code, as it was sent") { $0.event.code },
    Field("outcome", "what came of the try") { $0.outcome },
    Field("request_id", "the vendor's id of the request, else the gateway's") {
      $0.event.requestID
    },
    Field("event", "the number of the event") { $0.event.id },
    Field("asked", "whether it is one of those asked for") { $0.isAsked },
  ]

  /// Whether two lines of one request, from different logs, tell of one failure: the one sees what the
  /// other answered.
  func isSameFailure(as other: StoryLine) -> Bool {
    let (one, two) = (event, other.event)
    guard let path = one.source?.path, let otherPath = two.source?.path, path != otherPath,
      !also.contains(otherPath)
    else { return false }
    if let time = one.time, let other = two.time {
      guard time.distance(to: other) <= StoryLine.farthest else { return false }
    }
    return one.status == two.status || one.upstreamStatus != nil && one.upstreamStatus == two.status
      || two.upstreamStatus != nil && two.upstreamStatus == one.status
  }

  /// Clocks of machines, and how long a response takes, differ by this much: milliseconds.
  private static let farthest: Int64 = 10_000
}
