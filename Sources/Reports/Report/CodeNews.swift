internal import Answers
internal import Events
internal import Store

/// A vendor's code, and how often it was sent.
struct CodeCount {
  var vendor: String?
  var code: String
  var count: Int64
}

/// Which codes are new, back and gone.
struct CodeNews {
  /// Never sent before.
  var new: [CodeCount] = []
  /// Sent before, but not in the four weeks before.
  var returned: [CodeCount] = []
  /// Sent in what the range is compared with, and how often then, but not in the range.
  var gone: [CodeCount] = []
}

extension Question {
  /// Codes of a report's range against everything before it. Of a vendor that was not in the store
  /// for a day by then, there is nothing to be new against.
  func codeNews(_ counts: ReportCounts) throws -> CodeNews {
    let codes = counts.sums { sort in
      sort.code < 0 ? nil : VendorCode(vendor: sort.vendor, code: sort.code)
    }
    let unfamiliar = codes.filter { $1.now > 0 && $1.recently == 0 && $1.before == 0 }
    // The whole past is asked only where there is someone to recognise.
    let older = unfamiliar.isEmpty ? Past() : try past(before: counts.calendar.background.since)
    let met = counts.sums { $0.vendor }.filter { _, group in
      group.daily[..<max(0, counts.calendar.firstDay - 1)].contains { $0 > 0 }
    }
    var news = CodeNews()
    news.new = list(
      unfamiliar.filter { sent, _ in
        !older.codes.contains(sent)
          && (met[sent.vendor] != nil || older.vendors.contains(sent.vendor))
      }.mapValues(\.now))
    news.returned = list(unfamiliar.filter { older.codes.contains($0.key) }.mapValues(\.now))
    news.gone = list(codes.filter { $1.now == 0 && $1.before > 0 }.mapValues(\.before))
    return news
  }

  /// Who sent anything, and what.
  private struct Past {
    var codes: Set<VendorCode> = []
    var vendors: Set<Int> = []
  }

  private func past(before time: Int64) throws -> Past {
    var found = Past()
    let range = TimeRange(since: min(extent?.since ?? time, time), until: time)
    try eachResponse(during: range, by: .day) { response in
      found.vendors.insert(response.vendor)
      if response.code >= 0 { found.codes.insert(VendorCode(response)) }
    }
    return found
  }

  private func list(_ codes: [VendorCode: Int64]) -> [CodeCount] {
    codes.map { sent, count in
      CodeCount(
        vendor: vocabulary.vendors[sent.vendor], code: vocabulary.codes[sent.code] ?? "",
        count: count)
    }
    .sorted { ($0.vendor ?? "", $0.code) < ($1.vendor ?? "", $1.code) }
  }

  func codeValues(_ codes: [CodeCount]) -> Value {
    .array(
      codes.map {
        ["vendor": Value($0.vendor), "code": .text($0.code), "errors": .integer($0.count)]
      })
  }
}
