import Foundation
import Testing

/// What README.md shows is what happens: its `console` blocks run from top to bottom in one folder,
/// and their output is compared, standard output and standard error together as on a terminal.
struct ReadmeTests {
  @Test func `every command of the README prints what it says there`() throws {
    let sandbox = try Sandbox()
    let blocks = try consoleBlocks()
    #expect(blocks.count > 5)
    for step in blocks.flatMap({ Transcript($0).steps }) {
      let outcome = try sandbox.run("exec 2>&1; \(step.command)")
      if let difference = Transcript.difference(of: outcome.output, from: step.output) {
        Issue.record("README.md: $ \(step.command)\n\(difference)")
      }
    }
  }

  @Test func `every command is shown in the README`() throws {
    let readme = try Repository.text(of: Repository.root.appendingPathComponent("README.md"))
    for command in try Sandbox().commands {
      let isShown = readme.contains("errata \(command)")
      #expect(isShown, "README.md does not show errata \(command)")
    }
  }

  @Test func `every file that the README names is there`() throws {
    let readme = try Repository.text(of: Repository.root.appendingPathComponent("README.md"))
    let links = readme.matches(of: /\]\(([A-Za-z][^):#]*)\)/).map { String($0.1) }
    for link in links {
      let path = Repository.root.appendingPathComponent(link).path
      #expect(FileManager.default.fileExists(atPath: path), "README.md: there is no \(link)")
    }
  }

  private func consoleBlocks() throws -> [[Substring]] {
    let readme = try Repository.text(of: Repository.root.appendingPathComponent("README.md"))
    var blocks: [[Substring]] = []
    var isInside = false
    for line in readme.split(separator: "\n", omittingEmptySubsequences: false) {
      if line == "```console" {
        isInside = true
        blocks.append([])
      } else if line == "```" {
        isInside = false
      } else if isInside {
        blocks[blocks.count - 1].append(line)
      }
    }
    return blocks
  }
}

extension Sandbox {
  /// The names of all commands, from the help.
  var commands: [String] {
    get throws {
      let lines = try output("errata help").split(
        separator: "\n", omittingEmptySubsequences: false)
      let list = lines.drop { $0 != "Commands:" }.dropFirst().prefix { !$0.isEmpty }
      return list.compactMap { $0.split(separator: " ").first.map(String.init) }
    }
  }
}
