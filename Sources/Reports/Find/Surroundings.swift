internal import Batches
internal import Events
internal import Questions
internal import Times

/// What else is known around events: the other lines and tries of their requests, and what their
/// consumers saw.
struct Surroundings {
  private(set) var story = Story()
  private(set) var around: [Around] = []

  /// Tries of a request follow one another within this: milliseconds.
  private static let tries = 10 * Milliseconds.minute
  /// Around so many events is looked.
  private static let most = 5

  private let finder: Finder
  private let texts: Texts
  /// The lines of the story, and which of them are of one request.
  private var lines: [Int64: (event: Event, request: Int)] = [:]
  private var requests: [String: Int] = [:]
  private var untold: Set<Int64> = []

  init(of found: [Finder.Found], by finder: Finder, _ texts: Texts) throws {
    self.finder = finder
    self.texts = texts
    let asked = found.prefix(Story.most)
    for found in asked {
      try add(found)
      for id in found.identifiers { for other in try finder.find(id) { try add(other) } }
    }
    for found in asked.prefix(Surroundings.most) { try look(around: found.event) }
    tell(asked: Set(asked.map(\.event.id)))
  }

  /// Adds a line: of a request that one of its ids is known of, or of a new one.
  private mutating func add(_ found: Finder.Found) throws {
    guard lines[found.event.id] == nil else { return }
    if lines.count >= Story.most {
      untold.insert(found.event.id)
      return
    }
    let ids = found.identifiers.map { $0.lowercased() }
    let request = ids.lazy.compactMap { [requests] in requests[$0] }.first ?? requests.count + 1
    for id in ids { requests[id] = request }
    lines[found.event.id] = (found.event, request)
  }

  /// Reads what the consumer of an event got around it.
  private mutating func look(around event: Event) throws {
    guard let time = event.time, let consumer = event.consumer else { return }
    let length = finder.around
    if around.contains(where: {
      $0.consumer == consumer
        && $0.range.since.addingClamped(length).distance(to: time) <= length
    }) {
      return
    }
    let near = TimeRange(
      since: time.addingClamped(-length), until: time.addingClamped(length).addingClamped(1))
    let widest = max(length, Surroundings.tries)
    let wide = TimeRange(
      since: time.addingClamped(-widest), until: time.addingClamped(widest).addingClamped(1))
    var rows: [ErrorName: Around.Row] = [:]
    var tries: [Int64] = []
    try finder.archive.calls(of: consumer, during: wide) { call in
      if near.contains(call.time) {
        let name = ErrorName(
          vendor: texts[call.vendor, .vendor], status: call.status == 0 ? nil : Int(call.status),
          code: texts[call.code, .code], kind: call.kind.name)
        var row = rows[name] ?? .init(name: name, errors: 0, first: call.time, last: call.time)
        row.errors += 1
        row.last = call.time
        rows[name] = row
      }
      if call.time.distance(to: time) <= Surroundings.tries,
        event.route != nil, texts[call.route, .route] == event.route,
        texts[call.method, .method] == event.method, texts[call.vendor, .vendor] == event.vendor
      {
        tries.append(call.number)
      }
    }
    around.append(
      Around(
        consumer: consumer, range: near,
        rows: rows.values.sorted {
          ($1.errors, $0.first, $0.name.code ?? "") < ($0.errors, $1.first, $1.name.code ?? "")
        }))
    for number in tries where lines[number] == nil {
      guard let other = try finder.archive.event(number), isSameCall(other, event) else { continue }
      try add(finder.found(other))
    }
  }

  /// Whether a call of the same route is of the same thing, as far as paths tell.
  private func isSameCall(_ event: Event, _ other: Event) -> Bool {
    guard let path = event.path, let otherPath = other.path else { return true }
    return path == otherPath
  }

  /// Puts the lines in order, those of one failure together.
  private mutating func tell(asked: Set<Int64>) {
    let sorted = lines.values.sorted {
      ($0.event.time ?? .max, $0.event.id) < ($1.event.time ?? .max, $1.event.id)
    }
    var told: [(line: StoryLine, request: Int)] = []
    for (event, request) in sorted {
      let line = StoryLine(event: event, isAsked: asked.contains(event.id))
      let same = told.firstIndex { $0.request == request && $0.line.isSameFailure(as: line) }
      if let same {
        told[same].line.also.append(event.source?.path ?? "-")
        told[same].line.isAsked = told[same].line.isAsked || line.isAsked
      } else {
        told.append((line, request))
      }
    }
    story.lines = told.map(\.line)
    story.more = untold.count
  }
}

extension Int64 {
  /// How far two times are apart: milliseconds.
  func distance(to other: Int64) -> Int64 {
    let (difference, isTooLarge) = subtractingReportingOverflow(other)
    return isTooLarge || difference == .min ? .max : abs(difference)
  }
}
