import Foundation
import FoundationXML

/// A page of HTML as an XML parser reads it: it must be well-formed.
struct Page {
  struct Element: Equatable {
    var name: String
    var attributes: [String: String]
  }

  struct Malformed: Error, CustomStringConvertible {
    var description: String
  }

  let elements: [Element]
  /// All text, that of the style sheet left out.
  let text: String

  init(_ html: String) throws {
    let reader = Reader()
    let parser = XMLParser(data: Data(html.utf8))
    parser.delegate = reader
    guard parser.parse() else {
      throw Malformed(
        description: "line \(parser.lineNumber): \(parser.parserError.map { "\($0)" } ?? "")")
    }
    elements = reader.elements
    text = reader.text
  }

  private final class Reader: NSObject, XMLParserDelegate {
    var elements: [Element] = []
    var text = ""
    private var isStyle = false

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
      qualifiedName: String?, attributes: [String: String]
    ) {
      elements.append(Element(name: name, attributes: attributes))
      isStyle = name == "style"
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
      if !isStyle { text += string }
    }

    func parser(
      _ parser: XMLParser, didEndElement name: String, namespaceURI: String?,
      qualifiedName: String?
    ) {
      isStyle = false
    }
  }
}
