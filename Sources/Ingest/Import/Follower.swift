internal import Batches
package import Files
internal import Glibc

/// Reads logs as they grow, through rotation, until someone wants it to stop.
///
/// Logs that are written to are held open: so one that is renamed or removed is read to its end,
/// and for a while longer, as its writer may still write to it. What was written while no follower
/// ran is found as in any import: by content.
package final class Follower {
  private let importer: Importer
  private let paths: [String]
  private let excluded: [FileIdentity]
  /// A log whose name is gone is given up after so many seconds without anything new.
  private let silence: Double
  /// One that is at its place is closed after so many.
  private let rest: Double
  private let watch = FolderWatch()
  private let held: HeldFiles
  private var logs: [FileIdentity: FollowedLog] = [:]
  /// Which log stands at a path without links.
  private var places: [String: FileIdentity] = [:]
  /// The one that is being read.
  private var current: FollowedLog?
  private var complaints = LastingFailures()
  /// Folders that are watched, or cannot be.
  private var watched: Set<String> = []
  private var saidIsPolled = false
  /// Whether nothing was looked at yet: then what was rotated before is read as well.
  private var isFirstLook = true
  /// Paths that named a file once.
  private var files: Set<String> = []

  /// So many batches are read of one log before it is the next one's turn.
  private static let turn = 4

  /// `paths` are files, which need not be there yet, and folders. At most so many logs are held
  /// open at once.
  package init(
    _ importer: Importer, _ paths: [String], excluding excluded: [FileIdentity],
    silence: Double = 60, rest: Double = 300, most: Int? = nil
  ) {
    self.importer = importer
    self.paths = paths
    self.excluded = excluded
    self.silence = silence
    self.rest = rest
    held = HeldFiles(most: most ?? FileLimit.forLogs)
    held.makeRoom = { [unowned self] in makeRoom() }
    importer.makeRoom = { [unowned self] in makeRoom() }
  }

  /// Follows until `progress` of the importer says to stop.
  package func run() throws {
    while importer.progress(importer.summary) {
      let isBusy = try look()
      if !isBusy, importer.progress(importer.summary) { wait() }
    }
    importer.summary.heldBack = Int64(logs.values.count { $0.hasTail })
  }

  /// Waits until something happens, for a second at most. Where something does, for a quarter of a
  /// second more, as every look at a busy log is a commit.
  private func wait() {
    let stop = importer.options.stop
    if watch.wait(milliseconds: 1000, stop: stop) {
      FolderWatch.pause(milliseconds: 250, stop: stop)
    }
  }

  /// Looks at everything once, and commits what is new. True when there is more to read already.
  package func look() throws -> Bool {
    let listing = Input.list(paths, excluding: excluded)
    complaints.begin(listing.failures + listing.passedOver)
    watchFolders(Set(paths.map(folder) + listing.folders))
    var found: [FileIdentity: FileState] = [:]
    sayFolders(of: listing)
    for input in listing.inputs {
      guard let state = input.state else {
        complaints.add(input.path, InputError("is a named pipe, which cannot be followed"))
        continue
      }
      found[state.identity] = state
      try meet(input, state)
    }
    if isFirstLook { try catchUp(with: listing.inputs) }
    isFirstLook = false
    let isBusy = try read(found)
    for notice in complaints.end() { importer.onNotice(notice) }
    try importer.settleDisplaced()
    return isBusy
  }

  /// Takes note of a file that was found: a new one, or one that has another name now.
  private func meet(_ input: Input, _ state: FileState) throws {
    if let log = logs[state.identity] {
      guard log.name != input.path || log.place == nil, let place = Place(at: input.path) else {
        return
      }
      if log.isStill(state, at: input.path) {
        if let old = log.place?.path, places[old] == log.identity { places[old] = nil }
        try log.rename(to: place, input.path)
        places[place.path] = log.identity
        return
      }
      // Where another stands in its place by now, that one's lineage tells.
      if log.place.flatMap({ FileState(at: $0.path) }) == nil { try log.giveUp() }
      forget(log)
    }
    guard let place = Place(at: input.path), place.identity == state.identity else { return }
    if let old = places[place.path].flatMap({ logs[$0] }) { try replace(old, at: input.path) }
    logs[state.identity] = FollowedLog(input, state.identity, place, importer, held)
    places[place.path] = state.identity
  }

  /// Reads a log to its end in whose place another stands.
  private func replace(_ old: FollowedLog, at path: String) throws {
    importer.onNotice(.replaced(path: path))
    while let state = try old.current(nil), importer.progress(importer.summary),
      try poll(old, state) == .busy
    {}
    if try old.current(nil) == nil {
      // What more there was of it is looked for by content, as that of any other log.
      logs[old.identity] = nil
    } else {
      try old.leave()
    }
  }

  /// Reads what is new of all logs, a few batches of each. True when there is more.
  private func read(_ found: [FileIdentity: FileState]) throws -> Bool {
    var changed: [(log: FollowedLog, state: FileState)] = []
    for log in logs.values {
      guard let state = try log.current(found[log.identity]) else {
        try log.giveUp()
        forget(log)
        continue
      }
      if log.isAsBefore(state) {
        try settle(log, isFound: found[log.identity] != nil)
      } else {
        changed.append((log, state))
      }
    }
    changed.sort { $0.log.name < $1.log.name }
    var isBusy = false
    for (log, state) in changed {
      guard importer.progress(importer.summary) else { return false }
      switch try poll(log, state) {
      case .busy: isBusy = true
      case .quiet: try settle(log, isFound: found[log.identity] != nil)
      case .lost:
        forget(log)
        isBusy = true
      case .gone:
        try log.giveUp()
        forget(log)
      }
    }
    return isBusy
  }

  /// One that cannot be opened stays as it was.
  private func poll(_ log: FollowedLog, _ state: FileState) throws -> FollowedLog.State {
    current = log
    defer { current = nil }
    do {
      return try log.poll(state, batches: Follower.turn)
    } catch let error as InputError {
      if !error.isStop { complaints.add(log.name, error) }
      return .quiet(0)
    }
  }

  /// Lets go of one to which nothing was written for long; whose name is gone is given up.
  private func settle(_ log: FollowedLog, isFound: Bool) throws {
    let seconds = log.quietSeconds
    if !isFound, log.place == nil || log.isRemoved, seconds >= silence {
      do {
        try log.close()
      } catch let error as InputError {
        complaints.add(log.name, error)
      }
      forget(log)
    } else if log.isHeld, seconds >= rest {
      _ = log.letGo()
    }
  }

  private func forget(_ log: FollowedLog) {
    logs[log.identity] = nil
    if let path = log.place?.path, places[path] == log.identity { places[path] = nil }
  }

  /// Closes a quarter of the logs that are held, those that were not needed for longest; of those
  /// that have no name any more as many as must be.
  private func makeRoom() -> Bool {
    let resting = logs.values.filter { $0.isHeld && $0 !== current }.sorted {
      $0.lastUse < $1.lastUse
    }
    var isMade = false
    var left = resting.count / 4 + 1
    for log in resting where left > 0 && log.letGo() {
      left -= 1
      isMade = true
    }
    if !isMade, let log = resting.first(where: \.isDone) {
      // What is written to it later has no place to be read from.
      forget(log)
      isMade = true
    }
    return isMade
  }

  /// Reads what was written, while nobody looked, to files that were rotated before.
  private func catchUp(with inputs: [Input]) throws {
    let known = Set(inputs.map(\.path))
    var folders = NeighbourFiles.Folders()
    for input in inputs where input.isNamed {
      guard let place = Place(at: input.path) else { continue }
      for path in folders.siblings(of: place.path, except: known) {
        guard let now = Place(at: path), logs[now.identity] == nil,
          let lineage = try importer.ledger.lineages(at: now.path).compactMap(\.place).first,
          lineage.isSameFile(as: now), let size = lineage.size, size < now.size ?? 0
        else { continue }
        try importer.take(Input(path: path, size: nil), isAsked: false)
      }
    }
  }

  // MARK: Where it looks

  /// Says where a folder stands in the place of a file.
  private func sayFolders(of listing: Input.Listing) {
    for folder in listing.folders where files.contains(folder) {
      complaints.add(folder, InputError("is a folder now, whose files are followed"))
    }
    for input in listing.inputs where input.isNamed { files.insert(input.path) }
  }

  private func watchFolders(_ folders: Set<String>) {
    for folder in folders {
      var why = watch.add(folder)
      if watched.insert(folder).inserted { why = why ?? FolderWatch.silence(of: folder) }
      guard let why, !saidIsPolled else { continue }
      saidIsPolled = true
      importer.onNotice(.polled(folder: folder, why: why))
    }
  }

  /// The folder in which a path is, or is to be; of a folder, itself.
  private func folder(of path: String) -> String {
    if FileKind(path: path) == .folder { return path }
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
