// Rows that turned out to be no events of their own.
extension Batch {
  /// Takes rows out, each with its ids. To be done before anything is counted by rows.
  package func withdraw(_ places: [Int]) {
    if places.isEmpty { return }
    let gone = Set(places)
    var numbers: [UInt32?] = []
    var kept: UInt32 = 0
    for place in rows.indices {
      numbers.append(gone.contains(place) ? nil : kept)
      if !gone.contains(place) { kept += 1 }
    }
    var place = -1
    rows.removeAll { _ in
      place += 1
      return gone.contains(place)
    }
    identifiers.renumber { Int($0) < numbers.count ? numbers[Int($0)] : nil }
  }
}
