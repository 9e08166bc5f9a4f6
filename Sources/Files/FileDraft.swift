package import Glibc

/// A new file that is written beside an old one and takes its place once it is complete. Until
/// then, and whatever goes wrong, the old file stays as it was.
///
/// It is private until it has its name. Another name of the old file (a hard link) keeps the old
/// contents.
package final class FileDraft {
  /// Where it stands meanwhile: hidden, in the folder of its target.
  package let path: String
  package private(set) var descriptor: Int32
  private let target: String
  private let old: stat?
  private let mode: mode_t

  /// Makes an empty draft of a file that is to have this path, its last links followed.
  ///
  /// - Parameter mode: its permissions; by default those of the file that stands there, else the
  ///   usual ones of a new file.
  package init(of path: String, mode: mode_t? = nil) throws(SystemError) {
    target = try FilePath.target(of: path)
    try FileDraft.check(target: target)
    old = stat(path: target)
    self.mode = mode ?? old.map { $0.st_mode & 0o7777 } ?? FileDraft.usualMode
    let folder = FilePath.folder(of: target)
    var draft = ""
    var descriptor: Int32 = -1
    // One of the same name may be left from a process that was killed.
    for number in 0..<100 {
      draft = "\(folder)/.errata-\(getpid())-\(number).partial"
      descriptor = draft.withPath { open($0, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600) }
      if descriptor >= 0 || errno != EEXIST { break }
    }
    guard descriptor >= 0 else { throw .last }
    self.path = draft
    self.descriptor = descriptor
    UnfinishedFile.begin(draft)
  }

  deinit {
    guard descriptor >= 0 else { return }
    close(descriptor)
    remove()
  }

  private func remove() {
    _ = path.withPath { unlink($0) }
    UnfinishedFile.end()
  }

  /// What would keep a file of this path from being replaced, found out without writing.
  package static func check(_ path: String) throws(SystemError) {
    try check(target: try FilePath.target(of: path))
  }

  private static func check(target: String) throws(SystemError) {
    if let kind = FileKind(path: target) {
      if kind == .folder { throw SystemError(EISDIR) }
      if target.withPath({ access($0, W_OK) }) != 0 { throw .last }
    }
    // With the dot it is an error of its own that a file is no folder.
    let folder = FilePath.folder(of: target) + "/."
    if folder.withPath({ access($0, W_OK | X_OK) }) != 0 { throw .last }
  }

  /// Puts it into place. Its content is on the disk before it has its name; where that
  /// `isPromised`, its name is on the disk as well. One that `isNew` takes no other file's place: where
  /// one stands by then, this throws EEXIST.
  package func place(isPromised: Bool = false, isNew: Bool = false) throws(SystemError) {
    if let old, old.st_uid != geteuid() || old.st_gid != getegid() {
      // Only who may give files away can; else it is the writer's own.
      _ = fchown(descriptor, old.st_uid, old.st_gid)
    }
    guard fchmod(descriptor, mode) == 0, fsync(descriptor) == 0 || errno == EINVAL else {
      throw .last
    }
    let naming = isNew ? link : rename
    guard path.withPath({ draft in target.withPath { naming(draft, $0) } }) == 0 else {
      throw .last
    }
    if isNew { remove() } else { UnfinishedFile.end() }
    close(descriptor)
    descriptor = -1
    if isPromised { syncFolder() }
  }

  private func syncFolder() {
    let folder = FilePath.folder(of: target).withPath {
      open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    }
    guard folder >= 0 else { return }
    fsync(folder)
    close(folder)
  }

  private static var usualMode: mode_t {
    // There is no other way to ask for it; meanwhile files are private rather than open.
    let mask = umask(0o077)
    umask(mask)
    return 0o666 & ~mask
  }
}
