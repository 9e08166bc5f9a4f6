import Foundation
import Testing

@testable import Channels

@Suite struct AddressFileTests {
  private func read(
    _ text: String, mode: Int = 0o600
  ) throws -> (address: Result<WebAddress, ChannelError>, warnings: [String]) {
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try Data(text.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
    var warnings: [String] = []
    let address = Result { () throws(ChannelError) in
      try WebAddress(file: file.path) { message, hint in
        warnings.append(message.replacingOccurrences(of: file.path, with: "FILE"))
      }
    }
    return (address, warnings)
  }

  @Test(arguments: [
    "https://h.test/a", "\n  https://h.test/a  \r\n", "# Slack, #ops\n\nhttps://h.test/a\nmore",
  ])
  func `the first line that says something is the address`(text: String) throws {
    #expect(try read(text).address.get().secret == "https://h.test/a")
  }

  @Test func `a file that others may read is warned of, and read`() throws {
    #expect(try read("https://h.test/a", mode: 0o600).warnings == [])
    for mode in [0o640, 0o604, 0o660] {
      let (address, warnings) = try read("https://h.test/a", mode: mode)
      #expect(try address.get().words == "https://h.test")
      #expect(warnings == ["FILE may be read by others, and whoever reads it may send there"])
    }
  }

  @Test(arguments: ["", "# nothing\n", "secret-without-scheme", "http://h.test/secret-path"])
  func `a file without an address is told, and not what it holds`(text: String) throws {
    guard case .failure(let error) = try read(text).address else {
      Issue.record("taken")
      return
    }
    #expect(error.cause == .address)
    #expect(!error.message.contains("secret") && error.hint?.contains("secret") == false)
  }

  @Test func `a file that is not there, a folder and a large one are told`() throws {
    for path in ["/nowhere/at/all", "/tmp", "/dev/zero"] {
      let error = #expect(throws: ChannelError.self) {
        try WebAddress(file: path) { _, _ in }
      }
      #expect(error?.cause == .address && error?.message.contains(path) == true)
    }
    guard case .failure(let error) = try read(String(repeating: "x", count: 1 << 15)).address else {
      Issue.record("taken")
      return
    }
    #expect(error.cause == .address)
  }
}
