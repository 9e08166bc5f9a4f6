import Files
import Testing

@testable import Ingest

@Suite struct NamePiecesTests {
  static let pieces: [StaticString] = ["retryafter", "resetin", "resetat", "toreset", "ab"]

  static let names: [(name: String, isHeld: Bool)] = [
    ("retryafter", true), ("xretryafterms", true), ("resetati", true), ("autoreset", true),
    ("retryafte", false), ("reset", false), ("", false), ("a", false), ("ba", false),
    ("resetresetin", true), ("xab", true), ("torese", false),
    // Letters that share five bits with others.
    ("\u{1}\u{2}", false), ("AB", false),
  ]

  @Test(arguments: names)
  func `a piece is found wherever it stands in a name`(_ name: String, _ isHeld: Bool) {
    let pieces = NamePieces(NamePiecesTests.pieces)
    Array(name.utf8).withUnsafeBufferPointer { name in
      #expect(pieces.isHeld(in: name) == isHeld)
      #expect(NamePiecesTests.pieces.contains { name.holds($0) } == isHeld)
    }
  }
}
