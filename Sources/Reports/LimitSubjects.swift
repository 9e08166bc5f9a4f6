internal import Events
internal import JSON
internal import Store

/// What plan-limit hits are told apart by, by number.
struct LimitKey: Hashable {
  var vendor: Int
  var consumer: Int
  var code: Int
  var subject: Int
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

/// Where hits stand among others that are as many: by vendor, consumer, resource, code and limit.
/// Texts are put in order once, not compared anew for every two hits.
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

  func precedes(_ one: LimitKey, _ other: LimitKey) -> Bool {
    func places(_ key: LimitKey) -> (Int, Int, Int, Int, Int64) {
      (
        vendors[key.vendor + 1], consumers[key.consumer + 1], resources[key.subject + 1],
        codes[key.code + 1], limits[key.subject]
      )
    }
    return places(one) < places(other)
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
