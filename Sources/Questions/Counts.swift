package import Events

/// Responses of one sort in one stretch of time, or a single error; texts by their numbers, 0 for
/// none.
package struct StoredCount {
  /// The start of the stretch, or the error's time; milliseconds since the epoch.
  package var time: Int64
  package var vendor: Int64
  package var gateway: Int64
  /// 0 for none.
  package var status: Int64
  package var code: Int64
  /// Nil for a success.
  package var kind: Kind?
  /// Known of single errors only, as `consumer` and `answeredBy` are.
  package var route: Int64
  package var consumer: Int64
  package var answeredBy: AnsweredBy
  package var count: Int64

  package init(
    time: Int64, vendor: Int64, gateway: Int64, status: Int64 = 0, code: Int64 = 0,
    kind: Kind? = nil, route: Int64 = 0, consumer: Int64 = 0, answeredBy: AnsweredBy = .unknown,
    count: Int64 = 1
  ) {
    self.time = time
    self.vendor = vendor
    self.gateway = gateway
    self.status = status
    self.code = code
    self.kind = kind
    self.route = route
    self.consumer = consumer
    self.answeredBy = answeredBy
    self.count = count
  }
}

/// What is counted of a vendor's responses in a minute.
package struct StoredMinute {
  /// Its start, in milliseconds since the epoch.
  package var time: Int64
  package var vendor: Int64
  package var gateway: Int64
  package var successes: Int64
  package var errors: Int64
  package var rateLimited: Int64
  package var planLimited: Int64
  package var serverErrors: Int64

  package init(
    time: Int64, vendor: Int64, gateway: Int64, successes: Int64, errors: Int64,
    rateLimited: Int64, planLimited: Int64, serverErrors: Int64
  ) {
    self.time = time
    self.vendor = vendor
    self.gateway = gateway
    self.successes = successes
    self.errors = errors
    self.rateLimited = rateLimited
    self.planLimited = planLimited
    self.serverErrors = serverErrors
  }
}

/// Errors of one sort on one route in one stretch of time, or a single one; texts by their numbers, 0
/// for none.
package struct StoredRouteCount {
  /// The start of the stretch, or the error's time; milliseconds since the epoch.
  package var time: Int64
  package var vendor: Int64
  package var gateway: Int64
  package var route: Int64
  package var kind: Kind
  package var answeredBy: AnsweredBy
  /// 0 for none.
  package var status: Int64
  package var count: Int64

  package init(
    time: Int64, vendor: Int64, gateway: Int64, route: Int64, kind: Kind, answeredBy: AnsweredBy,
    status: Int64, count: Int64
  ) {
    self.time = time
    self.vendor = vendor
    self.gateway = gateway
    self.route = route
    self.kind = kind
    self.answeredBy = answeredBy
    self.status = status
    self.count = count
  }
}
