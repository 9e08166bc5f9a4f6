internal import Files
internal import JSON

/// The patterns of the successes met before: most lines of a log are like one of a few.
///
/// To make a pattern of a line costs about as much as to read it, and to compare a line with patterns it is not
/// like costs something. So none are made for long where none come again.
final class LinePatterns {
  private var patterns: ContiguousArray<LinePattern> = []
  private let values = FlatDocument()
  /// So many patterns may still be made.
  private var budget = LinePatterns.most
  /// Lines of known patterns and successes of others, since the budget grew.
  private var known = 0
  private var others = 0
  /// By how much lines of known patterns make up for lines that were compared in vain.
  private var worth = 0

  private static let most = 16
  /// So many lines of known patterns, or so many successes of others, earn a new one.
  private static let knownForOne = 16
  private static let othersForOne = 64
  /// A line of a known pattern makes up for so many comparisons in vain.
  private static let worthOfOne = 16
  private static let bounds = -4096...4096

  var count: Int { patterns.count }

  /// Whether a line is of a known pattern; the values by which it may be counted are in `fields` then.
  func read(_ line: Bytes, into fields: FieldReader) -> Bool {
    guard !patterns.isEmpty, let text = SimpleValues(line) else { return false }
    for place in patterns.indices where patterns[place].holds(of: text) {
      worth = min(worth + LinePatterns.worthOfOne - place, LinePatterns.bounds.upperBound)
      known += 1
      if known == LinePatterns.knownForOne {
        known = 0
        budget = min(budget + 1, LinePatterns.most)
      }
      let pattern = patterns[place]
      if place > 0 { patterns.swapAt(place, place - 1) }
      return pattern.give(line, to: fields, in: values)
    }
    worth -= patterns.count
    if worth < LinePatterns.bounds.lowerBound {
      patterns.removeAll(keepingCapacity: true)
      (worth, budget) = (0, 0)
    }
    return false
  }

  /// Remembers the pattern of a line that `fields` has read and that was counted by its plan.
  func note(_ line: Bytes, parsedAs root: JSONValue, by fields: FieldReader) {
    others += 1
    if others == LinePatterns.othersForOne {
      others = 0
      budget = min(budget + 1, LinePatterns.most)
    }
    guard budget > 0 else { return }
    budget -= 1
    guard let pattern = LinePattern(line, parsedAs: root, by: fields) else { return }
    if patterns.count == LinePatterns.most { patterns.removeLast() }
    patterns.append(pattern)
  }
}
