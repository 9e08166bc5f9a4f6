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

  static let fields: Fields<Seen> = [
    Field("errors", "how often it is counted") { $0.errors },
    Field(time: "first", "the quarter of an hour in which it was first seen") { $0.first },
    Field(time: "last", "the quarter of an hour in which it was last seen") { $0.last },
  ]

  func words(in zone: Zone) -> String {
    func time(_ time: Int64) -> String { formatLocal(time, zone: zone, style: .minutes) }
    if errors == 1 { return "seen once" }
    return "seen \(errors) times, from \(time(first)) on, last at \(time(last))"
  }
}

extension ErrorName {
  init(_ event: Event) {
    vendor = event.vendor
    status = event.status
    code = event.code
    kind = event.kind.name
  }

  fileprivate init(_ numbers: ErrorNumbers, _ texts: Texts) {
    vendor = texts[numbers.vendor, .vendor]
    status = numbers.status == 0 ? nil : Int(numbers.status)
    code = texts[numbers.code, .code]
    kind = numbers.kind.name
  }
}

extension Finder {
  /// When each of these errors was seen, and how often, as all counts tell.
  func seen(_ names: Set<ErrorName>, _ texts: Texts) throws -> [ErrorName: Seen] {
    guard !names.isEmpty, let extent = try archive.extent() else { return [:] }
    let days = TimeRange(
      since: extent.since.rounded(downTo: Milliseconds.day), until: extent.until)
    let all = try memory.value("errors by day", isExact: true) {
      try seenByDay(days, texts)
    }
    var seen: [ErrorName: Seen] = [:]
    for name in names {
      guard let whole = all[name] else { continue }
      seen[name] = try memory.value("error \(name)", isExact: true) {
        try ends(of: name, whole, texts)
      }
    }
    return seen
  }

  /// All errors; the first and last time to the day.
  private func seenByDay(_ days: TimeRange, _ texts: Texts) throws -> [ErrorName: Seen] {
    var numbers: [ErrorNumbers: Seen] = [:]
    try archive.responses(during: days, by: .day) { count in
      guard let name = ErrorNumbers(count) else { return }
      numbers[name, default: Seen()].add(count)
    }
    var seen: [ErrorName: Seen] = [:]
    // A text may have several numbers.
    for (name, own) in numbers { seen[ErrorName(name, texts), default: Seen()].add(own) }
    return seen
  }

  /// One error; the first and the last day are read more finely.
  private func ends(of name: ErrorName, _ whole: Seen, _ texts: Texts) throws -> Seen {
    var ends = Seen()
    for day in Set([whole.first, whole.last]) {
      let range = TimeRange(since: day, until: day.addingClamped(Milliseconds.day))
      try archive.responses(during: range, by: .quarter) { count in
        guard let numbers = ErrorNumbers(count), ErrorName(numbers, texts) == name else { return }
        ends.add(count)
      }
    }
    return ends.errors > 0
      ? Seen(errors: whole.errors, first: ends.first, last: ends.last) : whole
  }
}

/// What counts have in common that are of one error, by the archive's numbers.
private struct ErrorNumbers: Hashable {
  var vendor: Int64
  var status: Int64
  var code: Int64
  var kind: Kind

  /// Nil for successes.
  init?(_ count: StoredCount) {
    guard let kind = count.kind else { return nil }
    (vendor, status, code, self.kind) = (count.vendor, count.status, count.code, kind)
  }
}

extension Seen {
  fileprivate mutating func add(_ count: StoredCount) {
    errors = errors.addingClamped(count.count)
    first = min(first, count.time)
    last = max(last, count.time)
  }

  fileprivate mutating func add(_ other: Seen) {
    errors = errors.addingClamped(other.errors)
    first = min(first, other.first)
    last = max(last, other.last)
  }
}
