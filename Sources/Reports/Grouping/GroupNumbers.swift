/// Groups by what tells them apart, as numbers from 0 on as they come: a table with open places, as
/// there is one look-up for every response.
struct GroupNumbers {
  /// How many numbers tell a group from others.
  private let width: Int
  /// The numbers of each group, one group after the other.
  private var keys: [Int32] = []
  private(set) var count = 0
  /// Groups, each plus one; 0 where a place is open. As many as a power of two.
  private var places: [Int32] = Array(repeating: 0, count: 256)

  init(width: Int) {
    self.width = width
  }

  /// What tells a group from others.
  func key(of group: Int) -> ArraySlice<Int32> { keys[group * width..<(group + 1) * width] }

  /// - Parameter key: as many numbers as groups are told apart by.
  mutating func number(of key: [Int32]) -> Int {
    var place = place(of: key)
    if places[place] != 0 { return Int(places[place]) - 1 }
    keys.append(contentsOf: key)
    count += 1
    places[place] = Int32(count)
    if count * 2 > places.count {
      places = Array(repeating: 0, count: places.count * 2)
      for group in 0..<count {
        place = start(of: self.key(of: group))
        while places[place] != 0 { place = (place + 1) & (places.count - 1) }
        places[place] = Int32(group + 1)
      }
    }
    return count - 1
  }

  /// The number of a group, if it is known.
  func known(_ key: [Int32]) -> Int? {
    let group = places[place(of: key)]
    return group == 0 ? nil : Int(group) - 1
  }

  /// Where a group stands, or would.
  private func place(of key: [Int32]) -> Int {
    var place = start(of: key[...])
    while places[place] != 0 {
      let first = (Int(places[place]) - 1) * width
      var isSame = true
      for offset in 0..<width where keys[first + offset] != key[offset] { isSame = false }
      if isSame { return place }
      place = (place + 1) & (places.count - 1)
    }
    return place
  }

  private func start(of key: ArraySlice<Int32>) -> Int {
    Int(truncatingIfNeeded: Part.hash(key) >> 8) & (places.count - 1)
  }
}
