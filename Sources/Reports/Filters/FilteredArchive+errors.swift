internal import Events
internal import Files
internal import Questions
internal import Times

// Single errors, those that are meant.
extension FilteredArchive {
  func errors(
    _ choice: ErrorChoice, texts: Bool, _ body: (StoredError) throws -> Void
  ) throws {
    try base.errors(choice, texts: texts || needsTexts) { if isMeant($0) { try body($0) } }
  }

  func latestErrors(
    _ count: Int, during range: TimeRange, before mark: ErrorMark?, texts: Bool,
    where isMeant: (StoredError) throws -> Bool
  ) throws -> [ErrorMark] {
    try base.latestErrors(count, during: range, before: mark, texts: texts || needsTexts) {
      try self.isMeant($0) && isMeant($0)
    }
  }

  func errors(during range: TimeRange, _ body: (StoredCount) throws -> Void) throws {
    if needsTexts {
      return try errors(.during(range), texts: true) { try body(StoredCount($0, at: $0.time ?? 0)) }
    }
    try base.errors(during: range) { if conditions.passes($0) { try body($0) } }
  }

  func errorsInOrder(during range: TimeRange, _ body: (StoredCount) throws -> Void) throws {
    if needsTexts { return try errors(during: range, body) }
    try base.errorsInOrder(during: range) { if conditions.passes($0) { try body($0) } }
  }

  func routedErrors(during range: TimeRange, _ body: (StoredRouteCount) throws -> Void) throws {
    if filter.isOfRoutes {
      return try base.routedErrors(during: range) { if conditions.passes($0) { try body($0) } }
    }
    try errors(during: range) { try body(StoredRouteCount($0)) }
  }

  func limits(during range: TimeRange, _ body: (Limit) -> Void) throws {
    if filter.isOfCallers {
      return try base.limits(during: range) { if conditions.passes($0) { body($0) } }
    }
    try errors(.during(range), texts: false) { error in
      if let limit = Limit(error) { body(limit) }
    }
  }

  func calls(during range: TimeRange, _ body: (StoredCall) throws -> Void) throws {
    let isMeant = try choice(during: range)
    try base.calls(during: range) { if isMeant($0) { try body($0) } }
  }

  /// Tells which calls of a range are meant. Texts of errors are looked at before any call is.
  func choice(during range: TimeRange) throws -> (StoredCall) -> Bool {
    if filter.looks(onlyAt: [.vendor, .gateway, .status, .code, .kind, .route, .consumer]) {
      return { [conditions] in conditions.passes($0) }
    }
    // By the number of the first of 64 events, a bit for each that is meant.
    var meant: [Int64: UInt64] = [:]
    try errors(.during(range), texts: false) { error in
      meant[error.number >> 6, default: 0] |= 1 << UInt64(error.number & 63)
    }
    return { meant[$0.number >> 6, default: 0] & 1 << UInt64($0.number & 63) != 0 }
  }

  func events(
    during range: TimeRange, vendor: String?, kinds: Set<Kind>, _ body: (Event) throws -> Void
  ) throws {
    try base.events(during: range, vendor: vendor, kinds: kinds) { event in
      if filter.holds(of: event) { try body(event) }
    }
  }
}

extension StoredError: Filterable {
  func number(of field: ResponseField) -> Int {
    switch field {
    case .vendor: Int(vendor)
    case .gateway: Int(gateway)
    case .status: Int(status)
    case .code: Int(code)
    case .kind: Int(kind.rawValue)
    case .route: Int(route)
    case .consumer: Int(consumer)
    case .answeredBy: Int(answeredBy.rawValue)
    }
  }
}

extension StoredCount: Filterable {
  func number(of field: ResponseField) -> Int {
    switch field {
    case .vendor: Int(vendor)
    case .gateway: Int(gateway)
    case .status: Int(status)
    case .code: Int(code)
    case .kind: Int(kind?.rawValue ?? 0)
    case .route: Int(route)
    case .consumer: Int(consumer)
    case .answeredBy: Int(answeredBy.rawValue)
    }
  }

  init(_ error: StoredError, at time: Int64) {
    self.init(
      time: time, vendor: error.vendor, gateway: error.gateway, status: error.status,
      code: error.code, kind: error.kind, route: error.route, consumer: error.consumer,
      answeredBy: error.answeredBy)
  }
}

extension StoredRouteCount: Filterable {
  /// Codes and consumers are not known.
  func number(of field: ResponseField) -> Int {
    switch field {
    case .vendor: Int(vendor)
    case .gateway: Int(gateway)
    case .status: Int(status)
    case .kind: Int(kind.rawValue)
    case .route: Int(route)
    case .answeredBy: Int(answeredBy.rawValue)
    case .code, .consumer: 0
    }
  }

  init(_ error: StoredCount) {
    self.init(
      time: error.time, vendor: error.vendor, gateway: error.gateway, route: error.route,
      kind: error.kind ?? .unknown, answeredBy: error.answeredBy, status: error.status,
      count: error.count)
  }
}

extension StoredCall: Filterable {
  /// Who answered is not known.
  func number(of field: ResponseField) -> Int {
    switch field {
    case .vendor: Int(vendor)
    case .gateway: Int(gateway)
    case .status: Int(status)
    case .code: Int(code)
    case .kind: Int(kind.rawValue)
    case .route: Int(route)
    case .consumer: Int(consumer)
    case .answeredBy: 0
    }
  }
}

extension Limit: Filterable {
  /// Of any limit only who hit it is known.
  func number(of field: ResponseField) -> Int {
    switch field {
    case .vendor: Int(vendor)
    case .gateway: Int(gateway)
    case .consumer: Int(consumer)
    case .status, .code, .kind, .route, .answeredBy: 0
    }
  }

  /// Nil of any other error.
  init?(_ error: StoredError) {
    let isPlanLimit = error.kind == .planLimit
    guard let time = error.time, error.status == 429 || isPlanLimit else { return nil }
    self.init(
      time: time, vendor: error.vendor, gateway: error.gateway, consumer: error.consumer,
      isRejection: error.status == 429, isPlanLimit: isPlanLimit)
    if isRejection { (route, retryAfter) = (error.route, error.retryAfter) }
    if isPlanLimit { (code, details) = (error.code, error.details) }
  }
}
