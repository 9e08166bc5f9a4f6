internal import CSQLite

extension Connection {
  /// Ends long statements with `isInterrupted` when `isWanted` says no; it is asked a few hundred
  /// times a second: <https://www.sqlite.org/c3ref/progress_handler.html>.
  package func goOn(while isWanted: @escaping () -> Bool) {
    question = Question(isWanted: isWanted)
    sqlite3_progress_handler(
      handle, 100_000,
      { context in
        guard let context else { return 0 }
        let question = Unmanaged<Question>.fromOpaque(context).takeUnretainedValue()
        return question.isWanted() ? 0 : 1
      }, question.map { Unmanaged.passUnretained($0).toOpaque() })
  }

  /// A closure as a C pointer can carry it.
  final class Question {
    let isWanted: () -> Bool

    init(isWanted: @escaping () -> Bool) {
      self.isWanted = isWanted
    }
  }
}
