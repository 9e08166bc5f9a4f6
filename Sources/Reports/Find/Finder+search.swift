internal import Answers
internal import Events
internal import Tickets

/// What looking for ids found.
struct Search {
  /// The ids that were looked for, as they were written.
  var names: [String] = []
  /// Each event once.
  var found: [Finder.Found] = []
  /// Of which nothing is known.
  var missing: [Mention] = []
  /// Parts of ids that led to some.
  var cut: [CutID] = []
  /// Ids with events outside what was asked for, and how many.
  var outside: [(id: String, count: Int)] = []

  fileprivate mutating func add(_ events: [Finder.Found], of id: String, in scope: Finder.Scope) {
    names.append(id)
    let known = Set(found.map(\.event.id))
    let inside = events.filter { scope.holds($0.event) }
    found += inside.filter { !known.contains($0.event.id) }
    if inside.count < events.count { outside.append((id, events.count - inside.count)) }
  }
}

extension Finder {
  /// Looks for ids as somebody typed them, and for what a text mentions, in every form that they may
  /// be logged in.
  func search(_ ids: [String], in text: String?) throws -> Search {
    var search = Search()
    for id in ids {
      let whole = Mention(text: id, words: 0..<1, looksLikeID: true)
      if try take([whole], into: &search) || take(Ticket(id).mentions, into: &search) { continue }
      let parts = Ticket(id).mentions.filter { $0.cut != nil }
      if try !complete(parts.first ?? whole, into: &search) {
        search.names.append(id)
        search.missing.append(parts.first ?? whole)
      }
    }
    if let text {
      let ticket = Ticket(text)
      guard ticket.isWhole else {
        throw QuestionError(
          "the text has more words that may be ids than the \(grouped(Int64(Ticket.most))) that are looked for",
          hint: "Ask for some thousand ids at a time.")
      }
      try take(ticket.mentions, into: &search, isMissed: true)
    }
    return search
  }

  /// Whether any of them is known.
  ///
  /// - Parameter isMissed: whether to note those that look like ids and are not.
  @discardableResult
  private func take(
    _ mentions: [Mention], into search: inout Search, isMissed: Bool = false
  ) throws -> Bool {
    var known: [Range<Int>] = []
    for mention in mentions {
      let events = try events(of: mention)
      if events.isEmpty { continue }
      search.add(events, of: mention.text, in: scope)
      known.append(mention.words)
    }
    if isMissed {
      // A word is missed once, as it stands there.
      var missed: [Range<Int>] = known
      for mention in mentions
      where (mention.looksLikeID || mention.cut != nil)
        && !missed.contains(where: { $0.overlaps(mention.words) })
      {
        missed.append(mention.words)
        if try complete(mention, into: &search) || !mention.looksLikeID { continue }
        search.names.append(mention.text)
        search.missing.append(mention)
      }
    }
    return !known.isEmpty
  }

  /// Whether ids begin or end with a mention.
  private func complete(_ mention: Mention, into search: inout Search) throws -> Bool {
    guard let (cut, events) = try completions(of: mention) else { return false }
    search.add(events, of: mention.text, in: scope)
    search.cut.append(cut)
    return true
  }

  /// The events of the first form of a mention that has some.
  private func events(of mention: Mention) throws -> [Found] {
    let found = try find(mention.text)
    if !found.isEmpty { return found }
    // Only for what is not there as it stands is it asked what ids look like here.
    let forms = try knownIDs.forms().forms(of: mention.text, looksLikeID: mention.looksLikeID)
    for form in forms.dropFirst() {
      let found = try find(form)
      if !found.isEmpty { return found }
    }
    return []
  }
}
