internal import Events
internal import JSON
internal import Profiles

/// Makes events of records: what the gateway wrote, what the vendor's body says, and what both mean.
final class EventBuilder {
  enum Outcome {
    case event, success, none
  }

  /// Why an event is what it is, beyond its fields.
  struct Trace {
    var ground = VendorDirectory.Ground.none
    var codePath: BodyPath?
    var messagePath: BodyPath?
    var rule: ErrorRule?
  }

  let fields: FieldReader
  let vendors: VendorDirectory
  var lexicons: Lexicons
  private(set) var bodyReader = BodyReader()
  /// The time of the record read last.
  private(set) var time: Int64?
  /// How the record read last was understood.
  private(set) var trace = Trace()
  /// Told every id that is indexed.
  var onIdentifier: ((Bytes) -> Void)?
  private let catalog: Catalog
  private let rules: RuleBook
  private let zone: Zone
  private let seed: UInt64
  private let bodyParser = JSONParser()
  private var template = RouteTemplate()
  private var limits: [LimitKey: PlanLimit] = [:]

  init(catalog: Catalog, options: RecordReader.Options, ledger: any Ledger) throws {
    self.catalog = catalog
    rules = RuleBook(catalog)
    fields = FieldReader(rules: rules)
    fields.forced = options.gateway.flatMap { name in
      catalog.gateways.firstIndex { $0.name == name }
    }
    vendors = VendorDirectory(catalog, forced: options.vendor)
    lexicons = try Lexicons(ledger: ledger)
    zone = options.zone
    seed = ledger.seed
  }

  /// Prepares for a batch: what is known by number is forgotten with the numbers.
  func begin(_ batch: Batch) {
    lexicons.begin(batch)
    if batch.forgotten.contains(true) { limits.removeAll() }
  }

  /// The gateway profile that read the last record.
  var gateway: GatewayProfile {
    fields.gateway < 0 ? catalog.genericGateway : rules.gateways[fields.gateway]
  }

  /// Reads one record. `outer` is the time of the object it was wrapped in.
  func read(
    _ record: JSONValue, of line: LineReader.Line, part: Int32, into batch: Batch, outer: Int64?
  ) -> Outcome {
    fields.read(record)
    time = fields.first(.time) { timeReading($0.value, zone: zone) } ?? outer
    let status = fields.first(.status) { statusReading($0.value) }
    let request = readRequest()
    if let status, status > 0, status < 400, status >= 300 || !saysFailed(record) {
      countSuccess(status, target: request.host, batch)
      return .success
    }
    let body = self.body()
    // Without a status there is a response only where it is said that none came, or where a known
    // vendor's error stands in the line.
    if status == nil || status == 0 {
      let hadNoAnswer = status == 0 || fields.hasNullStatus
      let isRequest = hadNoAnswer && (request.method != nil || request.path != nil)
      guard isRequest || isKnownError(body, target: request.host) else { return .none }
    }
    add(status ?? 0, request, body, line, part, batch)
    return .event
  }

  // MARK: The request

  private struct Request {
    var method: Bytes?
    var path: Bytes?
    var host: Bytes?
  }

  private func readRequest() -> Request {
    let method = fields.first(.method) { hit in hit.value.string.flatMap(methodReading) }
    let target = fields.first(.path) { hit in
      scalar(hit.value).string.flatMap { isNullMarker($0) ? nil : RequestTarget($0) }
    }
    var request = Request(method: method, path: target?.path, host: target?.host)
    if method == nil || target == nil,
      let line = fields.first(.requestLine, { $0.value.string.flatMap(requestLineReading) })
    {
      request.method = method ?? line.method
      if target == nil { request.path = RequestTarget(line.path)?.path }
    }
    return request
  }

  // MARK: The body

  /// An error body: an object, or text that is none.
  private enum Body {
    case object(JSONValue)
    case text(Bytes)
    case none
  }

  private func body() -> Body {
    for hit in fields.candidates(.body) {
      if hit.value.isObject || hit.value.elements.contains(where: \.isObject) {
        return .object(hit.value)
      }
      guard let string = scalar(hit.value).string?.trimmed, !isNullMarker(string) else { continue }
      return parse(string).map(Body.object) ?? .text(string)
    }
    return .none
  }

  /// JSON in a string, even in a string in a string.
  private func parse(_ text: Bytes) -> JSONValue? {
    guard let first = text.first,
      first == UInt8(ascii: "{") || first == UInt8(ascii: "\"") || first == UInt8(ascii: "["),
      let value = try? bodyParser.parse(text)
    else { return nil }
    if value.isObject || value.isArray { return value }
    guard first == UInt8(ascii: "\""), let inside = value.string?.trimmed,
      inside.first == UInt8(ascii: "{")
    else { return nil }
    return try? bodyParser.parse(inside)
  }

