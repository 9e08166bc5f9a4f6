internal import Files
internal import Times

/// What is asked of a table of a cluster, and how its answer is laid out.
struct TableQuestion {
  /// An expression of SQL, and what it comes as. In what follows it is called `c0`, `c1` and so on, by
  /// its place.
  enum Column {
    /// A whole number.
    case number(String)
    case optionalNumber(String)
    case text(String)
    case optionalText(String)

    var form: AnswerScanner.Form {
      switch self {
      case .number: .number
      case .optionalNumber: .optionalNumber
      case .text: .text
      case .optionalText: .optionalText
      }
    }

    /// As servers are asked for it: of just this type.
    var sql: String {
      switch self {
      case .number(let sql): "ifNull(toInt64(\(sql)), toInt64(0))"
      case .optionalNumber(let sql): "CAST(\(sql) AS Nullable(Int64))"
      case .text(let sql): "ifNull(toString(\(sql)), '')"
      case .optionalText(let sql): "CAST(\(sql) AS Nullable(String))"
      }
    }
  }

  /// In a few words, for whoever is told what it cost.
  var name: String
  var columns: [Column]
  var table: String
  /// What rows must meet, all of it.
  var conditions: [String] = []
  /// So many of the first columns tell apart what the others count; nil where nothing is counted.
  var keys: Int?
  /// What comes last: the order, or how many.
  var rest = ""
  /// Of which deliveries rows may be.
  var deliveries = Deliveries.all

  /// - Parameter database: where the view of deliveries is: each server asks its own.
  func sql(in database: String) -> String {
    let names = columns.enumerated().map { "\($1.sql) AS c\($0)" }
    var conditions = self.conditions
    if let condition = deliveries.condition(in: database) { conditions.append(condition) }
    var sql =
      "SELECT toUInt8(\(AnswerScanner.mark)) AS mark, \(names.joined(separator: ", ")) FROM \(table)"
    if !conditions.isEmpty { sql += " WHERE \(conditions.joined(separator: " AND "))" }
    if let keys, keys > 0 {
      sql += " GROUP BY " + (0..<keys).map { "c\($0)" }.joined(separator: ", ")
    }
    return "\(sql) \(rest)"
  }
}

/// The deliveries of which rows count: of each batch the last. Who asks about a range of time need know
/// of no others than those with rows in it, which are few however much there is.
enum Deliveries {
  case all
  case during(TimeRange)
  case ofEdge(Int64)
  /// Rows count whichever delivery they came by.
  case unasked

  /// - Parameter database: where the view of deliveries is: each server asks its own.
  func condition(in database: String) -> String? {
    var some = ""
    switch self {
    case .unasked: return nil
    case .all: break
    case .during(let range):
      let own = range.bounded
      some = " WHERE until_ms >= \(own.since) AND since_ms < \(own.until)"
    case .ofEdge(let edge): some = " WHERE edge = \(edge)"
    }
    return """
      (batch, load) IN (SELECT batch, assumeNotNull(argMax(load, version)) \
      FROM \(quotedName(database)).delivery\(some) GROUP BY edge, batch)
      """
  }
}

// Conditions.
extension TimeRange {
  /// The same within what times can be.
  var bounded: TimeRange {
    let most = AnswerDomain.time.upperBound + 1
    return TimeRange(since: min(max(since, 0), most), until: min(max(until, 0), most))
  }

  /// From the start of the first stretch of some length that begins inside it to the end of the last.
  func stretches(of length: Int64) -> TimeRange {
    let range = bounded
    return TimeRange(
      since: (range.since + length - 1).rounded(downTo: length),
      until: (range.until + length - 1).rounded(downTo: length))
  }

  /// That what begins at `start_ms` begins inside it.
  var holdsStart: String { "start_ms >= \(since) AND start_ms < \(until)" }

  /// That an event happened in it: with what servers keep events in order of.
  var holdsEvent: String {
    let range = bounded
    let last = max(range.since, range.until - 1)
    return """
      \(isEventTime(in: range.since...last)) AND ifNull(time_ms, -1) >= \(range.since) \
      AND ifNull(time_ms, -1) < \(range.until)
      """
  }
}

/// That an event's minute is one of those of some times. Those without a time have the first of all.
func isEventTime(in times: ClosedRange<Int64>) -> String {
  let days = (times.lowerBound / Milliseconds.day, times.upperBound / Milliseconds.day)
  let minutes = (times.lowerBound / Milliseconds.minute, times.upperBound / Milliseconds.minute)
  return
    "day BETWEEN \(days.0) AND \(days.1) AND minute BETWEEN \(minutes.0) AND \(minutes.1)"
}

/// That an event has no time.
let isUndatedEvent = "day = 0 AND minute = 0 AND time_ms IS NULL"

/// How many milliseconds a stretch has, and when the one begins that a time is in.
func stretch(of time: String, length: Int64) -> String {
  "intDiv(\(time), \(length)) * \(length)"
}
