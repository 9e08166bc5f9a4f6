internal import Analysis
package import Answers
package import Events
internal import Questions
package import Times

/// The incidents of a stretch of time, to be asked whether single events are of them.
package struct KnownIncidents: Sendable {
  package let range: TimeRange
  private let incidents: [Incident]

  /// What an event is a part of.
  package struct Membership: Sendable, Equatable {
    package var id: String
    /// Such as `mimicbot: outage: 212 of 214 requests failed, all with 5xx`.
    package var words: String
    /// How many other failures it has.
    package var others: Int
    /// When it was, and for how long.
    package var start: Int64
    package var length: String
  }

  /// Those that the question is asked about.
  package init(of question: Question) throws {
    range = question.range
    incidents = try question.foundTroubles(bursts: question.rateLimiting().bursts).incidents
  }

  /// Milliseconds since the epoch; nil where the event is of none.
  package func membership(of event: Event) -> Membership? {
    guard let time = event.time,
      let sort = Sort(MinuteSort(status: Int64(event.status ?? 0), kind: event.kind))
    else { return nil }
    let found = incidents.first { incident in
      incident.start <= time && time < incident.end && incident.vendors.contains(event.vendor)
        && incident.sorts[sort] != nil
    }
    return found.map { incident in
      Membership(
        id: incident.id, words: "\(incident.subject): \(incident.words)",
        others: max(0, incident.failures - 1), start: incident.start, length: incident.length)
    }
  }

  /// The range in which the incident of a time is looked for, as `incident` does: the seven days before
  /// the newest event, else the time's week.
  package static func range(of time: Int64, in question: Question) -> TimeRange {
    if question.range.contains(time) { return question.range }
    return ISOWeek(of: time, zone: question.zone).range(in: question.zone)
  }
}

extension KnownIncidents.Membership {
  /// As a part of what is told of an event.
  package func section(in zone: Zone) -> Section {
    Section(
      "The incident it was part of",
      .facts([
        Fact("incident", Cell(id, to: Reference.incident)), Fact("what", Cell(.text(words))),
        Fact(
          "when",
          Cell(.text("\(formatLocal(start, zone: zone)) (\(zone.name)), for \(length)"))),
        Fact("others hit", Cell(.text(count(Int64(others), "other failure")))),
        Fact("report", Cell(ISOWeek(of: start, zone: zone).text, to: Reference.week)),
      ]))
  }
}
