internal import Answers

extension Comparison {
  /// The largest count; never zero.
  var most: Int64 { items.reduce(1) { max($0, $1.now, $1.before) } }

  /// With bars made of characters, and details where there is much room. Where `width` is too small, names are cut off; where that does
  /// not do, the bars go.
  func table(width: Int?) -> Table {
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
      }, whenEmpty: "nothing to compare")
    if let width {
      let changes = items.map { displayWidth(visible(words($0))) }.max() ?? 0
      let numbers = [(nowName, items.map(\.now)), (beforeName, items.map(\.before))]
        .map { name, counts in
          counts.reduce(displayWidth(visible(name))) { max($0, grouped($1).count) }
        }
      var room = width - numbers.reduce(0, +) - length - max(changes, 6) - 4 * 2
      if room < 16 {
        table.columns.remove(at: 3)
        for place in table.rows.indices { table.rows[place].remove(at: 3) }
        room += length + 2
      }
      for place in table.rows.indices {
        table.rows[place][0] = Cell(clipped(visible(items[place].name), to: max(10, room)))
      }
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
