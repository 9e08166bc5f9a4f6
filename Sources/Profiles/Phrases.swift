internal import Files

/// The phrases that a profile's rules look for in messages, found all in one pass.
///
/// At nearly every place of a message no phrase begins, which four bytes of it tell: whether a phrase
/// begins with such is one bit of a table, which is the larger, the more phrases there are.
struct Phrases: Sendable {
  /// Which phrases a message holds, by number.
  typealias Found = SIMD16<UInt64>

  private var phrases: [[UInt8]] = []
  /// Their numbers, until all are known.
  private var numbers: [String: Int] = [:]
  /// A bit for each mark, whether a phrase has it.
  private var marked: [UInt64] = []
  /// Numbers of phrases by the group of their mark, and where those of each group start; one more for
  /// the end.
  private var order: [UInt16] = []
  private var starts: [UInt32] = []
  /// Phrases that may stand at a message's end, where there are too few bytes for a mark; and those that
  /// are too short to have one.
  private var brief: [UInt16] = []
  private var unmarked: [UInt16] = []
  /// Whether letters count without their marks: messages must be folded before they are searched.
  private let isFolded: Bool

  /// As many as there is room for.
  static let most = Found.scalarCount * 64

  /// How many bits a mark has less than 32.
  private var shift: UInt32 = 26

  private static let fewestMarks = 1 << 6
  private static let mostMarks = 1 << 16
  private static let markedBytes = 4

  init(isFolded: Bool = false) {
    self.isFolded = isFolded
  }

  /// The number of a phrase, which is compared in lower case; nil when there is no room left.
  mutating func number(of phrase: String) -> Int? {
    let phrase = phrase.lowercased()
    if let known = numbers[phrase] { return known }
    guard phrases.count < Phrases.most, !phrase.isEmpty else { return nil }
    numbers[phrase] = phrases.count
    phrases.append(isFolded ? Folding.folded(phrase.utf8) : Array(phrase.utf8))
    return phrases.count - 1
  }

  var isEmpty: Bool { phrases.isEmpty }

  var count: Int { phrases.count }

  /// Prepares for finding, when all are known.
  mutating func seal() {
    numbers = [:]
    let wanted = phrases.reduce(0) { $0 + ($1.count < Phrases.markedBytes ? 128 : 1) }
    var marks = Phrases.fewestMarks
    while marks < Phrases.mostMarks, marks < wanted << 5 { marks <<= 1 }
    shift = UInt32(32 - marks.trailingZeroBitCount)
    var marked = Array(repeating: UInt64(0), count: marks >> 6)
    var starts = Array(repeating: UInt32(0), count: marked.count + 1)
    var grouped: [(group: Int, number: Int)] = []
    for (number, phrase) in phrases.enumerated() {
      eachMark(of: phrase) { mark in
        let group = mark >> 6
        marked[group] |= 1 << UInt64(mark & 63)
        starts[group + 1] += 1
        grouped.append((group, number))
      }
    }
    for group in marked.indices { starts[group + 1] += starts[group] }
    (self.marked, self.starts) = (marked, starts)
    order = grouped.sorted { $0 < $1 }.map { UInt16($0.number) }
    brief = phrases.indices.filter { phrases[$0].count < Phrases.markedBytes }.map(UInt16.init)
    unmarked = brief.filter { phrases[Int($0)].count < Phrases.markedBytes - 1 }
  }

  /// The marks of the places where a phrase may begin: of one that is a byte too short those with any
  /// byte behind it, and none of a shorter one.
  private func eachMark(of phrase: [UInt8], _ body: (Int) -> Void) {
    switch phrase.count {
    case Phrases.markedBytes...:
      phrase.withUnsafeBufferPointer { $0.baseAddress.map { body(mark($0)) } }
    case Phrases.markedBytes - 1:
      // As a mark is told whatever the case, half of the bytes stand for all.
      for next in UInt8.min...UInt8.max where next & 0x20 != 0 {
        (phrase + [next]).withUnsafeBufferPointer { $0.baseAddress.map { body(mark($0)) } }
      }
    default: break
    }
  }

  /// The phrases in a message; only ASCII letters change case.
  func find(in message: Bytes) -> Found {
    var found = Found(repeating: 0)
    let last = max(0, message.count - Phrases.markedBytes + 1)
    marked.withUnsafeBufferPointer { marked in
      guard let marked = marked.baseAddress, let text = message.baseAddress else { return }
      var place = 0
      while place < last {
        let mark = mark(text + place)
        if marked[mark >> 6] >> UInt64(truncatingIfNeeded: mark & 63) & 1 == 1 {
          let group = mark >> 6
          note(order[Int(starts[group])..<Int(starts[group + 1])], in: message, at: place, &found)
        }
        place &+= 1
      }
    }
    if !brief.isEmpty {
      for place in last..<message.count { note(brief[...], in: message, at: place, &found) }
    }
    if !unmarked.isEmpty {
      for place in 0..<last { note(unmarked[...], in: message, at: place, &found) }
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
  private func mark(_ text: UnsafePointer<UInt8>) -> Int {
    let word = UnsafeRawPointer(text).loadUnaligned(as: UInt32.self) | 0x2020_2020
    // Knuth's multiplier: The Art of Computer Programming, 6.4.
    return Int(truncatingIfNeeded: (word &* 2_654_435_769) &>> shift)
  }
}
