package import Events
internal import Glibc

/// Reads logs as they grow, through rotation, until someone wants it to stop.
///
/// Every log is held open: one that is renamed or removed is read to its end, and for a while longer,
/// as its writer may not know yet. What was not seen because nobody looked is found as in any import:
/// by content.
package final class Follower {
  private let importer: Importer
  private let paths: [String]
  private let excluded: [FileIdentity]
  /// A log whose name is gone is given up after so many seconds without anything new.
  private let silence: Double
  private let watch = FolderWatch()
  private var logs: [FileIdentity: FollowedLog] = [:]
  /// Paths that could not be looked at, and why: said once.
  private var complaints: [String: String] = [:]
  private var isFirstLook = true

  /// So many batches are read of one log before it is the next one's turn.
  private static let turn = 4

  /// `paths` are files, which need not be there yet, and folders.
  package init(
    _ importer: Importer, _ paths: [String], excluding excluded: [FileIdentity],
    silence: Double = 60
  ) {
    self.importer = importer
    self.paths = paths
    self.excluded = excluded
    self.silence = silence
  }

  /// Follows until `progress` of the importer says to stop.
  package func run() throws {
    while importer.progress(importer.summary) {
      let isBusy = try look()
      if !isBusy, importer.progress(importer.summary) { wait() }
    }
    importer.summary.heldBack = Int64(logs.values.count { $0.hasTail })
  }

  /// Until something happens, a second at most, and a quarter at least: every look at a busy log is a
  /// commit.
  private func wait() {
    let stop = importer.options.stop
    if watch.wait(milliseconds: 1000, stop: stop) {
      FolderWatch.pause(milliseconds: 250, stop: stop)
    }
  }

  /// Looks at everything once, and commits what is new. True when there is more to read already.
  package func look() throws -> Bool {
    let listing = Input.list(paths, excluding: excluded)
    var failures = listing.failures
    for path in paths { watch.add(folder(of: path)) }
    var seen: Set<FileIdentity> = []
    for input in listing.inputs {
      guard let place = Place(at: input.path) else { continue }
      let identity = FileIdentity(place)
      seen.insert(identity)
      watch.add(folder(of: input.path))
      if let log = logs[identity] {
        try log.rename(to: place, input)
        continue
      }
      if let old = logs.values.first(where: { $0.place?.path == place.path }) {
        importer.onNotice(.replaced(path: input.path))
        while try old.poll(batches: Follower.turn) == .busy, importer.progress(importer.summary) {}
        try old.leave()
      }
      do {
        logs[identity] = try FollowedLog(input, place, importer)
        if isFirstLook { try catchUp(with: Whereabouts.siblings(of: place.path)) }
      } catch let error as InputError {
        failures.append((input.path, error))
      }
    }
    isFirstLook = false
    complain(failures)
    var isBusy = false
    for (identity, log) in logs.sorted(by: { $0.value.name < $1.value.name }) {
      guard importer.progress(importer.summary) else { return false }
      switch try log.poll(batches: Follower.turn) {
      case .busy: isBusy = true
      case .quiet(let seconds):
        guard !seen.contains(identity), log.place == nil || log.isRemoved, seconds >= silence
        else { continue }
        try log.close()
        logs[identity] = nil
      case .lost:
        logs[identity] = nil
        isBusy = true
      }
    }
    try importer.settleDisplaced()
    return isBusy
  }

  /// Reads what was written, while nobody looked, to files that were rotated before.
  private func catchUp(with siblings: [String]) throws {
    for path in siblings {
      guard let now = Place(at: path), !paths.contains(path),
        let known = try importer.ledger.lineages(at: now.path).compactMap(\.place).first,
        known.isSameFile(as: now), let size = known.size, size < now.size ?? 0
      else { continue }
      try importer.take(Input(path: path, size: nil), isAsked: false)
    }
  }

  /// The folder in which a path is, or is to be; of a folder, itself.
  private func folder(of path: String) -> String {
    var status = stat()
    if path.withPath({ stat($0, &status) }) == 0, status.st_mode & S_IFMT == S_IFDIR { return path }
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private func complain(_ failures: [(path: String, error: InputError)]) {
    let paths = Set(failures.map(\.path))
    complaints = complaints.filter { paths.contains($0.key) }
    for (path, error) in failures where complaints[path] != error.message {
      complaints[path] = error.message
      let isMissing = access(path, F_OK) != 0 && errno == ENOENT
      importer.onNotice(isMissing ? .awaited(path: path) : .failure(path: path, error))
    }
  }
}
