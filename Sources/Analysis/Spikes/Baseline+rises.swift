extension Baseline {
  /// As ``rises(of:dispersion:policy:)``, without going through all minutes with what is expected of
  /// each: what half hours expect at least tells, in whole numbers, where the evidence for a factor
  /// cannot suffice. Only elsewhere it is summed up as it is there, from a minute on at which it is zero
  /// for certain.
  mutating func rises(
    of counts: [Int32], _ outline: SeriesOutline, dispersion: Double, policy: SpikePolicy
  ) -> [EvidenceRise] {
    let floors = (0..<outline.layout.halfHours).map { self.least(in: $0, outline.layout) }
    let bounds = min(floors.min() ?? .infinity, bounds.upperBound)...bounds.upperBound
    var found: [EvidenceRise] = []
    for factor in policy.factors {
      let table = RateTable(of: RateTest(factor: factor, dispersion: dispersion), expected: bounds)
      var bound = EvidenceBound(floors, outline, table, policy)
      while let doubt = counts.withUnsafeBufferPointer({ bound.next(in: $0) }) {
        var minute = doubt.lowerBound
        while minute < doubt.upperBound {
          spread(over: minute..<minute + 1)
          guard !table.passes(counts[minute], expected[minute]) else {
            minute += 1
            continue
          }
          let rise: EvidenceRise?
          (rise, minute) = climb(from: minute, counts, table, policy)
          if let rise { found.append(rise) }
        }
        bound.resume(at: minute)
      }
    }
    return found
  }

  /// What is expected is worked out as far as the climb goes.
  private mutating func climb(
    from first: Int, _ counts: [Int32], _ table: RateTable, _ policy: SpikePolicy
  ) -> (EvidenceRise?, next: Int) {
    var reach = 20
    while true {
      let end = min(counts.count, first + reach)
      spread(over: first..<end)
      let found = counts.withUnsafeBufferPointer { counts in
        expected.withUnsafeBufferPointer { expected in
          Analysis.climb(
            from: first, UnsafeBufferPointer(rebasing: counts[..<end]),
            UnsafeBufferPointer(rebasing: expected[..<end]), table, policy)
        }
      }
      if found.next < end || end == counts.count { return found }
      reach *= 4
    }
  }
}
