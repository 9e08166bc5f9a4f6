import Files
import Foundation
import Testing

/// A file that is there when it is whole, and not before.
@Suite struct FileDraftTests {
  private let files: TestFolder

  init() throws { files = try TestFolder() }

  private func path(_ name: String) -> String { files.path(name) }
  private func text(_ name: String) -> String? {
    try? String(contentsOfFile: path(name), encoding: .utf8)
  }
  private func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: files.path).sorted()
  }
  private func mode(_ name: String) -> mode_t {
    var status = stat()
    return stat(path(name), &status) == 0 ? status.st_mode & 0o7777 : 0
  }
  private func write(_ text: String, to path: String, mode: mode_t? = nil) throws {
    let draft = try FileDraft(of: path, mode: mode)
    #expect(Glibc.write(draft.descriptor, text, text.utf8.count) == text.utf8.count)
    try draft.place()
  }

  @Test func `the old file stays until the new one has its name`() throws {
    try write("old", to: path("a"))
    let draft = try FileDraft(of: path("a"))
    #expect(Glibc.write(draft.descriptor, "new", 3) == 3)
    #expect(text("a") == "old")
    #expect(mode(String(draft.path.split(separator: "/").last ?? "")) == 0o600)
    try draft.place()
    #expect(text("a") == "new")
    #expect(try names() == ["a"])
  }

  @Test func `one that is to be new takes no other file's place`() throws {
    let draft = try FileDraft(of: path("a"))
    try write("old", to: path("a"))
    #expect(throws: SystemError(EEXIST)) { try draft.place(isNew: true) }
    #expect(text("a") == "old")
    try FileDraft(of: path("b"), mode: 0o600).place(isNew: true)
    #expect(text("b") == "")
    #expect(mode("b") == 0o600)
  }

  @Test func `what is not placed leaves nothing`() throws {
    try write("old", to: path("a"))
    _ = try FileDraft(of: path("a"))
    #expect(text("a") == "old")
    #expect(try names() == ["a"])
  }

  @Test func `a new file has the usual mode, another the one that was there, or the one wanted`()
    throws
  {
    try write("", to: path("new"))
    let mask = umask(0)
    umask(mask)
    #expect(mode("new") == 0o666 & ~mask)
    chmod(path("new"), 0o640)
    try write("", to: path("new"))
    #expect(mode("new") == 0o640)
    try write("", to: path("new"), mode: 0o600)
    #expect(mode("new") == 0o600)
  }

  @Test func `a link stays a link, also one to nothing`() throws {
    mkdir(path("inner"), 0o700)
    try write("old", to: path("inner/a"))
    symlink("inner/a", path("first"))
    symlink("first", path("second"))
    try write("new", to: path("second"))
    #expect(text("inner/a") == "new")
    symlink("inner/none", path("third"))
    try write("made", to: path("third"))
    #expect(text("inner/none") == "made")
    for name in ["first", "second", "third"] {
      #expect(FileManager.default.fileExists(atPath: path(name)))
      #expect((try? FileManager.default.destinationOfSymbolicLink(atPath: path(name))) != nil)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: path("inner")).count == 2)
  }

  @Test func `another name of the old file keeps what it had`() throws {
    try write("old", to: path("a"))
    link(path("a"), path("b"))
    try write("new", to: path("a"))
    #expect(text("a") == "new")
    #expect(text("b") == "old")
  }

  @Test func `links in a circle, folders and places that are not there are refused`() throws {
    symlink("b", path("a"))
    symlink("a", path("b"))
    #expect(throws: SystemError(ELOOP)) { try FileDraft(of: path("a")) }
    #expect(throws: SystemError(EISDIR)) { try FileDraft(of: files.path) }
    #expect(throws: SystemError(ENOENT)) { try FileDraft(of: path("none/a")) }
    try write("", to: path("file"))
    #expect(throws: SystemError(ENOTDIR)) { try FileDraft(of: path("file/a")) }
  }

  @Test func `what a killed process left is in nobody's way`() throws {
    try Data("left".utf8).write(to: URL(fileURLWithPath: path(".errata-\(getpid())-0.partial")))
    try write("new", to: path("a"))
    #expect(text("a") == "new")
    #expect(text(".errata-\(getpid())-0.partial") == "left")
  }

  @Test func `two paths of one file are one spot, whether it is there or not`() throws {
    symlink("a", path("link"))
    #expect(FileSpot(path: path("a")) == FileSpot(path: path("link")))
    #expect(FileSpot(path: path("a")) == FileSpot(path: files.path + "/./a"))
    #expect(FileSpot(path: path("a")) != FileSpot(path: path("b")))
    try write("", to: path("a"))
    link(path("a"), path("b"))
    #expect(FileSpot(path: path("b")) == FileSpot(path: path("link")))
    #expect(FileSpot(path: path("none/a")) == nil)
  }

  @Test(
    arguments: [
      ("/dev/stdout", 1), ("/dev/fd/7", 7), ("/proc/self/fd/2", 2), ("/dev/fd/x", nil),
      ("/dev/null", nil), ("/dev/fd/-1", nil), ("/proc/1/fd/1", nil),
    ] as [(String, Int32?)])
  func `some paths are descriptors`(path: String, descriptor: Int32?) {
    #expect(FilePath.descriptor(of: path) == descriptor)
  }
}
