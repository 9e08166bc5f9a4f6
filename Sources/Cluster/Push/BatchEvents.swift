internal import Times

/// The events of a batch in the order of their numbers, as what comes after them asks for them.
struct BatchEvents {
  /// In the cluster.
  private(set) var numbers: [Int64] = []
  /// In minutes since the epoch; 0 of those without a time.
  private(set) var minutes: [UInt32] = []

  var count: Int { numbers.count }

  mutating func add(_ number: Int64, time: Int64?) {
    numbers.append(number)
    minutes.append(UInt32(clamping: (time ?? 0) / Milliseconds.minute))
  }

  /// Where an event stands; nil of one that is not there.
  func place(of number: Int64) -> Int? {
    guard let first = numbers.first, number >= first else { return nil }
    // Mostly none is missing.
    let (likely, isTooFar) = number.subtractingReportingOverflow(first)
    if !isTooFar, likely < numbers.count, numbers[Int(likely)] == number { return Int(likely) }
    var range = numbers.indices
    while !range.isEmpty {
      let middle = range.lowerBound + range.count / 2
      if numbers[middle] == number { return middle }
      range =
        numbers[middle] < number
        ? middle + 1..<range.upperBound : range.lowerBound..<middle
    }
    return nil
  }
}
