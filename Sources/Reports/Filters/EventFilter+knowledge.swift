internal import Checks
internal import Events
internal import Files
internal import Questions
internal import Times

/// A value of a filter that neither a store nor a profile knows.
package struct UnseenValue: Error {
  package let value: NamedValue
  /// Names that may have been meant.
  package let likenesses: [String]
  /// All that there are, where these are few.
  package let known: [String]
}

extension EventFilter {
  /// The values of which the store has nothing, though they can be: codes and gateways of a profile,
  /// kinds, classes of statuses. Successes count as well.
  ///
  /// - Throws: `UnseenValue` of one that is likely misspelt.
  package func absent(_ values: NamedValues) throws -> [String] {
    var absent: [String] = []
    for value in conditions.flatMap(\.named) where try !values.isStored(value) {
      if try values.isKnown(value) {
        absent.append(value.name)
      } else {
        let likenesses = try values.likenesses(of: value)
        if !values.mayBePruned(value) {
          throw UnseenValue(value: value, likenesses: likenesses, known: [])
        }
        absent.append(value.name)
      }
    }
    let counted = conditions.filter { $0.field == .status || $0.field == .kind }
    if counted.isEmpty { return absent }
    let seen = try SeenSorts(in: values, until: counted)
    for condition in counted {
      for pattern in condition.patterns where !seen.has(pattern) {
        if case .status(let status) = pattern, status > 0 {
          throw UnseenValue(
            value: NamedValue(field: .status, name: String(status)), likenesses: [],
            known: seen.statuses.filter { $0 > 0 }.sorted().map { String($0) })
        }
        absent.append(pattern.shown)
      }
    }
    return absent
  }
}

/// Which statuses and kinds responses of a store have.
private struct SeenSorts {
  private(set) var statuses: Set<Int64> = []
  private var kinds: Set<Kind> = []

  private struct Enough: Error {}

  /// - Parameter conditions: looks no further once there is something of each of these.
  init(in values: NamedValues, until conditions: [Condition]) throws {
    let patterns = conditions.flatMap(\.patterns)
    func add(_ count: StoredCount) throws {
      let isNew = statuses.insert(count.status).inserted
      let isNewKind = count.kind.map { kinds.insert($0).inserted } ?? false
      if isNew || isNewKind, patterns.allSatisfy(has) { throw Enough() }
    }
    do {
      if let extent = try values.archive.extent() {
        let day = Milliseconds.day
        let days = TimeRange(
          since: extent.since.rounded(downTo: day),
          until: extent.until.addingClamped(day - 1).rounded(downTo: day))
        try values.archive.responses(during: days, by: .day, add)
      }
      try values.archive.undatedResponses(add)
    } catch is Enough {}
  }

  func has(_ pattern: Condition.Pattern) -> Bool {
    switch pattern {
    case .status(let status): statuses.contains(status)
    case .statusClass(let hundreds): statuses.contains { $0 / 100 == hundreds }
    case .text(let name): Kind(named: name).map(kinds.contains) ?? false
    }
  }
}
