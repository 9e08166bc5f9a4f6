internal import Answers

extension Comparison {
  /// The largest count; never zero.
  var most: Int64 { items.reduce(1) { max($0, $1.now, $1.before) } }

  /// With bars made of characters, and details where there is much room. Where `width` is too small, the
  /// bars go.
  func table(width: Int?, hasBars: Bool = true) -> Table {
    let length = 14
    func words(_ item: Item) -> String {
      guard let detail = item.detail, width.map({ $0 >= 110 }) ?? true else { return item.change }
      return "\(item.change): \(detail)"
    }
    var table = Table(
      columns: [
        "", Column(nowName, .trailing), Column(beforeName, .trailing), "", "change",
      ],
      rows: items.map { item in
        [
          Cell(item.name), Cell(item.now), Cell(item.before), Cell(bar(item, length: length)),
          Cell(.text(words(item)), tone: item.tone),
        ]
      }, keys: ["", nowName, "change"], whenEmpty: "nothing to compare")
    let fits = width.map { Grid(table, width: nil).width <= $0 } ?? true
    if !hasBars || !fits {
      table.columns.remove(at: 3)
      for place in table.rows.indices { table.rows[place].remove(at: 3) }
    }
    return table
  }

  /// What the characters of the bars mean.
  static let key = "█ as before  ▓ more than before  ░ fewer"

  private func bar(_ item: Item, length: Int) -> String {
    let (now, before) = (columns(item.now, of: length), columns(item.before, of: length))
    return String(repeating: "█", count: min(now, before))
      + String(repeating: "▓", count: max(0, now - before))
      + String(repeating: "░", count: max(0, before - now))
  }

  /// At least one for what is there at all.
  private func columns(_ count: Int64, of length: Int) -> Int {
    if count <= 0 { return 0 }
    return max(1, Int((Double(count) / Double(most) * Double(length)).rounded()))
  }
}
