package import Batches
package import Events
internal import Files
internal import Glibc
package import Profiles
internal import Times

/// Reads the lines of events back from their logs: where they were, or in the files beside it that
/// the logs may have become.
///
/// What stands at an event's place need not be its line any more; whoever asks says whether it is.
package final class LineRecall {
  private let catalog: Catalog
  private let seed: UInt64
  private let header: (Event) throws -> ColumnHeader?
  /// By the vendor that every line is read as; none for what the line says.
  private var readers: [String?: RecordReader] = [:]
  /// Whether to count lines, for which a file is read from its start.
  private let countsLines: Bool
  private let identifiers = Identifiers()
  private let batch = Batch()
  /// Bytes of the files beside the logs that may still be unpacked.
  private var left = LineRecall.mostBeside
  /// What came of events looked for before, by their numbers.
  private var known: [Int64: RecalledLine.Search] = [:]

  /// Compressed logs are read up to this far, and no more than so much of all that stands beside
  /// them.
  private static let farthest: Int64 = 256 << 20
  private static let mostBeside: Int64 = 512 << 20
  private static let longestLine: Int64 = 64 << 20
  /// So much of a line is shown.
  private static let shown = 16 << 10

  /// The ids of the batch's rows.
  private final class Identifiers {
    var texts: [(row: Int, text: String)] = []
  }

  /// `seed` is the store's, for hashes of ids; `header` the one under which an event stands.
  package init(
    _ catalog: Catalog, seed: UInt64, countsLines: Bool = false,
    header: @escaping (Event) throws -> ColumnHeader? = { _ in nil }
  ) {
    self.catalog = catalog
    self.seed = seed
    self.countsLines = countsLines
    self.header = header
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
    // Where the store cannot say, the line is not understood, and found to be another.
    let header = (try? header(event)) ?? nil
    guard let place = event.source, place.path != "-", place.offset >= 0, place.length > 0 else {
      return .gone
    }
    guard place.length <= LineRecall.longestLine else { return .tooFar }
    var isTooFar = false
    for path in [place.path] + NeighbourFiles.siblings(of: place.path) {
      switch read(place, under: header, in: path, as: event.vendor) {
      case .read(let line): if try isIt(line) { return .read(line) }
      case .tooFar: isTooFar = true
      case .gone: break
      }
    }
    return isTooFar ? .tooFar : .gone
  }

  /// What stands at a place of a file, as the import would read it; where it says another vendor,
  /// as an import that was told the vendor would.
  private func read(
    _ place: Event.Place, under header: ColumnHeader?, in path: String, as vendor: String?
  ) -> RecalledLine.Search {
    guard let size = size(ofFile: path), let style = LineStyle(ofFile: path),
      let open = try? Input(path: path, size: nil).open()
    else { return .gone }
    var before: Int64?
    if open.isDecoded {
      let end = place.offset.addingClamped(place.length)
      guard end <= LineRecall.farthest else { return .tooFar }
      if path != place.path {
        guard end <= left else { return .tooFar }
        left -= end
      }
      before = skip(open.stream, place.offset)
      guard before != nil else { return .gone }
    } else if countsLines, place.offset <= LineRecall.farthest {
      guard size - place.length >= place.offset else { return .gone }
      before = skip(open.stream, place.offset)
      guard before != nil else { return .gone }
    } else {
      guard size - place.length >= place.offset, open.file.seek(to: place.offset) else {
        return .gone
      }
    }
    var lines = LineReader(
      Part(open.stream, count: Int(place.length)), from: place.offset, hash: ContentHash(),
      pending: [], owesNewline: false, limit: Int(place.length), style: style,
      header: header)
    guard let line = try? lines.next(), line.length == place.length else { return .gone }
    let columns = lines.columns
    guard var found = event(of: line, columns, place, path, by: reader(as: nil)) else {
      return .gone
    }
    if let vendor, found.event.vendor != vendor,
      let told = event(of: line, columns, place, path, by: reader(as: vendor))
    {
      found = told
    }
    found.number = before.map { $0 + 1 }
    return .read(found)
  }

  private func reader(as vendor: String?) -> RecordReader {
    if let reader = readers[vendor] { return reader }
    var options = RecordReader.Options()
    options.vendor = vendor
    let reader = RecordReader(catalog: catalog, options: options, ledger: EmptyLedger(seed: seed))
    let (identifiers, batch) = (identifiers, batch)
    reader.builder.identifiers.onNew = {
      identifiers.texts.append((batch.rows.count, String(repairing: $0)))
    }
    readers[vendor] = reader
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
      text: reader.excerpt(of: line, length: LineRecall.shown), number: nil)
  }

  // MARK: Files

  /// Nil for what is no file: a pipe would keep us waiting.
  private func size(ofFile path: String) -> Int64? {
    guard let status = stat(path: path), FileKind(status) == .file else { return nil }
    return Int64(status.st_size)
  }

  /// How many lines end in as many bytes; nil where there are fewer.
  private func skip(_ stream: any ByteStream, _ count: Int64) -> Int64? {
    var lines: Int64 = 0
    var left = count
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while left > 0 {
      let step = Int(min(left, Int64(chunk.count)))
      let got = chunk.withUnsafeMutableBytes { buffer in
        (try? stream.fill(UnsafeMutableRawBufferPointer(rebasing: buffer[..<step]))) ?? 0
      }
      if got < step { return nil }
      for byte in chunk[..<got] where byte == UInt8(ascii: "\n") { lines += 1 }
      left -= Int64(got)
    }
    return lines
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
