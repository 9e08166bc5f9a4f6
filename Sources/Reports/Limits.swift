package import Answers
internal import Events
internal import JSON
internal import Store

/// Plans and quotas that were used up.
struct LimitHits: Equatable {
  var vendor: String?
  var consumer: String?
  var code: String?
  var resource: String?
  var limit: Int64?
  var hits: Int64
  var first: Int64
  var last: Int64
}

extension Question {
  /// Plan-limit hits by vendor, consumer and what was limited.
  package func limits() throws -> Answer {
    let rows = try limitHits()
    let answer = Answer(
      title: "Plan limits", notes: [note],
      sections: [Section(.table(limitTable(rows)))],
      value: [
        "since": Value(time: range.since), "until": Value(time: range.until),
        "rows": limitValues(rows),
      ],
      rows: "rows",
      header: ["vendor", "consumer", "resource", "code", "limit", "hits", "first", "last"])
    return honest(answer, from: .events)
  }

  func limitHits() throws -> [LimitHits] {
    var vendors = Names(store, .vendor)
    var consumers = Names(store, .consumer)
    var codes = Names(store, .code)
    var details = Names(store, .details)
    var subjects = LimitSubjects()
    var rows: [LimitHits] = []
    var places: [LimitKey: Int] = [:]
    try store.limits(during: range) { limit in
      guard limit.isPlanLimit else { return }
      let detail = details.number(ofRow: limit.details)
      let key = LimitKey(
        vendor: vendors.number(ofRow: limit.vendor),
        consumer: consumers.number(ofRow: limit.consumer), code: codes.number(ofRow: limit.code),
        subject: subjects.number(ofDetails: detail) { details[detail] })
      if let place = places[key] {
        rows[place].hits += 1
        rows[place].first = min(rows[place].first, limit.time)
        rows[place].last = max(rows[place].last, limit.time)
        return
      }
      places[key] = rows.count
      let subject = subjects[key.subject]
      rows.append(
        LimitHits(
          vendor: vendors[key.vendor], consumer: consumers[key.consumer], code: codes[key.code],
          resource: subject.resource, limit: subject.limit, hits: 1, first: limit.time,
          last: limit.time))
    }
    rows.removeAll { !asksAbout($0.vendor) }
    return rows.sorted {
      (
        $1.hits, $0.vendor ?? "", $0.consumer ?? "", $0.resource ?? "", $0.code ?? "",
        $0.limit ?? -1
      )
        < (
          $0.hits, $1.vendor ?? "", $1.consumer ?? "", $1.resource ?? "", $1.code ?? "",
          $1.limit ?? -1
        )
    }
  }

  func limitValues(_ rows: [LimitHits]) -> Value {
    .array(
      rows.map {
        [
          "vendor": Value($0.vendor), "consumer": Value($0.consumer),
          "resource": Value($0.resource),
          "code": Value($0.code), "limit": Value($0.limit), "hits": .integer($0.hits),
          "first": Value(time: $0.first),
          "last": Value(time: $0.last),
        ]
      })
  }

  func limitTable(_ rows: [LimitHits], title: String? = nil) -> Table {
    Table(
      title,
      columns: [
        "vendor", "consumer", "resource", "code", Column("limit", .trailing),
        Column("hits", .trailing), "first", "last",
      ],
      rows: rows.map {
        [
          Cell($0.vendor), Cell($0.consumer), Cell($0.resource), Cell($0.code), Cell($0.limit),
          Cell(.integer($0.hits)),
          time($0.first), time($0.last),
        ]
      },
      whenEmpty: "no plan limit was hit")
  }
}

/// What hits are told apart by, as numbers.
private struct LimitKey: Hashable {
  var vendor: Int
  var consumer: Int
  var code: Int
  var subject: Int
}

/// What limits are on, and how high they are, as numbers that count from 0: several details may say
/// the same.
private struct LimitSubjects {
  struct Subject: Hashable {
    var resource: String?
    var limit: Int64?
  }

  private let parser = JSONParser()
  private var subjects: [Subject] = []
  private var numbers: [Subject: Int] = [:]
  private var numbersByDetails: [Int: Int] = [:]

  subscript(number: Int) -> Subject { subjects[number] }

  mutating func number(ofDetails details: Int, _ text: () -> String?) -> Int {
    if let number = numbersByDetails[details] { return number }
    let subject = subject(of: text())
    let number = numbers[subject] ?? subjects.count
    if number == subjects.count {
      subjects.append(subject)
      numbers[subject] = number
    }
    numbersByDetails[details] = number
    return number
  }

  private func subject(of details: String?) -> Subject {
    details?.withBytes { bytes in
      guard let value = try? parser.parse(bytes) else { return Subject() }
      return Subject(resource: value["resource"]?.text, limit: value["limit"]?.integer)
    } ?? Subject()
  }
}
