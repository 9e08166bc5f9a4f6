internal import CXXHash
internal import Files
internal import Glibc

/// What words say of the values beside them, as `SecretNames` has it. Words come again and again: what was found of
/// one is remembered.
final class KnownNames {
  typealias Found = (name: SecretName, kind: StaticString)

  private struct Entry {
    var count = 0
    var found: Found?
  }

  private let names = SecretNames.all
  /// Each word in the place that its hash gives it; a newer one takes it.
  private let entries: UnsafeMutablePointer<Entry>
  private let words: UnsafeMutablePointer<UInt8>

  private static let most = 512
  /// Longer words are looked up anew.
  private static let longest = 48

  init() {
    entries = .allocate(capacity: KnownNames.most)
    entries.initialize(repeating: Entry(), count: KnownNames.most)
    words = .allocate(capacity: KnownNames.most * KnownNames.longest)
  }

  deinit {
    entries.deallocate()
    words.deallocate()
  }

  /// What a name says, and what its tag is called; nil for most.
  func look(up word: Bytes) -> Found? {
    guard names.mayBeKnown(word), let start = word.baseAddress else { return nil }
    guard word.count <= KnownNames.longest else { return names.lookAnew(word) }
    let place = Int(
      truncatingIfNeeded: XXH3_64bits(start, word.count) & UInt64(KnownNames.most - 1))
    let known = words + place * KnownNames.longest
    if entries[place].count == word.count, memcmp(known, start, word.count) == 0 {
      return entries[place].found
    }
    let found = names.lookAnew(word)
    memcpy(known, start, word.count)
    entries[place] = Entry(count: word.count, found: found)
    return found
  }

  /// Whether a name is of several: `passwords`.
  func isPlural(_ word: Bytes) -> Bool { names.isPlural(word) }

  /// Whether a word ends a name of several words.
  func endsPhrase(_ word: Bytes) -> Bool { names.endsPhrase(word) }

  /// Whether a word is followed by the number of something: `order`, `trace_id`, `runId`.
  func isNumbered(_ word: Bytes) -> Bool { names.isNumbered(word) }
}
