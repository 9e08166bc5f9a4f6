internal import Files
internal import Times

/// Finds the values of one line by a layout.
///
/// A quoted value ends at its first quote that is not escaped. An optional part is tried with and
/// without; a value of free text (`$name*`) is tried up to each place at which what follows it in
/// the layout stands. The number of attempts is bounded.
struct LayoutMatcher {
  /// A value of the line.
  struct Value {
    /// `"name":`; nil for one of a pair, whose key stands in the line.
    var name: Bytes?
    var key = Bytes(start: nil, count: 0)
    var text: Bytes
    /// Whether backslashes may be escapes.
    var isQuoted: Bool
  }

  let text: Bytes
  let values: UnsafeMutableBufferPointer<Value>
  let times: TimeMemory
  /// Who notes what is asked about the line; nil where nobody does.
  let witness: LayoutWitness?
  var count = 0
  private var attempts = LayoutMatcher.mostAttempts
  private var steps = UnsafeMutableBufferPointer<CompiledLayout.Step>(start: nil, count: 0)
  private var pairKeys: TakenKeys?

  /// A line has no more values.
  static let mostValues = 256
  private static let mostAttempts = 96

  /// `values` has room for `mostValues`.
  init(
    _ text: Bytes, values: UnsafeMutableBufferPointer<Value>, times: TimeMemory,
    witness: LayoutWitness? = nil
  ) {
    self.text = text
    self.values = values
    self.times = times
    self.witness = witness
  }

  /// Whether the whole line is laid out so.
  mutating func matches(_ layout: CompiledLayout) -> Bool {
    steps = layout.steps
    pairKeys = layout.pairKeys
    count = 0
    attempts = LayoutMatcher.mostAttempts
    return run(0, 0)
  }

  private mutating func run(_ first: Int, _ start: Int) -> Bool {
    attempts -= 1
    guard attempts >= 0 else { return false }
    var place = start
    for index in first..<steps.count {
      let step = steps[index]
      switch step.kind {
      case .literal:
        guard let end = end(of: step.literal, at: place) else { return false }
        place = end
      case .word:
        guard let end = wordEnd(step.literal, at: place), add(step, place..<end) else {
          return false
        }
        place = end
      case .enclosed:
        guard let end = closing(step.literal, from: place), add(step, place..<end) else {
          return false
        }
        place = end
      case .text: return runThrough(step, index, place)
      case .pairs:
        guard addPairs(from: place) else { return false }
        place = text.count
      case .optional:
        let known = count
        if run(index + 1, place) { return true }
        count = known
        return run(step.end, place)
      }
    }
    return isBlank(from: place)
  }

  /// `Thu, 12 Nov 2026 08:00:30 GMT`, and one more.
  private static let mostWordsOfTime = 7

  /// Tries each end that a value of free text may have.
  private mutating func runThrough(
    _ step: CompiledLayout.Step, _ index: Int, _ start: Int
  ) -> Bool {
    if step.literal.isEmpty {
      let known = count
      guard add(step, start..<text.count) else { return false }
      if step.isTail { addLabels(from: start) }
      if run(index + 1, text.count) { return true }
      count = known
      return false
    }
    let known = count
    var place = start
    var ends = 0
    while let end = next(step.literal, from: place) {
      // Told by the shape of the line alone, as its length is not.
      ends += 1
      if step.check == .time, ends > LayoutMatcher.mostWordsOfTime { return false }
      if add(step, start..<end), run(index + 1, end) { return true }
      count = known
      guard attempts > 0 else { return false }
      place = end + 1
    }
    return false
  }

  private mutating func add(_ step: CompiledLayout.Step, _ range: Range<Int>) -> Bool {
    guard count < values.count else { return false }
    var value = step.kind == .text ? text.part(range).trimmed : text.part(range)
    if step.check == .name {
      if step.kind == .text {
        guard let name = name(in: value) else { return false }
        value = name
      }
    } else if step.check != .none {
      // The shape tells it, so that no other line of that shape need be asked.
      if step.check == .time, value.contains(where: LayoutMatcher.isNoSignOfTimes) { return false }
      let isOne = isOne(value, of: step.check)
      witness?.note(.check(step.check), self.range(of: value), isOne)
      if !isOne { return false }
    }
    values[count] = Value(name: step.name, text: value, isQuoted: step.kind == .enclosed)
    count += 1
    return true
  }

  /// Where in the line a part of it stands.
  func range(of part: Bytes) -> Range<Int> {
    guard let line = text.baseAddress, let start = part.baseAddress else { return 0..<0 }
    let offset = line.distance(to: start)
    return offset..<offset + part.count
  }

  private mutating func addPairs(from place: Int) -> Bool {
    var pairs = PairReader(text.part(place..<text.count))
    while let pair = pairs.next() {
      witness?.note(.key(Array(pair.key)), range(of: pair.key), true)
      if let pairKeys, pairKeys.isTaken(pair.key) { continue }
      guard count < values.count else { return false }
      values[count] = Value(name: nil, key: pair.key, text: pair.value, isQuoted: pair.isQuoted)
      count += 1
    }
    return place > 0 ? pairs.isTail : pairs.isPairs
  }

