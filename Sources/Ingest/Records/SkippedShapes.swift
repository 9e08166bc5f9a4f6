internal import Batches
internal import Files
internal import JSON
internal import Profiles

/// Says what the records look like that are no API responses: once for all that have the same known
/// paths, so that a log full of them costs next to nothing.
struct SkippedShapes {
  private struct Group {
    var shape: SkippedShape
    var records: Int64
    var offset: Int64
  }

  private var groups: [UInt64: Group] = [:]
  private var others: Int64 = 0
  /// The shape met last.
  private(set) var last: SkippedShape?

  /// Further sorts of paths are counted together.
  private static let most = 64
  private static let mostNames = 5
  private static let longestName = 32

  mutating func forget() {
    if !groups.isEmpty { groups.removeAll(keepingCapacity: true) }
    others = 0
    last = nil
  }

  /// Counts a record. `fields` read it last, or what it wraps.
  mutating func add(_ record: JSONValue, readBy fields: FieldReader, isEcho: Bool, at offset: Int64)
  {
    let key = record.isObject ? fields.shape ^ (isEcho ? 1 : 0) : record.isArray ? 2 : 3
    if groups[key] != nil {
      groups[key]?.records += 1
      last = groups[key]?.shape
      return
    }
    let shape = SkippedShapes.shape(of: record, readBy: fields, isEcho: isEcho)
    last = shape
    guard groups.count < SkippedShapes.most else {
      others += 1
      return
    }
    groups[key] = Group(shape: shape, records: 1, offset: offset)
  }

  /// What was met, in the order in which it stands in the log.
  var records: SkippedRecords {
    var records = SkippedRecords()
    for group in groups.values.sorted(by: { $0.offset < $1.offset }) {
      records.add(group.shape, group.records, at: LineSpot(offset: group.offset))
    }
    records.countOthers(others)
    return records
  }

  private static func shape(
    of record: JSONValue, readBy fields: FieldReader, isEcho: Bool
  ) -> SkippedShape {
    guard record.isObject else {
      return SkippedShape(record.isArray ? .emptyList : .noObject, names: [])
    }
    var names: [String] = []
    for (key, _) in record.members {
      guard names.count < mostNames else { break }
      names.append(String(repairing: key.part(0..<min(key.count, longestName))))
    }
    return SkippedShape(isEcho ? .echo : sort(of: record, readBy: fields), names: names)
  }

  private static func sort(of record: JSONValue, readBy fields: FieldReader) -> SkippedShape.Sort {
    func has(_ field: FieldReader.Field, _ isOne: (JSONValue) -> Bool) -> Bool {
      fields.candidates(field).contains { isOne($0.value) }
    }
    let hasRequest =
      has(.requestLine) { $0.string.flatMap(parseRequestLine) != nil }
      || has(.method) { $0.string.map(isMethod) ?? false } && !fields.candidates(.path).isEmpty
    if hasRequest { return .noStatus }
    if has(.status, { (parseStatus($0) ?? 0) > 0 }) { return .noRequest }
    let isMessage = messages.contains { record[$0]?.isString ?? false }
    return isMessage ? .message : .other
  }

  private static let messages = ["message", "msg", "log", "event", "MESSAGE", "text"]
    .map { Array($0.utf8) }
}
