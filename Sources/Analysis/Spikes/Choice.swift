/// The candidates that do not overlap and have the highest sum of scores, each less nine tenths of
/// the threshold as the price of one more; in time order. (Weighted interval scheduling.)
///
/// A chosen one is detected as early as any candidate that overlaps it.
func choice(of candidates: [Candidate], threshold: Double) -> [Candidate] {
  let candidates = candidates.enumerated()
    .sorted {
      ($0.element.minutes.upperBound, $0.offset) < ($1.element.minutes.upperBound, $1.offset)
    }
    .map(\.element)
  var best = Array(repeating: 0.0, count: candidates.count + 1)
  var before = Array(repeating: -1, count: candidates.count)  // -1 where it is better left out
  for (index, candidate) in candidates.enumerated() {
    let compatible = candidates[..<index].ended(by: candidate.minutes.lowerBound)
    let value = best[compatible] + candidate.score - 0.9 * threshold
    if value > best[index] { before[index] = compatible }
    best[index + 1] = max(value, best[index])
  }

  var chosen: [Candidate] = []
  var index = candidates.count
  while index > 0 {
    if before[index - 1] < 0 {
      index -= 1
    } else {
      chosen.append(candidates[index - 1])
      index = before[index - 1]
    }
  }
  return candidates.alarms(of: chosen.reversed())
}

extension RandomAccessCollection<Candidate> where Index == Int {
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

extension [Candidate] {
  /// The chosen ones with the earliest alarm, from their start on, among all that overlap them.
  fileprivate func alarms(of chosen: [Candidate]) -> [Candidate] {
    var earliest = self.map(\.minutes.lowerBound)  // the least start of this and all later ones
    for index in earliest.indices.dropLast().reversed() {
      earliest[index] = Swift.min(earliest[index], earliest[index + 1])
    }
    return chosen.map { candidate in
      var candidate = candidate
      var index = ended(by: candidate.minutes.lowerBound)
      while index < count, earliest[index] < candidate.minutes.upperBound {
        let other = self[index]
        if other.minutes.overlaps(candidate.minutes), other.alarm >= candidate.minutes.lowerBound {
          candidate.alarm = Swift.min(candidate.alarm, other.alarm)
        }
        index += 1
      }
      return candidate
    }
  }
}
