internal import Files

/// Pieces of names, such as `resetat`, that are looked for in many names: all in one walk over a
/// name, by the two letters that each begins with.
struct NamePieces: Sendable {
  /// The pieces by their first two letters, five bits of each.
  private var pieces = [[StaticString]](repeating: [], count: 1 << 10)

  /// - Parameter pieces: of two letters and more, in small ones.
  init(_ pieces: [StaticString]) {
    for piece in pieces {
      let start = piece.withUTF8Buffer { NamePieces.pair($0[0], $0[1]) }
      self.pieces[start].append(piece)
    }
  }

  /// Whether a name, in small letters, holds one.
  func isHeld(in name: Bytes) -> Bool {
    guard var last = name.first else { return false }
    for place in 1..<max(1, name.count) {
      let letter = name[place]
      for piece in pieces[NamePieces.pair(last, letter)]
      where name.part(place - 1..<name.count).starts(with: piece) { return true }
      last = letter
    }
    return false
  }

  private static func pair(_ first: UInt8, _ second: UInt8) -> Int {
    Int(first & 31) << 5 | Int(second & 31)
  }
}
