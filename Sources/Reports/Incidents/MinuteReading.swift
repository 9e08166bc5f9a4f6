internal import Questions
internal import Threads

/// The minutes in which incidents are looked for, read by a thread of its own while other parts of an
/// answer are found: of millions of events that is worth a reader of its own.
struct MinuteReading {
  private let read: Future<[MinuteSeries]?>

  /// So many minutes are held at once, each with up to six counts; of more vendors they are read when
  /// they are asked for.
  private static let most = 1 << 20

  /// Begins to read.
  init(_ question: Question) {
    read = question.meanwhile { question in
      let pieces = question.incidentPieces
      guard pieces.count == 1, let history = pieces.first?.history else { return nil }
      var all: [MinuteSeries] = []
      do {
        try question.eachMinuteSeries(
          of: MinuteSort.failures, during: history, most: MinuteReading.most, where: { _ in true }
        ) { all += $0 }
      } catch is TooManyMinutes {
        return nil
      }
      return all
    }
  }

  /// Those of all vendors; nil where these are too many.
  func series() throws -> [MinuteSeries]? { try read.value() }
}
