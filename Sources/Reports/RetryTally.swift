internal import Analysis
internal import Events
internal import Files

/// Counts while errors are judged one by one; texts by the numbers of the vocabulary.
struct RetryTally: Sendable {
  private struct Party: Hashable {
    var vendor: Int32
    var consumer: Int32
  }

  private struct Place: Hashable {
    var route: Int32
    var status: Int32
    var code: Int32
  }

  /// What a party did against advice, and where.
  private struct Faults {
    var counts = RetryCounts()
    var places: [Place: Int64] = [:]
  }

  private var numbers = CombinationNumbers()
  private var parties: [Party] = []
  /// By party: most of them have errors and nothing else.
  private var errors: [(all: Int64, judged: Int64)] = []
  private var faults: [Int: Faults] = [:]
  /// How many places there are in these.
  private var size = 0

  /// Whether it is more than is held at once.
  var isTooLarge: Bool { parties.count > Part.most || size > Part.most / 4 }

  /// Counts errors of a call's vendor and consumer.
  mutating func add(_ call: FailedCall, errors: Int64) {
    add(errors, areJudged: call.isJudged, by: call.vendor, of: call.consumer)
  }

  /// The same by the numbers of both.
  mutating func add(_ errors: Int64, areJudged: Bool, by vendor: Int32, of consumer: Int32) {
    let party = number(vendor, consumer)
    self.errors[party].all += errors
    if areJudged { self.errors[party].judged += errors }
  }

  /// Counts what is wrong with a call that is counted already.
  mutating func add(_ call: FailedCall, _ fault: RetryFault) {
    let party = number(call.vendor, call.consumer)
    if faults[party] == nil { size += 1 }
    faults[party, default: Faults()].counts.add(fault)
    guard fault.selfInflicted > 0 else { return }
    let place = Place(route: call.route, status: call.status, code: call.code)
    let known = faults[party]?.places.count ?? 0
    faults[party]?.places[place, default: 0] += fault.selfInflicted
    size += (faults[party]?.places.count ?? 0) - known
  }

  mutating func add(_ other: RetryTally) {
    if parties.isEmpty {
      self = other
      return
    }
    for (party, errors) in zip(other.parties, other.errors) {
      let number = number(party.vendor, party.consumer)
      self.errors[number].all += errors.all
      self.errors[number].judged += errors.judged
    }
    for (party, more) in other.faults {
      let party = other.parties[party]
      let number = number(party.vendor, party.consumer)
      var own = faults[number] ?? Faults()
      size -= own.places.count
      own.counts.add(more.counts)
      own.places.merge(more.places, uniquingKeysWith: +)
      size += own.places.count
      faults[number] = own
    }
  }

  private mutating func number(_ vendor: Int32, _ consumer: Int32) -> Int {
    let number = numbers.number(of: vendor, consumer)
    if number == parties.count {
      parties.append(Party(vendor: vendor, consumer: consumer))
      errors.append((0, 0))
    }
    return number
  }

  private func counts(of party: Int) -> RetryCounts {
    var counts = faults[party]?.counts ?? RetryCounts()
    counts.add(errors[party].judged, areJudged: true)
    counts.add(errors[party].all - errors[party].judged, areJudged: false)
    return counts
  }

  /// The sums, and of the consumers who are known those who brought most upon themselves.
  func sums(most: Int, naming vocabulary: Vocabulary) -> RetrySums {
    var sums = RetrySums(most: most)
    // Who has the same to answer for comes in the order of names.
    func name(_ party: Party) -> GroupName {
      GroupName(parts: [
        .init(vocabulary.vendors[Int(party.vendor)]),
        .init(vocabulary.consumers[Int(party.consumer)]),
      ])
    }
    var guilty = Ranking<Int>(most)
    var innocent = Ranking<Int>(most)
    for (number, party) in parties.enumerated() {
      let counts = counts(of: number)
      sums.totals.add(counts)
      guard party.consumer >= 0 else { continue }
      sums.known.add(counts)
      if counts.selfInflicted + counts.alike > 0 {
        let size = (counts.selfInflicted << 31 | min(counts.alike, 1 << 31 - 1), counts.errors)
        guilty.add(number, size: size) { name(party) }
      } else {
        innocent.add(number, size: (counts.errors, 0)) { name(party) }
      }
    }
    sums.add(guilty, isGuilty: true) { row(of: $0, vocabulary) }
    sums.add(innocent, isGuilty: false) { row(of: $0, vocabulary) }
    return sums
  }

  private func row(of number: Int, _ vocabulary: Vocabulary) -> RetryRow {
    let party = parties[number]
    let worst = (faults[number]?.places ?? [:]).map { place, count in
      RetryRow.Place(
        route: vocabulary.routes[Int(place.route)],
        status: place.status == 0 ? nil : place.status,
        code: vocabulary.codes[Int(place.code)], count: count)
    }
    .min {
      ($1.count, $0.route ?? "", $0.status ?? 0, $0.code ?? "")
        < ($0.count, $1.route ?? "", $1.status ?? 0, $1.code ?? "")
    }
    return RetryRow(
      vendor: vocabulary.vendors[Int(party.vendor)],
      consumer: vocabulary.consumers[Int(party.consumer)] ?? "", counts: counts(of: number),
      worst: worst)
  }
}

/// What was counted of some consumers: the sums, and the rows of those to be told.
struct RetrySums {
  /// All errors, those of consumers who are not known among them.
  fileprivate(set) var totals = RetryCounts()
  /// Those of consumers who are known.
  fileprivate(set) var known = RetryCounts()
  private var guilty: Ranking<RetryRow>
  private var innocent: Ranking<RetryRow>
  private let most: Int

  init(most: Int) {
    self.most = most
    guilty = Ranking(most)
    innocent = Ranking(most)
  }

  mutating func add(_ other: RetrySums) {
    totals.add(other.totals)
    known.add(other.known)
    guilty.add(other.guilty)
    innocent.add(other.innocent)
  }

  fileprivate mutating func add(
    _ parties: Ranking<Int>, isGuilty: Bool, _ row: (Int) -> RetryRow
  ) {
    if isGuilty { guilty.add(parties.mapped(row)) } else { innocent.add(parties.mapped(row)) }
  }

  /// Those who brought most upon themselves first, then those with most errors.
  func findings(isWhole: Bool) -> RetryFindings {
    let wrong = guilty.largest.map(\.group)
    let rows = wrong + innocent.largest.prefix(most - wrong.count).map(\.group)
    let others = guilty.count + innocent.count - rows.count
    var rest = known
    if others > 0 {
      rest.remove(rows.reduce(into: RetryCounts()) { $0.add($1.counts) })
    }
    return RetryFindings(
      isWhole: isWhole, totals: totals, rows: rows, others: others,
      guiltyOthers: guilty.count - wrong.count, rest: rest, policies: [])
  }
}
