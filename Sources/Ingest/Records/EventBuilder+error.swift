internal import Batches
internal import Events
internal import Files
internal import JSON
internal import Profiles

/// The fields of an error body, and how its kind was decided.
struct ClassifiedBody {
  var says: BodyFields
  /// Whether a rule for its code decided.
  var isToldByCode = false
  /// The rule that decided, for explanations; nil where the status alone did.
  var rule: ErrorRule?
}

extension EventBuilder {
  /// Adds code, message, kind and details to an event: what the body says, and what the vendor
  /// means by it. A body that came before is not read again.
  ///
  /// - Parameters:
  ///   - vendor: the vendor's place among the profiles; nil for one without.
  ///   - part: the part of a batch that the body is of.
  func addError(
    _ body: ErrorBody, of vendor: Int?, _ request: Request, _ part: BatchAnswer.Part?,
    to row: inout EventRow, _ batch: Batch
  ) -> ClassifiedBody {
    // A record that stands for its body holds a time, and so never comes again.
    guard !isExplaining, part == nil, !speaksInHeaders,
      case .object(let object, isRecord: false) = body
    else {
      return readError(body, of: vendor, request, part, to: &row, batch)
    }
    if let known = caches.bodies.meaning(of: object, vendor: vendor ?? -1, status: row.status) {
      return add(known, of: object, to: &row)
    }
    let classified = readError(body, of: vendor, request, nil, to: &row, batch)
    if let meaning = meaning(of: classified, in: object, of: vendor, row) {
      caches.bodies.keep(meaning)
    }
    return classified
  }

  /// Whether a code or a message stands in a header, and so may be told by more than the body.
  private var speaksInHeaders: Bool {
    !fields.candidates(.code).isEmpty || !fields.candidates(.headerMessage).isEmpty
  }

  @inline(__always)
  private func add(
    _ known: BodyCache.Meaning, of body: JSONValue, to row: inout EventRow
  ) -> ClassifiedBody {
    row.code = known.code
    row.message = known.message
    row.details = known.details
    row.kind = known.kind
    var classified = ClassifiedBody(says: BodyFields(), isToldByCode: known.isToldByCode)
    classified.says.message = known.messagePlace.flatMap { body.value(atDistance: $0).string }
    classified.says.requestID = caches.bodies.id
    classified.says.retryAfter = known.retryAfter
    classified.says.upstreamStatus = known.upstreamStatus
    return classified
  }

  /// What is to be remembered of a body; nil where more than vendor, status and body decides.
  private func meaning(
    of classified: ClassifiedBody, in body: JSONValue, of vendor: Int?, _ row: EventRow
  ) -> BodyCache.Meaning? {
    let says = classified.says
    // Some vendors' routes tell what is limited.
    guard caches.bodies.canKeep else { return nil }
    if case .planLimit = row.kind, let vendor,
      !vendors.profiles[vendor].body.routeResources.isEmpty
    {
      return nil
    }
    let messagePlace = says.message.flatMap { body.distance(to: $0) }
    guard (messagePlace == nil) == (says.message == nil), isApart(caches.bodies.id, in: says) else {
      return nil
    }
    return BodyCache.Meaning(
      code: row.code, message: row.message, details: row.details, kind: row.kind,
      isToldByCode: classified.isToldByCode, retryAfter: says.retryAfter,
      upstreamStatus: says.upstreamStatus, messagePlace: messagePlace)
  }

