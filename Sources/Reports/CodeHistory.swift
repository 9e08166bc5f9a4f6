internal import Analysis
internal import Events
internal import Store

/// A vendor's code, and on which days it was sent.
struct CodeHistory {
  var vendor: String?
  var code: String
  /// Responses by UTC day, in order.
  var days: [(day: Int64, count: Int64)] = []

  func count(in range: TimeRange) -> Int64 {
    days.filter { range.contains($0.day) }.reduce(0) { $0 + $1.count }
  }
}

/// What is new, back and gone in a week.
struct CodeNews {
  var new: [CodeHistory] = []
  var returned: [CodeHistory] = []
  var gone: [CodeHistory] = []
}

extension Question {
  /// Codes of the range against everything before: new ones were never sent before, returned ones
  /// not in the four weeks before, gone ones in the week before but not in this one.
  ///
  /// Days are UTC's here: a code counts as sent in the week in which most of its day lies.
  func codeNews(before: TimeRange) throws -> CodeNews {
    var histories: [CodeHistory] = []
    try ask("codes") { row in
      guard wants(row.text(0)), let code = row.text(1) else { return }
      if histories.last.map({ ($0.vendor, $0.code) == (row.text(0), code) }) != true {
        histories.append(CodeHistory(vendor: row.text(0), code: code))
      }
      let noon = row.integer(2) + Milliseconds.day / 2
      histories[histories.count - 1].days.append((noon, row.integer(3)))
    }
    var news = CodeNews()
    let quiet = TimeRange(since: range.since - 28 * Milliseconds.day, until: range.since)
    let hadBefore = (extent?.since ?? range.since) < range.since
    for history in histories {
      let isHere = history.count(in: range) > 0
      let earlier = history.days.contains { $0.day < range.since }
      if isHere, !earlier, hadBefore { news.new.append(history) }
      if isHere, earlier, history.count(in: quiet) == 0 { news.returned.append(history) }
      if !isHere, history.count(in: before) > 0 { news.gone.append(history) }
    }
    return news
  }
}

/// How one error goes, this week against the week before.
struct Mover {
  var vendor: String?
  var status: Int64?
  var code: String?
  var kind: String
  var now: Int64
  var before: Int64
  var change: Change

  /// How far it moved, for the order.
  var distance: Int64 { abs(now - before) }
}
