internal import Files

/// Keys of `key=value` pairs whose field is taken: the line's layout has a place for it. A status
/// among the pairs is then that of something else.
final class TakenKeys {
  private let isTaken: (String) -> Bool
  /// The answers for keys met before, of which a log has few. Further keys are asked about each
  /// time.
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
