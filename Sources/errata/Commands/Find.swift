internal import Answers
internal import Arguments
internal import Batches
internal import Events
internal import Files
internal import Ingest
internal import Profiles
internal import Questions
internal import Rendering
internal import Reports
internal import SQLite
internal import Threads
internal import Times

extension Option {
  fileprivate static let around = Option(
    "around", value: "LENGTH", "how far around an event to look at its consumer: 30m; by default 5m"
  )
}

extension Option {
  fileprivate static let raw = Option(
    "raw", "show the lines themselves, without their secrets, and where they stand")
}

extension Invocation {
  /// Milliseconds.
  fileprivate var around: Int64 {
    get throws {
      guard let text = self[.around] else { return 5 * Milliseconds.minute }
      guard let length = Finder.length(around: text, now: Clock.now) else {
        throw UsageError(
          "--around \(text): that is no length of time up to seven days", hint: "Such as 30m or 2h."
        )
      }
      return length
    }
  }
}

extension Command {
  static let find = Command(
    "find", "what happened to a request",
    details: [
      "Finds the events that carry an id, the vendor's or the gateway's or a trace's, whatever "
        + "their age, and says what the vendor means by them and what to do. With - the ids are "
        + "looked for in standard input, with @FILE in a file: an e-mail, a chat, the output of a "
        + "program. Ids that are broken over lines, quoted, without their prefix or their dashes, or "
        + "inside a trace header are found as well, and of requests' ids those of which only eight "
        + "characters at the beginning or the end are known. Told are the other lines and tries of "
        + "the request over all logs, what its consumer saw around it, and how often such an error "
        + "was seen, and the incident that it was a part of; with --format md, a reply in short. --since, --until, --vendor and --gateway leave out "
        + "what is of another time, vendor or gateway."
    ],
    operands: [Operand("ID", usage: "ID…|@FILE|-", isRepeated: true)],
    options: Option.question + [.around, .raw],
    examples: [
      Example("errata find req_8f2c61d09ab47e3512cd", "one id"),
      Example("errata find - < ticket.txt", "every id in a ticket"),
      Example("errata find 8f2c61d0 --format md", "a part of one, as a reply to paste"),
    ]
  ) { invocation in
    LargePages.keepMemory()
    UncountedMemory.prefer()
    // Reading the profiles takes as long as finding an id among millions.
    let profiles = try invocation.profileFiles
    let catalog = Future { try Catalog(profiles) }
    let zone = try invocation.zone
    let range = try invocation.range(in: zone)
    let store = try invocation.opened
    try store.keepFewPages()
    let selection = try invocation.selection(in: store.archive)
    var finder = Finder(
      store, catalog: { try catalog.value() }, zone: zone,
      scope: Finder.Scope(
        since: range.since, until: range.until, vendors: selection.vendors,
        gateway: selection.gateway),
      around: try invocation.around, showsLines: invocation.has(.raw))
    finder.readsSideBySide = try store.isLarge
    let (ids, text) = try askedFor(invocation.operands)
    let format = try invocation.format
    let style: Finder.Style = format == .md || format == .slack ? .reply : .full
    let (answer, isEmpty) = try store.archive.asOfOneMoment {
      try finder.answer(ids, in: text, as: style)
    }
    _ = try catalog.value()  // a mistake in a profile is told, whatever was found
    var told = answer.noting(nothingOf: selection.absent)
    if isEmpty, style == .full {
      let advice = try ids.compactMap { try adviceOn(otherName: $0, in: store.archive) }
      told.sections += advice.prefix(3).map { Section(.paragraph($0)) }
    }
    try invocation.show(told)
    return isEmpty ? .notFound : .ok
  }
}

extension Finder {
  /// One that reads lines back from the logs of a store.
  init(
    _ store: OpenedStore, catalog: @escaping () throws -> Catalog, zone: Zone, scope: Scope,
    around: Int64 = 5 * Milliseconds.minute, showsLines: Bool = false
  ) {
    var recalls: [UInt64: LineRecall] = [:]
    self.init(
      store.archive, catalog: catalog, zone: zone, scope: scope, around: around,
      showsLines: showsLines,
      hash: { id, seed in id.withBytes { identifierHash($0, seed: seed) } },
      line: { event, isIt in
        guard let seed = try store.seed(ofEvent: event.id) else { return .gone }
        let lines =
          try recalls[seed]
          ?? LineRecall(
            try catalog(), seed: seed, showsLines: showsLines, origins: store.origins)
        recalls[seed] = lines
        return try lines.search(for: event, isIt: isIt)
      })
  }
}

/// What to ask where a word is no id, but the name of something else in the store; nil where it is not.
private func adviceOn(otherName word: String, in archive: any Archive) throws -> String? {
  if word.contains("*") { return nil }
  let fields: [(field: ResponseField, lexicon: Lexicon)] = [
    (.consumer, .consumer), (.vendor, .vendor), (.code, .code), (.route, .route),
  ]
  guard let known = try fields.first(where: { try archive.has(word, in: $0.lexicon) }) else {
    return nil
  }
  let name = known.field.rawValue
  return "There is a \(name) “\(word)”: errata list --\(name) \(shellWord(word))"
}

/// The ids among the operands, and what stands in standard input and in files: `-`, `@FILE`.
private func askedFor(_ operands: [String]) throws -> (ids: [String], text: String?) {
  var ids: [String] = []
  var texts: [String] = []
  for operand in operands {
    let path = operand == "-" ? operand : operand.hasPrefix("@") ? String(operand.dropFirst()) : ""
    if path.isEmpty { ids.append(operand) } else { texts.append(try text(in: path)) }
  }
  return (ids, texts.isEmpty ? nil : texts.joined(separator: "\n"))
}

private func text(in path: String) throws -> String {
  do throws(InputError) {
    return try Input.text(of: path, most: 16 << 20)
  } catch {
    let name = path == "-" ? "standard input" : path
    throw UsageError(
      "\(name): \(error.message)",
      hint: error.hint?.words ?? "Name a text of at most 16 MiB with ids.")
  }
}
