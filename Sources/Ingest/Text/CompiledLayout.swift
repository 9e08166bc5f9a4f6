internal import Events
internal import Files
internal import Profiles

/// A text layout made ready for matching: its steps in plain memory, its names written as JSON.
final class CompiledLayout {
  struct Step {
    enum Kind {
      case literal, word, enclosed, text, pairs, optional
    }

    enum Check {
      case none, status, time
      /// A date or a time of day, which may stand side by side, or a whole time.
      case partOfTime
      case duration
      /// With three decimals or a unit: another number is rather of something else.
      case seconds
      /// Seconds with a unit, or with the decimals that servers write, and fewer than a day has.
      case span
      /// A whole number: decimals are those of a ratio.
      case whole
      /// A number, or several.
      case amount
      /// Any name but a time.
      case host
      /// Nor an address, which is rather a client's.
      case hostName
      /// Of a machine, in numbers.
      case address
      /// How grave a line is, as loggers call it.
      case level
      /// Who asked: free text in which no other value's quotes are.
      case name
    }

    var kind: Kind
    /// Of a literal its bytes, of a value what follows it.
    var literal = Bytes(start: nil, count: 0)
    /// Of a value `"name":`.
    var name = Bytes(start: nil, count: 0)
    /// What a value must be.
    var check = Check.none
    /// Where an optional part ends.
    var end = 0
    /// Whether it is the rest of a line, of which nothing is known but what it labels.
    var isTail = false
  }

  let layout: TextLayout
  /// The gateway that writes so, among those of the catalog; nil for any.
  let gateway: Int?
  let steps: UnsafeMutableBufferPointer<Step>
  /// The signs that every line of it has.
  private(set) var signs = SignSet()
  /// Nil where pairs may say anything.
  let pairKeys: TakenKeys?
  private let pool: UnsafeMutableBufferPointer<UInt8>

  init(_ layout: TextLayout, gateway: Int?, check: @escaping (String) -> Step.Check) {
    self.layout = layout
    self.gateway = gateway
    var texts: [UInt8] = []
    func keep(_ text: [UInt8]) -> Range<Int> {
      texts += text
      return texts.count - text.count..<texts.count
    }
    var made: [(step: Step, literal: Range<Int>, name: Range<Int>)] = []
    for step in layout.steps {
      switch step {
      case .literal(let text): made.append((Step(kind: .literal), keep(text), 0..<0))
      case .pairs: made.append((Step(kind: .pairs), 0..<0, 0..<0))
      case .optional(let end): made.append((Step(kind: .optional, end: end), 0..<0, 0..<0))
      case .value(let value):
        var step = Step(kind: .word)
        switch value.extent {
        case .word: step.kind = .word
        case .enclosed: step.kind = .enclosed
        case .text: step.kind = .text
        }
        step.isTail = value.extent == .text && value.name.elementsEqual("unknown_tail".utf8)
        step.check = check(String(decoding: value.name, as: UTF8.self))
        let name = keep(Array("\"".utf8) + value.name + Array("\":".utf8))
        made.append((step, keep(value.terminator), name))
      }
    }
    pool = .allocate(capacity: texts.count)
    _ = pool.initialize(from: texts)
    steps = .allocate(capacity: made.count)
    let hasPairs = made.contains { $0.step.kind == .pairs }
    let own = made.map(\.step.check).filter { $0 == .status || $0 == .time }
    pairKeys = hasPairs && !own.isEmpty ? TakenKeys { own.contains(check($0)) } : nil
    let pool = Bytes(pool)
    _ = steps.initialize(
      from: made.map { step, literal, name in
        var step = step
        step.literal = pool.part(literal)
        step.name = pool.part(name)
        return step
      })
    var place = 0
    while place < steps.count {
      switch steps[place].kind {
      case .literal: signs.add(steps[place].literal)
      case .optional: place = max(place, steps[place].end - 1)
      case .word, .enclosed, .text, .pairs: break
      }
      place += 1
    }
  }

  deinit {
    steps.deallocate()
    pool.deallocate()
  }
}
