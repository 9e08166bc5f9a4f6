import Glibc

/// Writes one Swift file that holds the text of others: `Embed OUTPUT NAME FILE…`.
@main
struct Embed {
  static func main() {
    let arguments = CommandLine.arguments
    guard arguments.count >= 2 else { fail("usage: Embed OUTPUT FILE…") }
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
