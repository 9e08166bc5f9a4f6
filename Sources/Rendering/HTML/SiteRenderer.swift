internal import Answers
internal import Release

/// Writes pages of a site in the style of a page that is a file. They load the site's style sheet and
/// its script, and show all they have without the latter.
package struct SiteRenderer: Sendable {
  private let links: Links

  package init(links: Links) {
    self.links = links
  }

  package func render(_ page: SitePage) -> [UInt8] {
    var markup = Markup(links: links)
    markup.documentType()
    markup.element(.html, [.lang: "en"]) { markup in
      markup.element(.head) { writeHead(page, into: &$0) }
      markup.element(.body) { writeBody(page, into: &$0) }
    }
    return markup.output.bytes
  }

  private func writeHead(_ page: SitePage, into markup: inout Markup) {
    markup.element(.meta, [.charset: "utf-8"])
    markup.element(
      .meta, [.name: "viewport", .content: "width=device-width, initial-scale=1"])
    markup.element(.meta, [.name: "color-scheme", .content: "light dark"])
    if let seconds = page.frame.refresh {
      markup.element(.meta, [.equivalent: "refresh", .content: String(seconds)])
    }
    markup.element(.title, page.title + " · errata")
    markup.load(style: page.frame.style, script: page.frame.script)
  }

  private func writeBody(_ page: SitePage, into markup: inout Markup) {
    var forms = FormMarkup()
    markup.skip(to: "main", "Skip to the content")
    markup.element(.header, [.class: "site"]) { markup in
      markup.element(.div, [.class: "bar"]) { markup in
        markup.link(to: page.frame.home, [.class: "name"], "errata")
        markup.element(.nav, [.label: "Pages"]) { $0.write(page.frame.pages) }
        forms.write(page.frame.search, named: "search", into: &markup)
      }
    }
    markup.element(.main, [.id: "main", .tabindex: "-1"]) { markup in
      markup.element(.div, [.class: "head"]) { markup in
        markup.element(.h1, page.title)
        for note in page.notes { markup.element(.p) { $0.write(note.text, note.next) } }
      }
      var charts = 0
      for part in page.parts {
        switch part {
        case .section(let section): markup.write(section, charts: &charts)
        case .notice(let text, let detail, let link, let tone):
          markup.writeNotice(text, detail, link, tone)
        case .links(let name, let links):
          markup.element(.nav, [.class: "ways", .label: name]) { $0.write(links) }
        case .form(let form): forms.write(form, named: "asks", into: &markup)
        case .copy(let text, let heading):
          markup.element(.details, [.class: "copy"]) { markup in
            markup.element(.summary, heading)
            markup.element(.pre, [.tabindex: "0"]) { $0.lines(text) }
          }
        }
      }
    }
    markup.element(.footer, [.class: "site"]) { markup in
      markup.element(.nav, [.label: "This page"]) { $0.write(page.frame.foot) }
      markup.element(.p, "errata, \(ThisRelease.version)")
      forms.write(page.frame.zone, named: "zone", into: &markup)
    }
  }
}

extension Markup {
  fileprivate mutating func write(_ links: [Link]) {
    element(.ul) { markup in
      for link in links {
        markup.element(.li) { markup in
          markup.link(to: link.address, [.current: link.isCurrent ? "page" : nil], link.text)
        }
      }
    }
  }

  fileprivate mutating func writeNotice(
    _ text: String, _ detail: String?, _ link: Link?, _ tone: Tone
  ) {
    let names = ["notice", tone.name].compactMap { $0 }.joined(separator: " ")
    element(.div, [.class: names, .role: tone == .bad ? "alert" : "note"]) { markup in
      markup.element(.p) { $0.element(.b, text) }
      if detail == nil, link == nil { return }
      markup.element(.p) { markup in
        if let detail { markup.text(detail + (link == nil ? "" : " ")) }
        if let link { markup.link(to: link.address, link.text) }
      }
    }
  }
}

/// Forms as they are written; each input of a page has a name of its own.
private struct FormMarkup {
  private var count = 0

  mutating func write(_ form: Form, named sort: String, into markup: inout Markup) {
    // A browser leaves out what the address of a form asks.
    var address = form.address
    address.parameters = []
    let first = count
    count += form.inputs.count
    markup.form(
      to: address, [.class: sort, .role: sort == "search" ? "search" : nil, .label: form.name]
    ) { markup in
      for (name, value) in form.address.parameters + form.kept {
        markup.element(.input, [.type: "hidden", .name: name, .value: value])
      }
      for (place, input) in form.inputs.enumerated() {
        markup.element(.div, [.class: "input"]) {
          write(input, "input-\(first + place)", into: &$0)
        }
      }
      markup.element(.button, [.type: "submit"], form.button)
    }
  }

  private func write(_ input: Form.Input, _ id: String, into markup: inout Markup) {
    let hint = input.hint.map { _ in "\(id)-hint" }
    markup.element(.label, [.for: id], input.label)
    switch input.sort {
    case .line(let suggestions):
      let list = suggestions.isEmpty ? nil : "\(id)-list"
      markup.element(
        .input,
        [
          .type: "text", .id: id, .name: input.name, .value: input.value, .list: list,
          .autocomplete: "off", .spellcheck: "false", .placeholder: input.example,
          .describedBy: hint,
        ])
      if let list {
        markup.element(.datalist, [.id: list]) { markup in
          for suggestion in suggestions { markup.element(.option, [.value: suggestion]) }
        }
      }
    case .choice(let choices):
      markup.element(.select, [.id: id, .name: input.name, .describedBy: hint]) { markup in
        for (value, name) in choices {
          markup.element(
            .option, [.value: value, .selected: value == input.value ? "selected" : nil], name)
        }
      }
    case .text(let rows):
      markup.element(
        .textarea,
        [
          .id: id, .name: input.name, .rows: String(rows), .autocomplete: "off",
          .spellcheck: "false", .placeholder: input.example, .describedBy: hint,
        ]
      ) { $0.typed(input.value) }
    }
    if let hint, let words = input.hint {
      markup.element(.p, [.id: hint, .class: "hint"], words)
    }
  }
}
