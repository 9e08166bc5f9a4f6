import Foundation
import Testing

/// What README.md and the manual's chapters show is what happens.
///
/// Each is read from top to bottom in a folder of its own, in which the demo's log stands. A block
/// that names a file, as in ` ```json edge.json `, is written to it; the commands of `console` blocks
/// are run, and their output is compared, standard output and standard error together as on a
/// terminal.
struct ReadmeTests {
  @Test(arguments: try Page.all)
  func `every command of a page prints what it says there`(page: Page) throws {
    let sandbox = try Sandbox()
    for block in page.blocks {
      if let file = block.file {
        try sandbox.write(block.lines.joined(separator: "\n") + "\n", to: file)
      } else if block.language == "console" {
        try check(Transcript(block.lines).steps, in: sandbox, of: page)
      }
    }
  }

  private func check(_ steps: [Transcript.Step], in sandbox: Sandbox, of page: Page) throws {
    #expect(!steps.isEmpty)
    for step in steps {
      let outcome = try sandbox.run("exec 2>&1; \(step.command)")
      if let difference = Transcript.difference(of: outcome.output, from: step.output) {
        Issue.record("\(page.path): $ \(step.command)\n\(difference)")
      }
    }
  }

  @Test func `every command is run in the README or a chapter`() throws {
    let steps = try Page.all.flatMap(\.blocks).filter { $0.language == "console" }
      .flatMap { Transcript($0.lines).steps }
    for command in try Sandbox().commands {
      let isRun = steps.contains { "\($0.command) ".contains("errata \(command) ") }
      #expect(isRun, "no page runs errata \(command)")
    }
  }

  @Test func `every file that a page names is there`() throws {
    for page in try Page.all + [Page("CONTRIBUTING.md")] {
      for link in page.text.matches(of: /\]\(([A-Za-z.][^):#]*)\)/).map({ String($0.1) }) {
        let file = page.file.deletingLastPathComponent().appendingPathComponent(link)
        let isThere = FileManager.default.fileExists(atPath: file.path)
        #expect(isThere, "\(page.path): there is no \(link)")
      }
    }
  }

  @Test func `the README is short, and leads to every chapter`() throws {
    let readme = try Page("README.md")
    #expect(readme.text.split(separator: "\n", omittingEmptySubsequences: false).count <= 201)
    for chapter in try Page.chapters {
      #expect(readme.text.contains("](\(chapter.path))"), "README.md does not name \(chapter.path)")
    }
  }

  @Test func `a chapter that says errata help NAME names a chapter or a command`() throws {
    let sandbox = try Sandbox()
    let known = try Set(sandbox.commands + sandbox.chapters)
    for page in try Page.all + [Page("CONTRIBUTING.md")] {
      for name in page.text.matches(of: /errata help ([a-z-]+)/).map({ String($0.1) }) {
        #expect(known.contains(name), "\(page.path): errata help \(name)")
      }
    }
  }
}

/// A page of Markdown in the repository.
struct Page: CustomTestStringConvertible, Sendable {
  /// What stands between fences.
  struct Block {
    let language: String
    /// The file that the block is.
    let file: String?
    var lines: [Substring] = []
  }

  let path: String
  let text: String

  init(_ path: String) throws {
    self.path = path
    text = try Repository.text(of: Repository.root.appendingPathComponent(path))
  }

  static var chapters: [Page] {
    get throws {
      let folder = "Sources/Manual"
      let names = try Repository.names(
        in: Repository.root.appendingPathComponent(folder), ending: ".md")
      return try names.map { try Page("\(folder)/\($0)") }
    }
  }

  /// The README and the chapters.
  static var all: [Page] {
    get throws { try [Page("README.md")] + chapters }
  }

  var testDescription: String { path }
  var file: URL { Repository.root.appendingPathComponent(path) }

  var blocks: [Block] {
    var blocks: [Block] = []
    var isInside = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        let words = line.dropFirst(3).split(separator: " ").map(String.init)
        if !isInside {
          blocks.append(
            Block(language: words.first ?? "", file: words.count > 1 ? words[1] : nil))
        }
        isInside.toggle()
      } else if isInside {
        blocks[blocks.count - 1].lines.append(line)
      }
    }
    return blocks
  }
}

extension Sandbox {
  /// The names of all commands, from the help.
  var commands: [String] {
    get throws { try names(under: "Commands:") }
  }

  /// The names of the manual's chapters, from the help.
  var chapters: [String] {
    get throws { try names(under: "Chapters of the manual:") }
  }

  private func names(under heading: String) throws -> [String] {
    let lines = try output("errata help").split(separator: "\n", omittingEmptySubsequences: false)
    let list = lines.drop { $0 != heading }.dropFirst().prefix { !$0.isEmpty }
    // A line that goes on with the one above has no name.
    return list.filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }
      .compactMap { $0.split(separator: " ").first.map(String.init) }
  }
}
