internal import Files
internal import Glibc

// Lines of a known shape.
extension LayoutMatcher {
  /// Whether what an entry says holds of the line, whose shape it has: where all that was asked has the
  /// same answer.
  func isAs(_ entry: LayoutMemory.Entry, _ shape: LineShape) -> Bool {
    for test in entry.tests {
      let range = shape.offset(of: test.start)..<shape.offset(of: test.end)
      switch test.sort {
      case .check(let check):
        if isOne(text.part(range), of: check) != test.isYes { return false }
      case .literal:
        // Where it stood it must end as it did; where it did not, it must not.
        let end = compare(test.text, at: range.lowerBound)
        if end != (test.isYes ? range.upperBound : nil) { return false }
      case .key:
        let key = text.part(range)
        if key.count != test.text.count { return false }
        if let one = key.baseAddress, let other = test.text.baseAddress,
          memcmp(one, other, key.count) != 0
        {
          return false
        }
      }
    }
    return true
  }

  /// Takes the values that an entry says the line has.
  mutating func recall(_ entry: LayoutMemory.Entry, _ shape: LineShape) {
    count = 0
    for value in entry.values {
      values[count] = Value(
        name: value.name, key: part(value.key, shape), text: part(value.text, shape),
        isQuoted: value.isQuoted)
      count += 1
    }
  }

  private func part(_ span: LayoutMemory.Span?, _ shape: LineShape) -> Bytes {
    span.map { shape.part(of: text, $0) } ?? Bytes(start: nil, count: 0)
  }

  /// What there is to remember of the line, with which a layout was found to fit, or none; nil where it
  /// does not lend itself to that.
  func entry(_ shape: LineShape, layout: Int?) -> LayoutMemory.Entry? {
    guard let witness, !witness.isLost else { return nil }
    var remembered: [LayoutMemory.Value] = []
    for value in values[..<(layout == nil ? 0 : count)] {
      guard let span = witness.span(range(of: value.text)) else { return nil }
      let key = value.name == nil ? witness.span(range(of: value.key)) : nil
      if value.name == nil, key == nil { return nil }
      remembered.append(
        LayoutMemory.Value(name: value.name, key: key, text: span, isQuoted: value.isQuoted))
    }
    return LayoutMemory.Entry(
      shape: shape.copy, answers: witness.answers, layout: layout, values: remembered)
  }
}
