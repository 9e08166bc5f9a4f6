internal import Files

// What a line says in pairs behind its request.
extension LooseLine {
  /// The `key=value` pairs with which the line ends, a few words between them at most; none where what
  /// stands there is prose.
  func pairs() -> [LoosePairs.Pair] {
    let rest = text.part(request.upperBound..<text.count)
    guard let sign = rest.place(of: UInt8(ascii: "=")) else { return [] }
    var first = sign
    while first > 0, isName(rest[first - 1]) || rest[first - 1] == UInt8(ascii: "-") { first -= 1 }
    guard first < sign, first > 0, rest[first - 1].isBlank else { return [] }
    var reader = PairReader(rest.part(first..<rest.count))
    var pairs: [LoosePairs.Pair] = []
    while pairs.count < LooseLine.mostPairs, let pair = reader.next() {
      pairs.append(LoosePairs.Pair(key: pair.key, value: pair.value, isQuoted: pair.isQuoted))
    }
    return reader.isTail ? pairs : []
  }

  private static let mostPairs = 64
}
