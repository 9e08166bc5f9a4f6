import Foundation
import Testing

@testable import Channels

@Suite struct SendmailTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  /// What comes of a letter to a program of these lines.
  private func send(_ script: String, _ change: (inout Sender) -> Void = { _ in }) throws
    -> ChannelError?
  {
    let file = folder.appending(path: "sendmail")
    try Data("#!/bin/sh\ncd '\(folder.path)'\n\(script)\n".utf8).write(to: file)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
    var sender = Sender()
    sender.folders = ["relative", folder.path]
    sender.patience = 300
    change(&sender)
    let route = try sender.look(at: Channel("mail:ops@example.org"))
    do throws(ChannelError) {
      try sender.send(Array("To: ops@example.org\n\n.\nend\n".utf8), key: "1", to: route)
      return nil
    } catch {
      return error
    }
  }

  private func text(_ name: String) throws -> String {
    try String(contentsOf: folder.appending(path: name), encoding: .utf8)
  }

  @Test func `a letter is handed over whole, its address beside it`() throws {
    #expect(try send("cat > letter; printf '%s,' \"$@\" > arguments; echo \"$HOME\" > home") == nil)
    #expect(try text("letter") == "To: ops@example.org\n\n.\nend\n")
    #expect(try text("arguments") == "-i,ops@example.org,")
    #expect(try text("home") == (ProcessInfo.processInfo.environment["HOME"] ?? "") + "\n")
  }

  @Test func `a program that does not read does no harm`() throws {
    #expect(try send("exit 0") == nil)
  }

  @Test func `what a program refuses is told in its words`() throws {
    let error = try send("echo 'no such user' >&2; echo more; exit 67")
    #expect(error?.cause == .refused(67))
    #expect(error?.message.hasSuffix("which ended with 67: no such user") == true)
  }

  @Test func `one that wants to be asked again is`() throws {
    let error = try send("[ -e once ] && exit 0; touch once; exit 75") { $0.patience = 5000 }
    #expect(error == nil)
  }

  @Test func `one that says too much or takes too long is not waited for`() throws {
    #expect(try send("yes | head -c 3000000; exit 1")?.cause == .refused(1))
    let start = ContinuousClock.now
    #expect(try send("yes & sleep 600") { $0.tryTime = 300 }?.cause == .doubt)
    #expect(try send("kill -9 $$")?.cause == .doubt)
    #expect(ContinuousClock.now - start < .seconds(20))
  }
}
