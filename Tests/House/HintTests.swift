import Foundation
import Testing

/// What is typed to errata is known to `errata` and to the parser of its arguments: all other rooms
/// say what could be done, and these two how. A page or a service would say it otherwise.
@Suite struct HintTests {
  private static let sources = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Sources")
  private static let speakers = ["errata", "Arguments"]

  private let commands: Set<String>
  private let options: Set<String>

  init() throws {
    let own = try Self.speakers.flatMap { try Self.files(in: $0) }
    commands = Set(own.flatMap { Self.names(of: "Command", in: $0.source) })
    options = Set(own.flatMap { Self.names(of: "Option", in: $0.source) })
  }

  @Test func `the commands and options are those that help lists`() {
    #expect(commands.isSuperset(of: ["import", "find", "report", "verify", "queries", "help"]))
    #expect(options.isSuperset(of: ["store", "format", "since", "top", "repair", "max-line"]))
  }

  @Test func `no other room names a command or an option`() throws {
    let rooms = try FileManager.default.contentsOfDirectory(atPath: Self.sources.path)
    var read = 0
    for room in rooms where !Self.speakers.contains(room) {
      for (name, source) in try Self.files(in: room) {
        let named = SwiftTexts(in: source).texts.flatMap(names)
        #expect(named == [], "\(name)")
        read += 1
      }
    }
    #expect(read > 200)
  }

  @Test(arguments: [
    (#""run errata verify""#, ["errata verify"]),
    (#""run errata " + "verify""#, ["errata verify"]),
    ("\"\"\"\n  run errata\n  verify\n  \"\"\"", ["errata verify"]),
    (#""use --store or --since=x""#, ["--store", "--since"]),
    (#""a \(b ? "errata find ID" : "") c""#, ["errata find"]),
    (##"#"say "errata help" \(no)"#"##, ["errata help"]),
    (#""errata \(command)""#, [#"errata \(…)"#]),
    (#"let a = 1 // "errata verify""#, []),
    (#"/* "--store" */ "--user and xz --storeless""#, []),
    (#""no errata store; what errata made, another errata""#, []),
  ])
  func `texts are found where they stand, and comments are none`(source: String, found: [String]) {
    #expect(SwiftTexts(in: source).texts.flatMap(names) == found)
  }

  /// What a text names: `errata` with a command or with what is put in behind it, and options.
  private func names(in text: String) -> [String] {
    let command = text.matches(of: /errata\s+([a-z]+(?:-[a-z]+)*|\\\(…\))/)
      .filter { commands.contains(String($0.1)) || $0.1.hasPrefix("\\") }
      .map { "errata \($0.1)" }
    let option = text.matches(of: /--([a-z][a-z-]*)/)
      .filter { options.contains(String($0.1)) }
      .map { "--\($0.1)" }
    return command + option
  }

  /// The names in `Command("…"` and `Option("…"`.
  private static func names(of type: String, in source: String) -> [String] {
    source.matches(of: /\b(Command|Option)\(\s*"([a-z-]+)"/)
      .filter { $0.1 == type }.map { String($0.2) }
  }

  private static func files(in room: String) throws -> [(name: String, source: String)] {
    let folder = sources.appending(path: room)
    let names = FileManager.default.enumerator(atPath: folder.path)
    var files: [(name: String, source: String)] = []
    for case let name as String in names ?? .init() where name.hasSuffix(".swift") {
      let source = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      files.append(("\(room)/\(name)", source))
    }
    return files
  }
}
