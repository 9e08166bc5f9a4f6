package import Events

/// One error response, as much of it as the retry audit looks at. Texts are told by number, any
/// numbering will do; -1 stands for none.
package struct FailedCall: Sendable, Equatable {
  /// Milliseconds since the epoch, UTC.
  package var time: Int64
  /// Calls of one log are numbered as they stand in it; nil when not known.
  package var number: Int64?
  package var vendor: Int32 = -1
  package var consumer: Int32 = -1
  package var route: Int32 = -1
  package var method: Int32 = -1
  /// The path, by any number that two paths hardly share; nil when not known.
  package var path: UInt64?
  /// Whether the path names one thing among many, as `/runs/4ff1a001` does; of a path that is not
  /// known, whether its route's paths do.
  package var namesItem = false
  /// Whether calls of its method have bodies: the log does not show whether those were the same.
  package var mayHaveBody = true
  /// 0 when there was no response.
  package var status: Int32 = 0
  package var kind = Kind.unknown
  package var code: Int32 = -1
  package var message: Int64 = -1
  package var details: Int64 = -1
  /// Milliseconds; nil when not known.
  package var latency: Int64?
  /// How long the response asked to wait, in milliseconds; nil when it did not say.
  package var retryAfter: Int64?

  package init(time: Int64) {
    self.time = time
  }
}

extension FailedCall {
  /// Whether it is known who called what: of other calls nothing can be said.
  package var isJudged: Bool { consumer >= 0 && route >= 0 }

  /// The milliseconds to a later one.
  func gap(before next: FailedCall) -> Double { seconds(from: time, to: next.time) * 1000 }

  /// Whether a call of the same method and path is the same call: where it names one thing and has
  /// no body. Others may be about one thing after another, or on behalf of one person after another.
  var isKnownByItsPath: Bool { namesItem && method >= 0 && !mayHaveBody }

  /// Whether it was refused on account of who calls, rather than of what is called.
  var isRefusedForItsCaller: Bool {
    switch kind {
    case .auth, .planLimit, .payment, .permission: true
    default: false
    }
  }

  /// What a delay is on. Things that are told apart by their ids may have a limit each; else the
  /// limit is on the route, whatever its paths. Nil where a path that names a thing is not known.
  var limited: CallKey? {
    guard namesItem else { return CallKey(caller: self) }
    return path.map { CallKey(caller: self, path: $0) }
  }
}

/// Who calls what: what a limit is on.
struct CallerKey: Hashable {
  var vendor: Int32
  var consumer: Int32
  var route: Int32

  init(vendor: Int32, consumer: Int32, route: Int32) {
    self.vendor = vendor
    self.consumer = consumer
    self.route = route
  }

  init(of call: FailedCall) {
    self.init(vendor: call.vendor, consumer: call.consumer, route: call.route)
  }

  /// One word is hashed in a third of the time of three.
  var word: UInt64 {
    UInt64(truncatingIfNeeded: vendor) &<< 48 ^ UInt64(truncatingIfNeeded: consumer) &<< 20
      ^ UInt64(truncatingIfNeeded: route)
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(word)
  }
}

/// What two calls have in common that may be one call and its repetition.
struct CallKey: Hashable {
  var caller: CallerKey
  var method: Int32 = -1
  var path: UInt64 = 0

  /// Of calls on which the method has no bearing, and the path only where it is given.
  init(caller call: FailedCall, path: UInt64 = 0) {
    caller = CallerKey(of: call)
    self.path = path
  }

  /// Nil where the path is not known.
  init?(_ call: FailedCall) {
    guard let path = call.path else { return nil }
    caller = CallerKey(of: call)
    method = call.method
    self.path = path
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(caller.word ^ path ^ UInt64(truncatingIfNeeded: method) &<< 56)
  }
}
