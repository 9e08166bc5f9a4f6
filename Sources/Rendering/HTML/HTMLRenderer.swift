package import Answers
internal import Release

/// The answer as a page that is complete in itself: one file that loads nothing and runs nothing,
/// to be read on a phone, in the dark and on paper.
package struct HTMLRenderer: Renderer {
  package init() {}

  package func render(_ answer: Answer, into output: inout Output) {
    var page = Markup()
    page.documentType()
    page.element(.html, [.lang: "en"]) { page in
      page.element(.head) { writeHead(answer, into: &$0) }
      page.element(.body) { writeBody(answer, into: &$0) }
    }
    page.output.bytes.withUnsafeBufferPointer { output.write($0) }
  }

  /// What the page may do: be seen in its own style.
  private static let policy =
    "default-src 'none'; style-src '\(Stylesheet.digest)'; base-uri 'none'; form-action 'none'"

  private func writeHead(_ answer: Answer, into page: inout Markup) {
    page.element(.meta, [.charset: "utf-8"])
    page.element(.meta, [.equivalent: "Content-Security-Policy", .content: Self.policy])
    page.element(
      .meta, [.name: "viewport", .content: "width=device-width, initial-scale=1"])
    page.element(.meta, [.name: "color-scheme", .content: "light dark"])
    page.element(.meta, [.name: "referrer", .content: "no-referrer"])
    page.element(.title, answer.title.isEmpty ? "errata" : answer.title)
    page.style(Stylesheet.text)
  }

  private func writeBody(_ answer: Answer, into page: inout Markup) {
    page.element(.header) { page in
      if !answer.title.isEmpty { page.element(.h1, answer.title) }
      for note in answer.notes { page.words(.p, note.text) }
    }
    var charts = 0
    page.element(.main) { page in
      for section in answer.sections { page.write(section, charts: &charts) }
    }
    page.element(
      .footer,
      "Made by errata, \(ThisRelease.version). This page is one file: it loads nothing, runs nothing."
    )
  }
}
