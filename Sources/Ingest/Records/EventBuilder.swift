internal import Batches
internal import Events
internal import Files
internal import JSON
internal import Profiles
internal import Redaction
internal import Times

/// Makes an event of a record: from what the gateway wrote about the response, and from what the
/// vendor says in the response's body.
final class EventBuilder {
  enum Outcome {
    /// `counted` is a success that was counted by its plan.
    case event, success, counted, none
    /// The record holds an HTTP message that must be taken apart first.
    case wire
  }

  /// Why an event is what it is, beyond its fields.
  struct Trace {
    /// The gateway's place in the catalog; -1 for none of them.
    var gateway = -1
    /// The vendor's place in the catalog; nil for one without a profile.
    var vendor: Int?
    var isSuccess = false
    var ground = VendorDirectory.Ground.none
    var codePath: BodyPath?
    var messagePath: BodyPath?
    var rule: ErrorRule?
  }

  let fields: FieldReader
  /// How many events the record read last is: more than one where it is the answer to a batch.
  private(set) var eventCount = 1
  /// Nil when secrets are kept as they are.
  let redactor: Redactor?
  /// The time of the record read last.
  var time: Int64?
  /// Whether the record read last is one that another may say again.
  var isEcho = false
  /// The line that the record read last says again, which was an event.
  var repeated: Echoes.Line?
  /// Rows of the batch that turned out to be no events of their own.
  private(set) var withdrawn: [Int] = []
  /// How the rows of the batch were understood, one by one.
  private(set) var traces: [Trace] = []
  /// Whether `traces` are kept, and a success becomes a row as well; it still counts as a success.
  var isExplaining = false
  /// Whether successes are counted by their plans, where they have one.
  var countsByPlan = true
  /// Who wrote a record that became no row, and whether it only repeats another. Kept while
  /// `traces` are; whoever asks sets it to nil before the next record.
  var passedOver: (gateway: Int, isEcho: Bool)?
  let identifiers: EventIdentifiers
  let times: RecordTimes
  private let ledger: any Ledger
  let catalog: Catalog
  let rules: PathRules
  var echoes: Echoes
  let vendors: VendorDirectory
  private let bodies: BodyFinder
  var bodyReader = BodyReader()
  var template = RouteTemplate()
  var quotas = QuotaReader()
  /// What is remembered of texts met before.
  var caches: ReaderCaches

  init(catalog: Catalog, options: RecordReader.Options, ledger: any Ledger) {
    self.catalog = catalog
    self.ledger = ledger
    bodies = BodyFinder(catalog.genericVendor.body)
    rules = PathRules(catalog)
    echoes = Echoes(rules.gateways)
    fields = FieldReader(rules: rules)
    fields.forced = options.gateway.flatMap { name in
      catalog.gateways.firstIndex { $0.name == name }
    }
    redactor = options.redactor(for: ledger)
    vendors = VendorDirectory(catalog, forced: options.vendor, redactor: redactor)
    caches = ReaderCaches(
      vendors: vendors.profiles, gateways: rules.gateways.count, redactor: redactor)
    times = RecordTimes(zone: options.zone, now: options.now)
    identifiers = EventIdentifiers(seed: ledger.seed)
  }

  /// Prepares for a batch.
  func begin(_ batch: Batch) {
    times.beginBatch()
    echoes.forget()
    withdrawn.removeAll()
    traces.removeAll(keepingCapacity: true)
    if caches.lexicons.isFull { forget() }
    batch.vocabulary = caches.lexicons.vocabulary
    caches.lexicons.admittedVendors = ledger.admittedVendors
  }

  /// Forgets the texts met so far: their numbers are given out anew.
  func forget() {
    caches = ReaderCaches(
      vendors: vendors.profiles, gateways: rules.gateways.count, redactor: redactor)
  }

  /// Counts an event without a time.
  private func countUndated(in batch: Batch) {
    batch.tally.undated += 1
    times.countUndated()
  }

