internal import Analysis
internal import Batches
internal import Files
internal import JSON
internal import Questions

/// Hits of one limit, while they are counted: what they are told apart by, by number, and the times
/// of the first and the last.
struct LimitTally {
  let vendor: Int32
  let consumer: Int32
  let code: Int32
  let subject: Int32
  private(set) var hits: Int64 = 0
  private(set) var first = Int64.max
  private(set) var last = Int64.min

  init(vendor: Int, consumer: Int, code: Int, subject: Int) {
    self.vendor = Int32(vendor)
    self.consumer = Int32(consumer)
    self.code = Int32(code)
    self.subject = Int32(subject)
  }

  var key: [Int32] { [vendor, consumer, code, subject] }

  mutating func add(_ time: Int64) {
    hits += 1
    first = min(first, time)
    last = max(last, time)
  }
}

/// The limits that were hit most, and the rest of them together.
struct LimitList {
  var rows: [LimitHits] = []
  /// How many limits are not among these, and their hits.
  var others = 0
  var rest: LimitHits?

  /// How many limits were hit.
  var count: Int { rows.count + others }
}

extension Question {
  /// Plan-limit hits of the range, the most frequent first.
  func limitHits(most: Int? = nil) throws -> LimitList {
    let most = most ?? top.groups
    let subjects = LimitSubjects(archive)
    let parts = try inParts { part in
      var ranking = Ranking<LimitTally>(most)
      for tally in try planLimits(part, subjects) {
        ranking.add(tally, size: (tally.hits, 0)) { name(of: tally, subjects) }
      }
      return ranking
    }
    var ranking = Ranking<LimitTally>(most)
    for part in parts { ranking.add(part) }
    let largest = ranking.largest.map(\.group)
    var list = LimitList(rows: largest.map { hits(of: $0, subjects) }, others: ranking.others)
    if list.others > 0 {
      let told = Set(largest.map(\.key))
      var rest = LimitTally(vendor: -1, consumer: -1, code: -1, subject: -1)
      try eachPlanLimit(subjects) { tally, time in
        if !told.contains(tally.key) { rest.add(time) }
      }
      list.rest = LimitHits(hits: rest.hits, first: rest.first, last: rest.last)
    }
    return list
  }

  /// Hands over the hits of each limit, in no order.
  func eachLimit(_ body: (LimitHits) throws -> Void) throws {
    let subjects = LimitSubjects(archive)
    // What a part is too large for shows before anything of it is handed over.
    var count = 1
    try archive.limits(during: range) { if $0.isPlanLimit { count += 1 } }
    var parts = 1
    while count / parts > Part.most / 2 { parts *= 2 }
    for number in 0..<parts {
      for tally in try planLimits(Part(number: number, count: parts), subjects) {
        try body(hits(of: tally, subjects))
      }
    }
  }

  private func planLimits(_ part: Part, _ subjects: LimitSubjects) throws -> [LimitTally] {
    var tallies = LimitTallies(part)
    try eachPlanLimit(subjects) { tallies.add($0, at: $1) }
    if tallies.areTooMany { throw Part.TooLarge() }
    return tallies.all
  }

  /// Hands over each hit of the vendors asked about: what it is of, and when it was.
  private func eachPlanLimit(
    _ subjects: LimitSubjects, _ body: (LimitTally, Int64) -> Void
  ) throws {
    try archive.limits(during: range) { limit in
      guard limit.isPlanLimit else { return }
      let vendor = vocabulary.vendors.number(ofStored: limit.vendor)
      guard asksAbout(number: vendor) else { return }
      let tally = LimitTally(
        vendor: vendor, consumer: vocabulary.consumers.number(ofStored: limit.consumer),
        code: vocabulary.codes.number(ofStored: limit.code),
        subject: subjects.number(ofDetails: limit.details))
      body(tally, limit.time)
    }
  }

  /// As many ones come in the order of vendor, consumer, resource, code and limit.
  private func name(of tally: LimitTally, _ subjects: LimitSubjects) -> GroupName {
    let hits = hits(of: tally, subjects)
    return GroupName(parts: [
      .init(hits.vendor), .init(hits.consumer), .init(hits.resource), .init(hits.code),
      hits.limit.map { .number($0) } ?? .nothing,
    ])
  }

  private func hits(of tally: LimitTally, _ subjects: LimitSubjects) -> LimitHits {
    let subject = subjects[Int(tally.subject)]
    return LimitHits(
      vendor: vocabulary.vendors[Int(tally.vendor)],
      consumer: vocabulary.consumers[Int(tally.consumer)],
      code: vocabulary.codes[Int(tally.code)], resource: subject.resource, limit: subject.limit,
      hits: tally.hits, first: tally.first, last: tally.last)
  }
}

/// The plan-limit hits of a part, while they are counted.
private struct LimitTallies {
  private let part: Part
  private var numbers = CombinationNumbers()
  private(set) var all: [LimitTally] = []
  private(set) var areTooMany = false

  init(_ part: Part) {
    self.part = part
  }

  mutating func add(_ tally: LimitTally, at time: Int64) {
    if areTooMany { return }
    guard part.count == 1 || part.holds(Part.hash(tally.key[...])) else { return }
    let place = numbers.number(of: tally.vendor, tally.consumer, tally.code, tally.subject)
    if place == all.count { all.append(tally) }
    all[place].add(time)
    areTooMany = all.count > Part.most / 2
  }
}

/// What limits are on, and how high they are, as numbers that count from 0: several details may say
/// the same.
final class LimitSubjects {
  struct Subject: Hashable {
    var resource: String?
    var limit: Int64?
  }

  private let archive: any Archive
  private let parser = JSONParser()
  private var subjects: [Subject] = []
  private var numbers: [Subject: Int] = [:]
  /// By the row of details, those met lately.
  private var numbersByDetails: [Int64: Int] = [:]
  private static let most = 1 << 16

  init(_ archive: any Archive) {
    self.archive = archive
  }

  subscript(number: Int) -> Subject { subjects[number] }

  /// - Parameter row: the details' row in the store.
  func number(ofDetails row: Int64) -> Int {
    if let number = numbersByDetails[row] { return number }
    let subject = subject(of: archive.text(row, in: .details))
    let number = numbers[subject] ?? subjects.count
    if number == subjects.count {
      subjects.append(subject)
      numbers[subject] = number
    }
    if numbersByDetails.count >= LimitSubjects.most {
      numbersByDetails.removeAll(keepingCapacity: true)
    }
    numbersByDetails[row] = number
    return number
  }

  private func subject(of details: String?) -> Subject {
    details?.withBytes { bytes in
      guard let value = try? parser.parse(bytes) else { return Subject() }
      return Subject(resource: value["resource"]?.text, limit: value["limit"]?.integer)
    } ?? Subject()
  }
}
