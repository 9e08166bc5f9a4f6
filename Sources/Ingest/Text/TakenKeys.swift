internal import Files

/// The keys of pairs that say again what a line's layout has a place for. A status among the pairs
/// is that of something else: the line's own stands in its place.
final class TakenKeys {
  private let isTaken: (String) -> Bool
  /// Keys met before. A log has few of them; of more, the rest is asked for each time.
  private var known: [(key: [UInt8], isTaken: Bool)] = []
  private static let most = 64

  init(isTaken: @escaping (String) -> Bool) {
    self.isTaken = isTaken
  }

  func isTaken(_ key: Bytes) -> Bool {
    for entry in known where entry.key.count == key.count && key.elementsEqual(entry.key) {
      return entry.isTaken
    }
    let answer = isTaken(String(repairing: key))
    if known.count < TakenKeys.most { known.append((Array(key), answer)) }
    return answer
  }
}
