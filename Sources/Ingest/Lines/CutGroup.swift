/// Lines that follow one another, the first of which a container runtime cut: its parts, and what
/// another stream wrote in between, up to where no line is left that goes on.
struct CutGroup {
  /// A line of a program: where its first part begins and its last ends, from the group's start.
  struct Entry {
    var start: Int
    var end: Int
    var parts: Int
  }

  /// In order of their starts.
  private(set) var entries: [Entry] = []
  /// Which entry of each stream goes on.
  private var open: (Int?, Int?) = (nil, nil)
  private var isDocker = false
  /// How many lines of the log it has.
  private(set) var count = 0

  /// More lines do not wait for the rest of one.
  static let most = 512

  var isOpen: Bool { open.0 != nil || open.1 != nil }
  /// Whether there is more than one line in it.
  var isMixed: Bool { entries.count > 1 }

  /// Adds a line of the log; false where it cannot belong to the group.
  mutating func append(_ part: CutLine.Part, from start: Int, to end: Int) -> Bool {
    if count == 0 { isDocker = part.isDocker }
    guard part.isDocker == isDocker else { return false }
    count += 1
    var entry = part.stream == 0 ? open.0 : open.1
    if let entry {
      entries[entry].end = end
      entries[entry].parts += 1
    } else {
      entries.append(Entry(start: start, end: end, parts: 1))
      entry = entries.count - 1
    }
    if part.isLast { entry = nil }
    if part.stream == 0 { open.0 = entry } else { open.1 = entry }
    return true
  }
}
