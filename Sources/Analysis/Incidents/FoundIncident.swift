/// What an incident is.
package enum Trouble: String, CaseIterable, Sendable {
  /// Nearly all requests fail, whatever with.
  case outage
  /// Clearly more fail than usual.
  case errors
  /// Rejections for too many requests: a burst of them, or limiting that goes on.
  case rejections
  /// A key or a permission is missing.
  case credentials
  /// Nothing was logged. Gaps tell it, not ``incidents(of:from:localMinutes:policy:)``.
  case silence
}

/// A stretch of trouble with one vendor, or with several for one cause.
package struct FoundIncident: Sendable, Equatable {
  package var what: Trouble
  /// Places in the list of series given, in order; several: one cause, the same minutes.
  package var vendors: [Int]
  /// The start of its first minute, in milliseconds since the epoch.
  package var start: Int64
  /// The end of its last minute, exclusive, in milliseconds since the epoch.
  package var end: Int64
  /// Whether it had not ended when the counts did.
  package var isOngoing: Bool
  /// Errors of the sorts that make it.
  package var failures: Int
  /// All responses of these vendors in that time; nil where not known of all of them.
  package var requests: Int?
  /// How many failures are usual in it.
  package var expected: Double
  /// Which errors it is made of.
  package var sorts: Set<Sort>

  package init(
    what: Trouble, vendors: [Int], start: Int64, end: Int64, isOngoing: Bool, failures: Int,
    requests: Int?, expected: Double, sorts: Set<Sort>
  ) {
    self.what = what
    self.vendors = vendors
    self.start = start
    self.end = end
    self.isOngoing = isOngoing
    self.failures = failures
    self.requests = requests
    self.expected = expected
    self.sorts = sorts
  }
}

/// What looking for incidents found.
package struct IncidentFindings: Sendable, Equatable {
  /// In order of their starts.
  package var incidents: [FoundIncident] = []
  package var habits: [FoundHabit] = []

  package init(incidents: [FoundIncident] = [], habits: [FoundHabit] = []) {
    self.incidents = incidents
    self.habits = habits
  }
}
