internal import Events
internal import Questions
internal import Threads
internal import Times

/// What counts tell of an event.
struct EventCounts: Sendable {
  var event: Int64
  var name: ErrorName
  var seen: Seen?
  var incident: EventIncident?

  /// What damaged counts cannot tell is left out.
  fileprivate init(of event: Event, _ archive: any Archive, _ zone: Zone) {
    let memory = FindMemory()
    self.event = event.id
    name = ErrorName(event)
    seen = try? SeenErrors(archive: archive, memory: memory, texts: Texts(archive)).seen([name])[
      name]
    var incidents = EventIncidents(archive, zone, memory)
    incident = (try? incidents.incident(of: event)) ?? nil
  }
}

/// Reads what counts tell of an event by a thread of its own, while the event's line is read back.
final class EventCountReading {
  private var read: Future<EventCounts>?

  /// Begins with an event, where it did not begin with another.
  func begin(with event: Event, in archive: any Archive, _ zone: Zone) {
    if read != nil { return }
    let open = archive.opener
    read = Future {
      let archive = try open()
      return try archive.asOfOneMoment { EventCounts(of: event, archive, zone) }
    }
  }

  /// What came of it; nil where it never began, or the store could not be opened once more.
  var counts: EventCounts? { try? read?.value() }
}
