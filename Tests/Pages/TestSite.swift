import Files
import Foundation
import FoundationXML
import Ingest
import Pages
import Profiles
import Questions
import Reports
import SQLite
import Store
import Testing
import Times

/// The pages of a log that was imported into a fresh store; it goes when the test is over.
final class TestSite {
  let folder: URL
  let store: Store
  let site: Site
  /// What links begin with.
  static let root = "/t0ken"

  /// An error as whoever runs a site puts it in words.
  private static func words(_ error: any Error) -> (message: String, detail: String?) {
    switch error {
    case let error as TimeError: (error.message, error.hint)
    case let error as StoreError: (error.message, nil)
    case let error as QuestionError: (error.message, nil)
    default: ("\(error)", nil)
    }
  }

  /// - Parameters:
  ///   - zone: the one that the site shows times in.
  ///   - isStopped: whether what goes wrong did so as it took too long.
  init(_ lines: [String], zone: Zone = .utc, isStopped: Bool = false) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "errata-pages-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let store = Store(path: folder.appending(path: "errata.db").path)
    self.store = store
    let catalog = try Catalog()
    site = Site(
      open: {
        let reader = try StoreReader(store)
        return Site.Shelf(
          archive: reader,
          finder: { zone, scope in
            let recall = LineRecall(
              catalog, seed: reader.seed, origins: reader)
            return Finder(
              reader, catalog: { catalog }, zone: zone, scope: scope,
              hash: { id, seed in id.withBytes { identifierHash($0, seed: seed) } },
              line: recall.search)
          },
          isStopped: { isStopped })
      },
      catalog: catalog, zone: zone,
      surroundings: Site.Surroundings(
        now: { 1_794_830_400_000 }, words: TestSite.words,
        nearest: { name, names in names.first { $0.prefix(3) == name.prefix(3) } },
        longText: "Use the terminal."))
    try add(lines)
  }

  deinit {
    try? FileManager.default.removeItem(at: folder)
  }

  /// Imports more lines.
  func add(_ lines: [String]) throws {
    let log = folder.appending(path: "\(UUID()).log")
    try (lines.joined(separator: "\n") + "\n").write(to: log, atomically: true, encoding: .utf8)
    let importer = try Importer(
      ledger: StoreLedger(store), catalog: Catalog(), options: .init()
    ) { _ in true }
    try importer.run(Input.list([log.path], excluding: []).inputs)
  }

  /// Changes the store behind errata's back.
  func change(_ sql: String) throws {
    try Connection(path: store.path, access: .write).execute(sql)
  }

  func page(_ path: String, _ parameters: [(String, String)] = []) -> Page {
    site.page(
      for: PageRequest(
        path: path, parameters: parameters.map { (name: $0.0, value: $0.1) }, root: TestSite.root))
  }

  /// A page of HTML, read by a strict parser.
  func html(_ path: String, _ parameters: [(String, String)] = []) throws -> HTML {
    try HTML(page(path, parameters))
  }
}

/// A page as a parser of XML reads it: it must be well-formed.
struct HTML {
  struct Element {
    var name: String
    var attributes: [String: String]
  }

  let status: Int
  let text: String
  let elements: [Element]
  /// Its links with their words.
  let anchors: [(href: String, text: String)]

  init(_ page: Page) throws {
    status = page.status
    #expect(page.type == "text/html; charset=utf-8")
    let reader = Reader()
    let parser = XMLParser(data: Data(page.body))
    parser.delegate = reader
    try #require(parser.parse(), "\(String(decoding: page.body, as: UTF8.self))")
    text = reader.text
    elements = reader.elements
    anchors = reader.anchors
  }

  /// Where its links lead.
  var links: [String] { elements.filter { $0.name == "a" }.compactMap { $0.attributes["href"] } }

  private final class Reader: NSObject, XMLParserDelegate {
    var elements: [Element] = []
    var text = ""
    var anchors: [(href: String, text: String)] = []
    private var isInAnchor = false

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
      qualifiedName: String?, attributes: [String: String]
    ) {
      elements.append(Element(name: name, attributes: attributes))
      if name == "a" {
        anchors.append((attributes["href"] ?? "", ""))
        isInAnchor = true
      }
    }

    func parser(
      _ parser: XMLParser, didEndElement name: String, namespaceURI: String?,
      qualifiedName: String?
    ) {
      if name == "a" { isInAnchor = false }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
      text += string
      if isInAnchor { anchors[anchors.count - 1].text += string }
    }
  }
}

/// A line of a gateway's log.
func line(
  _ time: String, _ vendor: String, _ status: Int, code: String? = nil, id: String? = nil
) -> String {
  var members = [#""time":"\#(time)""#, #""vendor":"\#(vendor)""#, #""status":\#(status)"#]
  members.append(#""consumer":"shop","route":"/a""#)
  if let id { members.append(#""request_id":"\#(id)""#) }
  if let code { members.append(#""body":{"error":{"code":"\#(code)"}}"#) }
  return "{\(members.joined(separator: ","))}"
}

/// Some days of two vendors.
let fewDays =
  (1...9).flatMap { day in
    (0..<24).map { hour in
      line(
        "2026-11-0\(day)T\(hour < 10 ? "0" : "")\(hour):10:00Z", "mimicbot",
        hour == 9 ? 503 : 200, code: hour == 9 ? "UPSTREAM_UNAVAILABLE" : nil,
        id: "req_\(day)00000000000000000\(hour < 10 ? "0" : "")\(hour)")
    }
  } + [
    line("2026-11-09T12:00:00Z", "zihin", 429, code: "rate_limit_exceeded", id: "abc-1234567")
  ]
