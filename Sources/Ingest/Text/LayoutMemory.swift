internal import Files

/// What the layouts made of lines read before, so that a line of a known shape need not be compared
/// with all of them again.
///
/// What is remembered is what would be found anew: all that decides besides a line's shape is noted
/// as it is asked the first time, and must be answered as it was.
struct LayoutMemory {
  /// Something that was asked about a line and that its shape does not tell.
  enum Question {
    /// Whether a value is one of its sort.
    case check(CompiledLayout.Step.Check)
    /// Whether a literal with letters or digits in it stands here.
    case literal(Bytes)
    /// Whether a pair has this key, on which depends what its value means.
    case key([UInt8])

    func isSame(as other: Question) -> Bool {
      switch (self, other) {
      case (.check(let one), .check(let other)): one == other
      case (.literal(let one), .literal(let other)): one.elementsEqual(other)
      case (.key(let one), .key(let other)): one == other
      default: false
      }
    }
  }

  struct Answer {
    var question: Question
    var start: LineShape.Place
    var end: LineShape.Place
    var isYes: Bool
  }

  /// A value, or the key of a pair.
  struct Span {
    var start: LineShape.Place
    var end: LineShape.Place
  }

  struct Value {
    /// Nil for one of a pair.
    var name: Bytes?
    var key: Span?
    var text: Span
    var isQuoted: Bool
  }

  /// Where in a line the values stand by which it is counted as a success.
  struct Success {
    let plan: SuccessPlan
    /// By the visit of the record that the line became.
    let visits: [Span]
  }

  /// What became of lines of a shape.
  final class Entry {
    fileprivate let shape: [UInt16]
    /// What must be answered as it was.
    let tests: UnsafeMutableBufferPointer<Test>
    private let keys: UnsafeMutableBufferPointer<UInt8>
    /// The number of the layout that fits; nil where none does.
    let layout: Int?
    let values: [Value]
    /// How such a line is counted as a success; nil while none has been met that can be.
    var success: Success?

    fileprivate var size: Int { tests.count + values.count + shape.count / 8 }

    init(shape: [UInt16], answers: [Answer], layout: Int?, values: [Value]) {
      self.shape = shape
      self.layout = layout
      self.values = values
      let bytes = answers.flatMap { answer -> [UInt8] in
        if case .key(let key) = answer.question { key } else { [] }
      }
      keys = .allocate(capacity: bytes.count)
      _ = keys.initialize(from: bytes)
      tests = .allocate(capacity: answers.count)
      var place = 0
      for (index, answer) in answers.enumerated() {
        var test = Test(start: answer.start, end: answer.end, isYes: answer.isYes)
        switch answer.question {
        case .check(let check): test.sort = .check(check)
        case .literal(let literal): (test.sort, test.text) = (.literal, literal)
        case .key(let key):
          test.sort = .key
          test.text = Bytes(UnsafeMutableBufferPointer(rebasing: keys[place..<place + key.count]))
          place += key.count
        }
        tests.initializeElement(at: index, to: test)
      }
    }

    deinit {
      tests.deallocate()
      keys.deallocate()
    }
  }

  /// An answer in plain memory: what is asked for every line counts no references.
  struct Test {
    enum Sort {
      case check(CompiledLayout.Step.Check)
      case literal, key
    }

    var sort = Sort.literal
    /// The literal or the key.
    var text = Bytes(start: nil, count: 0)
    var start: LineShape.Place
    var end: LineShape.Place
    var isYes: Bool

    init(start: LineShape.Place, end: LineShape.Place, isYes: Bool) {
      self.start = start
      self.end = end
      self.isYes = isYes
    }
  }

  private var entries: [UInt64: Entry] = [:]
  private var last: (hash: UInt64, entry: Entry)?
  /// Hashes of shapes met once, each in its place: a shape is remembered when it comes again.
  private var met = [UInt64](repeating: 0, count: 1 << 12)

  /// How many values and answers the entries have.
  private var size = 0

  /// Beyond so many values and answers all are forgotten: paths and agents have no end of shapes.
  private static let most = 1 << 15
  /// An entry with more is none to keep.
  private static let mostOfOne = 256

  /// The entry of a shape, and whether it is time to make one.
  mutating func find(_ shape: LineShape, _ hash: UInt64) -> (entry: Entry?, isDue: Bool) {
    if let last, last.hash == hash, shape.isEqual(to: last.entry.shape) {
      return (last.entry, false)
    }
    if let entry = entries[hash] {
      guard shape.isEqual(to: entry.shape) else { return (nil, false) }
      last = (hash, entry)
      return (entry, false)
    }
    let place = Int(hash % UInt64(met.count))
    if met[place] == hash { return (nil, true) }
    if met[place] != ~hash { met[place] = hash }
    return (nil, false)
  }

  /// Remembers the entry of a shape that was due; nil where there is none to be had, for which no line
  /// of that shape is asked again.
  mutating func remember(_ entry: Entry?, _ hash: UInt64) {
    guard let entry, entry.size <= LayoutMemory.mostOfOne else {
      met[Int(hash % UInt64(met.count))] = ~hash
      return
    }
    if size + entry.size > LayoutMemory.most {
      entries.removeAll(keepingCapacity: true)
      size = 0
    }
    size += entry.size
    entries[hash] = entry
    last = (hash, entry)
  }
}

/// Notes what is asked about a line while layouts are compared with it.
final class LayoutWitness {
  private let shape: LineShape
  private(set) var answers: [LayoutMemory.Answer] = []
  /// Whether something was asked that cannot be asked of other lines.
  private(set) var isLost = false
  private static let most = 200

  init(_ shape: LineShape) {
    self.shape = shape
  }

  func span(_ range: Range<Int>) -> LayoutMemory.Span? {
    guard let start = shape.place(of: range.lowerBound), let end = shape.place(of: range.upperBound)
    else { return nil }
    return LayoutMemory.Span(start: start, end: end)
  }

  func note(_ question: LayoutMemory.Question, _ range: Range<Int>, _ isYes: Bool) {
    guard !isLost, answers.count < LayoutWitness.most, let span = span(range) else {
      return lose()
    }
    // Several layouts ask the same.
    if answers.contains(where: {
      $0.start == span.start && $0.end == span.end && $0.question.isSame(as: question)
    }) {
      return
    }
    answers.append(
      LayoutMemory.Answer(question: question, start: span.start, end: span.end, isYes: isYes))
  }

  func lose() { isLost = true }
}
