extension Chapter {
  /// The manual's section in which chapters stand: 7, for what is no command.
  package static let section = "7"

  /// The chapter's page for `man`, as one of a program's.
  package func page(of program: String, version: String) -> String {
    var page = Roff()
    page.request(
      "TH", "\(program)-\(name)".uppercased(), Chapter.section, "", "\(program) \(version)",
      "\(program) manual")
    page.alignLeft()
    page.section("NAME")
    page.text("\(program)-\(name) - \(summary)")
    var isInSection = false
    for block in blocks {
      if case .heading(let text) = block {
        page.section(plainText(text))
        isInSection = true
        continue
      }
      if !isInSection { page.section("DESCRIPTION") }
      isInSection = true
      page.write(block)
    }
    page.section("SEE ALSO")
    page.line("\(Roff.bold(program))(1)")
    return page.text
  }
}

extension Roff {
  /// How many columns text has on a page of 80.
  private static let width = 71

  fileprivate mutating func write(_ block: Block) {
    switch block {
    case .heading(let text): section(plainText(text))
    case .paragraph(let text):
      request("PP")
      line(Roff.styled(text))
    case .bullets(let items):
      items.forEach { bullet(Roff.styled($0)) }
    case .table(let rows): write(table: rows)
    case .code(let lines, let file):
      if let file {
        request("PP")
        line(Roff.italic(file) + ":")
      }
      verbatim(lines)
    }
  }

  /// Two columns are terms and what they mean; more of them stand as in a terminal.
  private mutating func write(table rows: [[String]]) {
    guard rows.first?.count == 2 else {
      return verbatim(grid(rows.map { $0.map(plainText) }, width: Roff.width))
    }
    for (place, row) in rows.enumerated() {
      // The header says of what these are the terms.
      let style = place == 0 ? { Roff.italic(plainText($0)) } : Roff.styled
      item(style(row.first ?? ""))
      line(style(row.last ?? ""))
    }
  }

  /// A line of Markdown, code and what is strong in bold.
  private static func styled(_ markdown: String) -> String {
    Span.all(in: markdown).map { span in
      switch span {
      case .text(let text): escaped(text)
      case .code(let text), .strong(let text): bold(text)
      case .link(let text, let target):
        escaped(plainText("[\(text)](\(target))"))
      }
    }.joined()
  }
}
