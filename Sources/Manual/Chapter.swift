/// A chapter of the manual: one Markdown file of this folder.
///
/// Its first line is `# Title: summary`.
package struct Chapter: Sendable {
  /// The file's name without its ending; how `errata help` knows it.
  package let name: String
  package let title: String
  /// What it is about: a line, without a full stop.
  package let summary: String
  private let source: StaticString

  /// All of them, in the order of their names.
  package static let all: [Chapter] = Embedded.files.map {
    Chapter(file: $0.name, text: $0.text)
  }
  .sorted { $0.name < $1.name }

  package init(file: StaticString, text: StaticString) {
    let file = "\(file)"
    let base = file.split(separator: "/").last.map(String.init) ?? file
    name = base.hasSuffix(".md") ? String(base.dropLast(3)) : base
    source = text
    // Help names all chapters, and reads no more of each than its first line.
    let bytes = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    let line = String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    let parts = line.drop { $0 == "#" || $0 == " " }.split(separator: ":", maxSplits: 1)
    title = parts.first.map(String.init) ?? name
    summary = parts.count > 1 ? String(parts[1].drop { $0 == " " }) : ""
  }

  /// As it stands in its file.
  package var markdown: String { "\(source)" }

  /// What follows the first line.
  var blocks: [Block] { Array(Block.all(in: markdown).dropFirst()) }
}
