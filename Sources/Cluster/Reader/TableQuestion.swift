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
  /// Whether only rows count that were delivered whole.
  var isOfDeliveries = true

  /// - Parameter database: where the view of deliveries is: each server asks its own.
  func sql(in database: String) -> String {
    let names = columns.enumerated().map { "\($1.sql) AS c\($0)" }
    var conditions = self.conditions
    if isOfDeliveries {
      let delivered = "\(quotedName(database)).delivered"
      conditions.append("(batch, load) IN (SELECT batch, load FROM \(delivered))")
    }
    var sql =
      "SELECT toUInt8(\(AnswerScanner.mark)) AS mark, \(names.joined(separator: ", ")) FROM \(table)"
    if !conditions.isEmpty { sql += " WHERE \(conditions.joined(separator: " AND "))" }
    if let keys, keys > 0 {
      sql += " GROUP BY " + (0..<keys).map { "c\($0)" }.joined(separator: ", ")
    }
    return "\(sql) \(rest)"
  }
}

// Conditions.
extension TimeRange {
  /// The same within what times can be.
  var bounded: TimeRange {
    let most = AnswerDomain.time.upperBound + 1
    return TimeRange(since: min(max(since, 0), most), until: min(max(until, 0), most))
  }

  /// That a stretch of some length begins inside it, by the start of a part of the stretch.
  func holds(start: String, ofStretches length: Int64) -> String {
    let range = bounded
    let first = (range.since + length - 1).rounded(downTo: length)
    let end = (range.until + length - 1).rounded(downTo: length)
    return "\(start) >= \(first) AND \(start) < \(end)"
  }

  /// That an event happened in it: by what servers keep events in order of.
  var holdsEvent: String {
    let range = bounded
    return """
      \(eventTime) >= \(range.since) AND \(eventTime) < \(range.until) AND time_ms IS NOT NULL
      """
  }
}

/// The time of an event, 0 of one without, as servers find it by their order of events. Without the
/// conversion servers of today make conditions on it into others, which lead through all events.
let eventTime = "toInt64(ifNull(time_ms, 0))"

/// That an event's time is one of some, or that it has none where that may be.
func isEventTime(in times: ClosedRange<Int64>?, orNone hasUndated: Bool) -> String {
  var ways = hasUndated ? ["\(eventTime) = 0"] : []
  if let times {
    ways.append("\(eventTime) BETWEEN \(times.lowerBound) AND \(times.upperBound)")
  }
  return ways.isEmpty ? "0" : "(\(ways.joined(separator: " OR ")))"
}

/// How many milliseconds a stretch has, and when the one begins that a time is in.
func stretch(of time: String, length: Int64) -> String {
  "intDiv(\(time), \(length)) * \(length)"
}
