package import Batches
package import Events
internal import Files
internal import JSON
package import Profiles
internal import Redaction

/// How one line is understood: every field, its value, and which rule took it from where.
package struct Explanation {
  package struct Rule {
    package var field: String
    package var value: String
    /// The path in the line, as the line writes it.
    package var from: String
    /// The profile and what it says.
    package var rule: String
  }

  /// What became of the line: event, success, skipped, blank, or a reason for its rejection.
  package var outcome: String
  /// What it looks like, where it is skipped.
  package var shape: SkippedShape?
  package var gateway: String
  package var vendor: String?
  /// The event that it is; of a success what would be one.
  package var event: Event?
  package var rules: [Rule] = []
  /// What the vendor or the kind advises.
  package var retry: RetryAdvice?
  /// The time that it has, where that is more than a day ahead of the clock and so none to go by.
  package var timeAhead: Int64?
  /// Every id by which it is found.
  package var identifiers: [String] = []

  /// Explains a line; of a line with several records, the last.
  package init(
    of line: String, catalog: Catalog, options: RecordReader.Options
  ) throws {
    try self.init(of: LogHead.Line(line), catalog: catalog, options: options)
  }

  /// The same of a line in its log.
  package init(
    of line: LogHead.Line, catalog: Catalog, options: RecordReader.Options
  ) throws {
    let ledger = EmptyLedger()
    let reader = RecordReader(catalog: catalog, options: options, ledger: ledger)
    reader.builder.fields.keepsChosen = true
    reader.builder.isExplaining = true
    var ids: [String] = []
    reader.builder.identifiers.onNew = { ids.append(String(repairing: $0)) }
    let batch = Batch()
    reader.begin(batch)
    reader.use(line.columns)
    var bytes = Array(line.text.utf8)
    let length = bytes.count
    bytes.append(contentsOf: repeatElement(0, count: JSONParser.padding))
    var rules: [Rule] = []
    bytes.withUnsafeBufferPointer { padded in
      reader.read(
        LineReader.Line(
          text: padded.part(0..<length), offset: 0, length: Int64(length), isTooLong: false,
          isTerminated: true),
        into: batch)
      rules = Explanation.layout(reader) + Explanation.rules(reader.builder)
    }
    outcome = Explanation.outcome(batch)
    shape = outcome == "skipped" ? reader.skipped.last : nil
    gateway = reader.builder.gateway.name
    self.rules = outcome == "event" || outcome == "success" ? rules : []
    for id in ids where !identifiers.contains(id) { identifiers.append(id) }
    if let row = batch.rows.last {
      let event = Event(row, of: batch)
      self.event = event
      vendor = event.vendor
      if event.time == nil { timeAhead = reader.builder.times.ahead }
      let trace = reader.builder.traces.last ?? EventBuilder.Trace()
      self.rules += Explanation.rules(of: trace, event: event, outcome: outcome)
      if outcome == "event" { retry = trace.rule?.retry ?? event.kind.advice }
    }
  }

  private static func outcome(_ batch: Batch) -> String {
    if let reject = batch.rejects.last { return reject.reason }
    if batch.tally.events > 0 { return "event" }
    if batch.tally.successes > 0 { return "success" }
    return batch.tally.blank > 0 ? "blank" : "skipped"
  }

  /// How a line of text is laid out.
  private static func layout(_ reader: RecordReader) -> [Rule] {
    guard let layout = reader.texts.layout else { return [] }
    return [
      Rule(
        field: "text", value: layout.pattern, from: "", rule: reader.builder.gateway.name)
    ]
  }

  private static func rules(_ builder: EventBuilder) -> [Rule] {
    let fields = builder.fields
    return GatewayProfile.Field.allCases.compactMap { field in
      guard let candidate = fields.chosen[field.index] else { return nil }
      return Rule(
        field: field.rawValue, value: text(of: candidate.value, as: field, builder.redactor),
        from: fields.paths.path(of: Int(candidate.node)),
        rule: fields.paths.origin(of: candidate, field: field)
      )
    }
  }

  /// Ids are shown as they are.
  private static func text(
    of value: JSONValue, as field: GatewayProfile.Field, _ redactor: Redactor?
  ) -> String {
    let redactor = field == .requestID || field == .identifier ? nil : redactor
    if let text = value.text {
      return redactor?.redacted(text, as: field == .consumer ? .consumer : .text) ?? text
    }
    var writer = JSONWriter()
    writer.value(value)
    let text = String(decoding: writer.bytes, as: UTF8.self)
    return redactor?.redacted(text, as: .json) ?? text
  }

  /// What the body and the vendor's profile added.
  private static func rules(of trace: EventBuilder.Trace, event: Event, outcome: String) -> [Rule] {
    var rules: [Rule] = []
    if let vendor = event.vendor {
      rules.append(Rule(field: "vendor", value: vendor, from: "", rule: trace.ground.rawValue))
    }
    if let code = event.code, let path = trace.codePath {
      rules.append(
        Rule(field: "code", value: code, from: "body: \(path.text)", rule: "vendor profile"))
    }
    if let message = event.message {
      let from = trace.messagePath.map { "body: \($0.text)" } ?? "body: text"
      rules.append(Rule(field: "message", value: message, from: from, rule: "vendor profile"))
    }
    if outcome == "success" { return rules }
    let kindRule = trace.rule.map { rule in
      let codes = rule.codes.isEmpty ? "any code" : rule.codes.joined(separator: ", ")
      let statuses = rule.statuses.isEmpty ? "any status" : "\(rule.statuses)"
      return "\(statuses), \(codes)"
    }
    rules.append(
      Rule(field: "kind", value: event.kind.name, from: "", rule: kindRule ?? "status alone"))
    return rules
  }
}

