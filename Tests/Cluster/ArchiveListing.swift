import Files
import Batches
import Events
import Ingest
import Questions
import Times

/// What an archive says, question by question, in lines that no longer depend on its numbers of texts.
final class ArchiveListing {
  private let archive: any Archive
  private let range: TimeRange
  /// Whether events have the same numbers in all archives that are compared.
  private let hasNumbers: Bool
  private(set) var lines: [String: [String]] = [:]

  init(_ archive: any Archive, during range: TimeRange, hasNumbers: Bool = true) throws {
    (self.archive, self.range, self.hasNumbers) = (archive, range, hasNumbers)
    try counts()
    try singleErrors()
    try kept()
    try names()
  }

  private func text(_ number: Int64, _ lexicon: Lexicon) -> String {
    number == 0 ? "-" : archive.text(number, in: lexicon).map { "“\($0)”" } ?? "?\(number)"
  }

  /// An event by its number, or by what is the same everywhere.
  private func event(_ number: Int64) throws -> String {
    if hasNumbers { return "\(number)" }
    guard let place = try archive.event(number)?.source else { return "no event" }
    return "\(place.path) \(place.offset) \(place.part)"
  }

  private func note(_ question: String, _ lines: [String], isOrdered: Bool = false) {
    self.lines[question] = isOrdered ? lines : lines.sorted()
  }

  /// What is counted of the same, together: an archive may say it in parts.
  private func sums(
    _ question: String, _ ask: ((String, Int64) -> Void) throws -> Void
  ) rethrows {
    var sums: [String: Int64] = [:]
    try ask { sums[$0, default: 0] += $1 }
    note(question, sums.filter { $0.value != 0 }.map { "\($0) ×\($1)" })
  }

  private func words(_ count: StoredCount) -> String {
    """
    \(count.time) \(text(count.vendor, .vendor)) \(text(count.gateway, .gateway)) \(count.status) \
    \(text(count.code, .code)) \(count.kind?.name ?? "success") \(text(count.route, .route)) \
    \(text(count.consumer, .consumer)) \(count.answeredBy)
    """
  }

  private func words(_ count: StoredRouteCount) -> String {
    """
    \(count.time) \(text(count.vendor, .vendor)) \(text(count.gateway, .gateway)) \
    \(text(count.route, .route)) \(count.kind) \(count.answeredBy) \(count.status)
    """
  }

  private func counts() throws {
    note("extent", ["\(String(describing: try archive.extent()))"])
    var holdings = try archive.holdings()
    // Stores that hold the same were not filled at the same moment.
    if !hasNumbers { holdings.lastStored = nil }
    note("holdings", ["\(holdings)"])
    for grain in Grain.allCases {
      try sums("responses by \(grain)") { add in
        try archive.responses(during: range, by: grain) { add(words($0), $0.count) }
      }
      try sums("routes by \(grain)") { add in
        try archive.routeCounts(during: range, by: grain) { add(words($0), $0.count) }
      }
      for sort in [
        ErrorSort(vendor: "zihin", status: 429, kind: .rateLimit),
        ErrorSort(vendor: nil, status: 500, kind: .server),
      ] {
        try sums("\(sort) by \(grain)") { add in
          try archive.responses(of: sort, during: range, by: grain) { add(words($0), $0.count) }
        }
      }
    }
    try sums("undated responses") { add in
      try archive.undatedResponses { count in
        var count = count
        count.time = 0
        add(words(count), count.count)
      }
    }
    var minutes: [String] = []
    try archive.minutes(during: range) { minute in
      let names = "\(text(minute.vendor, .vendor)) \(text(minute.gateway, .gateway))"
      minutes.append(
        "\(minute.time) \(names) \(minute.successes) \(minute.errors) \(minute.rateLimited) "
          + "\(minute.planLimited) \(minute.serverErrors)")
    }
    note("minutes", minutes)
    try sums("successes") { add in
      try archive.successes(during: range) { add(words($0), $0.count) }
    }
    try sums("hourly responses") { add in
      try archive.hourlyResponses(during: range) { add(words($0), $0.count) }
    }
    try sums("responses by minute") { add in
      try archive.responsesByMinute(during: range) { add(words($0), $0.count) }
    }
    for sort in MinuteSort.allCases {
      var hours: [String] = []
      try archive.minuteCounts(of: sort, during: range) { hour, vendor, gateway, minutes in
        hours.append("\(hour) \(text(vendor, .vendor)) \(text(gateway, .gateway)) \(minutes)")
      }
      note("minutes of \(sort)", hours)
      for name in ["zihin", "zof", nil] {
        hours = []
        try archive.minuteCounts(of: sort, ofVendor: name, during: range) {
          hour, vendor, gateway, minutes in
          hours.append("\(hour) \(text(vendor, .vendor)) \(text(gateway, .gateway)) \(minutes)")
        }
        note("minutes of \(sort) of \(name ?? "none")", hours)
      }
    }
    for name in ["zihin", "flowestate", "nobody", nil] {
      let hasSuccesses = try archive.hasSuccesses(of: name, during: range)
      note("whether \(name ?? "none") has successes", ["\(hasSuccesses)"])
    }
  }

