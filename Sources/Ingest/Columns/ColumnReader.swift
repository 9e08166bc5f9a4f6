internal import Files
internal import JSON
internal import Profiles

/// Makes a flat record of each line whose columns a header names: what follows reads it as it reads
/// any other.
final class ColumnReader {
  let columns: Columns
  /// What each value is called in the record; nothing for one that is left out.
  private var names: [[UInt8]]
  /// Where a date stands, and the time of day that belongs to it.
  private var date: Int?
  private var time: Int?
  /// Whether they are those of where the server stands.
  private var isLocal = false

  /// Nil where the names speak of no response, nor of a line that was exported.
  init?(_ columns: Columns, rules: PathRules) {
    self.columns = columns
    names = columns.form == .extended ? columns.names.map(ColumnReader.header) : columns.names
    let paths = names.map { String(decoding: $0, as: UTF8.self) }
    guard ColumnReader.speakOfResponse(paths, rules) || columns.speakOfLine else {
      return nil
    }
    let plain = paths.map(normalisedPath)
    // A date by itself may be a whole time; beside a time of day it is a part.
    for (day, clock) in [("date", "time"), ("datelocal", "timelocal"), ("dateutc", "timeutc")] {
      guard let date = plain.firstIndex(of: day), let time = plain.firstIndex(of: clock) else {
        continue
      }
      (self.date, self.time) = (date, time)
      names[date] = []
      isLocal = day == "datelocal"
      if clock != "time" { names[time] = Array("time".utf8) }
      break
    }
  }

  /// W3C's `cs(Referer)` is a header of the request, `sc(Retry-After)` one of the response.
  private static func header(_ name: [UInt8]) -> [UInt8] {
    guard name.count > 4, name.last == UInt8(ascii: ")"), name[2] == UInt8(ascii: "("),
      name[1] == UInt8(ascii: "s") || name[1] == UInt8(ascii: "c")
    else { return name }
    let isRequest = name[0] == UInt8(ascii: "c")
    return Array((isRequest ? "request.headers." : "response.headers.").utf8)
      + name[3..<name.count - 1]
  }

  /// Whether the names mean a status, and something of a request or how long it took.
  private static func speakOfResponse(_ paths: [String], _ rules: PathRules) -> Bool {
    var hasStatus = false
    var hasRequest = false
    for path in paths {
      let names = path.split(separator: ".").map(String.init)
      for meaning in rules.meanings(of: names.map(normalisedPath), flags: names.map(rules.flags)) {
        switch meaning.field {
        case .status: hasStatus = true
        case .method, .path, .requestLine, .route, .latency: hasRequest = true
        default: break
        }
      }
    }
    return hasStatus && hasRequest
  }

  /// Writes the record of a line; false where its values are not as many as the names.
  func write(_ line: Bytes, to writer: inout JSONWriter) -> Bool {
    write(line, upTo: names.count, to: &writer) || writeBeginning(of: line, to: &writer)
  }

  /// Values between blanks are more than the names where one of them holds blanks itself: those before
  /// the first that may are what their names say.
  private func writeBeginning(of line: Bytes, to writer: inout JSONWriter) -> Bool {
    guard columns.form == .extended,
      let free = columns.names.firstIndex(where: { $0.last == UInt8(ascii: ")") }),
      let status = names.firstIndex(where: {
        normalisedPath(String(decoding: $0, as: UTF8.self)) == "scstatus"
      }),
      status < free, date ?? 0 < free, time ?? 0 < free
    else { return false }
    var count = 0
    var isStatus = false
    _ = columns.read(line) { place, value in
      count += 1
      if place == status { isStatus = parseStatus(value.text) ?? 0 > 0 }
    }
    return count == names.count && isStatus && write(line, upTo: free, to: &writer)
  }

  /// The same of the first values alone.
  private func write(_ line: Bytes, upTo end: Int, to writer: inout JSONWriter) -> Bool {
    writer.clear()
    writer.beginObject()
    var day: [UInt8] = []
    var clock: [UInt8] = []
    let isWhole = columns.read(line) { place, value in
      guard place < end else { return }
      if place == date { day = value.bytes }
      if place == time { clock = value.bytes }
      guard place != time, !names[place].isEmpty, !value.text.isEmpty else { return }
      names[place].withUnsafeBufferPointer { writer.key($0) }
      if value.isDoubled { writer.string(value.bytes) } else { writer.string(value.text) }
    }
    guard isWhole || end < names.count else { return false }
    if let time {
      if !day.isEmpty, !clock.isEmpty {
        // W3C's are in universal time.
        let isUniversal = columns.form == .extended && !isLocal
        clock = day + [0x20] + clock + (isUniversal ? [UInt8(ascii: "Z")] : [])
      }
      names[time].withUnsafeBufferPointer { writer.key($0) }
      writer.string(clock.isEmpty ? day : clock)
    }
    writer.endObject()
    return true
  }
}
