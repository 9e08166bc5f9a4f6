/// How the page looks: `page.css`, which stands in the page itself.
enum Stylesheet {
  static let text: StaticString =
    Embedded.files.first { $0.name.description.hasSuffix("/page.css") }?.text ?? ""

  /// What allows it, and nothing else, in the page's security policy: of whoever changes the sheet a
  /// test demands its new digest. https://www.w3.org/TR/CSP3/#framework-directive-source-list
  static let digest = "sha256-tuGZOe2Sa0BcJz71NMnwnIRgajOIZhFBdRjDe8pFkaQ="
}