  private func singleErrors() throws {
    try sums("errors") { add in try archive.errors(during: range) { add(words($0), $0.count) } }
    try sums("routed errors") { add in
      try archive.routedErrors(during: range) { add(words($0), $0.count) }
    }
    var errors: [String] = []
    for choice in [ErrorChoice.during(range), .undated] {
      for texts in [true, false] {
        try archive.errors(choice, texts: texts) { error in errors.append(try words(error, texts)) }
      }
    }
    note("errors, whole", errors)
    if hasNumbers {
      errors = []
      try archive.errors(.after(700), texts: true) { errors.append(try words($0, true)) }
      note("errors after one", errors, isOrdered: true)
      note("the newest event", ["\(try archive.newestEvent())"])
    }
    var mark: ErrorMark?
    for (count, status) in [(5, 0), (40, 429), (1000, 503), (7, 0)] {
      var marks: [ErrorMark] = []
      marks = try archive.latestErrors(count, during: range, before: mark, texts: status == 429) {
        status == 0 || $0.status == status
      }
      let names = marks.map { hasNumbers ? "\($0.time) \($0.number)" : "\($0.time)" }
      note("latest \(count) of \(status)", names, isOrdered: true)
      mark = marks.last ?? mark
      if let first = marks.first { note("an event of \(status)", try words(first.number)) }
    }
    var limits: [String] = []
    try archive.limits(during: range) { limit in
      limits.append(
        """
        \(limit.time) \(text(limit.vendor, .vendor)) \(text(limit.gateway, .gateway)) \
        \(text(limit.consumer, .consumer)) \(limit.isRejection) \(text(limit.route, .route)) \
        \(limit.retryAfter ?? -1) \(limit.isPlanLimit) \(text(limit.code, .code)) \
        \(text(limit.details, .details))
        """)
    }
    note("limits", limits)
    for consumer in ["batch-import", "nobody", nil] {
      var calls: [String] = []
      func add(_ call: StoredCall) throws { calls.append(try words(call)) }
      if let consumer {
        try archive.calls(of: consumer, during: range, add)
      } else {
        try archive.calls(during: range, add)
      }
      note("calls of \(consumer ?? "all")", calls, isOrdered: hasNumbers)
    }
    var quotas: [String] = []
    try archive.quotas(during: range) { quota in
      quotas.append(
        """
        \(text(quota.vendor, .vendor)) \(text(quota.gateway, .gateway)) \
        \(text(quota.consumer, .consumer)) \(quota.name) \(quota.sighting)
        """)
    }
    note("quotas", quotas)
    for (vendor, kinds) in [(nil, Set(Kind.allCases)), ("zihin", [Kind.rateLimit, .server])] {
      var events: [String] = []
      try archive.events(during: range, vendor: vendor, kinds: kinds) {
        events.append(words($0))
      }
      note("events of \(vendor ?? "all")", events, isOrdered: hasNumbers)
    }
  }

