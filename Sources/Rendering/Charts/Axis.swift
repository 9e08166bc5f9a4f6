internal import Answers

/// Round numbers from zero to at least the most there is to show.
struct Axis {
  /// Ascending, zero among them.
  let ticks: [Int64]
  /// The last of the ticks; never zero.
  let top: Int64

  init(upTo most: Int64) {
    // So far from the end of the numbers that nothing below can go over it.
    let most = min(max(most, 1), .max / 16)
    let step = Axis.round(above: (most + 3) / 4)
    let count = (most + step - 1) / step
    ticks = (0...count).map { $0 * step }
    top = count * step
  }

  /// The next of 1, 2, 5, 10, 20, 50…
  private static func round(above least: Int64) -> Int64 {
    var power: Int64 = 1
    while power * 10 <= least { power *= 10 }
    return [1, 2, 5, 10].map { $0 * power }.first { $0 >= least } ?? least
  }
}

/// A number in few letters: 9,999, 12k, 3.5M.
func compact(_ number: Int64) -> String {
  let units: [(Int64, String)] = [
    (1_000_000_000_000, "T"), (1_000_000_000, "G"), (1_000_000, "M"), (1000, "k"),
  ]
  guard number >= 10_000, let (unit, name) = units.first(where: { number >= $0.0 }) else {
    return grouped(number)
  }
  let (whole, rest) = number.quotientAndRemainder(dividingBy: unit)
  let tenth = rest / (unit / 10)
  return grouped(whole) + (tenth > 0 && whole < 100 ? ".\(tenth)" : "") + name
}

/// A word below an axis.
struct AxisLabel {
  var text: String
  /// In steps from the left.
  var place: Double
  /// Whether there is room for it on a phone as well.
  var isForPhones = true

  init(_ text: String, at place: Double) {
    self.text = visible(text)
    self.place = place
  }
}

/// The labels there is room for, at even distances; on a phone fewer. How wide a drawing will be is
/// not known, nor how wide its letters: 300 pixels on a phone, 640 elsewhere and 7 a letter are on the
/// safe side.
func placed(_ labels: [AxisLabel], steps: Int, isCentred: Bool) -> [AxisLabel] {
  func extents(in width: Double) -> [(start: Double, end: Double)] {
    labels.map { label in
      let size = Double(displayWidth(label.text)) * 7
      let step = width / Double(max(1, steps))
      let start = isCentred ? (label.place + 0.5) * step - size / 2 : label.place * step + 4
      return (start, start + size)
    }
  }
  let (roomy, narrow) = (640.0, 300.0)
  let extents = (roomy: extents(in: roomy), narrow: extents(in: narrow))
  let stride = evenStride(extents.roomy, gap: 8)
  let phoneStride = evenStride(extents.narrow, gap: 8, multipleOf: stride)
  return labels.indices.filter { $0 % stride == 0 && extents.roomy[$0].end <= roomy + 12 }.map {
    var label = labels[$0]
    label.isForPhones = $0 % phoneStride == 0 && extents.narrow[$0].end <= narrow + 12
    return label
  }
}

/// The least number such that every so manieth of the extents does not touch the next.
func evenStride<Length: Numeric & Comparable>(
  _ extents: [(start: Length, end: Length)], gap: Length, multipleOf unit: Int = 1
) -> Int {
  var length = unit
  while length < extents.count {
    let kept = stride(from: 0, to: extents.count, by: length).map { extents[$0] }
    if zip(kept, kept.dropFirst()).allSatisfy({ $0.end + gap <= $1.start }) { break }
    length += unit
  }
  return length
}