  /// Whether a 2xx says in its body that it failed all the same.
  private func saysFailed(_ record: JSONValue) -> Bool {
    guard !fields.candidates(.body).isEmpty, case .object(let body) = body() else { return false }
    if body["ok"]?.bool == false || body["success"]?.bool == false { return true }
    if let errors = body["errors"], errors.isArray {
      return errors.elements.contains { $0.isObject }
    }
    return body["status"]?.string?.isEqual(to: "error") ?? false
  }

  /// Whether an error of a vendor with a profile stands in the line, although no status does.
  private func isKnownError(_ body: Body, target: Bytes?) -> Bool {
    guard case .object(let object) = body,
      let profile = vendors.known(from: fields, target: target)?.profile
    else { return false }
    let reading = bodyReader.read(object, by: vendors.profiles[profile], status: 0)
    return vendors.profiles[profile].errors.contains {
      !$0.codes.isEmpty
        && $0.applies(
          status: $0.statuses.first ?? 0, code: reading.code, message: reading.message,
          hasIssues: false)
    }
  }

  // MARK: Counting

  private func countSuccess(_ status: Int, target: Bytes?, _ batch: Batch) {
    let choice =
      vendors.known(from: fields, target: target) ?? vendors.unknown(from: fields, target: target)
    trace.ground = choice?.ground ?? .none
    let vendor = choice.map { lexicons.number(of: $0.slug, in: .vendor, batch) } ?? 0
    if let time {
      batch.minutes[minuteKey(time, vendor), default: MinuteCounts()].successes += 1
    }
    batch.traffic[
      TrafficKey(
        quarter: time.map(quarter), vendor: vendor, status: Int32(status), code: 0, kind: nil),
      default: 0] += 1
  }

  private func count(_ row: EventRow, _ batch: Batch) {
    if let time = row.time {
      let key = minuteKey(time, row.vendor)
      var counts = batch.minutes[key] ?? MinuteCounts()
      counts.errors += 1
      if row.kind == .rateLimit { counts.rateLimited += 1 }
      if row.kind == .planLimit { counts.planLimited += 1 }
      if row.status >= 500 { counts.serverErrors += 1 }
      batch.minutes[key] = counts
    } else {
      batch.tally.undated += 1
    }
    batch.traffic[
      TrafficKey(
        quarter: row.time.map(quarter), vendor: row.vendor, status: row.status, code: row.code,
        kind: row.kind),
      default: 0] += 1
  }

  private func minuteKey(_ time: Int64, _ vendor: Word) -> MinuteKey {
    MinuteKey(minute: time / Milliseconds.minute, vendor: vendor)
  }

  private func quarter(_ time: Int64) -> Int64 { time / (15 * Milliseconds.minute) }

  // MARK: The event

  private func add(
    _ status: Int, _ request: Request, _ body: Body, _ line: LineReader.Line, _ part: Int32,
    _ batch: Batch
  ) {
    var row = EventRow()
    row.time = time
    row.offset = line.offset
    row.length = line.length
    row.part = part
    row.status = Int32(status)

    var object: JSONValue?
    if case .object(let value) = body { object = value }
    let choice = chooseVendor(object, status: status, target: request.host)
    trace = Trace(ground: choice?.ground ?? .none)
    let profile = choice?.profile.map { vendors.profiles[$0] }
    row.vendor = choice.map { lexicons.number(of: $0.slug, in: .vendor, batch) } ?? 0

    var says = read(body, by: profile ?? catalog.genericVendor, status: status)
    if says.code == nil, says.message == nil {
      // What the client or the gateway says of the failure; its code is not the vendor's.
      says = read(body, by: catalog.genericVendor, status: status)
      says.code = nil
    }
    let hasIssues = bodyReader.beginDetails(
      object, by: profile ?? catalog.genericVendor, message: says.message)
    let rule = catalog.rule(
      vendor: profile, status: status, code: says.code, message: says.message, hasIssues: hasIssues)
    trace.codePath = says.codePath
    trace.messagePath = says.messagePath
    trace.rule = rule
    row.kind = rule?.kind ?? Kind(status: status)
    if status == 0, rule == nil { row.kind = .timeout }
    row.message = number(says.message, .message, batch)
    if row.kind == .planLimit, let message = says.message {
      bodyReader.addLimit(limit(in: message, row, request.path, profile ?? catalog.genericVendor))
    }
    if let details = bodyReader.finishDetails() {
      row.details = details.withUnsafeBufferPointer {
        lexicons.number(of: $0, in: .details, batch)
      }
    }
    row.code = number(says.code, .code, batch)
    row.method = number(request.method, .method, batch)
    row.consumer = number(consumer(), .consumer, batch)
    addRoute(request.path, to: &row, batch)
    row.latency = latency()
    row.retryAfter = says.retryAfter ?? retryAfter()
    let upstream = fields.first(.upstreamStatus) { statusReading($0.value) }
    row.upstreamStatus = Int32(
      clamping: upstream.flatMap { $0 > 0 ? $0 : nil } ?? says.upstreamStatus)
    row.answeredBy = answeredBy(
      status: status, upstream: upstream, vendorsOwn: profile != nil && rule?.codes.isEmpty == false
    )
    addIdentifiers(of: says, profile: profile, to: &row, batch)
    count(row, batch)
    batch.rows.append(row)
  }

