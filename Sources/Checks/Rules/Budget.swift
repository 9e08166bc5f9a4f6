package import Events
package import Times

/// An objective: the share of requests that must succeed over a length of time. What it leaves is the
/// error budget.
package struct Budget: Sendable, Hashable {
  /// Whose failures count: `blame=vendor,third_party`.
  package struct Owners: Sendable, Hashable {
    package let isExcluding: Bool
    package let owners: [Blame]

    var text: String {
      "blame" + (isExcluding ? "!=" : "=") + owners.map(\.rawValue).joined(separator: ",")
    }
  }

  /// More than nothing, less than all.
  package let objective: Amount
  package let window: Every
  /// All must be met.
  package let owners: [Owners]
  /// How many requests a window needs to be judged.
  package let minimum: Int64

  init(
    _ objective: Amount, per window: Every, owners: [Owners] = [],
    minimum: Int64 = Threshold.usualMinimum
  ) {
    self.objective = objective
    self.window = window
    self.owners = owners
    self.minimum = minimum
  }

  /// The share that may fail.
  package var share: Amount { objective.rest }

  /// Crossed once nothing of it is left.
  package var usedUp: Threshold {
    Threshold(Bound(comparison: .atLeast, amount: share), minimum: minimum)
  }

  /// `99.5% per 30d`
  package var name: String { "\(objective.text) per \(window.text)" }

  /// `blame=vendor`, in order.
  package var ownerTexts: [String] { owners.map(\.text).sorted() }

  /// The longest, and the shortest, that a budget may be about.
  static let lengths = Milliseconds.day...366 * Milliseconds.day

  /// What its failures can be picked by. Of consumers nothing is known to divide by.
  static let conditions: [ResponseField] = [.vendor, .gateway, .status, .code, .kind, .route]

  /// Whether an error counts where a rule does not name what does: the other side, or what is between,
  /// failed. That is any 5xx, no response, and what failed like that behind another status. What the
  /// request itself did wrong, a limit (429) and a client that hung up are none of it.
  package static func isFailure(_ kind: Kind, status: Int64) -> Bool {
    switch kind {
    case .cancelled: false
    case .timeout, .upstream, .unavailable, .server: true
    case .unknown: status == 0 || status >= 500
    default: status >= 500
    }
  }

  /// Which of a rule's conditions are about errors, and not about whose requests are asked for.
  package static func isOfErrors(_ field: ResponseField) -> Bool {
    switch field {
    case .status, .code, .kind, .answeredBy: true
    case .vendor, .gateway, .route, .consumer: false
    }
  }

  /// Whether a rule names what counts, in place of the usual.
  package func namesFailures(_ conditions: [Condition]) -> Bool {
    owners.contains { !$0.isExcluding }
      || conditions.contains { Budget.isOfErrors($0.field) && !$0.isExcluding }
  }

  /// Whether failures of an owner are meant.
  package func counts(_ owner: Blame) -> Bool {
    owners.allSatisfy { $0.isExcluding != $0.owners.contains(owner) }
  }

  /// What is told of it, each by itself.
  package enum Alert: String, Sendable, CaseIterable {
    case fast, slow
    case usedUp = "used_up"
  }
}
