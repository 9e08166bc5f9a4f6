internal import Answers
internal import Threads

/// Answers that were found before, each as long as the store says that it is as it was then.
final class KeptAnswers: Sendable {
  private struct Kept {
    var version: String
    var answers: [Result<Answer, any Error>]
    /// Milliseconds since the epoch.
    var time: Int64
  }

  private let all = Lock<[String: Kept]>([:])
  /// So many are kept.
  private static let most = 32
  /// What a repair changes, no version tells: milliseconds.
  private static let longest: Int64 = 300_000

  /// What is kept under a name, or else what `find` finds; that is kept where all of it was answered.
  func answers(
    _ name: String, version: String, now: Int64, _ find: () throws -> [Result<Answer, any Error>]
  ) rethrows -> [Result<Answer, any Error>] {
    if let kept = all.withLock({ $0[name] }), kept.version == version, kept.time <= now,
      now - kept.time < Self.longest
    {
      return kept.answers
    }
    let found = try find()
    guard found.allSatisfy({ (try? $0.get()) != nil }) else { return found }
    all.withLock { all in
      if all.count >= Self.most, all[name] == nil,
        let oldest = all.min(by: { $0.value.time < $1.value.time })?.key
      {
        all[oldest] = nil
      }
      all[name] = Kept(version: version, answers: found, time: now)
    }
    return found
  }
}
