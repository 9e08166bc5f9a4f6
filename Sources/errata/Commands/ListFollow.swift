internal import Answers
internal import Arguments
internal import Events
internal import Files
internal import Glibc
internal import Ingest
internal import Rendering
internal import Reports
internal import Store
internal import Times

extension Invocation {
  /// Prints events as they are stored, until someone stops it.
  ///
  /// - Parameter limit: so many that are stored already come first.
  func follow(_ limit: Int?) throws -> ExitCode {
    let format = try self.format
    guard ![.md, .html, .slack].contains(format) else {
      throw UsageError(
        "--follow has no end, and \(format.rawValue) needs one",
        hint: "It prints table, json, ndjson or csv.")
    }
    if has(.output), self[.output] != "-" {
      throw UsageError(
        "--follow writes to standard output", hint: "Leave -o out, and write it to a file with >.")
    }
    let stop = Interruption.watch()
    let question = try question(archive)
    let isBounded = has(.since) || has(.until)
    let range = TimeRange(
      since: has(.since) ? question.range.since : .min,
      until: has(.until) ? question.range.until : .max)
    var tail = try EventTail(of: question, within: isBounded ? range : nil)
    var pages = EventPages(format, question, try terminal(of: destination))
    if let limit {
      try destination.write(pages.next(question.newestEvents(limit).events.reversed()))
    }
    while Interruption.signal == nil {
      let events = try tail.next()
      if events.isEmpty {
        pause(stop)
      } else {
        try destination.write(pages.next(events))
      }
    }
    return Interruption.signal == SIGTERM ? .terminated : .interrupted
  }

  /// Waits a moment, or until the descriptor has something.
  private func pause(_ stop: Int32) {
    var end = pollfd(fd: stop, events: Int16(POLLIN), revents: 0)
    poll(&end, stop < 0 ? 0 : 1, 250)
  }
}

/// Events as they come, in a format that has no end.
private struct EventPages {
  private let format: Format
  private let question: Question
  private let terminal: Terminal
  private var hasHeader = false

  init(_ format: Format, _ question: Question, _ terminal: Terminal) {
    self.format = format == .json ? .ndjson : format
    self.question = question
    self.terminal = terminal
  }

  /// The lines of some events: the first of them with a header, where the format has one.
  mutating func next(_ events: [Event]) -> Output {
    var page = Output()
    if events.isEmpty { return page }
    format.renderer(for: terminal).render(question.page(of: events), into: &page)
    defer { hasHeader = true }
    return hasHeader ? page.dropping(lines: format.headerLines) : page
  }
}

extension Format {
  /// How many lines stand above the rows.
  fileprivate var headerLines: Int {
    switch self {
    case .table: 2
    case .csv: 1
    case .json, .ndjson, .md, .html, .slack: 0
    }
  }
}

extension Output {
  /// What is left without the first lines.
  fileprivate func dropping(lines: Int) -> Output {
    var left = bytes[...]
    for _ in 0..<lines {
      left = left[((left.firstIndex(of: UInt8(ascii: "\n")) ?? left.endIndex - 1) + 1)...]
    }
    var rest = Output()
    left.withUnsafeBufferPointer { rest.write($0) }
    return rest
  }
}
