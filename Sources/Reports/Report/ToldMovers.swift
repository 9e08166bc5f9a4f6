internal import Analysis
internal import Events

/// A change that is told once, whichever of a vendor, a kind, a code and a route it was found by.
struct ToldMover {
  /// What moved most.
  var mover: Mover
  /// What of it makes up most of that: none but parts of `mover`.
  var mostly: [Mover.Subject] = []
  /// What else tells the same.
  fileprivate var others: [Mover] = []

  /// By these alone a change is compared with all others.
  private static let most = 200
  /// What has so much in common is one story.
  private static let share = 0.6

  /// The changes in their order, each told once.
  static func list(_ movers: [Mover], kinds: [Mover]) -> [ToldMover] {
    var told: [ToldMover] = []
    for mover in movers {
      let place =
        told.count < most
        ? told.firstIndex { known in
          ([known.mover] + known.others).contains { isOne($0, mover, kinds) }
        } : nil
      guard let place else {
        told.append(ToldMover(mover: mover))
        continue
      }
      let head = told[place].mover
      if mover.subject.isPart(of: head.subject), isOne(head, mover, kinds) {
        told[place].mostly.append(mover.subject)
      }
      told[place].others.append(mover)
    }
    return told
  }

  /// Whether two tell the same: most of what moved in each is of both.
  private static func isOne(_ one: Mover, _ other: Mover, _ kinds: [Mover]) -> Bool {
    guard one.isRise == other.isRise, let common = one.common(with: other, kinds: kinds) else {
      return false
    }
    return [one, other].allSatisfy { mover in
      let moved = mover.moved(mover.now, mover.before)
      let shared = mover.moved(common.now, common.before)
      return (moved > 0) == (shared > 0) && abs(shared) >= share * abs(moved)
    }
  }
}

extension Mover.Subject {
  /// Whether errors of one can make up most of the other's, and say more of them.
  fileprivate func isPart(of other: Mover.Subject) -> Bool {
    switch (self, other) {
    case (.sort, .vendor), (.sort, .kind), (.route, .vendor), (.route, .kind), (.sort, .route),
      (.route, .sort):
      true
    default: false
    }
  }
}

extension Mover {
  /// Errors of one status and kind among those of a route.
  struct Part {
    var status: Int64
    var kind: Kind
    var now: Int64 = 0
    var before: Int64 = 0
  }

  fileprivate var isRise: Bool { change.direction == .up || change.direction == .new }

  /// By how many errors such counts moved, compared as its own are.
  fileprivate func moved(_ now: Int64, _ before: Int64) -> Double {
    Double(now) - exposure.expected(from: before)
  }

  /// How many errors at least are of this and of the other; nil where that is not known.
  fileprivate func common(
    with other: Mover, kinds: [Mover]
  ) -> (now: Int64, before: Int64)? {
    switch (subject, other.subject) {
    case (.vendor(let vendor), .sort(let sort)) where vendor == sort.vendor:
      (other.now, other.before)
    case (.vendor(let vendor), .route(let owner, _)) where vendor == owner:
      (other.now, other.before)
    case (.kind(let kind), .sort(let sort)) where kind == sort.kind: (other.now, other.before)
    case (.kind(let kind), .route): other.counts { $0.kind == kind }
    case (.sort(let sort), .route(let vendor, _)) where vendor == sort.vendor:
      common(of: sort, with: other, kinds)
    case (.sort, .vendor), (.sort, .kind), (.route, .vendor), (.route, .kind), (.route, .sort):
      other.common(with: self, kinds: kinds)
    default: nil
    }
  }

  /// The same of a sort and a route: of what is of its status and kind there, so much may be of other
  /// sorts as there is of those in all.
  private func common(
    of sort: ResponseSort, with route: Mover, _ kinds: [Mover]
  ) -> (now: Int64, before: Int64)? {
    guard let all = kinds.first(where: { $0.subject == sort.kind.map(Mover.Subject.kind) }) else {
      return nil
    }
    let there = route.counts { $0.kind == sort.kind && $0.status == sort.status }
    let rest = (now: all.now - now, before: all.before - before)
    return isRise
      ? (max(0, there.now - rest.now), min(before, there.before))
      : (min(now, there.now), max(0, there.before - rest.before))
  }

  private func counts(where isMeant: (Part) -> Bool) -> (now: Int64, before: Int64) {
    parts.filter(isMeant).reduce((0, 0)) { ($0.0 + $1.now, $0.1 + $1.before) }
  }
}
