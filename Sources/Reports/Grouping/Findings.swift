internal import Answers

// Long lists of what was found: they are cut, and it is said by how much.
extension Array {
  /// The largest, in the order they have.
  func largest(_ most: Int, by size: (Element) -> Double) -> [Element] {
    if count <= most { return self }
    let kept = indices.sorted { one, other in
      let (a, b) = (size(self[one]), size(self[other]))
      return a != b ? a > b : one < other
    }
    return kept.prefix(most).sorted().map { self[$0] }
  }
}

extension [Section] {
  /// Says how many were left out, where some were.
  mutating func mention(leftOut count: Int, _ noun: String) {
    if count > 0 { append(Section(leftOut(count, noun))) }
  }
}

/// `and 9,950 smaller bursts more`.
private func leftOut(_ number: Int, _ noun: String) -> Block {
  .paragraph("and \(count(Int64(number), noun)) more", next: .showSmaller)
}
