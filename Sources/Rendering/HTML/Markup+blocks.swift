internal import Answers

extension Markup {
  mutating func write(_ facts: [Fact]) {
    element(.dl, [.class: "facts"]) { page in
      for fact in facts {
        page.element(.div) { page in
          page.element(.dt, fact.name)
          page.element(.dd, [.class: fact.cell.tone.name]) { $0.write(fact.cell) }
        }
      }
    }
  }

  /// The few numbers that matter, in large print.
  mutating func write(_ figures: [Figure]) {
    element(.dl, [.class: "figures"]) { page in
      for figure in figures {
        page.element(.div, [.class: figure.tone.name]) { page in
          page.element(.dt, figure.name)
          page.element(.dd, [.class: "figure"], figure.text)
          if let note = figure.note { page.words(.dd, note) }
        }
      }
    }
  }

  /// In a frame of its own, that a wide table scrolls in and that the keyboard reaches.
  mutating func write(_ table: Table) {
    if table.rows.isEmpty {
      if let title = table.title { element(.p, [.class: "caption"], title) }
      return element(.p, [.class: "empty"], table.whenEmpty)
    }
    // Nearly all of a chart's numbers: a class for all of them, not for each.
    let isOfNumbers =
      table.columns.first?.alignment == .leading
      && table.columns.dropFirst().allSatisfy { $0.alignment == .trailing }
    let breadth =
      switch table.columns.count {
      case ...3: "narrow"
      case 9...: "wide"
      default: nil as String?
      }
    let sequence = table.isSequence && links.isOfSite ? "sequence" : nil
    let keys = table.columns.indices.filter { $0 == 0 || table.columns[$0].isKey }
    // On a phone, the rest of a row stands below what it is told by.
    let isStacked = keys.count > 1 && keys.count < table.columns.count
    let stack = isStacked ? "stack keys-\(min(keys.count, 8))" : nil
    let names = [isOfNumbers ? "numbers" : nil, breadth, sequence, stack].compactMap { $0 }
    func isBelow(_ place: Int) -> Bool { isStacked && !keys.contains(place) }
    let name = table.title ?? "Table: " + table.columns.map(\.heading).joined(separator: ", ")
    element(.div, [.class: "scroll", .role: "region", .tabindex: "0", .label: name]) { page in
      page.element(.table, [.class: names.isEmpty ? nil : names.joined(separator: " ")]) { page in
        if let title = table.title { page.element(.caption, title) }
        page.element(.thead) { page in
          page.element(.tr) { page in
            for (place, column) in table.columns.enumerated() {
              let name = isOfNumbers ? nil : column.name(of: Cell(.null))
              page.element(
                .th, [.scope: "col", .class: joined(name, isBelow(place) ? "below" : nil)],
                column.heading)
            }
          }
        }
        page.element(.tbody) { page in
          for row in table.rows {
            page.writeRow(
              row, of: table.columns, isOfNumbers: isOfNumbers,
              below: table.columns.indices.filter(isBelow))
          }
        }
      }
    }
  }

  /// - Parameter below: the columns that stand below the others on a phone.
  private mutating func writeRow(
    _ row: [Cell], of columns: [Column], isOfNumbers: Bool, below: [Int]
  ) {
    element(.tr) { page in
      for (place, column) in columns.enumerated() {
        let cell = place < row.count ? row[place] : nil
        let isName = place == 0 && column.alignment == .leading
        let isBelow = below.contains(place)
        let name =
          isOfNumbers ? cell.tone.name : column.name(of: cell, isTimed: page.links.isOfSite)
        let isEmpty = cell.trend.isEmpty && [nil, "", Cell(.null).text].contains(cell.words)
        page.element(
          isName ? .th : .td,
          [
            .scope: isName ? "row" : nil,
            .class: joined(name, isBelow ? (isEmpty ? "below none" : "below") : nil),
            .heading: isBelow && !column.heading.isEmpty ? column.heading : nil,
          ]
        ) { $0.write(cell) }
      }
    }
  }

  mutating func write(_ cell: Cell) {
    if let words = cell.words {
      if let address = cell.reference.flatMap(links.page) {
        link(to: address, words)
      } else {
        prose(words)
      }
    }
    if !cell.trend.isEmpty {
      if cell.words != nil { text(" ") }
      TrendDrawing(cell.trend).write(into: &self)
    }
  }
}

/// Classes of one element; nil where it has none.
private func joined(_ classes: String?...) -> String? {
  let names = classes.compactMap { $0 }
  return names.isEmpty ? nil : names.joined(separator: " ")
}

extension Tone {
  /// The class of what has it.
  var name: String? {
    switch self {
    case .neutral: nil
    case .good: "good"
    case .bad: "bad"
    }
  }
}

extension Column {
  /// The class of its cells.
  ///
  /// - Parameter isTimed: whether times are told apart by it.
  fileprivate func name(of cell: Cell?, isTimed: Bool = false) -> String? {
    let isTime = if isTimed, case .time? = cell?.value { true } else { false }
    let names = [
      alignment == .trailing ? "number" : nil, cell?.tone.name, isTime ? "time" : nil,
    ].compactMap { $0 }
    return names.isEmpty ? nil : names.joined(separator: " ")
  }
}
