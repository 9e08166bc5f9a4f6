/// How pages look. A page that is a file has `page.css` in itself.
enum Stylesheet {
  static let text = file("/page.css")

  /// What allows it, and nothing else, in the page's security policy: of whoever changes the sheet a
  /// test demands its new digest. https://www.w3.org/TR/CSP3/#framework-directive-source-list
  static let digest = "sha256-K4oWGnPqhjYdLIFNiPZQuO3LzqfoqcnibcGEGe89b+Q="
}

/// The files that pages of a site load.
package enum SiteFiles {
  /// The style of pages, and of what stands around them.
  package static var style: [UInt8] { bytes(Stylesheet.text) + bytes(file("/site.css")) }
  package static var script: [UInt8] { bytes(file("/site.js")) }

  private static func bytes(_ text: StaticString) -> [UInt8] {
    text.withUTF8Buffer { Array($0) }
  }
}

private func file(_ name: String) -> StaticString {
  Embedded.files.first { $0.name.description.hasSuffix(name) }?.text ?? ""
}