extension Event {
  /// A row of a batch whose words are all its own.
  init(_ row: EventRow, of batch: Batch) {
    func word(_ word: Word, _ lexicon: Lexicon) -> String? {
      word == 0
        ? nil : String(decoding: batch.words[lexicon.rawValue][Int(word) - 1], as: UTF8.self)
    }
    func text(_ slice: TextSlice) -> String? {
      guard !slice.isEmpty else { return nil }
      let start = Int(slice.start)
      return String(decoding: batch.arena[start..<start + Int(slice.count)], as: UTF8.self)
    }
    self.init(id: 0)
    time = row.time
    vendor = word(row.vendor, .vendor)
    gateway = word(row.gateway, .gateway)
    status = row.status == 0 ? nil : Int(row.status)
    code = word(row.code, .code)
    kind = row.kind
    message = word(row.message, .message)
    requestID = text(row.requestID)
    method = word(row.method, .method)
    route = word(row.route, .route)
    path = row.pathIsRoute ? route : text(row.path)
    consumer = word(row.consumer, .consumer)
    latency = row.latency.map { Double($0) / 1000 }
    retryAfter = row.retryAfter
    upstreamStatus = row.upstreamStatus == 0 ? nil : Int(row.upstreamStatus)
    answeredBy = row.answeredBy
    details = word(row.details, .details)
  }
}

/// The ledger of a store that has nothing.
package final class EmptyLedger: Ledger {
  package let seed: UInt64
  package let redactionKey: UInt64

  /// `seed` is that of a store with whose ids they are to be compared, `redactionKey` that of its tags.
  package init(seed: UInt64 = 0, redactionKey: UInt64? = nil) {
    self.seed = seed
    self.redactionKey = redactionKey ?? .random(in: .min ... .max)
  }

  package func headLengths() -> [Int64] { [] }
  package func lineages(head: ContentMark) -> [Lineage] { [] }
  package func lineages(firstLine: Digest) -> [Lineage] { [] }
  package func lineages(at path: String) -> [Lineage] { [] }
  package func lines(of source: Int64, after mark: Int64) -> [UInt32] { [] }
  package func sight(_ source: Int64, at place: Place) {}
  package func lose(_ source: Int64, gap: Gap?) {}
  package func header(of source: Int64, before offset: Int64) -> ColumnHeader? { nil }
  package func tally(of source: Int64, upTo offset: Int64) -> Tally { Tally() }
  package func commit(_ batch: Batch, to origin: Origin) -> Int64 { 0 }
}
