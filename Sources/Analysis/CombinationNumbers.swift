/// Gives each combination of numbers, such as those of vendor, consumer and route, a number of its
/// own, from 0 on as they are first met. A hash table with open addressing: it is asked for every
/// error, and several times as fast as a dictionary.
package struct CombinationNumbers: Sendable {
  /// Up to four numbers that are told apart together; -1 for what is not known, or not needed.
  private struct Combination: Equatable {
    /// Two numbers each.
    let high: UInt64
    let low: UInt64

    @inline(__always)
    init(_ first: Int32, _ second: Int32, _ third: Int32, _ fourth: Int32) {
      func pair(_ high: Int32, _ low: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: high)) << 32 | UInt64(UInt32(bitPattern: low))
      }
      (high, low) = (pair(first, second), pair(fourth, third))
    }

    var numbers: (first: Int32, second: Int32, third: Int32, fourth: Int32) {
      (
        Int32(truncatingIfNeeded: high >> 32), Int32(truncatingIfNeeded: high),
        Int32(truncatingIfNeeded: low), Int32(truncatingIfNeeded: low >> 32)
      )
    }

    /// Knuth's multiplicative hash, of which the high bits are the good ones.
    @inline(__always)
    var hash: UInt64 {
      let factor: UInt64 = 0x9e37_79b9_7f4a_7c15
      let mixed = high &* factor
      return ((mixed ^ mixed >> 32) &+ low) &* factor
    }
  }

  /// Numbers, each plus one; 0 where a place is open. As many as a power of two.
  private var places: [Int32] = Array(repeating: 0, count: 1024)
  private var combinations: [Combination] = []

  package init() {}

  /// What a number stands for.
  package subscript(number: Int) -> (first: Int32, second: Int32, third: Int32, fourth: Int32) {
    combinations[number].numbers
  }

  package mutating func number(
    of first: Int32, _ second: Int32, _ third: Int32 = -1, _ fourth: Int32 = -1
  ) -> Int {
    let combination = Combination(first, second, third, fourth)
    let place = place(of: combination)
    if places[place] != 0 { return Int(places[place]) - 1 }
    combinations.append(combination)
    places[place] = Int32(combinations.count)
    if combinations.count * 2 > places.count { grow() }
    return combinations.count - 1
  }

  /// The number of a combination, if it has one.
  package func known(
    _ first: Int32, _ second: Int32, _ third: Int32 = -1, _ fourth: Int32 = -1
  ) -> Int? {
    let number = places[place(of: Combination(first, second, third, fourth))]
    return number == 0 ? nil : Int(number) - 1
  }

  /// Where a combination's number stands, or the open place where it is to.
  @inline(__always)
  private func place(of combination: Combination) -> Int {
    places.withUnsafeBufferPointer { places in
      combinations.withUnsafeBufferPointer { combinations in
        var place = Int(combination.hash >> 32) & (places.count - 1)
        while places[place] != 0, combinations[Int(places[place]) - 1] != combination {
          place = (place + 1) & (places.count - 1)
        }
        return place
      }
    }
  }

  private mutating func grow() {
    places = Array(repeating: 0, count: places.count * 2)
    for (number, combination) in combinations.enumerated() {
      places[place(of: combination)] = Int32(number + 1)
    }
  }
}