  private func words(_ error: StoredError, _ hasTexts: Bool) throws -> String {
    func text(_ bytes: UnsafeBufferPointer<UInt8>?) -> String {
      bytes.map { "“\(String(decoding: $0, as: UTF8.self))”" } ?? "-"
    }
    return """
      \(hasNumbers ? "\(error.number)" : "") \(error.time ?? -1) \
      \(self.text(error.vendor, .vendor)) \(self.text(error.gateway, .gateway)) \(error.status) \
      \(self.text(error.code, .code)) \(error.kind) \(self.text(error.route, .route)) \
      \(self.text(error.consumer, .consumer)) \(error.answeredBy) \
      \(self.text(error.message, .message)) \(self.text(error.details, .details)) \
      \(error.retryAfter ?? -1) \(hasTexts ? text(error.path) + text(error.requestID) : "")
      """
  }

  private func words(_ call: StoredCall) throws -> String {
    """
    \(hasNumbers ? "\(call.number)" : "") \(call.time) \(text(call.vendor, .vendor)) \
    \(text(call.gateway, .gateway)) \(text(call.consumer, .consumer)) \(text(call.route, .route)) \
    \(text(call.method, .method)) \(call.status) \(call.kind) \(text(call.code, .code)) \
    \(text(call.message, .message)) \(text(call.details, .details)) \(call.latency ?? -1) \
    \(call.retryAfter ?? -1) \(call.path)
    """
  }

  private func words(_ event: Event) -> String {
    var event = event
    if !hasNumbers { event.id = 0 }
    return "\(event)"
  }

  /// What is told of a single event, and of others that may be found by its ids.
  private func words(_ number: Int64) throws -> [String] {
    guard let event = try archive.event(number) else { return ["no event"] }
    var lines = [words(event), "\(try archive.identifierCount(ofEvent: number)) ids"]
    guard let id = event.requestID else { return lines }
    let hash = { (id: String, seed: UInt64) in id.withBytes { identifierHash($0, seed: seed) } }
    lines += try archive.events(with: id, hash: hash).map { try "found \(self.event($0))" }.sorted()
    for (edge, part) in [(IDEdge.beginning, id.prefix(8)), (.end, id.suffix(8))] {
      for limit in [1, 20] {
        let found = try archive.events(withIDPart: String(part), at: edge, limit: limit)
        let numbers = try found.numbers.map { try "alike \(self.event($0))" }
        lines += hasNumbers || limit > 1 ? numbers.sorted() : []
        lines.append("more: \(found.hasMore)")
      }
    }
    return lines
  }

  private func kept() throws {
    note(
      "reject counts",
      try archive.rejectCounts().map { "\($0.path) \($0.reason ?? "-") \($0.rejects)" },
      isOrdered: true)
    var rejects: [String] = []
    try archive.eachReject { log, reject in
      rejects.append("\(log) \(reject)")
      return rejects.count < 2000
    }
    note("rejects", rejects, isOrdered: true)
    note("missing parts", try archive.missingParts(of: range).map { "\($0)" }, isOrdered: true)
    note("shared requests", try archive.sharedRequests(during: range).map { "\($0)" })
    note("earliest time", ["\(String(describing: try archive.earliestTime(after: 0)))"])
    if hasNumbers {
      let ids = try archive.someIDs(50).map { "\($0.id) \(text($0.vendor, .vendor))" }
      note("some ids", ids, isOrdered: true)
    }
  }

  private func names() throws {
    for lexicon in Lexicon.allCases where lexicon != .message && lexicon != .details {
      let texts = try archive.texts(in: lexicon)
      note("texts in \(lexicon)", texts, isOrdered: true)
      var lines: [String] = []
      for text in texts.prefix(20) {
        let number = try archive.number(of: text, in: lexicon)
        lines.append(number.map { self.text($0, lexicon) } ?? "none")
        lines += try archive.spellings(of: text.uppercased(), in: lexicon).sorted()
        lines.append("\(try archive.has("*" + text.dropFirst(2).uppercased(), in: lexicon))")
        lines.append("\(try archive.has(String(text.dropFirst(2)), in: lexicon))")
        lines += try archive.likenesses(of: String(text.dropLast()), in: lexicon).sorted()
      }
      note("names in \(lexicon)", lines, isOrdered: true)
      note("nobody in \(lexicon)", ["\(try archive.number(of: "no such", in: lexicon) ?? -1)"])
    }
    note("had", ["\(try archive.hadVendor("zihin")) \(try archive.hadVendor("nobody"))"])
  }
}
