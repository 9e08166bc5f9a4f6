internal import Analysis
internal import Files
internal import Questions
internal import Times

/// What one vendor had in the minutes of a stretch of time, sort by sort.
struct MinuteSeries: Sendable {
  /// Something counted in a minute, by its place in the stretch.
  struct Count: Sendable {
    var minute: Int32
    var count: Int32
  }

  private enum Minutes: Sendable {
    /// Those that had some. A step tells a minute and a sort.
    case some(errors: ArraySlice<StepCount>, requests: [Count]?)
    /// All of them, by sort; of a sort that never came, none.
    case all([[Int32]], knowsRequests: Bool)
  }

  /// The vendor's number.
  let vendor: Int
  /// How many minutes the stretch has.
  let length: Int
  private var minutes: Minutes

  init(of vendor: Int, length: Int, _ errors: ArraySlice<StepCount>) {
    self.vendor = vendor
    self.length = length
    minutes = .some(errors: errors, requests: nil)
  }

  init(of vendor: Int, length: Int, all minutes: [[Int32]], knowsRequests: Bool) {
    self.vendor = vendor
    self.length = length
    self.minutes = .all(minutes, knowsRequests: knowsRequests)
  }

  /// A minute and a sort as one number.
  static func step(_ minute: Int, _ sort: MinuteSort) -> Int32 {
    Int32(truncatingIfNeeded: minute * 8 + Int(sort.rawValue))
  }

  /// The same where the vendor's successes are in the log.
  func with(_ requests: [Count]) -> MinuteSeries {
    guard case .some(let errors, _) = minutes else { return self }
    var series = self
    series.minutes = .some(errors: errors, requests: requests)
    return series
  }

  /// Whether it is looked at minute by minute: of the hundred thousand vendors that strangers make up,
  /// hardly one need be.
  var mayHaveSpikes: Bool {
    if has(errors: Int64(SpikePolicy.standard.silence.rounded(.up))) { return true }
    let errors: [MinuteCount] =
      switch minutes {
      case .some(let errors, _):
        errors.map { MinuteCount(minute: $0.step >> 3, errors: $0.count) }
      case .all(let counts, _):
        counts.dropFirst().flatMap { counts in
          counts.indices.filter { counts[$0] > 0 }
            .map { MinuteCount(minute: Int32($0), errors: Int64(counts[$0])) }
        }
      }
    return Analysis.mayHaveSpikes(errors.sorted { $0.minute < $1.minute }, of: length)
  }

  /// Whether it has so many errors: to count them all is not worth it.
  func has(errors least: Int64) -> Bool {
    var sum: Int64 = 0
    switch minutes {
    case .some(let errors, _):
      for error in errors {
        sum = sum.addingClamped(error.count)
        if sum >= least { return true }
      }
    case .all(let counts, _):
      for counts in counts.dropFirst() {
        for count in counts {
          sum &+= Int64(count)
          if sum >= least { return true }
        }
      }
    }
    return sum >= least
  }

  /// How many errors of a sort each minute has; none at all where no minute has any.
  func counts(of sort: MinuteSort) -> [Int32] {
    switch minutes {
    case .all(let counts, _): return counts[Int(sort.rawValue)]
    case .some(let errors, _):
      var counts = [Int32](repeating: 0, count: length)
      counts.withUnsafeMutableBufferPointer { counts in
        for error in errors where error.step & 7 == Int32(sort.rawValue) {
          let minute = Int(error.step >> 3)
          counts[minute] = Int32(clamping: Int64(counts[minute]).addingClamped(error.count))
        }
      }
      return counts
    }
  }

  /// How many responses each minute has; nil where the vendor's successes are not
  /// in the log.
  var requestCounts: [Int32]? {
    switch minutes {
    case .all(let counts, let knowsRequests):
      guard knowsRequests else { return nil }
      let requests = counts[Int(MinuteSort.requests.rawValue)]
      return requests.isEmpty ? Array(repeating: 0, count: length) : requests
    case .some(_, let requests):
      guard let requests else { return nil }
      var counts = [Int32](repeating: 0, count: length)
      counts.withUnsafeMutableBufferPointer { counts in
        for request in requests {
          let minute = Int(request.minute)
          counts[minute] = Int32(clamping: Int64(counts[minute]) + Int64(request.count))
        }
      }
      return counts
    }
  }
}
