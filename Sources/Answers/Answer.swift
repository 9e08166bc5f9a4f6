/// What a command has to say: once for people (title, notes, sections), once as data (value).
package struct Answer: Sendable, Equatable {
  package var title: String
  /// Lines people always see above the rest, such as the range and the zone used.
  package var notes: [Note]
  /// Those of the notes without which the rows alone would mislead.
  package internal(set) var cautions: [Note] = []
  package var sections: [Section]
  /// The object of the JSON contract.
  package var value: Value
  /// The name in `value` whose array NDJSON and CSV print; nil prints `value` as the only row.
  package var rows: String?
  /// The names of a row's members, so that a CSV file without rows still has its header.
  package var header: [String]

  package init(
    title: String, notes: [String] = [], sections: [Section] = [], value: Value,
    rows: String? = nil, header: [String] = []
  ) {
    self.title = title
    self.notes = notes.map { Note($0) }
    self.sections = sections
    self.value = value
    self.rows = rows
    self.header = header
  }

  /// Adds a note without which the rows alone would mislead.
  package mutating func caution(_ text: String, next: NextStep? = nil) {
    let note = Note(text, next: next)
    notes.append(note)
    cautions.append(note)
  }
}

/// A line that people see above the rest of an answer.
package struct Note: Sendable, Equatable {
  package var text: String
  package var next: NextStep?

  package init(_ text: String, next: NextStep? = nil) {
    self.text = text
    self.next = next
  }
}

extension Note: ExpressibleByStringInterpolation {
  package init(stringLiteral text: String) { self.init(text) }
}

/// A part of an answer under its own heading.
package struct Section: Sendable, Equatable {
  package var heading: String?
  package var blocks: [Block]

  package init(heading: String?, blocks: [Block]) {
    self.heading = heading
    self.blocks = blocks
  }

  package init(_ heading: String, _ blocks: Block...) {
    self.init(heading: heading, blocks: blocks)
  }

  package init(_ blocks: Block...) { self.init(heading: nil, blocks: blocks) }
}

/// One thing in a section.
package enum Block: Sendable, Equatable {
  case paragraph(String, next: NextStep? = nil)
  case bullets([String])
  /// Names and values, such as the fields of one event.
  case facts([Fact])
  case table(Table)
  case chart(Chart)
  /// The few numbers that matter most.
  case figures([Figure])
  /// Text shown line by line as it is, such as a raw log line or SQL.
  case verbatim(String)
}

/// A name and what is known under it.
package struct Fact: Sendable, Equatable {
  package var name: String
  package var cell: Cell

  package init(_ name: String, _ cell: Cell) {
    self.name = name
    self.cell = cell
  }
}
