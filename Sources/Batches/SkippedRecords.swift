/// The records of an import that are no API responses, by what they look like. It is shown and not
/// stored.
package struct SkippedRecords: Sendable, Equatable {
  /// Records that look alike.
  package struct Group: Sendable, Equatable {
    package var shape: SkippedShape
    package var records: Int64
    /// Where the first of them stands.
    package var example: LineSpot
  }

  package private(set) var groups: [Group] = []
  /// Records of further shapes.
  package private(set) var others: Int64 = 0

  /// Shapes beyond so many are counted together.
  private static let most = 16

  package init() {}

  package mutating func add(_ shape: SkippedShape, _ records: Int64, at example: LineSpot) {
    if let place = groups.firstIndex(where: { $0.shape == shape }) {
      groups[place].records += records
    } else if groups.count < SkippedRecords.most {
      groups.append(Group(shape: shape, records: records, example: example))
    } else {
      others += records
    }
  }

  package mutating func countOthers(_ records: Int64) { others += records }

  /// Names the log in which those of a batch stand.
  package mutating func place(in path: String) {
    for place in groups.indices { groups[place].example.path = path }
  }

  package static func += (total: inout SkippedRecords, part: SkippedRecords) {
    for group in part.groups { total.add(group.shape, group.records, at: group.example) }
    total.countOthers(part.others)
  }
}

/// Where a line stands.
package struct LineSpot: Sendable, Equatable {
  /// The log; filled in by whoever knows it.
  package var path = ""
  /// Where it starts: decompressed bytes from the start of the log.
  package var offset: Int64

  package init(offset: Int64) {
    self.offset = offset
  }
}

/// What a record looks like that is no API response.
package struct SkippedShape: Sendable, Hashable {
  /// What it is, or what it lacks.
  package enum Sort: String, CaseIterable, Sendable {
    case noStatus = "a request without a status"
    case noRequest = "a status without a request"
    case echo = "a repeat of another line"
    case message = "a log message"
    case emptyList = "an empty list"
    case noObject = "JSON that is no object"
    case other = "a record of something else"

    /// Whether it may be a response that lacks one thing.
    package var isNearResponse: Bool { self == .noStatus || self == .noRequest }
  }

  package var sort: Sort
  /// The names of its first members.
  package var names: [String]

  package init(_ sort: Sort, names: [String]) {
    self.sort = sort
    self.names = names
  }

  /// `a request without a status (time, method, path)`
  package var text: String {
    names.isEmpty ? sort.rawValue : "\(sort.rawValue) (\(names.joined(separator: ", ")))"
  }
}
