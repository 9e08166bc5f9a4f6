import Glibc

/// Writes one Swift file that holds the text of others, `Embed OUTPUT FILE…`, or the commit that git's
/// log of its head ends with: `Embed --commit OUTPUT [LOG]`.
@main
struct Embed {
  static func main() {
    let arguments = CommandLine.arguments
    guard arguments.count >= 2 else { fail("usage: Embed OUTPUT FILE…") }
    if arguments[1] == "--commit", arguments.count >= 3 {
      return write(
        commit(in: arguments.count > 3 ? text(of: arguments[3]) : ""), to: arguments[2])
    }
    var output = "/// The files of this module's folder, put in at build time, by name.\n"
    output +=
      "enum Embedded {\n  static let files: [(name: StaticString, text: StaticString)] = [\n"
    for path in arguments.dropFirst(2) {
      let name = path.split(separator: "/").last.map(String.init) ?? path
      let folder = path.split(separator: "/").dropLast().last.map(String.init) ?? ""
      output += "    (\"\(folder)/\(name)\", ####\"\"\"\n\(text(of: path))\n\"\"\"####),\n"
    }
    output += "  ]\n}\n"
    write(output, to: arguments[1])
  }

  /// Each line of the log names the commit before and the one after, then who moved the head.
  private static func commit(in log: String) -> String {
    let words = log.split(separator: "\n").last?.split(separator: " ") ?? []
    let hash = words.count > 1 && words[1].count >= 40 ? String(words[1].prefix(9)) : nil
    return """
      /// Where in its history this was built from.
      enum Commit {
        /// The beginning of its hash; nil where there is no history.
        static let short: String? = \(hash.map { "\"\($0)\"" } ?? "nil")
      }

      """
  }

  private static func text(of path: String) -> String {
    guard let file = fopen(path, "r") else { fail("cannot read \(path)") }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65536)
    while true {
      let count = fread(&chunk, 1, chunk.count, file)
      if count == 0 { break }
      bytes.append(contentsOf: chunk[..<count])
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func write(_ text: String, to path: String) {
    guard let file = fopen(path, "w") else { fail("cannot write \(path)") }
    let complete = fputs(text, file) >= 0
    if fclose(file) != 0 || !complete { fail("cannot write \(path)") }
  }

  private static func fail(_ message: String) -> Never {
    print(message)
    exit(1)
  }
}
