internal import Files
internal import JSON

/// What loggers of Go make of a duration that they are given: logrus and slog a whole number of
/// nanoseconds, zap seconds with decimals.
///
/// <https://pkg.go.dev/log/slog#JSONHandler.Handle>, <https://pkg.go.dev/go.uber.org/zap/zapcore#SecondsDurationEncoder>
enum GoLogger {
  /// Whether a record is written as they do it: its level is a word, and its text is `msg`.
  static func wrote(_ record: JSONValue) -> Bool {
    guard record["msg"]?.isString == true, record["level"]?.isString == true else { return false }
    return record["time"]?.isString == true || record["ts"] != nil
  }

  /// Of fewer nanoseconds no request is made: a smaller number is of another unit.
  private static let fewest: Int64 = 20_000

  /// Nil for what is no such duration.
  static func microseconds(_ value: JSONValue) -> Int64? {
    if let nanoseconds = value.integer ?? value.string?.integer {
      return nanoseconds >= fewest ? nanoseconds / 1000 : nil
    }
    guard value.string == nil, let seconds = value.number, seconds >= 0, seconds < 3600 else {
      return nil
    }
    return Int64(exactly: (seconds * 1_000_000).rounded())
  }
}
