package import Answers
package import Events
internal import Files
internal import Questions
internal import Times

/// Events of a range, the newest first; those of one time by their numbers.
package struct EventList {
  package var events: [Event]
  /// Whether there are more behind them.
  package var hasMore: Bool
}

extension Question {
  /// The newest events of the range.
  ///
  /// - Parameter event: its number: only those behind it in the list are told.
  package func newestEvents(_ count: Int, behind event: Int64? = nil) throws -> EventList {
    let mark = try event.map { try self.mark(ofEvent: $0) }
    let marks = try archive.latestErrors(
      count + 1, during: range, before: mark, texts: false
    ) { error in
      vendors.isEmpty || asksAbout(number: vocabulary.vendors.number(ofStored: error.vendor))
    }
    return EventList(
      // What was pruned meanwhile is left out.
      events: try marks.prefix(count).compactMap { try archive.event($0.number) },
      hasMore: marks.count > count)
  }

  private func mark(ofEvent number: Int64) throws -> ErrorMark {
    guard let event = try archive.event(number) else {
      throw QuestionError(
        "there is no event \(number) any more",
        hint: "It was pruned or read again: go on with the time of the last one")
    }
    guard let time = event.time else {
      throw QuestionError(
        "the event \(number) has no time", hint: "Name one that stands in the list")
    }
    return ErrorMark(time: time, number: number)
  }

  /// Events, the newest first.
  ///
  /// - Parameter event: as above.
  package func list(_ count: Int, behind event: Int64? = nil) throws -> Answer {
    let list = try newestEvents(count, behind: event)
    let next = list.hasMore ? list.events.last?.id : nil
    var answer = Answer(
      title: "Events", notes: [note],
      sections: forPeople {
        [Section(.table(eventTable(list.events)))]
          + (next.map { [Section(.paragraph("There are more", next: .goOn(behind: $0)))] } ?? [])
      },
      value: forPrograms {
        ListAnswer(range: range, events: list.events, hasMore: list.hasMore, next: next).value
      },
      rows: "events", header: Event.fields.names)
    let undated = event == nil ? try undatedErrors() : 0
    if undated > 0 {
      answer.caution(
        "\(Reports.count(undated, "event")) without a time "
          + (undated == 1 ? "is" : "are") + " not in the list")
    }
    return try honest(answer, from: .events)
  }

  /// Some events that have just come, as a part of a list that has no end.
  package func page(of events: [Event]) -> Answer {
    Answer(
      title: "", sections: forPeople { [Section(.table(eventTable(events, .usual)))] },
      value: forPrograms {
        ListAnswer(range: range, events: events, hasMore: false, next: nil).value
      },
      rows: "events", header: Event.fields.names)
  }

  /// A line for each event: with columns that are given, of no more than 80 characters, else with
  /// the ids of the requests.
  func eventTable(_ events: [Event], _ given: EventColumns? = nil) -> Table {
    let columns = given ?? EventColumns(events)
    let ids = TableColumn<Event>("request id") { Cell($0.requestID) }
    return Table(
      of: events,
      [
        TableColumn("time") { event in
          Cell(
            Value(time: event.time),
            shown: columns.time(event.time.map { second(of: $0) } ?? "undated"))
        },
        TableColumn("vendor") { columns.vendor($0) },
        TableColumn("status") { Cell($0.status) },
        TableColumn("error") { columns.error($0) },
        TableColumn("on") { columns.place($0) },
      ] + (given == nil ? [ids] : []), keys: ["time", "vendor", "status", "error"],
      whenEmpty: "no events")
  }

  private func second(of time: Int64) -> String { formatLocal(time, zone: zone, style: .seconds) }
}

/// What `list` answers.
struct ListAnswer: Described {
  var range: TimeRange
  var events: [Event]
  var hasMore: Bool
  var next: Int64?

  static let fields: Fields<ListAnswer> = TimeRange.fields.of { $0.range }.and([
    Field("events", "the events, the newest first; those of one time by their numbers") {
      $0.events
    },
    Field("more", "whether there are older ones in the range") { $0.hasMore },
    Field(
      "next", "the number of the event to go on behind; null without more"
    ) { $0.next },
  ])
}
