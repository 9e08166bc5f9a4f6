internal import Batches
internal import Files
internal import Glibc

/// A file that is read as it grows, whatever becomes of its name.
///
/// While it is held, it is open, and its descriptor leads to it whatever its name. It may be closed
/// while nothing is written to it. Then it is found again by its device and inode, at its place or
/// under another name beside it, and before more is read it is proven to hold what was read before.
final class FollowedLog {
  let identity: FileIdentity
  private let importer: Importer
  private let held: HeldFiles
  private var input: Input
  /// Where it stands; nil once another file stands there.
  private(set) var place: Place?
  /// The path at which it was found last; it may stand elsewhere by now.
  private var location: String
  /// The open file; nil while it is not held.
  private var file: PlainStream? {
    didSet { held.count += (file == nil ? 0 : 1) - (oldValue == nil ? 0 : 1) }
  }
  /// Nil until something of it was read.
  private var log: IdentifiedLog?
  /// The source that it is, of a compressed file, which is read as a whole.
  private var wholeSource: Int64?
  /// Its size and time of change when it was read last.
  private var state: FileState?
  private var quietSince = monotonicSeconds()
  /// When it was needed last.
  private(set) var lastUse = 0.0

  enum State: Equatable {
    case busy
    /// Nothing new for so many seconds.
    case quiet(Double)
    /// Cut short, or written anew: to be looked at as a new log.
    case lost
    /// Nowhere to be found.
    case gone
  }

  init(
    _ input: Input, _ identity: FileIdentity, _ place: Place, _ importer: Importer,
    _ held: HeldFiles
  ) {
    self.input = input
    self.identity = identity
    self.place = place
    location = place.path
    self.importer = importer
    self.held = held
  }

  deinit {
    if file != nil { held.count -= 1 }
  }

  /// What it was called last.
  var name: String { input.path }

  var isHeld: Bool { file != nil }

  /// Whether a last line waits for its newline.
  var hasTail: Bool {
    guard let log, log.isPlainFile else { return false }
    return log.hasTail || state?.size ?? 0 > log.lines.offset
  }

  /// Whether no name is left of it.
  var isRemoved: Bool { file?.status.map { $0.st_nlink == 0 } ?? false }

  /// Whether all is read of it that can be, and no name is left of it.
  var isDone: Bool { isRemoved && file?.status.map { isAsBefore(FileState($0)) } ?? false }

  private var source: Int64? {
    log.flatMap { $0.isPrefix ? nil : $0.source } ?? wholeSource
  }

  /// Its size and time of change now: as `found` where logs are looked for, else at its descriptor,
  /// its last path, or under another name beside that. Nil when it is nowhere to be found.
  func current(_ found: FileState?) throws -> FileState? {
    if let found { return found }
    if let status = file?.status { return FileState(status) }
    if let found = FileState(at: location), found.identity == identity { return found }
    guard let path = NeighbourFiles.path(of: identity, beside: location),
      let found = FileState(at: path), isStill(found, at: path)
    else { return nil }
    if place != nil, let new = Place(at: path) { try rename(to: new, path) }
    location = path
    return found
  }

  /// Whether a file of the same device and inode is this log still. While it is not held, it may
  /// have been removed, and its inode given to another file.
  func isStill(_ found: FileState, at path: String) -> Bool {
    if file != nil || isAsBefore(found) { return true }
    var there = input
    there.path = path
    guard let log, log.isPlainFile,
      let opened = try? there.openFile(makingRoom: held.makeRoom)
    else { return false }
    log.stand(on: opened.descriptor)
    defer { log.stand(on: -1) }
    return log.isIntact
  }

  /// Opens it, under whatever name it has now; false when it is nowhere to be found.
  private func hold() throws -> Bool {
    lastUse = monotonicSeconds()
    if file != nil { return true }
    guard try current(nil) != nil else { return false }
    if held.count >= held.most { _ = held.makeRoom() }
    var there = input
    there.path = location
    let opened = try there.openFile(stop: importer.options.stop, makingRoom: held.makeRoom)
    guard opened.status.map(FileIdentity.init) == identity else { return false }
    file = opened
    log?.stand(on: opened.descriptor)
    return true
  }

  /// Closes it, if it can be found again by its path; false where it cannot.
  func letGo() -> Bool {
    guard file != nil, FileState(at: location)?.identity == identity else { return false }
    log?.stand(on: -1)
    file = nil
    return true
  }

