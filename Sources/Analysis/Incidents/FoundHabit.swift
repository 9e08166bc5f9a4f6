/// How often something comes, by the local clock.
package enum Cycle: String, CaseIterable, Sendable {
  case hour, day, workday, week
}

/// What comes again and again at its time.
package struct FoundHabit: Sendable, Equatable {
  package var what: Trouble
  /// The place in the list of series given.
  package var vendor: Int
  package var every: Cycle
  /// Minutes into the cycle, by the local clock, at which it usually begins. A week begins on Monday.
  package var at: Int
  /// How many minutes it usually lasts.
  package var minutes: Int
  /// How many failures it usually has.
  package var size: Int
  /// How often it came.
  package var times: Int
  /// The start of the first and of the last one, in milliseconds since the epoch.
  package var first: Int64
  package var last: Int64
  package var sorts: Set<Sort>

  package init(
    what: Trouble, vendor: Int, every: Cycle, at: Int, minutes: Int, size: Int, times: Int,
    first: Int64, last: Int64, sorts: Set<Sort>
  ) {
    self.what = what
    self.vendor = vendor
    self.every = every
    self.at = at
    self.minutes = minutes
    self.size = size
    self.times = times
    self.first = first
    self.last = last
    self.sorts = sorts
  }
}
