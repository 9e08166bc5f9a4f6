/// Minutes that may be a spike. Candidates may overlap; `choice` takes the best that do not.
struct SpikeCandidate {
  /// Indices of minutes.
  var minutes: Range<Int>
  /// The evidence that the rate was not the usual one, its dispersion and drift allowed for; a
  /// log-likelihood ratio.
  var score: Double
  /// How much better its own rate explains its minutes, taking the level as known: what tells the
  /// true edges. The score cannot, as the start of a long spike may say as much as all of it.
  var fit: Double
  /// Whether the counts ended before it did.
  var open: Bool
}

extension [SpikeCandidate] {
  /// Of candidates with enough evidence, or with a part that has, those that do not overlap and
  /// have the highest sum of fits, each less nine tenths of the threshold as the price of one more;
  /// in time order. (Weighted interval scheduling.)
  func choice(above threshold: Double) -> [SpikeCandidate] {
    let candidates = holding(above: threshold).sorted {
      ($0.minutes.upperBound, $0.minutes.lowerBound)
        < ($1.minutes.upperBound, $1.minutes.lowerBound)
    }
    var best = [Double](repeating: 0, count: candidates.count + 1)
    var before = [Int](repeating: -1, count: candidates.count)  // -1: better left out
    for (index, candidate) in candidates.enumerated() {
      let compatible = candidates[..<index].ended(by: candidate.minutes.lowerBound)
      let value = best[compatible] + candidate.fit - 0.9 * threshold
      if value > best[index] { before[index] = compatible }
      best[index + 1] = Swift.max(value, best[index])
    }

    var chosen: [SpikeCandidate] = []
    var index = candidates.count
    while index > 0 {
      if before[index - 1] < 0 {
        index -= 1
      } else {
        chosen.append(candidates[index - 1])
        index = before[index - 1]
      }
    }
    return chosen.reversed()
  }

  /// Those with enough evidence, and those around one that has; with the most evidence of a part.
  private func holding(above threshold: Double) -> [SpikeCandidate] {
    let sure = filter { $0.score >= threshold }
      .sorted { $0.minutes.lowerBound < $1.minutes.lowerBound }
    return compactMap { candidate in
      let parts = sure[sure.firstPlace(from: candidate.minutes.lowerBound)...]
        .prefix { $0.minutes.lowerBound < candidate.minutes.upperBound }
        .filter { $0.minutes.upperBound <= candidate.minutes.upperBound }
      guard let score = parts.map(\.score).max() else { return nil }
      var candidate = candidate
      candidate.score = Swift.max(candidate.score, score)
      return candidate
    }
  }

  /// Of candidates in order of their starts, the place of the first that begins at a minute or
  /// later.
  private func firstPlace(from minute: Int) -> Int {
    var low = startIndex
    var high = endIndex
    while low < high {
      let middle = (low + high) / 2
      if self[middle].minutes.lowerBound < minute { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension RandomAccessCollection<SpikeCandidate> where Index == Int {
  /// Of candidates in order of their ends, the number of those that end by a minute.
  fileprivate func ended(by minute: Int) -> Int {
    var low = startIndex
    var high = endIndex
    while low < high {
      let middle = (low + high) / 2
      if self[middle].minutes.upperBound <= minute { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
