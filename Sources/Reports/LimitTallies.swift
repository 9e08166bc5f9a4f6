internal import Analysis
internal import Batches
internal import Files
internal import JSON
internal import Questions
internal import Times

/// Hits of one limit, while they are counted: what they are told apart by, by number, and the times
/// of the first and the last.
struct LimitTally: Sendable {
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

  mutating func add(_ other: LimitTally) {
    hits += other.hits
    first = min(first, other.first)
    last = max(last, other.last)
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

/// A limit with its hits, and what it is on.
struct PlanLimit: Sendable {
  var tally: LimitTally
  var subject: LimitSubjects.Subject
}

extension Question {
  /// Plan-limit hits of the range, the most frequent first.
  ///
  /// - Parameter known: all limits, where they were counted already.
  func limitHits(most: Int? = nil, known: [PlanLimit]? = nil) throws -> LimitList {
    let most = most ?? top.groups
    if let known { return list(known, most) }
    let subjects = LimitSubjects(archive)
    do {
      return list(try planLimits(Part(number: 0, count: 1), subjects), most)
    } catch is Part.TooLarge {
      return try limitHitsInParts(most, subjects)
    }
  }

  private func list(_ limits: [PlanLimit], _ most: Int) -> LimitList {
    var ranking = Ranking<PlanLimit>(most)
    for limit in limits { ranking.add(limit, size: (limit.tally.hits, 0)) { name(of: limit) } }
    var list = LimitList(
      rows: ranking.largest.map { hits(of: $0.group) }, others: ranking.others)
    if list.others > 0 {
      let told = ToldLimits(ranking)
      var rest = LimitTally(vendor: -1, consumer: -1, code: -1, subject: -1)
      for limit in limits where !told.has(limit.tally) { rest.add(limit.tally) }
      list.rest = LimitHits(hits: rest.hits, first: rest.first, last: rest.last)
    }
    return list
  }

  private func limitHitsInParts(_ most: Int, _ subjects: LimitSubjects) throws -> LimitList {
    let parts = try inParts { part in
      var ranking = Ranking<PlanLimit>(most)
      for limit in try planLimits(part, subjects) {
        ranking.add(limit, size: (limit.tally.hits, 0)) { name(of: limit) }
      }
      return ranking
    }
    var ranking = Ranking<PlanLimit>(most)
    for part in parts { ranking.add(part) }
    var list = LimitList(
      rows: ranking.largest.map { hits(of: $0.group) }, others: ranking.others)
    if list.others > 0 {
      let told = ToldLimits(ranking)
      var rest = LimitTally(vendor: -1, consumer: -1, code: -1, subject: -1)
      try eachPlanLimit(subjects) { tally, time in
        if !told.has(tally) { rest.add(time) }
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
      for limit in try planLimits(Part(number: number, count: parts), subjects) {
        try body(hits(of: limit))
      }
    }
  }

  private func planLimits(_ part: Part, _ subjects: LimitSubjects) throws -> [PlanLimit] {
    var tallies = LimitTallies(part)
    try eachPlanLimit(subjects) { tallies.add($0, at: $1) }
    if tallies.areTooMany { throw Part.TooLarge() }
    return tallies.all.map { PlanLimit(tally: $0, subject: subjects[Int($0.subject)]) }
  }

  /// Hands over each hit of the vendors asked about: what it is of, and when it was.
  private func eachPlanLimit(
    _ subjects: LimitSubjects, _ body: (LimitTally, Int64) -> Void
  ) throws {
    let reader = PlanLimitReader(self, subjects)
    try archive.limits(during: range) { limit in
      if let tally = reader.tally(of: limit) { body(tally, limit.time) }
    }
  }

  /// As many ones come in the order of vendor, consumer, resource, code and limit.
  private func name(of limit: PlanLimit) -> GroupName {
    let hits = hits(of: limit)
    return GroupName(parts: [
      .init(hits.vendor), .init(hits.consumer), .init(hits.resource), .init(hits.code),
      hits.limit.map { .number($0) } ?? .nothing,
    ])
  }

  private func hits(of limit: PlanLimit) -> LimitHits {
    let (tally, subject) = (limit.tally, limit.subject)
    return LimitHits(
      vendor: vocabulary.vendors[Int(tally.vendor)],
      consumer: vocabulary.consumers[Int(tally.consumer)],
      code: vocabulary.codes[Int(tally.code)], resource: subject.resource, limit: subject.limit,
      hits: tally.hits, first: tally.first, last: tally.last)
  }
}

/// Tells what hits of limits are of.
struct PlanLimitReader {
  private let vocabulary: Vocabulary
  private let asked: Set<Int>?
  private let vendors: NumberList
  private let consumers: NumberList
  private let codes: NumberList
  private let subjects: LimitSubjects

  init(_ question: Question, _ subjects: LimitSubjects) {
    vocabulary = question.vocabulary
    asked = vocabulary.asked
    vendors = vocabulary.vendors.listed()
    consumers = vocabulary.consumers.listed()
    codes = vocabulary.codes.listed()
    self.subjects = subjects
  }

  /// Counts the plan limits among some, of a range.
  @_optimize(speed)
  func count(_ limits: [Limit], during range: TimeRange, in tallies: inout LimitTallies) {
    limits.withUnsafeBufferPointer { limits in
      for number in limits.indices
      where limits[number].isPlanLimit && limits[number].time >= range.since
        && limits[number].time < range.until
      {
        if let tally = tally(of: limits[number]) { tallies.add(tally, at: limits[number].time) }
      }
    }
  }

  /// Nil of what is no plan limit, or of a vendor that is not asked about.
  func tally(of limit: Limit) -> LimitTally? {
    guard limit.isPlanLimit else { return nil }
    let vendor = vendors.number(ofStored: limit.vendor) {
      vocabulary.vendors.number(ofStored: $0)
    }
    if let asked, !asked.contains(vendor) { return nil }
    return LimitTally(
      vendor: vendor,
      consumer: consumers.number(ofStored: limit.consumer) {
        vocabulary.consumers.number(ofStored: $0)
      },
      code: codes.number(ofStored: limit.code) { vocabulary.codes.number(ofStored: $0) },
      subject: subjects.number(ofDetails: limit.details))
  }
}

/// The plan-limit hits of a part, while they are counted.
struct LimitTallies {
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
    all[place(of: tally)].add(time)
  }

  /// Adds what was counted by another reader.
  mutating func add(_ tally: LimitTally, on subject: Int) {
    if areTooMany { return }
    let own = LimitTally(
      vendor: Int(tally.vendor), consumer: Int(tally.consumer), code: Int(tally.code),
      subject: subject)
    all[place(of: own)].add(tally)
  }

  private mutating func place(of tally: LimitTally) -> Int {
    let place = numbers.number(of: tally.vendor, tally.consumer, tally.code, tally.subject)
    if place == all.count { all.append(tally) }
    areTooMany = all.count > Part.most / 2
    return place
  }
}

/// What limits are on, and how high they are, as numbers that count from 0: several details may say
/// the same.
final class LimitSubjects {
  struct Subject: Hashable, Sendable {
    var resource: String?
    var limit: Int64?
  }

  private let archive: any Archive
  private let parser = JSONParser()
  private var subjects: [Subject] = []
  private var numbers: [Subject: Int] = [:]
  /// The rows of details that were met last, each in a place of its own by its last digits, with their
  /// numbers.
  private var recent = [(row: Int64, number: Int)](repeating: (-1, 0), count: most)
  private static let most = 1 << 12

  init(_ archive: any Archive) {
    self.archive = archive
  }

  subscript(number: Int) -> Subject { subjects[number] }

  /// - Parameter row: the details' row in the store.
  func number(ofDetails row: Int64) -> Int {
    let place = Int(truncatingIfNeeded: row) & (LimitSubjects.most - 1)
    if recent[place].row == row, row >= 0 { return recent[place].number }
    let subject = subject(of: archive.text(row, in: .details))
    let number = numbers[subject] ?? subjects.count
    if number == subjects.count {
      subjects.append(subject)
      numbers[subject] = number
    }
    recent[place] = (row, number)
    return number
  }

  private func subject(of details: String?) -> Subject {
    details?.withBytes { bytes in
      guard let value = try? parser.parse(bytes) else { return Subject() }
      return Subject(resource: value["resource"]?.text, limit: value["limit"]?.integer)
    } ?? Subject()
  }
}