  /// Whether the request id that was not compared is the one that was read, and stands in nothing
  /// else that was read.
  private func isApart(_ id: Bytes?, in says: BodyFields) -> Bool {
    guard let id, let start = id.baseAddress else { return says.requestID == nil }
    guard says.requestID?.baseAddress == start, says.code?.baseAddress != start,
      says.message?.baseAddress != start, id.count <= 256
    else { return false }
    // What JSON would escape could stand in the details in another form.
    let isPlain = id.allSatisfy { byte in
      (0x20...0x7E).contains(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }
    guard isPlain else { return false }
    let details = bodyReader.details.bytes
    return !details.indices.dropLast(id.count - 1).contains { details[$0...].starts(with: id) }
  }

  private func readError(
    _ body: ErrorBody, of vendor: Int?, _ request: Request, _ part: BatchAnswer.Part?,
    to row: inout EventRow, _ batch: Batch
  ) -> ClassifiedBody {
    // Of a part its own status tells, not that of all parts together.
    let wire = part.map { $0.status > 0 ? $0.status : Int(row.status) } ?? Int(row.status)
    let vendor = vendor.map { vendors.profiles[$0] }
    var profile = vendor ?? catalog.genericVendor
    var says = read(body, by: profile, status: wire)
    if says.code == nil, says.message == nil, vendor != nil {
      // What the client or the gateway says of the failure; its code is not the vendor's.
      says = read(body, by: catalog.genericVendor, status: wire)
      says.code = nil
    }
    if part == nil { addHeaders(to: &says) }
    if says.ownStatus == 0, wire < 300 || wire >= 500, let message = says.message {
      says.ownStatus = InnerError.status(in: message.part(0..<EventBuilder.longestPrefix))
    }
    if says.ownStatus > 0, says.upstreamStatus == 0 { says.upstreamStatus = says.ownStatus }
    if let part, part.status > 0 { says.upstreamStatus = part.status }
    if says.inner != nil { profile = catalog.genericVendor }
    let hasIssues = bodyReader.beginDetails(body.object, by: profile, says)
    row.code = number(says.code, .code, batch)
    row.message = number(says.message, .message, batch)
    // An inner error may be told by a word for its sort, which is not remembered.
    let page = pageText(of: body.object)
    let isPlain = (vendor?.isPlain ?? false) && says.inner == nil && page == nil
    let object = says.inner ?? body.object
    func find(_ status: Int) -> ErrorRule? {
      catalog.rule(
        vendor: vendor,
        for: ErrorFacts(
          status: status, code: says.code, family: says.family, message: says.message,
          hasIssues: hasIssues, body: isPlain ? nil : object, page: page))
    }
    let status = says.ownStatus > 0 ? says.ownStatus : wire
    var rule =
      isPlain
      ? caches.errorRules.rule(of: row, status, hasIssues: hasIssues) { find(status) }
      : find(status)
    // Behind a success, or inside of a failure, there is no status that would tell: what code and
    // message say counts as where the request was refused.
    if rule == nil,
      status < 300 || status >= 500 && says.ownStatus == 0 && (says.inner != nil || says.isFault)
    {
      rule = find(400)
    }
    row.kind = rule?.kind ?? (status == 0 ? .timeout : Kind(status: status))
    if row.kind == .planLimit, let message = says.message {
      var limit = caches.planLimits.limit(
        in: message, of: row, path: request.path, profile: profile.body,
        generic: catalog.genericVendor.body)
      // A status that the message names is no number of anything.
      if says.ownStatus > 0, limit.limit == Int64(says.ownStatus) { limit.limit = nil }
      bodyReader.add(limit, body.object, by: profile)
    }
    bodyReader.addLayers(says)
    if let details = bodyReader.finishDetails() {
      row.details = details.withUnsafeBufferPointer { number($0, .details, batch) }
    }
    return ClassifiedBody(says: says, isToldByCode: rule?.codes.isEmpty == false, rule: rule)
  }

  /// All that a page says.
  private func pageText(of body: JSONValue?) -> Bytes? {
    guard var members = body?.members, let first = members.next(),
      first.key.isEqual(to: TextBody.pageName)
    else { return nil }
    return first.value.string
  }

  /// A status stands before what else a message says.
  private static let longestPrefix = 200

  /// Code and message in headers, as some send no others.
  private func addHeaders(to says: inout BodyFields) {
    if says.code == nil { says.code = headerCode() }
    guard says.message == nil else { return }
    says.message = fields.first(.headerMessage) { candidate in
      guard let text = scalar(candidate.value).string, !isNullMarker(text) else { return nil }
      if let challenge = Challenge(text) { return challenge.description }
      return text
    }
    says.messagePath = nil
  }

  private func read(_ body: ErrorBody, by profile: VendorProfile, status: Int) -> BodyFields {
    switch body {
    case .object(let object, let isRecord):
      return bodyReader.read(
        object, by: profile, catalog.genericVendor, status: status, isRecord: isRecord)
    case .text(let text):
      return bodyReader.read(text, catalog.genericVendor, status: status)
    case .none: return BodyFields()
    }
  }
}
