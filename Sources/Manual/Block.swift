/// A piece of a chapter: the part of Markdown in which the manual is written.
package enum Block: Equatable, Sendable {
  /// `## Heading`
  case heading(String)
  case paragraph(String)
  /// `- ` each.
  case bullets([String])
  /// Rows of cells between `|`, the header first.
  case table([[String]])
  /// What stands between fences, line by line; `file` where the fence names one, as in
  /// ` ```json edge.json `.
  case code([String], file: String?)

  package static func all(in markdown: String) -> [Block] {
    var reader = BlockReader()
    for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
      reader.add(line)
    }
    return reader.blocks
  }
}

/// Puts lines together to blocks.
private struct BlockReader {
  private(set) var blocks: [Block] = []
  private var isInCode = false
  /// Whether a line goes on with what the one before says.
  private var goesOn = false

  mutating func add(_ line: Substring) {
    if line.hasPrefix("```") {
      let words = line.drop { $0 == "`" }.split(separator: " ")
      if !isInCode { blocks.append(.code([], file: words.count > 1 ? String(words[1]) : nil)) }
      isInCode.toggle()
      goesOn = false
    } else if isInCode, case .code(let lines, let file) = blocks.last {
      replaceLast(.code(lines + [String(line)], file: file))
    } else {
      addText(line)
    }
  }

  private mutating func addText(_ line: Substring) {
    let text = line.drop { $0 == " " }
    if text.isEmpty {
      goesOn = false
    } else if line.hasPrefix("#") {
      blocks.append(.heading(String(text.drop { $0 == "#" || $0 == " " })))
      goesOn = false
    } else if line.hasPrefix("|") {
      addRow(text)
    } else if line.hasPrefix("- ") {
      if goesOn, case .bullets(let items) = blocks.last {
        replaceLast(.bullets(items + [String(line.dropFirst(2))]))
      } else {
        blocks.append(.bullets([String(line.dropFirst(2))]))
      }
      goesOn = true
    } else if goesOn, case .bullets(var items) = blocks.last {
      items[items.count - 1] += " " + text
      replaceLast(.bullets(items))
    } else if goesOn, case .paragraph(let before) = blocks.last {
      replaceLast(.paragraph(before + " " + text))
    } else {
      blocks.append(.paragraph(String(text)))
      goesOn = true
    }
  }

  private mutating func addRow(_ line: Substring) {
    let cells = BlockReader.cells(of: line)
    let isRule = cells.allSatisfy { $0.allSatisfy { $0 == "-" || $0 == ":" } }
    if goesOn, case .table(let rows) = blocks.last {
      if !isRule { replaceLast(.table(rows + [cells])) }
    } else {
      blocks.append(.table([cells]))
      goesOn = true
    }
  }

  /// The cells of `| one | two |`; `\|` is no end of one.
  private static func cells(of line: Substring) -> [String] {
    var cells = [""]
    var isEscaped = false
    for character in line {
      if character == "|", !isEscaped {
        cells.append("")
      } else {
        if character == "|" { cells[cells.count - 1].removeLast() }
        cells[cells.count - 1].append(character)
      }
      isEscaped = character == "\\"
    }
    return cells.dropFirst().dropLast().map { cell in
      String(cell.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
  }

  private mutating func replaceLast(_ block: Block) {
    blocks[blocks.count - 1] = block
  }
}
