internal import Batches
internal import JSON

/// Lines copied out of a log, which one thread reads while others take the next ones.
struct Passage: ~Copyable {
  /// A line, and where its bytes stand in `bytes`.
  private struct Entry {
    var line: LineReader.Line
    var start: Int
    var length: Int
  }

  private var entries: ContiguousArray<Entry> = []
  private var bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: Passage.room)
  private var end = 0
  /// From which of its lines on which columns hold.
  private(set) var headings: [(place: Int, columns: Columns?)] = []
  /// How many blank lines it has besides; nothing but their number is kept.
  private(set) var blanks: Int64 = 0

  /// Enough for the lines of a batch, unless they are long. Memory that is not used costs nothing.
  private static let room = Int(Batch.mostBytes) + 1 << 20

  deinit {
    bytes.deallocate()
  }

  var count: Int { entries.count }

  /// A line, followed by readable padding. Valid until the passage is changed.
  subscript(place: Int) -> LineReader.Line {
    let entry = entries[place]
    var line = entry.line
    line.text = UnsafeBufferPointer(
      rebasing: bytes[entry.start..<entry.start + entry.length])
    return line
  }

  mutating func append(_ line: LineReader.Line) {
    let next = end + line.text.count
    if next + JSONParser.padding > bytes.count { grow(toHold: next + JSONParser.padding) }
    _ = UnsafeMutableBufferPointer(rebasing: bytes[end..<next]).update(fromContentsOf: line.text)
    entries.append(Entry(line: line, start: end, length: line.text.count))
    end = next
  }

  /// Takes note of the columns of the lines that follow.
  mutating func head(_ columns: Columns?) { headings.append((entries.count, columns)) }

  /// Takes note of a line with nothing on it.
  mutating func appendBlank() { blanks += 1 }

  /// Makes it empty again and keeps its memory, unless that is more than usual.
  mutating func clear() {
    entries.removeAll(keepingCapacity: true)
    end = 0
    blanks = 0
    headings.removeAll(keepingCapacity: true)
    if bytes.count > Passage.room {
      bytes.deallocate()
      bytes = .allocate(capacity: Passage.room)
    }
  }

  private mutating func grow(toHold needed: Int) {
    let larger = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(needed, bytes.count * 2))
    _ = larger.update(fromContentsOf: bytes[..<end])
    bytes.deallocate()
    bytes = larger
  }
}
