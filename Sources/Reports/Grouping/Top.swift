/// How much of a long list an answer tells one by one.
package enum Top: Sendable, Equatable {
  case usual
  case largest(Int)
  case all

  /// Groups that are told by themselves; the rest are told together.
  var groups: Int {
    switch self {
    case .usual: 50
    case .largest(let most): most
    case .all: .max
    }
  }

  /// Bursts, spikes and their like, which have no sum.
  var findings: Int {
    switch self {
    case .usual: 1000
    case .largest(let most): most
    case .all: .max
    }
  }
}
