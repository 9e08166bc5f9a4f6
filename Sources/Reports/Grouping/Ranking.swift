internal import Answers

/// What tells a group from others, in the order in which groups are listed.
struct GroupName: Hashable, Comparable {
  /// Text or number, nothing first in order.
  enum Part: Hashable, Comparable {
    case nothing
    case number(Int64)
    case text(String)

    init(_ text: String?) { self = text.map(Part.text) ?? .nothing }

    var value: Value {
      switch self {
      case .nothing: .null
      case .number(let number): .integer(number)
      case .text(let text): .text(text)
      }
    }
  }

  var parts: [Part]

  static func < (one: GroupName, other: GroupName) -> Bool {
    one.parts.lexicographicallyPrecedes(other.parts)
  }
}

/// The largest of many groups: as many are held as are asked for, and as many again.
struct Ranking<Group> {
  /// By what groups are compared; of two that are equal, the one whose name is first is larger.
  typealias Size = (Int64, Int64)

  struct Entry {
    var group: Group
    var size: Size
    var name: GroupName
  }

  private let most: Int
  private var entries: [Entry] = []
  /// What comes after this one is not among the largest.
  private var last: Entry?
  /// How many groups there were.
  private(set) var count = 0

  init(_ most: Int) {
    self.most = most
  }

  /// - Parameter name: asked for only where it is needed: it may have to be read.
  mutating func add(_ group: Group, size: Size, name: () -> GroupName) {
    count += 1
    if let last {
      if size < last.size { return }
      if size == last.size {
        let name = name()
        if name < last.name { insert(Entry(group: group, size: size, name: name)) }
        return
      }
    }
    insert(Entry(group: group, size: size, name: name()))
  }

  /// Whether a group of a size may be among the largest; if not, it need only be counted.
  func mayHold(_ size: Size) -> Bool { last.map { size >= $0.size } ?? true }

  /// Counts a group that is not among the largest.
  mutating func pass() { count += 1 }

  /// Adds the groups of another part.
  mutating func add(_ other: Ranking) {
    for entry in other.entries { add(entry.group, size: entry.size) { entry.name } }
    count += other.count - other.entries.count
  }

  /// The same of something else about each group.
  func mapped<Other>(_ transform: (Group) -> Other) -> Ranking<Other> {
    var other = Ranking<Other>(most)
    for entry in largest {
      other.add(transform(entry.group), size: entry.size) { entry.name }
    }
    other.count = count
    return other
  }

  private mutating func insert(_ entry: Entry) {
    entries.append(entry)
    if entries.count / 2 >= most, entries.count >= 64 {
      entries = largest
      last = entries.last
    }
  }

  /// What is largest, the largest first.
  var groups: [Group] { largest.map(\.group) }

  /// The largest first.
  var largest: [Entry] {
    let sorted = entries.sorted { one, other in
      one.size != other.size ? one.size > other.size : one.name < other.name
    }
    return sorted.count > most ? Array(sorted.prefix(most)) : sorted
  }

  /// How many there were beyond these.
  var others: Int { max(0, count - most) }
}
