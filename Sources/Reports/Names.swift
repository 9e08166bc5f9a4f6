internal import Answers
internal import Events
internal import Store

/// Texts of a lexicon as numbers that count from 0, so that events can be told apart by number and
/// named in the end. One text may stand in several rows of the store: it has one number.
struct Names {
  private let store: StoreReader
  private let lexicon: Lexicon
  private var numbersByText: [String: Int] = [:]
  /// Numbers by row.
  private var numbers: [Int32] = []
  private var texts: [String] = []

  /// Stands for a row that was not asked for yet.
  private static let unknown: Int32 = -2

  /// Rows beyond this are looked up each time: a damaged store may tell any.
  private static let most = 1 << 20

  /// Rows that are looked up together.
  private static let page: Int64 = 64

  init(_ store: StoreReader, _ lexicon: Lexicon) {
    self.store = store
    self.lexicon = lexicon
  }

  /// The text of a number; nil of -1.
  subscript(number: Int) -> String? { number < 0 ? nil : texts[number] }

  /// All texts, in the order of their numbers.
  var all: [String] { texts }

  /// The number of a row's text; -1 for none.
  @inline(__always)
  mutating func number(ofRow row: Int64) -> Int {
    if row >= 0, row < Int64(numbers.count) {
      let number = numbers[Int(row)]
      if number != Names.unknown { return Int(number) }
    }
    return look(up: row)
  }

  private mutating func look(up row: Int64) -> Int {
    guard row >= 0, row < Int64(Names.most) else { return number(of: store.text(row, in: lexicon)) }
    // Who asks for one row asks for its neighbours, too.
    let first = row.rounded(downTo: Names.page)
    let missing = Int(first + Names.page) - numbers.count
    if missing > 0 { numbers.append(contentsOf: repeatElement(Names.unknown, count: missing)) }
    numbers[Int(row)] = -1
    try? store.eachText(first..<first + Names.page, in: lexicon) { row, text in
      numbers[Int(row)] = Int32(number(of: text))
    }
    // Asked for by itself, it is noted that it is not there.
    if numbers[Int(row)] < 0 { return number(of: store.text(row, in: lexicon)) }
    return Int(numbers[Int(row)])
  }

  private mutating func number(of text: String?) -> Int {
    guard let text else { return -1 }
    if let number = numbersByText[text] { return number }
    numbersByText[text] = texts.count
    texts.append(text)
    return texts.count - 1
  }

  /// The texts of the five most frequent numbers.
  func most(of numbers: some Sequence<Int>) -> [(name: String, count: Int)] {
    var counts: [Int: Int] = [:]
    for number in numbers where number >= 0 { counts[number, default: 0] += 1 }
    return counts.map { (name: texts[$0.key], count: $0.value) }
      .sorted { ($1.count, $0.name) < ($0.count, $1.name) }.prefix(5).map { $0 }
  }
}

/// The texts by which answers tell events apart, each once for all parts of an answer.
final class Vocabulary {
  var vendors: Names
  var codes: Names
  var routes: Names
  var consumers: Names
  var details: Names

  init(_ store: StoreReader) {
    vendors = Names(store, .vendor)
    codes = Names(store, .code)
    routes = Names(store, .route)
    consumers = Names(store, .consumer)
    details = Names(store, .details)
  }
}

extension Value {
  /// Names with their counts, as the contract has them.
  init(_ names: [(name: String, count: Int)]) {
    self = .array(names.map { ["name": .text($0.name), "count": Value($0.count)] })
  }
}
