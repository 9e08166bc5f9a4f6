internal import Answers

/// How a table's columns share the lines of a terminal: beside one another, cells wrapped between
/// words, as far as there is room; the others below their row.
struct ColumnLayout: Equatable {
  /// What a column needs of a line.
  struct Need: Equatable {
    /// The width of its widest cell.
    var whole: Int
    /// The least that breaks no word: what it would be wrapped to at worst.
    var least: Int
    /// Whether it is of words, and may stand below.
    var isOfWords: Bool
    /// Whether it is one of those by which a row is told.
    var isKey = false
    /// Whether it draws what is told in numbers elsewhere.
    var isTrend = false
  }

  /// The columns that stand beside one another, in their order.
  private(set) var beside: [Int]
  /// The width of each column, whether it stands there or not.
  private(set) var widths: [Int]
  /// Those that stand below their row, in their order.
  private(set) var below: [Int] = []

  /// Whether every column has all the room it needs.
  private(set) var isWhole = true

  /// Between two columns.
  static let gap = 2
  /// Words in fewer columns than that are hard to read, so that they stand below instead.
  private static let readable = 16
  /// The least width that is heeded: in less a table is not to be read whatever is done.
  static let leastWidth = 20

  /// - Parameters:
  ///   - width: nil where nothing has to be wrapped.
  ///   - leavesOutLast: whether the columns at the right give way first, whatever they are of.
  init(_ needs: [Need], width: Int?, leavesOutLast: Bool = false) {
    beside = Array(needs.indices)
    widths = needs.map(\.whole)
    guard let width else { return }
    func room(_ widths: [Int]) -> Int {
      beside.reduce(width + ColumnLayout.gap) { $0 - widths[$1] - ColumnLayout.gap }
    }
    if room(widths) >= 0 { return }
    isWhole = false
    let least = needs.map { need in
      min(need.whole, max(need.least, need.isOfWords ? ColumnLayout.readable : 0))
    }
    // The first column says what a row is about; those by which it is told give way last, trends first,
    // words before numbers, and long ones before short ones.
    while room(least) < 0, beside.count > 1 {
      let plain = beside.dropFirst().filter { !needs[$0].isKey }
      let others = plain.isEmpty || leavesOutLast ? Array(beside.dropFirst()) : plain
      let words = leavesOutLast ? [] : others.filter { needs[$0].isOfWords }
      let trend = leavesOutLast ? nil : others.last { needs[$0].isTrend }
      guard
        let next = trend ?? words.max(by: { needs[$0].whole < needs[$1].whole }) ?? others.last
      else { break }
      beside.removeAll { $0 == next }
      below.append(next)
    }
    below.sort()
    guard room(widths) < 0 else { return }
    // What is left is shared: who needs little has it all, who needs more has an equal part.
    var left = max(0, room(least))
    var wanting = beside.filter { needs[$0].whole > least[$0] }
      .sorted { needs[$0].whole - least[$0] < needs[$1].whole - least[$1] }
    widths = least
    while let place = wanting.first {
      let share = min(needs[place].whole - least[place], left / wanting.count)
      widths[place] += share
      left -= share
      wanting.removeFirst()
    }
    if let first = beside.first, room(widths) < 0 { widths[first] += room(widths) }
    if let first = beside.first { widths[first] = max(1, widths[first]) }
  }
}