  /// The gateway profile that read the last record.
  var gateway: GatewayProfile {
    fields.gateway < 0 ? catalog.genericGateway : rules.gateways[fields.gateway]
  }

  /// Reads one record. `outer` is the time of the object it was wrapped in, `gateway` who wrote it,
  /// where its layout told.
  func read(
    _ record: JSONValue, of line: LineReader.Line, part: Int32, into batch: Batch, outer: Int64?,
    writtenBy gateway: Int? = nil
  ) -> Outcome {
    isEcho = false
    repeated = nil
    let outcome = outcome(record, of: line, part: part, into: batch, outer: outer, gateway)
    if isEcho {
      let row = outcome == .event ? batch.rows.count - 1 : nil
      echoes.keep(record, of: fields.gateway, row: row, offset: line.offset)
    }
    if let row = repeated?.row { withdrawn.append(row) }
    return outcome
  }

  private func outcome(
    _ record: JSONValue, of line: LineReader.Line, part: Int32, into batch: Batch, outer: Int64?,
    _ gateway: Int?
  ) -> Outcome {
    fields.read(record, writtenBy: gateway)
    eventCount = 1
    guard rules.counts(record, of: fields.gateway) else { return .none }
    caches.vendors.pass()
    if countSuccess(in: batch) { return .counted }
    if fields.hasWire { return .wire }
    times.beginRecord()
    time = recordTime(record, outer: outer)
    isEcho = echoes.isEcho(record, of: fields.gateway)
    // What a record of a gateway wraps is of that gateway too.
    if isExplaining, (passedOver?.gateway ?? -1) < 0 { passedOver = (fields.gateway, isEcho) }
    let request = fields.request()
    let status = status(of: request, record) ?? statusOfCall(record) ?? 0
    var failed: BodyFinder.Failed?
    if (200..<300).contains(status), !fields.candidates(.body).isEmpty {
      failed = bodies.failure(in: fields, of: record)
    }
    if status > 0, status < 400, failed == nil, status >= 300 || !hasFailedCall(record) {
      if isEcho { return .none }
      _ = takeEcho(of: record)
      let choice = vendor(of: request, body: .none, status: status)
      let vendor = choice.map { number($0.slug, .vendor, batch) } ?? 0
      // Which hosts are admitted may change: those beyond the room are asked about each time.
      if caches.lexicons.admittedVendors == nil { caches.vendors.note(vendor) }
      batch.countSuccess(
        time: time, vendor: vendor, gateway: gatewayNumber(in: batch), status: status)
      noteQuotas(
        vendor: vendor, consumer: number(fields.text(.consumer)?.text, .consumer, batch), in: batch)
      if isExplaining {
        batch.rows.append(row(status, request, .none, record, line, part, batch))
        traces[traces.count - 1].isSuccess = true
      }
      return .success
    }
    if case .parts(let parts) = failed {
      for (place, answer) in parts.enumerated() {
        let row = row(
          status, request, bodies.body(of: answer), record, line, part + Int32(place), batch, answer
        )
        if row.time == nil { countUndated(in: batch) }
        batch.rows.append(row)
      }
      eventCount = parts.count
      if let row = batch.rows.last {
        noteQuotas(vendor: row.vendor, consumer: row.consumer, in: batch)
      }
      return .event
    }
    let body =
      if case .whole(let body) = failed { body } else { bodies.body(in: fields, of: record) }
    // Without a status there is a response only where it is said that none came, or where a known
    // vendor's error stands in the line.
    var silence: Silence?
    if status == 0 {
      silence = self.silence(of: request, record)
      guard silence != nil || isKnownError(body, request) else { return .none }
    }
    let row = row(status, request, body, record, line, part, batch, nil, silence)
    if row.time == nil { countUndated(in: batch) }
    batch.rows.append(row)
    if !isEcho { noteQuotas(vendor: row.vendor, consumer: row.consumer, in: batch) }
    return .event
  }

