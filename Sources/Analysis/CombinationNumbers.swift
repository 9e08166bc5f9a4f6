/// Gives each combination of numbers, such as those of vendor, consumer and route, a number of its
/// own, from 0 on as they are first met. A hash table with open addressing: it is asked for every
/// error, and several times as fast as a dictionary.
package struct CombinationNumbers: Sendable {
  /// Up to four numbers that are told apart together; -1 for what is not known, or not needed.
  private struct Combination: Equatable {
    var first: Int32
    var second: Int32
    var third: Int32
    var fourth: Int32

    /// Knuth's multiplicative hash, of which the high bits are the good ones.
    @inline(__always)
    var hash: UInt64 {
      func pair(_ high: Int32, _ low: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: high)) << 32 | UInt64(UInt32(bitPattern: low))
      }
      let factor: UInt64 = 0x9e37_79b9_7f4a_7c15
      let mixed = pair(first, second) &* factor
      return ((mixed ^ mixed >> 32) &+ pair(fourth, third)) &* factor
    }
  }

  /// Numbers, each plus one; 0 where a place is open. As many as a power of two.
  private var places: [Int32] = Array(repeating: 0, count: 1024)
  private var combinations: [Combination] = []

  package init() {}

  /// What a number stands for.
  package subscript(number: Int) -> (first: Int32, second: Int32, third: Int32, fourth: Int32) {
    let combination = combinations[number]
    return (combination.first, combination.second, combination.third, combination.fourth)
  }

  package mutating func number(
    of first: Int32, _ second: Int32, _ third: Int32 = -1, _ fourth: Int32 = -1
  ) -> Int {
    let combination = Combination(first: first, second: second, third: third, fourth: fourth)
    var place = start(of: combination)
    while places[place] != 0 {
      let number = Int(places[place]) - 1
      if combinations[number] == combination { return number }
      place = (place + 1) & (places.count - 1)
    }
    combinations.append(combination)
    places[place] = Int32(combinations.count)
    if combinations.count * 2 > places.count { grow() }
    return combinations.count - 1
  }

  /// The number of a combination, if it has one.
  package func known(
    _ first: Int32, _ second: Int32, _ third: Int32 = -1, _ fourth: Int32 = -1
  ) -> Int? {
    let combination = Combination(first: first, second: second, third: third, fourth: fourth)
    var place = start(of: combination)
    while places[place] != 0 {
      let number = Int(places[place]) - 1
      if combinations[number] == combination { return number }
      place = (place + 1) & (places.count - 1)
    }
    return nil
  }

  private mutating func grow() {
    places = Array(repeating: 0, count: places.count * 2)
    for (number, combination) in combinations.enumerated() {
      var place = start(of: combination)
      while places[place] != 0 { place = (place + 1) & (places.count - 1) }
      places[place] = Int32(number + 1)
    }
  }

  private func start(of combination: Combination) -> Int {
    Int(combination.hash >> 32) & (places.count - 1)
  }
}
