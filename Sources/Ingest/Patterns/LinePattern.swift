internal import Files
internal import JSON

/// A line of JSON that was counted as a success, and where in it the values stand that may be others.
///
/// A line that differs from it in such values alone has the same members, in the same order, each with a value of
/// the same sort: what the plan for the one says of the other is true as well, and the other need not be parsed. May
/// be others: strings of printable ASCII whose escapes are single letters, and numbers that surely fit 64 bits.
/// What is not as simple is left to the parser.
final class LinePattern {
  /// A value that may be another one.
  private struct Hole {
    var start: Int
    /// Behind its last byte: of a string the closing quote.
    var end: Int
    var isString: Bool
    /// Its place in `wanted`; nil where nobody asks what it is.
    var wanted: Int?
  }

  /// A value that is asked for when a success is counted.
  private struct Wanted {
    let visit: Int
    let isString: Bool
    /// Where it stands in the line that was compared last.
    var range = 0..<0
  }

  /// How records of such lines are read.
  private let plan: FieldPlan
  private let count: Int
  private let bytes: UnsafeMutablePointer<UInt8>
  private let holes: UnsafeMutableBufferPointer<Hole>
  private let wanted: UnsafeMutableBufferPointer<Wanted>
  /// Visits whose values are objects that say nothing, whatever stands in them.
  private let silent: [Int]

  /// Longer lines are none to remember, nor are those with more values.
  static let longest = 1 << 14
  private static let mostHoles = 512

  /// - Parameters:
  ///   - line: what was parsed without being repaired.
  ///   - fields: what has read it, and by whose plan it was counted.
  init?(_ line: Bytes, parsedAs root: JSONValue, by fields: FieldReader) {
    guard line.count <= LinePattern.longest, let text = SimpleValues(line),
      let visits = fields.plan.visitsOfSuccess
    else { return nil }
    let scalars = root.scalars
    let places = ScalarPlaces(in: line).all
    guard scalars.count == places.count, places.count <= LinePattern.mostHoles else { return nil }
    var asked: [Int: Int] = [:]
    var silent: [Int] = []
    for visit in visits {
      let value = fields.value(visit)
      if value.isObject {
        // A redirection is counted whatever its body says; another line like it may be none.
        guard let success = fields.plan.success, success.bodies.contains(visit),
          Failure.isRuledOut(in: value, beside: fields.value(success.status))
        else { return nil }
        silent.append(visit)
      } else if let place = scalars.firstIndex(where: value.isSame(as:)) {
        asked[place] = visit
      } else {
        return nil
      }
    }
    var holes: [Hole] = []
    var wanted: [Wanted] = []
    for (place, (value, range)) in zip(scalars, places).enumerated() {
      let end =
        value.isString
        ? text.endOfString(from: range.lowerBound)
        : value.number == nil ? nil : text.endOfNumber(from: range.lowerBound)
      if end == range.upperBound {
        var hole = Hole(start: range.lowerBound, end: range.upperBound, isString: value.isString)
        if let visit = asked[place] {
          hole.wanted = wanted.count
          wanted.append(Wanted(visit: visit, isString: value.isString))
        }
        holes.append(hole)
      } else if asked[place] != nil {
        return nil
      }
    }
    plan = fields.plan
    count = line.count
    self.silent = silent
    bytes = .allocate(capacity: line.count + SimpleValues.margin)
    bytes.initialize(repeating: 0, count: line.count + SimpleValues.margin)
    _ = UnsafeMutableBufferPointer(start: bytes, count: count).update(from: line)
    self.holes = .allocate(capacity: holes.count)
    _ = self.holes.initialize(from: holes)
    self.wanted = .allocate(capacity: wanted.count)
    _ = self.wanted.initialize(from: wanted)
  }

  deinit {
    bytes.deallocate()
    holes.deallocate()
    wanted.deallocate()
  }

  /// Whether a line differs in such values alone.
  func holds(of line: SimpleValues) -> Bool {
    var next = 0
    var place = 0
    /// How much further a byte stands in the line than in the pattern.
    var shift = 0
    while true {
      place = line.differs(from: bytes, count: count, at: place, shift: shift)
      while next < holes.count, holes[next].end < place {
        note(holes[next], shift)
        next += 1
      }
      if place == count { break }
      guard next < holes.count, holes[next].start <= place else { return false }
      let hole = holes[next]
      let start = hole.start + shift
      guard let end = hole.isString ? line.endOfString(from: start) : line.endOfNumber(from: start)
      else { return false }
      if let place = hole.wanted { wanted[place].range = start..<end }
      shift = end - hole.end
      place = hole.end
      next += 1
    }
    guard place + shift == line.count else { return false }
    while next < holes.count {
      note(holes[next], shift)
      next += 1
    }
    return true
  }

  /// Takes note of a value that is the pattern's own.
  @inline(__always)
  private func note(_ hole: Hole, _ shift: Int) {
    guard let place = hole.wanted else { return }
    wanted[place].range = hole.start + shift..<hole.end + shift
  }

  /// Hands the values of the line that was compared last to `fields`, as if it had read them; false where one is
  /// not to be had. They are good as long as nothing else is put in `room`.
  func give(_ line: Bytes, to fields: FieldReader, in room: FlatDocument) -> Bool {
    room.clear(
      members: wanted.count + silent.count, bytes: wanted.reduce(0) { $0 + $1.range.count })
    fields.recall(plan)
    for one in wanted {
      let text = line.part(one.range)
      let value =
        one.isString
        ? room.value(ofString: text)
        : text.integer.map(room.value(of:)) ?? text.number.flatMap(room.value(of:))
      guard let value else { return false }
      fields.recall(value, of: one.visit)
    }
    for visit in silent {
      guard let value = room.emptyObject() else { return false }
      fields.recall(value, of: visit)
    }
    return true
  }
}
