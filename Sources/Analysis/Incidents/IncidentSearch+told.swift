internal import Glibc

extension IncidentSearch {
  /// What is usual for each group outside of the pieces; of none where there is nothing to tell.
  var usualRates: [UsualRate] {
    pieces.isEmpty ? [] : groups.map { UsualRate(of: $0.left, without: [], round: 1) }
  }

  /// The pieces, those of one stretch joined to one.
  ///
  /// - Parameter usual: what is usual for each group.
  func told(_ usual: [UsualRate]) -> [Piece] {
    var joined: [Piece] = []
    for piece in pieces.sorted(by: {
      ($0.minutes.lowerBound, $0.minutes.upperBound) < (
        $1.minutes.lowerBound, $1.minutes.upperBound
      )
    }) {
      var piece = piece
      while let place = joined.lastIndex(where: { isOne($0, piece, usual) }) {
        piece = join(joined.remove(at: place), piece)
      }
      joined.append(piece)
    }
    return joined.sorted {
      ($0.minutes.lowerBound, $0.minutes.upperBound) < (
        $1.minutes.lowerBound, $1.minutes.upperBound
      )
    }
  }

  /// Whether two pieces are of one stretch of trouble.
  private func isOne(_ one: Piece, _ other: Piece, _ usual: [UsualRate]) -> Bool {
    let gap = max(
      other.minutes.lowerBound - one.minutes.upperBound,
      one.minutes.lowerBound - other.minutes.upperBound)
    let lengths = [one.minutes.count, other.minutes.count]
    let (short, long) = (lengths.min() ?? 0, lengths.max() ?? 0)
    if !one.sorts.isDisjoint(with: other.sorts) {
      return gap <= max(policy.pause, (short + long) / 20)
        || gap <= short + long && isTrouble(between: one, other, usual)
    }
    // What goes on for days is no part of each trouble in it.
    return gap <= 10 && (long < 1440 || short * 4 >= long)
  }

  /// Whether the rate of two pieces explains what lies between them better than the usual one does.
  private func isTrouble(between one: Piece, _ other: Piece, _ usual: [UsualRate]) -> Bool {
    let ends = [one.minutes.upperBound, other.minutes.upperBound]
    let starts = [one.minutes.lowerBound, other.minutes.lowerBound]
    guard let first = ends.min(), let end = starts.max(), first < end else { return true }
    var (inside, between) = ((errors: 0.0, expected: 0.0), (errors: 0.0, expected: 0.0))
    for (group, usual) in zip(groups, usual)
    where !group.whole.sorts.isDisjoint(with: one.sorts.intersection(other.sorts)) {
      for minutes in [one.minutes, other.minutes] {
        let sums = group.whole.sums(of: minutes, usual: usual)
        inside.errors += sums.errors
        inside.expected += sums.expected
      }
      let sums = group.whole.sums(of: first..<end, usual: usual)
      between.errors += sums.errors
      between.expected += sums.expected
    }
    guard inside.expected > 0, inside.errors > inside.expected else { return false }
    let ratio = inside.errors / inside.expected
    return between.errors * log(ratio) > between.expected * (ratio - 1)
  }

  private func join(_ one: Piece, _ other: Piece) -> Piece {
    let minutes =
      min(
        one.minutes.lowerBound, other.minutes.lowerBound)..<max(
        one.minutes.upperBound, other.minutes.upperBound)
    let sorts = one.sorts.union(other.sorts)
    let isFirst = failures(of: one) >= failures(of: other)
    var what = isFirst ? one.what : other.what
    if one.what == .outage || other.what == .outage {
      what = isOutage(minutes) ? .outage : self.what(of: sorts, in: minutes)
    }
    let last = one.minutes.upperBound >= other.minutes.upperBound ? one : other
    return Piece(
      what: what, minutes: minutes, sorts: sorts, open: last.open)
  }

  /// Whether nearly all requests of some minutes failed.
  private func isOutage(_ minutes: Range<Int>) -> Bool {
    guard let requests = vendor.requests else { return true }
    let all = minutes.clamped(to: requests.indices).reduce(0) { $0 &+ Int(requests[$1]) }
    let failed = failures(in: minutes, of: Set(Sort.allCases).subtracting([.others]))
    return Double(failed) >= policy.outageShare * Double(all)
  }

  /// What most failures of some minutes are.
  private func what(of sorts: Set<Sort>, in minutes: Range<Int>) -> Trouble {
    let failures = groups.filter { !$0.whole.sorts.isDisjoint(with: sorts) }.map {
      (what: $0.what, count: self.failures(in: minutes, of: $0.whole.sorts))
    }
    return failures.max { $0.count < $1.count }?.what ?? .errors
  }

  private func failures(of piece: Piece) -> Int { failures(in: piece.minutes, of: piece.sorts) }

  private func failures(in minutes: Range<Int>, of sorts: Set<Sort>) -> Int {
    sorts.reduce(0) { sum, sort in
      let counts = vendor[sort]
      return minutes.clamped(to: counts.indices).reduce(sum) { $0 &+ Int(max(0, counts[$1])) }
    }
  }

  func incident(
    _ piece: Piece, _ usual: [UsualRate], at instant: (Int) -> Int64
  ) -> FoundIncident {
    let all = failures(of: piece)
    // A stray error of another sort is no part of it.
    let sorts = piece.sorts.filter { failures(in: piece.minutes, of: [$0]) * 20 >= max(1, all) }
    var expected = 0.0
    for (group, usual) in zip(groups, usual) where !group.whole.sorts.isDisjoint(with: sorts) {
      expected += group.whole.sums(of: piece.minutes, usual: usual).expected
    }
    return FoundIncident(
      what: piece.what, vendors: [0], start: instant(piece.minutes.lowerBound),
      end: instant(piece.minutes.upperBound), isOngoing: piece.open,
      failures: failures(in: piece.minutes, of: sorts),
      requests: vendor.requests.map { requests in
        piece.minutes.reduce(0) { $0 &+ Int(requests[$1]) }
      },
      expected: expected, sorts: sorts)
  }
}

extension HabitSearch.Regularity {
  func told(of group: IncidentSearch.Group, at instant: (Int) -> Int64) -> FoundHabit {
    FoundHabit(
      what: group.what, vendor: 0, every: every, at: at, minutes: minutes, size: size,
      times: came.count, first: instant(came.first?.lowerBound ?? 0),
      last: instant(came.last?.lowerBound ?? 0), sorts: group.whole.sorts)
  }
}
