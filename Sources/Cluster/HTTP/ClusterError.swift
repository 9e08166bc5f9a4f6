/// Why a cluster cannot be used, or did not do what it was asked for, in words for whoever called.
package struct ClusterError: Error, Sendable, Equatable {
  package enum Cause: Sendable, Equatable {
    /// The address, or who asks, is not written as it has to be.
    case address
    /// Nothing was heard of the server.
    case unreachable
    /// The connection ended, or time was up, before the answer was whole: nobody knows whether the
    /// server did it.
    case doubt
    /// It cannot be proven who the server is.
    case certificate
    /// The server said no: one of ClickHouse's own codes
    /// (<https://github.com/ClickHouse/ClickHouse/blob/master/src/Common/ErrorCodes.cpp>), or 0.
    case refused(code: Int)
    /// Something before the server said no, with a status of HTTP.
    case status(Int)
    /// What came is not what was asked for.
    case answer
    /// Someone wanted it to end.
    case stopped
    /// This machine cannot ask.
    case own
    /// The tables are not those that this errata knows.
    case tables
    /// What the cluster has of an edge is not what the store at hand has.
    case edge
  }

  /// What to do about it.
  package enum Hint: Sendable, Equatable {
    case text(String)
    /// The tables are to be made.
    case makeTables
    /// An edge is to have another name.
    case nameEdge
    /// A store is to be sent under the name that it was sent under before.
    case sendAs(String)
    /// What the cluster holds is to be compared with the stores that were sent there.
    case compare
  }

  package var cause: Cause
  package var message: String
  package var hint: Hint?
  /// How long the server wants to be left alone, in milliseconds.
  package var retryAfter: Int64?

  package init(_ cause: Cause, _ message: String, hint: Hint? = nil, retryAfter: Int64? = nil) {
    self.cause = cause
    self.message = message
    self.hint = hint
    self.retryAfter = retryAfter
  }

  /// Whether it is of no use to ask again, whatever the cause.
  private var isFinal = false

  /// The same, of what cannot be asked again.
  var final: ClusterError {
    var error = self
    error.isFinal = true
    return error
  }

  /// Whether the same request may go well a little later.
  package var isPassing: Bool {
    if isFinal { return false }
    return switch cause {
    case .unreachable, .doubt: true
    case .status(let status): [408, 429, 502, 503, 504].contains(status)
    case .refused(let code): ClusterError.passing.contains(code)
    default: false
    }
  }

  /// Time and memory that were used up, servers that a server could not reach, tables that are being
  /// written too much or, for a while, not at all.
  private static let passing: Set<Int> = [
    3, 32, 95, 101, 106, 159, 198, 202, 203, 209, 210, 225, 236, 241, 242, 243, 252, 254, 279,
    285, 286, 297, 307, 319, 394, 415, 416, 425, 439, 459, 574, 999, 1000,
  ]

  /// Those of a user who may not come in.
  static let strangers: Set<Int> = [192, 193, 194, 195, 497, 516]
  static let unknownDatabase = 81
  static let unknownTable = 60
}