  private func chooseVendor(_ body: JSONValue?, status: Int, target: Bytes?)
    -> VendorDirectory.Choice?
  {
    if let choice = vendors.known(from: fields, target: target) { return choice }
    if let body,
      let found = vendors.profiles.firstIndex(where: { $0.recognises(body, status: status) })
    {
      return vendors.chosen(by: found)
    }
    return vendors.unknown(from: fields, target: target)
  }

  private func read(_ body: Body, by profile: VendorProfile, status: Int) -> BodyReading {
    switch body {
    case .object(let object): return bodyReader.read(object, by: profile, status: status)
    case .text(let text):
      var reading = BodyReading()
      reading.message = text
      return reading
    case .none: return BodyReading()
    }
  }

  /// What a plan limits, worked out once for each message, vendor and path.
  private func limit(in message: Bytes, _ row: EventRow, _ path: Bytes?, _ profile: VendorProfile)
    -> PlanLimit
  {
    let path = path.map { String(repairing: $0) } ?? ""
    let key = LimitKey(message: row.message, vendor: row.vendor, path: path)
    if let known = limits[key] { return known }
    if limits.count > 4096 { limits.removeAll() }
    let limit = PlanLimit(message: String(repairing: message), path: path, profile: profile)
    limits[key] = limit
    return limit
  }

  private struct LimitKey: Hashable {
    var message: Word
    var vendor: Word
    var path: String
  }

  private func number(_ text: Bytes?, _ lexicon: Lexicon, _ batch: Batch) -> Word {
    guard let text, !text.isEmpty else { return 0 }
    return lexicons.number(of: text, in: lexicon, batch)
  }

  private func consumer() -> Bytes? { fields.text(.consumer)?.text }

  /// The log's own route, else the path with its ids taken out.
  private func addRoute(_ path: Bytes?, to row: inout EventRow, _ batch: Batch) {
    if let route = fields.text(.route)?.text {
      row.route = number(route, .route, batch)
      if let path, !path.elementsEqual(route) { row.path = batch.keep(path) }
    } else if let path {
      template.make(from: path)
      row.route = template.bytes.withUnsafeBufferPointer { number($0, .route, batch) }
      if template.hasIDs { row.path = batch.keep(path) }
    }
  }

  private func latency() -> Int64? {
    fields.first(.latency) { hit in
      latencyReading(hit.value) { fields.shape.unit(of: Int(hit.node), gateway: fields.gateway) }
    }
  }

  private func retryAfter() -> Int64? {
    fields.first(.retryAfter) { hit in
      retryAfterReading(
        hit.value, inMilliseconds: fields.shape.nodes[Int(hit.node)].isInMilliseconds, time: time,
        zone: zone)
    }
  }

  /// Who made the response, on positive evidence only.
  private func answeredBy(status: Int, upstream: Int?, vendorsOwn: Bool) -> AnsweredBy {
    for hit in fields.candidates(.answer) {
      let evidence = gateway.evidence[Int(hit.rank) / 16]
      let value = scalar(hit.value)
      if let text = value.string {
        if isNullMarker(text) { continue }
        if let expected = evidence.value, !text.elementsEqual(expected.utf8) { continue }
      } else if let expected = evidence.value, value.integer.map(String.init) != expected {
        continue
      }
      return evidence.vendor ? .vendor : .gateway
    }
    if let upstream, upstream > 0, upstream == status { return .vendor }
    return vendorsOwn ? .vendor : .unknown
  }

  /// The vendor's id, else the gateway's, as text; every id of the line as a hash.
  private func addIdentifiers(
    of says: BodyReading, profile: VendorProfile?, to row: inout EventRow, _ batch: Batch
  ) {
    let place = UInt32(batch.rows.count)
    func index(_ id: Bytes) {
      onIdentifier?(id)
      let hash = identifierHash(id, seed: seed)
      var last = batch.identifiers.count - 1
      while last >= 0, batch.identifiers[last].row == place {
        if batch.identifiers[last].hash == hash { return }
        last -= 1
      }
      batch.identifiers.append(Identifier(hash: hash, row: place))
    }
    let own = says.requestID.flatMap { $0.isEmpty ? nil : $0 }
    let main = own ?? fields.first(.requestID) { identifierReading($0.value) }
    if let main {
      row.requestID = batch.keep(main.part(0..<256))
      index(main)
    }
    for hit in fields.candidates(.requestID) {
      if let id = identifierReading(hit.value) { index(id) }
    }
    for hit in fields.candidates(.identifier) {
      if let id = identifierReading(hit.value) { index(traceID(in: id)) }
    }
  }
}
