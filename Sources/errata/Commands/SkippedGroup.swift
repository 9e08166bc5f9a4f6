internal import Answers
internal import Batches
internal import Files
internal import Redaction
internal import Rendering

/// Records that an import skipped and that look alike.
struct SkippedGroup {
  private var shape: SkippedShape?
  private var text: String
  private var records: Int64
  private var example: LinePlace?

  /// The most frequent first, those that are left over last. Names and paths may hold secrets, too.
  static func list(_ skipped: SkippedRecords, _ redactor: Redactor) -> [SkippedGroup] {
    let groups = skipped.groups.sorted { $0.records > $1.records }.map { group in
      SkippedGroup(
        shape: group.shape, text: redactor.redacted(group.shape.text), records: group.records,
        example: LinePlace(
          path: redactor.redacted(group.example.path), offset: group.example.offset))
    }
    guard skipped.others > 0 else { return groups }
    return groups + [SkippedGroup(shape: nil, text: "other records", records: skipped.others)]
  }

  /// What people are told: the largest groups, and where one stands of what is most like a response.
  static func lines(_ groups: [SkippedGroup]) -> [String] {
    guard !groups.isEmpty else { return [] }
    let most = 3
    // What may be a response that lacks one thing is told whatever its number.
    let order = groups.filter(\.isNearResponse) + groups.filter { !$0.isNearResponse }
    var lines = order.prefix(most).map { "skipped: \(grouped($0.records)) as \($0.text)" }
    let rest = order.dropFirst(most).reduce(0) { $0 + $1.records }
    if rest > 0 { lines.append("skipped: \(grouped(rest)) as something else") }
    return lines + (order.first?.example?.hint ?? [])
  }

  private var isNearResponse: Bool { shape?.sort.isNearResponse ?? false }
}

extension SkippedGroup: Described {
  static let fields: Fields<SkippedGroup> = [
    Field("shape", "what they look like, with the names of their first members") { $0.text },
    Field("records", "how many there are") { $0.records },
    Field("example", "where the first of them stands; null of what is left over") { $0.example },
  ]
}

/// Where a line of a log begins.
struct LinePlace: Described {
  var path: String
  var offset: Int64

  static let fields: Fields<LinePlace> = [
    Field("path", "the log") { $0.path },
    Field("offset", unit: "bytes", "where the line begins, decompressed") { $0.offset },
  ]

  /// How it is looked at; nothing where it came by a pipe.
  var hint: [String] {
    path == "-" ? [] : ["  look at one: errata explain --at \(offset) \(shellWord(path: path))"]
  }
}
