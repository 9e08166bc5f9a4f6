internal import Files

/// Which of a table's errors have a code: all are found in one pass over it.
struct CodeIndex: Sendable {
  /// A set of errors, by their place in the table.
  typealias Errors = SIMD8<UInt64>

  private struct Entry {
    var pattern: CodePattern
    var error: Int
  }

  /// The longest piece of each pattern; a code that has it not is none of its.
  private var pieces = Phrases()
  /// By the number of the piece.
  private var entries: [[Entry]] = []
  /// Those whose pieces are not looked for, and so are compared with every code.
  private var others: [Entry] = []

  /// As many errors as there is room for.
  static let most = Errors.scalarCount * 64

  /// Notes that an error has a code.
  mutating func add(_ pattern: CodePattern, of error: Int) {
    let entry = Entry(pattern: pattern, error: error)
    let piece = pattern.longestPiece
    // What is no ASCII a phrase compares in another way than a code.
    guard piece.allSatisfy({ $0 < 0x80 }),
      let number = pieces.number(of: String(decoding: piece, as: UTF8.self))
    else {
      others.append(entry)
      return
    }
    while entries.count <= number { entries.append([]) }
    entries[number].append(entry)
  }

  /// Prepares for finding, when all are known.
  mutating func seal() { pieces.seal() }

  /// The errors that have a code, which is made comparable.
  func errors(of code: Bytes) -> Errors {
    var errors = Errors(repeating: 0)
    if code.isEmpty { return errors }
    let found = pieces.find(in: code)
    for word in found.indices where found[word] != 0 {
      var bits = found[word]
      while bits != 0 {
        CodeIndex.note(entries[word << 6 + bits.trailingZeroBitCount], of: code, in: &errors)
        bits &= bits - 1
      }
    }
    CodeIndex.note(others, of: code, in: &errors)
    return errors
  }

  private static func note(_ entries: [Entry], of code: Bytes, in errors: inout Errors) {
    for entry in entries where entry.pattern.matches(code) { errors.insert(entry.error) }
  }
}

extension SIMD where Scalar == UInt64 {
  /// As a set of bits: puts one in.
  mutating func insert(_ bit: Int) { self[bit >> 6] |= 1 << UInt64(bit & 63) }

  /// As a set of bits: whether one is in it.
  func has(_ bit: Int) -> Bool { self[bit >> 6] & 1 << UInt64(bit & 63) != 0 }

  /// As a set of bits: the first in it of which something holds.
  func first(where isWanted: (Int) -> Bool) -> Int? {
    for word in indices {
      var bits = self[word]
      while bits != 0 {
        let bit = word << 6 + bits.trailingZeroBitCount
        if isWanted(bit) { return bit }
        bits &= bits - 1
      }
    }
    return nil
  }

  /// As sets of bits: whether both have one.
  func meets(_ other: Self) -> Bool { self & other != Self(repeating: 0) }
}
