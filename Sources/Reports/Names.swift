internal import Answers
internal import Batches
internal import Files
internal import Questions
internal import Threads

/// Texts of a lexicon as numbers, so that events can be told apart by number and named in the end.
///
/// An archive may have several numbers for one text; here each text has one, the least of them. The
/// texts themselves are not held, as strangers can make millions of them; who needs one reads it.
struct Names {
  private let archive: any Archive
  private let lexicon: Lexicon
  private let shared: SharedNumbers
  /// By the archive's number; -1 of those that have no text. Empty until someone asks.
  private var numbers: [Int32] = []
  private var isRead = false

  /// Numbers beyond this are looked up each time, and told apart: a damaged store may tell any.
  private static let most: Int64 = 1 << 24

  init(_ archive: any Archive, _ lexicon: Lexicon, sharing shared: SharedNumbers = SharedNumbers())
  {
    self.archive = archive
    self.lexicon = lexicon
    self.shared = shared
  }

  /// The text of a number; nil of -1.
  subscript(number: Int) -> String? { number < 0 ? nil : archive.text(Int64(number), in: lexicon) }

  /// The one number of the text that the archive has this number for; -1 for none.
  @inline(__always)
  mutating func number(ofStored stored: Int64) -> Int {
    if stored >= 0, stored < Int64(numbers.count), numbers[Int(stored)] >= 0 {
      return Int(numbers[Int(stored)])
    }
    return look(up: stored)
  }

  private mutating func look(up stored: Int64) -> Int {
    if stored == 0 { return -1 }
    if !isRead {
      read()
      return number(ofStored: stored)
    }
    // Asked for by itself, it is noted that it is not there.
    guard archive.text(stored, in: lexicon) != nil, stored > 0, stored <= Int64(Int32.max) else {
      return -1
    }
    return Int(stored)
  }

  /// The same numbers as a list, for whoever asks a million times.
  mutating func listed() -> NumberList {
    if !isRead { read() }
    return NumberList(numbers: numbers)
  }

  private mutating func read() {
    isRead = true
    // What cannot be read has no text.
    numbers = shared.numbers(of: lexicon) {
      (try? LeastNumbers(archive, lexicon, before: Names.most).numbers) ?? []
    }
  }

  /// The number of a text; nil where the archive does not have it.
  mutating func number(of text: String) throws -> Int? {
    try archive.number(of: text, in: lexicon).map { number(ofStored: $0) }
  }

  /// The texts of the five most frequent numbers.
  func most(of numbers: some Sequence<Int>) -> [NamedCount] {
    var counts: [Int: Int] = [:]
    for number in numbers where number >= 0 { counts[number, default: 0] += 1 }
    // Among as many ones, names decide: only of those that may be told is one read.
    let least = counts.values.sorted(by: >).prefix(5).last ?? 0
    return counts.filter { $0.value >= least }
      .map { NamedCount(name: self[$0.key] ?? "", count: $0.value) }
      .sorted { ($1.count, $0.name) < ($0.count, $1.name) }.prefix(5).map { $0 }
  }
}

/// The numbers of texts that the readers of one answer have in common: who asks first reads them.
final class SharedNumbers: Sendable {
  private let lists = Lexicon.allCases.map { _ in Lock<[Int32]?>(nil) }

  func numbers(of lexicon: Lexicon, _ read: () -> [Int32]) -> [Int32] {
    lists[lexicon.rawValue].withLock { list in
      let numbers = list ?? read()
      list = numbers
      return numbers
    }
  }
}

/// The numbers of texts by those that an archive has for them.
struct NumberList {
  fileprivate var numbers: [Int32] = []

  /// What `names` says of a number: they are asked where it is not in the list.
  @inline(__always)
  func number(ofStored stored: Int64, _ names: (Int64) -> Int) -> Int {
    if stored >= 0, stored < Int64(numbers.count), numbers[Int(stored)] >= 0 {
      return Int(numbers[Int(stored)])
    }
    return names(stored)
  }
}

/// For each number of a lexicon, the least one that has the same text.
private struct LeastNumbers {
  private(set) var numbers: [Int32]

  init(_ archive: any Archive, _ lexicon: Lexicon, before end: Int64) throws {
    let (last, count) = try archive.size(of: lexicon)
    numbers = Array(repeating: -1, count: Int(max(0, min(last, end - 1))) + 1)
    // A table with open places, of the numbers and half of the hashes of their texts; 0 where one is open.
    var capacity = 64
    while capacity < count * 2 { capacity *= 2 }
    var places = [UInt64](repeating: 0, count: capacity)
    try archive.eachText(in: lexicon) { number, text in
      guard number > 0, number < numbers.count else { return }
      var hasher = Hasher()
      hasher.combine(bytes: UnsafeRawBufferPointer(text))
      let hash = UInt64(bitPattern: Int64(hasher.finalize()))
      let mark = hash & 0xFFFF_FFFF_0000_0000
      var place = Int(truncatingIfNeeded: hash) & (capacity - 1)
      while places[place] != 0 {
        let first = Int64(places[place] & 0xFFFF_FFFF)
        if places[place] & 0xFFFF_FFFF_0000_0000 == mark,
          archive.text(first, in: lexicon) == String(decoding: text, as: UTF8.self)
        {
          numbers[Int(number)] = Int32(first)
          return
        }
        place = (place + 1) & (capacity - 1)
      }
      places[place] = mark | UInt64(number)
      numbers[Int(number)] = Int32(number)
    }
  }
}

/// The texts by which answers tell events apart, each once for all parts of an answer.
final class Vocabulary {
  var vendors: Names
  var gateways: Names
  var codes: Names
  var routes: Names
  var consumers: Names
  let shared: SharedNumbers
  private let archive: any Archive
  private let named: [String]

  init(
    _ archive: any Archive, asking vendors: [String] = [],
    sharing shared: SharedNumbers = SharedNumbers()
  ) {
    self.archive = archive
    self.shared = shared
    named = vendors
    self.vendors = Names(archive, .vendor, sharing: shared)
    gateways = Names(archive, .gateway, sharing: shared)
    codes = Names(archive, .code, sharing: shared)
    routes = Names(archive, .route, sharing: shared)
    consumers = Names(archive, .consumer, sharing: shared)
  }

  /// The numbers of the vendors asked about; nil for all.
  private(set) lazy var asked: Set<Int>? = {
    if named.isEmpty { return nil }
    return Set(named.compactMap { $0.isEmpty ? -1 : (try? vendors.number(of: $0)) ?? nil })
  }()
}

/// A text that responses have, and how many of them.
struct NamedCount: Described {
  var name: String
  var count: Int

  static let fields: Fields<NamedCount> = [
    Field("name", "the status, code, route or consumer") { $0.name },
    Field("count", "how many of them have it") { $0.count },
  ]
}
