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
  /// Codes of a report's range against everything before it; in a store's first weeks there is
  /// nothing to be new against.
  func codeNews(_ counts: ReportCounts) throws -> CodeNews {
    let codes = counts.sums { sort in
      sort.code < 0 ? nil : VendorCode(vendor: sort.vendor, code: sort.code)
    }
    let unfamiliar = codes.filter { $1.now > 0 && $1.recently == 0 && $1.before == 0 }
    // The whole past is asked only where there is someone to recognise.
    let older = unfamiliar.isEmpty ? [] : try sentCodes(before: counts.calendar.background.since)
    var news = CodeNews()
    if let extent, extent.since < range.since {
      news.new = list(unfamiliar.filter { !older.contains($0.key) }.mapValues(\.now))
    }
    news.returned = list(unfamiliar.filter { older.contains($0.key) }.mapValues(\.now))
    news.gone = list(codes.filter { $1.now == 0 && $1.before > 0 }.mapValues(\.before))
    return news
  }

  private func sentCodes(before time: Int64) throws -> Set<VendorCode> {
    var codes: Set<VendorCode> = []
    let past = TimeRange(since: min(extent?.since ?? time, time), until: time)
    try eachResponse(during: past, by: .day) { response in
      if response.code >= 0 {
        codes.insert(VendorCode(vendor: response.vendor, code: response.code))
      }
    }
    return codes
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
