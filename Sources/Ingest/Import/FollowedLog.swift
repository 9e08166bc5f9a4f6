internal import Events
internal import Glibc

/// A file that is read as it grows, by its descriptor: whatever becomes of its name.
final class FollowedLog {
  private let importer: Importer
  private let file: PlainStream
  private var input: Input
  /// Nil when its name is gone.
  private(set) var place: Place?
  /// Nil until something of it was read; of a compressed one, until it was read whole.
  private var reading: Reading?
  private var lastSize: Int64 = 0
  private var lastChange: Int64 = -1
  private var quietSince = monotonicSeconds()

  enum State: Equatable {
    case busy
    /// Nothing new for so many seconds.
    case quiet(Double)
    /// Cut short, or written anew: to be looked at as a new log.
    case lost
  }

  init(_ input: Input, _ place: Place, _ importer: Importer) throws(InputError) {
    file = try input.openFile()
    self.input = input
    self.input.descriptor = file.descriptor
    self.place = place
    self.importer = importer
  }

  /// What it was called last.
  var name: String { input.path }

  /// Whether a last line waits for its newline.
  var hasTail: Bool {
    guard let reading, reading.isPlainFile else { return false }
    return reading.hasTail || lastSize > reading.lines.offset
  }

  /// Whether no name is left of it.
  var isRemoved: Bool { file.status.map { $0.st_nlink == 0 } ?? true }

  /// Takes note of the name it is found under.
  func rename(to place: Place, _ input: Input) throws {
    guard place.path != self.place?.path else { return }
    importer.onNotice(.moved(from: name, to: input.path))
    self.place = place
    self.input.path = input.path
    try sight(place)
  }

  /// Another file stands in its place.
  func leave() throws {
    let old = place
    place = nil
    quietSince = monotonicSeconds()
    try sight(old.flatMap { Whereabouts.file(of: $0) })
  }

  /// Reads what is new, by so many batches at most.
  func poll(batches: Int) throws -> State {
    guard let status = file.status else { return .lost }
    let size = Int64(status.st_size)
    let change = Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
    guard size != lastSize || change != lastChange else {
      return .quiet(monotonicSeconds() - quietSince)
    }
    do {
      let isGoingOn = try read(size: size, change: change, batches: batches)
      quietSince = monotonicSeconds()
      if isGoingOn { return .busy }
      lastSize = size
      lastChange = change
      return .quiet(0)
    } catch is Rewritten {
      importer.onNotice(.truncated(path: name))
    } catch is LostRace {
      // Looked at anew, like one that was written anew.
    } catch is Waiting {
      return .quiet(0)
    }
    return .lost
  }

  /// A compressed file may not be whole yet.
  private struct Waiting: Error {}

  /// True when there is more.
  private func read(size: Int64, change: Int64, batches: Int) throws -> Bool {
    if let reading, reading.source != nil, !reading.isPrefix, reading.isPlainFile {
      guard reading.isIntact else { throw Rewritten() }
      guard size > reading.lines.offset else { return false }
      return try read(on: reading, batches: batches)
    }
    if Input.isCompressed(file.bytes(at: 0, count: 6)), isFresh(change) { throw Waiting() }
    reading = try importer.take(input, isAsked: reading == nil)
    if let place { reading?.moved(to: place) }
    reading?.rest()
    return false
  }

  private func read(on reading: Reading, isLast: Bool = false, batches: Int = .max) throws -> Bool {
    reading.wake()
    defer { reading.rest() }
    do {
      return try importer.read(reading, isLast: isLast, batches: batches)
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

  /// It is at its end: a last line without its newline is taken if it is whole.
  func close() throws {
    guard let reading, reading.source != nil, !reading.isPrefix, reading.isPlainFile,
      reading.isIntact
    else { return }
    do {
      _ = try read(on: reading, isLast: true)
    } catch is LostRace {
      return
    } catch is Rewritten {}
    if place != nil { try sight(nil) }
  }

  /// Remembers where its source is now; nil when that cannot be told.
  private func sight(_ place: Place?) throws {
    if let place { reading?.moved(to: place) }
    guard let reading, let source = reading.source, !reading.isPrefix else { return }
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
