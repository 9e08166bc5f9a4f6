package import Answers
internal import Events
internal import Files
internal import Times

extension Question {
  /// Events, the newest first, with all that a page has room for, and the number of the event to go on
  /// behind; nil without more.
  package func listPage(
    _ count: Int, behind event: Int64? = nil
  ) throws -> (answer: Answer, next: Int64?) {
    let list = try newestEvents(count, behind: event)
    let table = Table(
      of: list.events,
      [
        TableColumn("time") { event in
          Cell(
            Value(time: event.time),
            shown: event.time.map { formatLocal($0, zone: zone, style: .seconds) } ?? "undated")
        },
        TableColumn("vendor") { Cell($0.vendor, to: Reference.vendor) },
        TableColumn(Column("status", .trailing)) { Cell($0.status.map(String.init)) },
        TableColumn("error") { Cell($0.code ?? $0.kind.name) },
        TableColumn("request id") { Cell($0.requestID, to: Reference.request) },
        TableColumn("consumer") { event in
          Cell(event.consumer).naming(
            event.consumer.map { .errors(vendor: nil, status: nil, code: nil, consumer: $0) })
        },
        TableColumn("on") { event in
          Cell(
            [event.method, event.route ?? event.path].compactMap { $0 }.joined(separator: " ")
              .nonEmpty)
        },
        TableColumn("message") { Cell($0.message) },
      ], whenEmpty: "no events")
    var answer = Answer(
      title: "Events", notes: [note], sections: [Section(.table(table))], value: .null)
    let undated = event == nil ? try undatedErrors() : 0
    if undated > 0 {
      answer.caution(
        "\(Reports.count(undated, "event")) without a time \(undated == 1 ? "is" : "are") not in the list"
      )
    }
    return (try honest(answer, from: .events), list.hasMore ? list.events.last?.id : nil)
  }
}
