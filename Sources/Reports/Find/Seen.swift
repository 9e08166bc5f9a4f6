internal import Answers
internal import Batches
internal import Events
internal import Questions
internal import Times

/// How often an error was seen, the first and the last time to the quarter of an hour.
struct Seen: Described {
  var errors: Int64 = 0
  var first = Int64.max
  var last = Int64.min

  /// So many errors are counted each by itself.
  fileprivate static let few = 3

  static let fields: Fields<Seen> = [
    Field("errors", "how often it is counted") { $0.errors },
    Field(time: "first", "the quarter of an hour in which it was first seen") { $0.first },
    Field(time: "last", "the quarter of an hour in which it was last seen") { $0.last },
  ]

  func words(in zone: Zone) -> String {
    func time(_ time: Int64) -> String { formatLocal(time, zone: zone, style: .minutes) }
    if errors == 1 { return "seen once" }
    let end = last.addingClamped(Grain.quarter.length)
    return "seen \(grouped(errors)) times from \(time(first)) to \(time(end))"
  }
}

extension ErrorName {
  init(_ event: Event) {
    vendor = event.vendor
    status = event.status
    code = event.code
    kind = event.kind.name
  }

  /// What no other has. To print it as Swift does takes longer than to count some months of errors.
  fileprivate var key: String {
    [vendor, status.map(String.init), code, kind]
      .map { text in text.map { "\($0.utf8.count) \($0)" } ?? "-" }.joined(separator: " ")
  }

  /// Nil for successes.
  fileprivate init?(_ count: StoredCount, _ texts: Texts) {
    guard let kind = count.kind else { return nil }
    vendor = texts[count.vendor, .vendor]
    status = count.status == 0 ? nil : Int(count.status)
    code = texts[count.code, .code]
    self.kind = kind.name
  }
}

/// Finds out when errors were seen, and how often, as all counts tell.
struct SeenErrors {
  let archive: any Archive
  let memory: FindMemory
  let texts: Texts

  /// What is known of each of these.
  func seen(_ names: Set<ErrorName>) throws -> [ErrorName: Seen] {
    guard !names.isEmpty, let extent = try memory.extent(of: archive) else { return [:] }
    let days = TimeRange(
      since: extent.since.rounded(downTo: Milliseconds.day), until: extent.until)
    var seen: [ErrorName: Seen] = [:]
    if names.count <= Seen.few {
      for name in names {
        let found = try memory.value("error \(name.key)", isExact: true) {
          var whole = Seen()
          try eachCount(of: name, during: days, by: .day) { whole.add($0) }
          return try ends(of: name, whole)
        }
        if found.errors > 0 { seen[name] = found }
      }
      return seen
    }
    try archive.responses(during: days, by: .day) { count in
      guard let name = ErrorName(count, texts), names.contains(name) else { return }
      seen[name, default: Seen()].add(count)
    }
    for (name, whole) in seen { seen[name] = try ends(of: name, whole) }
    return seen
  }

  /// One error: only the first and the last day are read more finely, and of these the first and the
  /// last hour.
  private func ends(of name: ErrorName, _ whole: Seen) throws -> Seen {
    guard whole.errors > 0 else { return whole }
    var ends = whole
    for grain in [Grain.hour, .quarter] {
      let length = grain == .hour ? Grain.day.length : Grain.hour.length
      var finer = Seen()
      for start in Set([ends.first, ends.last]) {
        let range = TimeRange(since: start, until: start.addingClamped(length))
        try eachCount(of: name, during: range, by: grain) { finer.add($0) }
      }
      if finer.errors > 0 { ends = finer }
    }
    return Seen(errors: whole.errors, first: ends.first, last: ends.last)
  }

  private func eachCount(
    of name: ErrorName, during range: TimeRange, by grain: Grain,
    _ body: (StoredCount) -> Void
  ) throws {
    guard let kind = Kind(named: name.kind) else { return }
    let sort = ErrorSort(vendor: name.vendor, status: Int64(name.status ?? 0), kind: kind)
    try archive.responses(of: sort, during: range, by: grain) { count in
      if texts[count.code, .code] == name.code { body(count) }
    }
  }
}

extension Seen {
  fileprivate mutating func add(_ count: StoredCount) {
    errors = errors.addingClamped(count.count)
    first = min(first, count.time)
    last = max(last, count.time)
  }
}
