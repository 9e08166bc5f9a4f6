internal import Answers
internal import Events
internal import Times

// Of a part of an id that is one of many ids, the events are listed: nobody asked for all of them.
extension FoundEvents {
  /// Without the events that some parts led to, and with no story where nothing else was found.
  func without(_ parts: [CutID]) -> FoundEvents {
    if parts.isEmpty { return self }
    let listed = Set(parts.flatMap(\.events))
    var rest = self
    rest.events.removeAll { listed.contains($0.found.event.id) }
    if rest.events.isEmpty { (rest.story, rest.around) = (Story(), []) }
    return rest
  }

  /// What a part of an id led to.
  func section(of part: CutID, in zone: Zone) -> Section {
    let words = Block.paragraph(part.words)
    if !part.isListed { return Section(words) }
    let listed = Set(part.events)
    let own = events.map(\.found.event).filter { listed.contains($0.id) }
    var table = Table(
      of: own,
      [
        TableColumn("time") { event in
          Cell(
            Value(time: event.time),
            shown: event.time.map { formatLocal($0, zone: zone, style: .seconds) } ?? "undated")
        },
        TableColumn("request id") { Cell($0.requestID, to: Reference.request) },
        TableColumn("vendor") { Cell($0.vendor, to: Reference.vendor) },
        TableColumn(Column("status", .trailing)) { Cell($0.status) },
        TableColumn("error") { Cell($0.code ?? $0.kind.name) },
      ], keys: ["time", "request id"])
    table.isSequence = true
    return Section(heading: nil, blocks: [words, .table(table)])
  }
}
