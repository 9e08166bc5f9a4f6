internal import Files

/// The phrases that a profile's rules look for in messages, found all in one pass.
///
/// At nearly every place of a message no phrase begins, which four bytes of it tell: whether a phrase
/// begins with such is one bit of a small table.
struct Phrases: Sendable {
  /// Which phrases a message holds, by number.
  typealias Found = SIMD8<UInt64>

  private var phrases: [[UInt8]] = []
  /// Their numbers, until all are known.
  private var numbers: [[UInt8]: Int] = [:]
  /// Numbers of phrases by the mark of their first bytes, and where those of each mark start; one more
  /// for the end.
  private var order: [UInt16] = []
  private var starts: [UInt16] = []
  /// Whether letters count without their marks: messages must be folded before they are searched.
  private let isFolded: Bool
  /// Phrases too short to have a mark.
  private var short: [UInt16] = []

  /// As many as there is room for.
  static let most = Found.scalarCount * 64

  private static let marks = 1 << 12
  private static let markedBytes = 4

  init(isFolded: Bool = false) {
    self.isFolded = isFolded
  }

  /// The number of a phrase, which is compared in lower case; nil when there is no room left.
  mutating func number(of phrase: String) -> Int? {
    let text = phrase.lowercased().utf8
    let bytes = isFolded ? Folding.folded(text) : Array(text)
    if let known = numbers[bytes] { return known }
    guard phrases.count < Phrases.most, !bytes.isEmpty else { return nil }
    numbers[bytes] = phrases.count
    phrases.append(bytes)
    return phrases.count - 1
  }

  var isEmpty: Bool { phrases.isEmpty }

  /// Prepares for finding, when all are known.
  mutating func seal() {
    numbers = [:]
    let marked = phrases.enumerated().filter { $0.element.count >= Phrases.markedBytes }
      .map { (mark: $0.element.withUnsafeBufferPointer { Phrases.mark($0, 0) }, number: $0.offset) }
      .sorted { $0 < $1 }
    order = marked.map { UInt16($0.number) }
    starts = Array(repeating: 0, count: Phrases.marks + 1)
    for (mark, _) in marked { starts[mark + 1] += 1 }
    for mark in 0..<Phrases.marks { starts[mark + 1] += starts[mark] }
    short = phrases.indices.filter { phrases[$0].count < Phrases.markedBytes }.map(UInt16.init)
  }

  /// The phrases in a message; only ASCII letters change case.
  func find(in message: Bytes) -> Found {
    var found = Found(repeating: 0)
    starts.withUnsafeBufferPointer { starts in
      for place in 0..<max(0, message.count - Phrases.markedBytes + 1) {
        let mark = Phrases.mark(message, place)
        let (first, end) = (Int(starts[mark]), Int(starts[mark + 1]))
        if first < end { note(order[first..<end], in: message, at: place, &found) }
      }
    }
    if !short.isEmpty {
      for place in message.indices { note(short[...], in: message, at: place, &found) }
    }
    return found
  }

  private func note(
    _ candidates: ArraySlice<UInt16>, in message: Bytes, at place: Int, _ found: inout Found
  ) {
    for number in candidates.lazy.map(Int.init) where stands(number, in: message, at: place) {
      found.insert(number)
    }
  }

  private func stands(_ number: Int, in message: Bytes, at start: Int) -> Bool {
    phrases[number].withUnsafeBufferPointer { phrase in
      guard phrase.count <= message.count - start else { return false }
      for place in phrase.indices where lowercased(message[start + place]) != phrase[place] {
        return false
      }
      return true
    }
  }

  /// A number for four bytes, whatever their case. (Other bytes may share it: those are compared.)
  @inline(__always)
  private static func mark(_ text: Bytes, _ place: Int) -> Int {
    guard let base = text.baseAddress else { return 0 }
    let word = UnsafeRawPointer(base + place).loadUnaligned(as: UInt32.self) | 0x2020_2020
    // Knuth's multiplier: The Art of Computer Programming, 6.4.
    return Int((word &* 2_654_435_769) >> 20)
  }
}