  // MARK: Places

  /// Where a literal ends that stands at a place; a blank of it is any number of them.
  private func end(of literal: Bytes, at start: Int) -> Int? {
    let end = compare(literal, at: start)
    if let witness, literal.contains(where: LineShape.isWordByte),
      end != nil || !isToldByShape(literal, at: start)
    {
      witness.note(.literal(literal), start..<(end ?? start), end != nil)
    }
    return end
  }

  /// Whether the signs of a line alone tell that a literal does not stand at a place: the first difference is
  /// one of signs, at the beginning or behind a sign.
  private func isToldByShape(_ literal: Bytes, at start: Int) -> Bool {
    var place = start
    for (index, byte) in literal.enumerated() {
      let isSign = !LineShape.isWordByte(byte)
      guard place < text.count, text[place] == byte || byte == 0x20 && text[place].isBlank else {
        let isBehindSign = index == 0 || !LineShape.isWordByte(literal[index - 1])
        return isBehindSign
          && (place >= text.count || isSign || !LineShape.isWordByte(text[place]))
      }
      if byte == 0x20 {
        while place < text.count, text[place].isBlank { place += 1 }
      } else {
        place += 1
      }
    }
    return false
  }

  func compare(_ literal: Bytes, at start: Int) -> Int? {
    var place = start
    for byte in literal {
      guard place < text.count else { return nil }
      if byte == 0x20 {
        guard text[place].isBlank else { return nil }
        while place < text.count, text[place].isBlank { place += 1 }
      } else {
        guard text[place] == byte else { return nil }
        place += 1
      }
    }
    return place
  }

  /// Where a literal stands next.
  private func next(_ literal: Bytes, from start: Int) -> Int? {
    if LineShape.isWordByte(literal[0]) { witness?.lose() }
    var place = start
    while place < text.count, let next = first(literal[0], in: text.part(place..<text.count)) {
      place += next
      if end(of: literal, at: place) != nil { return place }
      place += 1
    }
    return nil
  }

  /// Where a byte stands first; of a blank, any.
  private func first(_ byte: UInt8, in rest: Bytes) -> Int? {
    let found = rest.place(of: byte)
    return byte == 0x20 ? rest.part(0..<(found ?? rest.count)).place(of: 0x09) ?? found : found
  }

  /// Where an enclosed value ends: at the first mark that closes it, which what follows must begin
  /// with. A quote behind a backslash closes nothing.
  private func closing(_ literal: Bytes, from start: Int) -> Int? {
    let isQuote = literal[0] == UInt8(ascii: "\"") || literal[0] == UInt8(ascii: "'")
    if LineShape.isWordByte(literal[0]) { witness?.lose() }
    var place = start
    while place < text.count, let next = text.part(place..<text.count).place(of: literal[0]) {
      place += next
      if !isQuote || !isEscaped(place, from: start) {
        return end(of: literal, at: place) == nil ? nil : place
      }
      place += 1
    }
    return nil
  }

  /// Whether an odd number of backslashes precedes a place.
  private func isEscaped(_ place: Int, from start: Int) -> Bool {
    var first = place
    while first > start, text[first - 1] == UInt8(ascii: "\\") { first -= 1 }
    return (place - first) & 1 == 1
  }

  /// Where a word or a list of words ends.
  private func wordEnd(_ terminator: Bytes, at start: Int) -> Int? {
    var place = start
    if let first = terminator.first, first != 0x20 {
      if LineShape.isWordByte(first) { witness?.lose() }
      while place < text.count, !text[place].isBlank {
        if text[place] == first, end(of: terminator, at: place) != nil { return place }
        place += 1
      }
      return nil
    }
    while true {
      while place < text.count, !text[place].isBlank {
        // Quoted text is no word.
        if text[place] == UInt8(ascii: "\"") { return nil }
        place += 1
      }
      guard place > start, let next = nextOfList(place) else { break }
      place = next
    }
    return place > start ? place : nil
  }

  /// Where a list goes on behind a word that ends at a place: `502, 200`, `502 : 200`.
  private func nextOfList(_ end: Int) -> Int? {
    guard end < text.count else { return nil }
    var next = end
    while next < text.count, text[next].isBlank { next += 1 }
    guard next < text.count else { return nil }
    if text[end - 1] == UInt8(ascii: ",") { return next }
    guard text[next] == UInt8(ascii: ":"), next + 2 < text.count, text[next + 1].isBlank else {
      return nil
    }
    return next + 2
  }

  private func isBlank(from start: Int) -> Bool {
    var place = start
    while place < text.count {
      guard text[place].isBlank else { return false }
      place += 1
    }
    return true
  }
}

/// For times without a year, of which any will do: in 2023.
let someTime: Int64 = 1_700_000_000_000
