import Batches
import Questions

// The texts of the lexicons.
extension MemoryArchive {
  private func texts(of lexicon: Lexicon) -> [String] { ledger.texts[lexicon] ?? [] }

  func text(_ number: Int64, in lexicon: Lexicon) -> String? { ledger.text(number, in: lexicon) }

  func checkTexts() throws {}

  func eachText(
    in lexicon: Lexicon, _ body: (_ number: Int64, _ text: UnsafeBufferPointer<UInt8>) -> Void
  ) throws {
    for (place, text) in texts(of: lexicon).enumerated() {
      Array(text.utf8).withUnsafeBufferPointer { body(Int64(place) + 1, $0) }
    }
  }

  func size(of lexicon: Lexicon) throws -> (last: Int64, count: Int) {
    (Int64(texts(of: lexicon).count), texts(of: lexicon).count)
  }

  func number(of text: String, in lexicon: Lexicon) throws -> Int64? {
    texts(of: lexicon).firstIndex(of: text).map { Int64($0) + 1 }
  }

  func texts(in lexicon: Lexicon) throws -> [String] {
    texts(of: lexicon).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  func spellings(of name: String, in lexicon: Lexicon) throws -> [String] {
    texts(of: lexicon).filter { $0.lowercased() == name.lowercased() }
  }

  func has(_ pattern: String, in lexicon: Lexicon) throws -> Bool {
    let parts = pattern.lowercased().split(separator: "*", omittingEmptySubsequences: false)
    return texts(of: lexicon).contains { text in
      var rest = text.lowercased()[...]
      guard let first = parts.first, let last = parts.last, rest.hasPrefix(first) else {
        return false
      }
      if parts.count == 1 { return rest == first }
      rest = rest.dropFirst(first.count)
      for part in parts.dropFirst().dropLast() where !part.isEmpty {
        guard let place = rest.ranges(of: part).first else { return false }
        rest = rest[place.upperBound...]
      }
      return rest.hasSuffix(last)
    }
  }

  func likenesses(of name: String, in lexicon: Lexicon) throws -> [String] {
    let slack = name.count / 3 + 1
    return texts(of: lexicon).filter {
      abs($0.count - name.count) <= slack || $0.lowercased().hasPrefix(name.lowercased())
    }
  }

  func hadVendor(_ name: String) throws -> Bool { false }
}