  /// Takes note of the name it is found under.
  func rename(to place: Place, _ path: String) throws {
    guard place.path != self.place?.path else { return }
    importer.onNotice(.moved(from: name, to: path))
    self.place = place
    location = place.path
    input.path = path
    try sight(place)
  }

  /// Another file stands in its place.
  func leave() throws {
    place = nil
    quietSince = monotonicSeconds()
    let new = NeighbourFiles.path(of: identity, beside: location).flatMap { Place(at: $0) }
    if let new { location = new.path }
    try sight(new)
  }

  /// Gives it up, as nothing leads to it any more. Bytes that were seen and not read are noted as a
  /// gap.
  func giveUp() throws {
    guard let source, let place else { return }
    let read = log?.isPlainFile == true ? log?.lines.offset : nil
    let isUnread = read.map { state?.size ?? 0 > $0 } ?? false
    let gap = isUnread ? Gap(source: source, place: place, offset: read ?? 0) : nil
    try importer.ledger.lose(source, gap: gap)
    guard let gap else { return }
    importer.summary.gaps.append(gap)
    importer.onNotice(.gap(gap))
  }

  /// Whether it is just as it was when it was read last.
  func isAsBefore(_ now: FileState) -> Bool {
    now.size == state?.size && now.change == state?.change
  }

  /// For how many seconds there has been nothing new.
  var quietSeconds: Double { monotonicSeconds() - quietSince }

  /// Reads what is new, by so many batches at most.
  func poll(_ now: FileState, batches: Int) throws -> State {
    if isAsBefore(now) { return .quiet(quietSeconds) }
    guard try hold() else { return .gone }
    guard let status = file?.status else { return .lost }
    let now = FileState(status)
    do {
      let isGoingOn = try read(now, batches: batches)
      quietSince = monotonicSeconds()
      if isGoingOn { return .busy }
      state = now
      return .quiet(0)
    } catch is Rewritten {
      importer.onNotice(.truncated(path: name))
    } catch is LostRace {
      // Looked at anew, like one that was written anew.
    } catch is Waiting {
      _ = letGo()
      return .quiet(0)
    }
    return .lost
  }

  /// A compressed file may not be whole yet.
  private struct Waiting: Error {}

  /// True when there is more.
  private func read(_ now: FileState, batches: Int) throws -> Bool {
    guard let file else { return false }
    if let log, log.source != nil, !log.isPrefix, log.isPlainFile {
      guard log.isIntact else { throw Rewritten() }
      guard now.size > log.lines.offset else { return false }
      return try read(on: log, batches: batches)
    }
    let isCompressed = Input.isCompressed(file.bytes(at: 0, count: 6))
    if isCompressed, isFresh(now.change) { throw Waiting() }
    var open = input
    open.descriptor = file.descriptor
    log = try importer.take(open, isAsked: log == nil && wholeSource == nil)
    if let place { log?.moved(to: place) }
    log?.rest()
    if isCompressed {
      wholeSource = source
      log = nil
      _ = letGo()
    }
    return false
  }

  private func read(on log: IdentifiedLog, isLast: Bool = false, batches: Int = .max) throws -> Bool
  {
    log.wake()
    defer { log.rest() }
    do {
      return try importer.storeNewLines(of: log, isLast: isLast, batches: batches)
    } catch let error as InputError {
      importer.onNotice(.failure(path: name, error))
      return false
    }
  }

  /// Whether a file was written to just now: a compressor may be at it.
  private func isFresh(_ change: Int64) -> Bool {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    return abs(Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec) - change) < 2_000_000_000
  }

  /// Ends it: a last line without its newline is taken if it is a whole record.
  func close() throws {
    guard let log, log.source != nil, !log.isPrefix, log.isPlainFile,
      try hold(), log.isIntact
    else { return }
    do {
      _ = try read(on: log, isLast: true)
    } catch is LostRace {
      return
    } catch is Rewritten {}
    if place != nil { try sight(nil) }
  }

  /// Tells the ledger where its source is now; nil when that is not known.
  private func sight(_ place: Place?) throws {
    if let place { log?.moved(to: place) }
    guard let source else { return }
    if let place {
      try importer.ledger.sight(source, at: place)
    } else {
      try importer.ledger.lose(source, gap: nil)
    }
  }
}

/// Seconds that only go forward.
private func monotonicSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
