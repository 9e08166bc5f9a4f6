internal import Batches
internal import CXXHash
internal import Files
internal import Glibc
internal import Synchronization

/// The numbers that texts have for the readers of a cluster that were opened from one, on whichever
/// threads: from 1 on, as they come. The texts are held, so there is a limit to them.
final class TextNumbers: @unchecked Sendable {
  private var lexicons = Lexicon.allCases.map { _ in TextTable() }
  /// The bytes of all texts together; held by whoever looks at the tables.
  private let bytes = Mutex(0)
  private static let mostBytes = 512 << 20

  /// 0 of nil.
  @inline(__always)
  func number(of text: Bytes?, in lexicon: Lexicon) throws -> Int64 {
    guard let text else { return 0 }
    let number = bytes.withLock { bytes -> Int64? in
      let table = lexicons[lexicon.rawValue]
      if let number = table.number(of: text) { return number }
      bytes += text.count + TextTable.bytesOfText
      return bytes <= TextNumbers.mostBytes ? table.add(text) : nil
    }
    guard let number else {
      throw ClusterError(
        .answer, "the answer has more different texts than there is room for",
        hint: .text("Narrow it by time or vendor."))
    }
    return number
  }

  /// The same of a column that is empty where there is no text.
  @inline(__always)
  func number(ofName text: Bytes?, in lexicon: Lexicon) throws -> Int64 {
    text?.isEmpty == true ? 0 : try number(of: text, in: lexicon)
  }

  /// Gives numbers anew from now on.
  func forget() {
    bytes.withLock { bytes in
      lexicons = Lexicon.allCases.map { _ in TextTable() }
      bytes = 0
    }
  }

  func text(_ number: Int64, in lexicon: Lexicon) -> String? {
    bytes.withLock { _ in lexicons[lexicon.rawValue].withText(number) { String(repairing: $0) } }
  }

  /// The number of a text that has one.
  func known(_ text: String, in lexicon: Lexicon) -> Int64? {
    bytes.withLock { _ in text.withBytes { lexicons[lexicon.rawValue].number(of: $0) } }
  }

  func count(in lexicon: Lexicon) -> Int {
    bytes.withLock { _ in lexicons[lexicon.rawValue].count }
  }

  func each(in lexicon: Lexicon, _ body: (Int64, Bytes) -> Void) {
    for number in 0..<Int64(count(in: lexicon)) {
      // Whoever is handed one may ask for others.
      let text = bytes.withLock { _ in lexicons[lexicon.rawValue].withText(number + 1) { Array($0) }
      }
      text?.withUnsafeBufferPointer { body(number + 1, $0) }
    }
  }
}

/// Texts, each once, and found by their hashes.
private final class TextTable {
  private var bytes: [UInt8] = []
  /// Where each text ends.
  private var ends: [Int] = []
  /// The number of a text and, above it, half of its hash; 0 where there is none.
  private var places = [UInt64](repeating: 0, count: 64)
  /// The text that was asked for last: neighbours are mostly alike.
  private var last: Int64 = 0

  /// What a text takes beside its own bytes.
  static let bytesOfText = 40

  var count: Int { ends.count }

  func number(of text: Bytes) -> Int64? {
    if last > 0, isText(last, text) { return last }
    guard let found = find(text, hash: TextTable.hash(text)) else { return nil }
    last = found
    return found
  }

  func add(_ text: Bytes) -> Int64 {
    bytes.append(contentsOf: text)
    ends.append(bytes.count)
    if ends.count * 2 > places.count { grow() }
    let number = Int64(ends.count)
    place(number, hash: TextTable.hash(text))
    last = number
    return number
  }

  @discardableResult
  func withText<Result>(_ number: Int64, _ body: (Bytes) -> Result) -> Result? {
    guard number > 0, number <= Int64(ends.count) else { return nil }
    let place = Int(number) - 1
    let start = place == 0 ? 0 : ends[place - 1]
    return bytes.withUnsafeBufferPointer { body(Bytes(rebasing: $0[start..<ends[place]])) }
  }

  private static func hash(_ text: Bytes) -> UInt64 {
    XXH3_64bits(text.baseAddress, text.count)
  }

  private func isText(_ number: Int64, _ text: Bytes) -> Bool {
    withText(number) { own in
      guard own.count == text.count else { return false }
      guard let one = own.baseAddress, let other = text.baseAddress else { return own.isEmpty }
      return memcmp(one, other, own.count) == 0
    } ?? false
  }

  private func find(_ text: Bytes, hash: UInt64) -> Int64? {
    var place = Int(truncatingIfNeeded: hash) & (places.count - 1)
    while places[place] != 0 {
      if places[place] >> 32 == hash >> 32 {
        let number = Int64(places[place] & 0xFFFF_FFFF)
        if isText(number, text) { return number }
      }
      place = (place + 1) & (places.count - 1)
    }
    return nil
  }

  private func place(_ number: Int64, hash: UInt64) {
    var place = Int(truncatingIfNeeded: hash) & (places.count - 1)
    while places[place] != 0 { place = (place + 1) & (places.count - 1) }
    places[place] = hash & 0xFFFF_FFFF_0000_0000 | UInt64(number)
  }

  private func grow() {
    places = [UInt64](repeating: 0, count: places.count * 2)
    for number in 0..<Int64(ends.count - 1) {
      if let hash = withText(number + 1, TextTable.hash) { place(number + 1, hash: hash) }
    }
  }
}