  /// The event that a record is; 0 is the status of no response.
  private func row(
    _ status: Int, _ request: Request, _ body: ErrorBody, _ record: JSONValue,
    _ line: LineReader.Line, _ part: Int32, _ batch: Batch, _ answer: BatchAnswer.Part? = nil,
    _ silence: Silence? = nil
  ) -> EventRow {
    var request = silence?.request ?? request
    if request.method == nil, request.path == nil, let named = Request(toldBy: record) {
      request = named
    }
    var body = body
    if case .none = body, let message = silence?.failure?.message { body = .text(message) }
    var row = EventRow()
    row.time = time
    row.offset = line.offset
    row.length = line.length
    row.part = part
    row.status = Int32(status)
    let choice = vendor(of: request, body: body, status: status)
    let profile = choice?.profile.map { vendors.profiles[$0] }
    row.vendor = choice.map { number($0.slug, .vendor, batch) } ?? 0
    row.gateway = gatewayNumber(in: batch)
    row.method = number(request.method, .method, batch)
    row.consumer = number(fields.text(.consumer)?.text, .consumer, batch)
    addRoute(request.path, to: &row, batch)
    row.latency = latency(of: record)
    let error = addError(body, of: choice?.profile, request, answer, to: &row, batch)
    if isExplaining {
      traces.append(
        Trace(
          gateway: fields.gateway, vendor: choice?.profile, ground: choice?.ground ?? .none,
          codePath: error.says.codePath, messagePath: error.says.messagePath, rule: error.rule))
    }
    if row.kind == .unknown, let message = error.says.message, delay(in: message, profile) != nil {
      // Who asks to wait limits something.
      row.kind = .rateLimit
    }
    row.retryAfter =
      error.says.retryAfter ?? answer.flatMap(retryAfter)
      ?? retryAfter(
        of: row.kind, error.says.inner ?? body.evidence, message: error.says.message, profile)
    let echo = isEcho ? echoes.text(of: record, of: fields.gateway) : takeEcho(of: record)
    if row.message == 0, let echo {
      row.message = echo.withUnsafeBufferPointer { number($0, .message, batch) }
    }
    let upstream = fields.first(.upstreamStatus) { parseStatus($0.value) }
    row.upstreamStatus = Int32(
      clamping: upstream.flatMap { $0 > 0 ? $0 : nil } ?? error.says.upstreamStatus)
    if let failure = silence?.failure, !error.isToldByCode { row.kind = failure.kind }
    if case .none = body, status == 502 || status == 500, !fields.isLaidOut,
      NetworkFailure.isTold(by: record)
    {
      row.kind = .unavailable
    }
    addCallStatus(of: record, to: &row, batch)
    addAnswerer(to: &row, upstream: upstream, error, hasProfile: profile != nil)
    // What failed in the gateway itself it says twice.
    if echo != nil, row.answeredBy == .unknown { row.answeredBy = .gateway }
    addIdentifiers(of: error.says, to: &row, batch)
    return row
  }

  /// The number of the name of the gateway that wrote the last record.
  @inline(__always)
  func gatewayNumber(in batch: Batch) -> Word { number(ofGateway: fields.gateway, in: batch) }

  /// The same of any gateway; -1 is the generic one.
  @inline(__always)
  func number(ofGateway place: Int, in batch: Batch) -> Word {
    let known = caches.gateways[place + 1]
    if known != 0 { return known }
    let profile = place < 0 ? catalog.genericGateway : rules.gateways[place]
    let new = profile.name.withBytes { number($0, .gateway, batch) }
    caches.gateways[place + 1] = new
    return new
  }

  func number(_ text: Bytes?, _ lexicon: Lexicon, _ batch: Batch) -> Word {
    guard let text, !text.isEmpty else { return 0 }
    return caches.lexicons.number(of: text, in: lexicon, batch)
  }
}
