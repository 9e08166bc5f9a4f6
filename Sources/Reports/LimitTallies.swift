internal import Analysis
internal import Events
internal import JSON
internal import Store

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

  mutating func add(_ time: Int64) {
    hits += 1
    first = min(first, time)
    last = max(last, time)
  }
}

/// Plan-limit hits, while they are counted.
struct LimitTallies {
  private let vocabulary: Vocabulary
  private var subjects: LimitSubjects
  private var numbers = CombinationNumbers()
  private var tallies: [LimitTally] = []

  init(_ vocabulary: Vocabulary) {
    self.vocabulary = vocabulary
    subjects = LimitSubjects(vocabulary)
  }

  mutating func add(_ limit: Limit) {
    guard limit.isPlanLimit else { return }
    let tally = LimitTally(
      vendor: vocabulary.vendors.number(ofRow: limit.vendor),
      consumer: vocabulary.consumers.number(ofRow: limit.consumer),
      code: vocabulary.codes.number(ofRow: limit.code),
      subject: subjects.number(ofDetails: limit.details))
    let place = numbers.number(of: tally.vendor, tally.consumer, tally.code, tally.subject)
    if place == tallies.count { tallies.append(tally) }
    tallies[place].add(limit.time)
  }

  /// Those of the vendors asked about, the most frequent first.
  func hits(of question: Question) -> [LimitHits] {
    let own = tallies.filter { question.asksAbout(vocabulary.vendors[Int($0.vendor)]) }
    return LimitOrder(vocabulary, subjects).sorted(own).map { tally in
      let subject = subjects[Int(tally.subject)]
      return LimitHits(
        vendor: vocabulary.vendors[Int(tally.vendor)],
        consumer: vocabulary.consumers[Int(tally.consumer)],
        code: vocabulary.codes[Int(tally.code)], resource: subject.resource, limit: subject.limit,
        hits: tally.hits, first: tally.first, last: tally.last)
    }
  }
}

/// What limits are on, and how high they are, as numbers that count from 0: several details may say
/// the same.
struct LimitSubjects {
  struct Subject: Hashable {
    var resource: String?
    var limit: Int64?
  }

  private let vocabulary: Vocabulary
  private let parser = JSONParser()
  private var subjects: [Subject] = []
  private var numbers: [Subject: Int] = [:]
  /// By the number of details, from that of none on; those not asked for yet are nil.
  private var numbersByDetails: [Int?] = []

  init(_ vocabulary: Vocabulary) {
    self.vocabulary = vocabulary
  }

  subscript(number: Int) -> Subject { subjects[number] }

  var all: [Subject] { subjects }

  /// - Parameter row: the details' row in the store.
  mutating func number(ofDetails row: Int64) -> Int {
    let details = vocabulary.details.number(ofRow: row)
    let missing = details + 2 - numbersByDetails.count
    if missing > 0 { numbersByDetails.append(contentsOf: repeatElement(nil, count: missing)) }
    if let number = numbersByDetails[details + 1] { return number }
    let subject = subject(of: vocabulary.details[details])
    let number = numbers[subject] ?? subjects.count
    if number == subjects.count {
      subjects.append(subject)
      numbers[subject] = number
    }
    numbersByDetails[details + 1] = number
    return number
  }

  private func subject(of details: String?) -> Subject {
    details?.withBytes { bytes in
      guard let value = try? parser.parse(bytes) else { return Subject() }
      return Subject(resource: value["resource"]?.text, limit: value["limit"]?.integer)
    } ?? Subject()
  }
}

/// The most frequent hits first; as many ones by vendor, consumer, resource, code and limit. Texts are
/// put in order once, not compared anew for every two hits.
struct LimitOrder {
  private let vendors: [Int]
  private let consumers: [Int]
  private let resources: [Int]
  private let codes: [Int]
  private let limits: [Int64]

  init(_ vocabulary: Vocabulary, _ subjects: LimitSubjects) {
    vendors = LimitOrder.places(of: vocabulary.vendors.all)
    consumers = LimitOrder.places(of: vocabulary.consumers.all)
    resources = LimitOrder.places(of: subjects.all.map { $0.resource ?? "" })
    codes = LimitOrder.places(of: vocabulary.codes.all)
    limits = subjects.all.map { $0.limit ?? -1 }
  }

  func sorted(_ tallies: [LimitTally]) -> [LimitTally] {
    struct Rank {
      /// What comes first has more of them.
      var hits: Int64
      var party: Int
      var subject: Int
      var limit: Int64
      var place: Int
    }
    return tallies.enumerated().map { place, tally in
      Rank(
        hits: tally.hits,
        party: vendors[Int(tally.vendor) + 1] << 32 | consumers[Int(tally.consumer) + 1],
        subject: resources[Int(tally.subject) + 1] << 32 | codes[Int(tally.code) + 1],
        limit: limits[Int(tally.subject)], place: place)
    }
    .sorted { one, other in
      if one.hits != other.hits { return one.hits > other.hits }
      if one.party != other.party { return one.party < other.party }
      if one.subject != other.subject { return one.subject < other.subject }
      return one.limit < other.limit
    }
    .map { tallies[$0.place] }
  }

  /// The place of each text in their order, after that of none; equal texts have one place.
  private static func places(of texts: [String]) -> [Int] {
    let texts = [""] + texts
    var places = texts.map { _ in 0 }
    var place = 0
    let order = texts.indices.sorted { texts[$0] < texts[$1] }
    for (before, number) in zip(order, order.dropFirst()) {
      if texts[before] != texts[number] { place += 1 }
      places[number] = place
    }
    return places
  }
}
