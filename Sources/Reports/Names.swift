internal import Answers
internal import Batches
internal import Files
internal import Questions

/// Texts of a lexicon as numbers, so that events can be told apart by number and named in the end.
///
/// A number is the first row of the store that has the text: one text may stand in several. The texts
/// themselves are not held, as strangers can make millions of them; who needs one reads it.
struct Names {
  private let archive: any Archive
  private let lexicon: Lexicon
  /// By row; -1 of those that have no text. Empty until someone asks.
  private var numbers: [Int32] = []
  private var isRead = false

  /// Rows beyond this are looked up each time, and told apart: a damaged store may tell any.
  private static let most: Int64 = 1 << 24

  init(_ archive: any Archive, _ lexicon: Lexicon) {
    self.archive = archive
    self.lexicon = lexicon
  }

  /// The text of a number; nil of -1.
  subscript(number: Int) -> String? { number < 0 ? nil : archive.text(Int64(number), in: lexicon) }

  /// The number of a row's text; -1 for none.
  @inline(__always)
  mutating func number(ofRow row: Int64) -> Int {
    if row >= 0, row < Int64(numbers.count), numbers[Int(row)] >= 0 {
      return Int(numbers[Int(row)])
    }
    return look(up: row)
  }

  private mutating func look(up row: Int64) -> Int {
    if row == 0 { return -1 }
    if !isRead {
      isRead = true
      // What cannot be read has no text.
      numbers = (try? FirstRows(archive, lexicon, before: Names.most).numbers) ?? []
      return number(ofRow: row)
    }
    // Asked for by itself, it is noted that it is not there.
    guard archive.text(row, in: lexicon) != nil, row > 0, row <= Int64(Int32.max) else { return -1 }
    return Int(row)
  }

  /// The number of a text; nil where no row has it.
  mutating func number(of text: String) throws -> Int? {
    try archive.number(of: text, in: lexicon).map { number(ofRow: $0) }
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

/// The first row of each text of a lexicon, by row.
private struct FirstRows {
  private(set) var numbers: [Int32]

  init(_ archive: any Archive, _ lexicon: Lexicon, before end: Int64) throws {
    let (last, count) = try archive.size(of: lexicon)
    numbers = Array(repeating: -1, count: Int(max(0, min(last, end - 1))) + 1)
    // A table with open places, of the rows and half of the hashes of their texts; 0 where one is open.
    var capacity = 64
    while capacity < count * 2 { capacity *= 2 }
    var places = [UInt64](repeating: 0, count: capacity)
    try archive.eachText(in: lexicon) { row, text in
      guard row > 0, row < numbers.count else { return }
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
          numbers[Int(row)] = Int32(first)
          return
        }
        place = (place + 1) & (capacity - 1)
      }
      places[place] = mark | UInt64(row)
      numbers[Int(row)] = Int32(row)
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
  private let archive: any Archive
  private let named: [String]

  init(_ archive: any Archive, asking vendors: [String] = []) {
    self.archive = archive
    named = vendors
    self.vendors = Names(archive, .vendor)
    gateways = Names(archive, .gateway)
    codes = Names(archive, .code)
    routes = Names(archive, .route)
    consumers = Names(archive, .consumer)
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
