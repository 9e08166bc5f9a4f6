import Files
import Foundation
import Testing

@testable import Server

@Suite struct TokenTests {
  /// A folder that goes with the test.
  private final class Folder {
    let path = NSTemporaryDirectory() + "errata-token-\(UUID().uuidString)"

    init() throws {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    var file: String { path + "/token" }

    func write(_ text: String, mode: mode_t = 0o600) throws {
      try Data(text.utf8).write(to: URL(filePath: file))
      chmod(file, mode)
    }

    var names: [String] {
      get throws { try FileManager.default.contentsOfDirectory(atPath: path) }
    }
  }

  @Test func `tokens are 32 hexadecimal digits, and no two are the same`() {
    let tokens = (0..<1000).map { _ in Token().text }
    #expect(Set(tokens).count == 1000)
    #expect(tokens.allSatisfy { Token($0) != nil })
    // Each bit is random: none is the same in a thousand.
    for place in 0..<32 {
      #expect(Set(tokens.map { Array($0.utf8)[place] }).count == 16)
    }
  }

  @Test func `a token matches itself alone`() throws {
    let token = Token()
    #expect(token.matches(token.text))
    for place in 0..<32 {
      var other = Array(token.text.utf8)
      other[place] ^= 1
      #expect(!token.matches(String(decoding: other, as: UTF8.self)))
    }
    #expect(!token.matches(""))
    #expect(!token.matches(token.text + "0"))
    #expect(!token.matches(String(token.text.dropLast())))
  }

  @Test func `a token is kept in a file of its owner's alone`() throws {
    let folder = try Folder()
    let token = try TokenFile.token(at: folder.file)
    #expect(try TokenFile.token(at: folder.file) == token)
    let status = try #require(stat(path: folder.file))
    #expect(status.st_mode & 0o777 == 0o600)
    #expect(try String(contentsOfFile: folder.file, encoding: .utf8) == token.text + "\n")
    #expect(try folder.names == ["token"], "nothing is left beside it")
  }

  @Test(arguments: [0o640, 0o604, 0o620, 0o660, 0o644] as [mode_t])
  func `a file that others may read or write is refused`(_ mode: mode_t) throws {
    let folder = try Folder()
    try folder.write(Token().text, mode: mode)
    #expect(throws: TokenFile.Failure.shared) { try TokenFile.token(at: folder.file) }
  }

  @Test(arguments: [
    "", "\n", "abc", String(repeating: "g", count: 32), String(repeating: "a", count: 31),
    String(repeating: "a", count: 33), String(repeating: "A", count: 32),
    String(repeating: "a", count: 32) + "\n\n", String(repeating: "a", count: 5000),
  ])
  func `a file without a token in it is refused, and stays as it was`(_ text: String) throws {
    let folder = try Folder()
    try folder.write(text)
    #expect(throws: TokenFile.Failure.damaged) { try TokenFile.token(at: folder.file) }
    #expect(try String(contentsOfFile: folder.file, encoding: .utf8) == text)
  }

  @Test func `what is no file is refused, and nothing is waited for`() throws {
    let folder = try Folder()
    #expect(throws: TokenFile.Failure.noFile(.folder)) { try TokenFile.token(at: folder.path) }
    mkfifo(folder.file, 0o600)
    #expect(throws: TokenFile.Failure.noFile(.pipe)) { try TokenFile.token(at: folder.file) }
    #expect(throws: TokenFile.Failure.system(SystemError(ENOENT))) {
      try TokenFile.token(at: folder.path + "/none/token")
    }
  }
}
