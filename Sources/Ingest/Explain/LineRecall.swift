package import Batches
package import Events
internal import Files
package import Profiles
internal import Times

/// Reads the lines of events back from their logs: where they were, or in the files beside it that
/// the logs may have become.
///
/// What stands at an event's place need not be its line any more; whoever asks says whether it is.
package final class LineRecall {
  private let catalog: Catalog
  private let seed: UInt64
  private let origins: (any LineOrigins)?
  private var readers: [Reading: RecordReader] = [:]
  /// Whether lines are shown: they are counted, and told as they stand.
  private let showsLines: Bool
  private let identifiers = Identifiers()
  private let batch = Batch()
  /// Bytes of the files beside the logs that may still be unpacked.
  private var left = LineRecall.mostBeside
  /// What came of events looked for before, by their numbers.
  private var known: [Int64: RecalledLine.Search] = [:]

  private static let mostBeside: Int64 = 512 << 20
  private static let longestLine: Int64 = 64 << 20
  /// So much of a line is shown.
  private static let shown = 16 << 10

  /// How lines are read.
  private struct Reading: Hashable {
    /// The vendor of every line; nil for what the line says.
    var vendor: String?
    /// The only gateway and the only vendor there are; nil for all.
    var only: Names?

    struct Names: Hashable {
      var gateway: String?
      var vendor: String?
    }
  }

  /// The ids of the batch's rows.
  private final class Identifiers {
    var texts: [(row: Int, text: String)] = []
  }

  /// `seed` is the store's, for hashes of ids; `origins` what knows where events come from.
  package init(
    _ catalog: Catalog, seed: UInt64, showsLines: Bool = false,
    origins: (any LineOrigins)? = nil
  ) {
    self.catalog = catalog
    self.seed = seed
    self.showsLines = showsLines
    self.origins = origins
  }

  /// The line of an event, the first that it is said to be.
  package func search(
    for event: Event, isIt: (RecalledLine) throws -> Bool
  ) rethrows -> RecalledLine.Search {
    if let search = known[event.id] { return search }
    let search = try find(event, isIt)
    known[event.id] = search
    return search
  }

  private func find(
    _ event: Event, _ isIt: (RecalledLine) throws -> Bool
  ) rethrows -> RecalledLine.Search {
    guard let place = event.source, place.path != "-", place.offset >= 0, place.length > 0 else {
      return .gone
    }
    guard place.length <= LineRecall.longestLine else { return .tooFar }
    // Where the store cannot say, the line is not understood, and found to be another.
    var seek = LineSeek(
      place: place, origin: try? origins?.origin(of: event), origins: origins,
      countsLines: showsLines)
    var isTooFar = false
    // What was noted of a log may be wrong: then it is read from its start after all.
    for usesRestarts in [true, false] {
      var wasRestarted = false
      seek.usesRestarts = usesRestarts
      var files: Set<FileIdentity> = []
      for list in LineRecall.places(place.path, seek.origin?.path) {
        for path in list()
        where FileIdentity(path: path).map({ files.insert($0).inserted }) ?? false {
          let (search, isRestarted) = try read(seek, in: path, for: event, isIt)
          wasRestarted = wasRestarted || isRestarted
          switch search {
          case .read(let line): return .read(line)
          case .tooFar: isTooFar = true
          case .gone: break
          }
        }
      }
      if !wasRestarted { break }
    }
    return isTooFar ? .tooFar : .gone
  }

  /// Where the log may be: at a path, where it was seen last, and then under another name beside these,
  /// for which folders are read.
  private static func places(_ path: String, _ seen: String?) -> [() -> [String]] {
    let places = [path] + (seen.map { [$0] } ?? [])
    return [{ places }, { places.flatMap(NeighbourFiles.siblings) }]
  }

  /// The line of an event, if that is what stands at a place of a file.
  private func read(
    _ seek: LineSeek, in path: String, for event: Event, _ isIt: (RecalledLine) throws -> Bool
  ) rethrows -> (search: RecalledLine.Search, isRestarted: Bool) {
    switch seek.run(in: path, left: &left) {
    case .found(let found):
      let line = try read(found, seek, path, for: event, isIt)
      return (line.map { .read($0) } ?? .gone, found.isRestarted)
    case .gone: return (.gone, false)
    case .tooFar: return (.tooFar, false)
    }
  }

  private func read(
    _ found: LineSeek.Found, _ seek: LineSeek, _ path: String, for event: Event,
    _ isIt: (RecalledLine) throws -> Bool
  ) rethrows -> RecalledLine? {
    let place = seek.place
    var lines = LineReader(
      Part(found.stream, count: Int(place.length)), from: place.offset, hash: ContentHash(),
      pending: [], owesNewline: false, limit: Int(place.length), style: found.style,
      header: seek.origin?.header)
    guard let line = try? lines.next(), line.length == place.length else { return nil }
    let columns = lines.columns
    func recall(_ reading: Reading) -> RecalledLine? {
      var recalled = self.event(of: line, columns, place, path, by: reader(reading))
      recalled?.number = found.linesBefore.map { $0.addingClamped(1) }
      return recalled
    }
    // Most lines say the same, and have all of their ids, when no profile is known but that which read
    // them: to read all takes longer than all else.
    let few = catalog.only(gateway: event.gateway, vendor: event.vendor)
    let own = Reading(
      only: Reading.Names(gateway: few.gateways.first?.name, vendor: few.vendors.first?.name))
    if let count = try? origins?.identifierCount(ofEvent: event.id), let line = recall(own),
      Set(line.identifiers.map(\.hash)).count == count, try isIt(line)
    {
      return line
    }
    // As the import would read it; where it says another vendor, as an import that was told the vendor
    // would.
    guard var recalled = recall(Reading()) else { return nil }
    if let vendor = event.vendor, recalled.event.vendor != vendor,
      let told = recall(Reading(vendor: vendor))
    {
      recalled = told
    }
    return try isIt(recalled) ? recalled : nil
  }

  private func reader(_ reading: Reading) -> RecordReader {
    if let reader = readers[reading] { return reader }
    var options = RecordReader.Options()
    options.vendor = reading.vendor
    let catalog =
      reading.only.map { self.catalog.only(gateway: $0.gateway, vendor: $0.vendor) } ?? catalog
    // The same secret has the same tag as in what is stored.
    let ledger = EmptyLedger(seed: seed, redactionKey: origins?.redactionKey)
    let reader = RecordReader(catalog: catalog, options: options, ledger: ledger)
    let (identifiers, batch) = (identifiers, batch)
    reader.builder.identifiers.onNew = {
      identifiers.texts.append((batch.rows.count, String(repairing: $0)))
    }
    readers[reading] = reader
    return reader
  }

  private func event(
    of line: LineReader.Line, _ columns: Columns?, _ place: Event.Place, _ path: String,
    by reader: RecordReader
  ) -> RecalledLine? {
    identifiers.texts.removeAll()
    batch.clear()
    reader.forget()
    reader.begin(batch)
    reader.use(columns)
    reader.read(line, into: batch)
    guard let row = batch.rows.firstIndex(where: { $0.part == Int32(clamping: place.part) })
    else { return nil }
    let texts = identifiers.texts.lazy.filter { $0.row == row }.map(\.text)
    let hashes = (0..<batch.identifiers.count).lazy.map { self.batch.identifiers[$0] }
      .filter { Int($0.row) == row }.map(\.hash)
    return RecalledLine(
      event: Event(batch.rows[row], of: batch),
      identifiers: zip(texts, hashes).map { ($0, $1) }, path: path,
      text: showsLines ? reader.excerpt(of: line, length: LineRecall.shown) : "", number: nil)
  }

  /// The next bytes of a stream, and no more.
  private final class Part: ByteStream {
    private let stream: any ByteStream
    private var left: Int

    init(_ stream: any ByteStream, count: Int) {
      self.stream = stream
      left = count
    }

    var consumed: Int64 { stream.consumed }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
      let room = min(buffer.count, left)
      guard room > 0 else { return 0 }
      let count = try stream.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<room]))
      left -= count
      return count
    }
  }
}
