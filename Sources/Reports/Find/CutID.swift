internal import Answers
internal import Batches
internal import Events
internal import Questions
internal import Tickets

/// A part of an id, and the ids that begin or end with it.
struct CutID: Described {
  var part: String
  var place: Place
  /// Each once, the newest first.
  var ids: [String]
  var hasMore: Bool
  /// The numbers of their events.
  var events: [Int64] = []

  enum Place: String, Keyword {
    case beginning, end
  }

  static let fields: Fields<CutID> = [
    Field("id", "as it was written") { $0.part },
    Field("is", "which part of the ids it is") { $0.place },
    Field("ids", "the ids of which it is that part, the newest first") { $0.ids },
    Field("more", "whether there may be more of them") { $0.hasMore },
  ]

  /// Whether it led to so many ids that their events are listed, a row each.
  var isListed: Bool { ids.count > CutID.mostTold }

  /// Of so many ids all is told.
  private static let mostTold = 3

  /// A sentence on it.
  var words: String {
    let verb = place == .beginning ? "begin" : "end"
    if let id = ids.first, ids.count == 1, !hasMore { return "\(id) \(verb)s with \(part)." }
    let count = "\(hasMore ? "More than " : "")\(ids.count) ids \(verb) with \(part)"
    if isListed { return "\(count): ask for one of \(hasMore ? "these" : "them") to be told all." }
    return "\(count): \(ids.joined(separator: ", "))\(hasMore ? ", …" : ".")"
  }
}

extension Finder {
  /// So many ids are shown of those that begin or end alike.
  private static let mostAlike = 20

  /// The ids that begin or end with a mention, which is not known as a whole, and their events.
  func completions(of mention: Mention) throws -> (cut: CutID, events: [Found])? {
    let edges: [IDEdge] =
      switch mention.cut {
      case .end: [.beginning]
      case .beginning: [.end]
      case nil: [.beginning, .end]
      }
    for edge in edges {
      let (numbers, hasMore) = try archive.events(
        withIDPart: mention.text, at: edge, limit: Finder.mostAlike)
      var cut = CutID(
        part: mention.text, place: edge == .beginning ? .beginning : .end, ids: [],
        hasMore: hasMore)
      var events: [Found] = []
      for number in numbers {
        guard let event = try archive.event(number), let id = event.requestID else { continue }
        if !cut.ids.contains(where: { $0.lowercased() == id.lowercased() }) { cut.ids.append(id) }
        events.append(try found(event))
      }
      cut.events = numbers
      if !events.isEmpty { return (cut, events.reversed()) }
    }
    return nil
  }
}
