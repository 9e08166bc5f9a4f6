internal import Analysis
internal import Events
internal import Files
internal import Questions
internal import Times

/// The counts of responses by group, in all and by bucket.
struct RateTally {
  let buckets: [TimeRange]
  let fields: [ResponseField]
  private let part: Part
  /// Whether what belongs to no group that is known counts for the rest.
  private let hasRest: Bool
  private var groups: GroupNumbers
  /// By group.
  private var totals: [Ranking<[Int32]>.Size] = []
  /// Groups and buckets that have something, and what; the rest is the group -1.
  private var numbers = CombinationNumbers()
  private var cells: [Counts] = []
  /// Whether there was too much to be counted by bucket as well.
  private(set) var isOnlyTotals = false
  /// The group of the response at hand: its memory is used again.
  private var key: [Int32]
  /// Whether successes are told apart by its fields too.
  private let dividesSuccesses: Bool
  /// Groups of vendors and gateways that have some: only of these successes are known.
  private var withErrors: Set<[Int32]> = []
  private var withSuccesses: Set<[Int32]> = []

  /// So many counts by bucket take some 20 MB.
  private static let mostCells = 1 << 18

  /// Of all groups of a part; only their totals, where there are many.
  init(_ buckets: [TimeRange], _ fields: [ResponseField], _ part: Part) {
    self.init(buckets, fields, part, hasRest: false)
    // There is a row for each bucket, even where nothing is counted.
    if fields.isEmpty { _ = number(of: []) }
  }

  /// Of some groups, and of the rest together.
  init(_ buckets: [TimeRange], _ fields: [ResponseField], groups: [[Int32]]) {
    self.init(buckets, fields, Part(number: 0, count: 1), hasRest: true)
    for group in groups { _ = number(of: group) }
  }

  private init(
    _ buckets: [TimeRange], _ fields: [ResponseField], _ part: Part, hasRest: Bool
  ) {
    self.buckets = buckets
    self.fields = fields
    self.part = part
    self.hasRest = hasRest
    groups = GroupNumbers(width: fields.count)
    key = fields.map { _ in 0 }
    isOnlyTotals = part.count > 1
    dividesSuccesses = fields.allSatisfy(\.isOfSuccesses)
  }

  /// - Throws: `Part.TooLarge`.
  mutating func add(_ response: ResponseCount) throws {
    guard let bucket = place(of: response.time) else { return }
    // Successes have no code, kind, route or consumer; by status they would be no error.
    guard response.isError || dividesSuccesses else { return }
    for (place, field) in fields.enumerated() {
      key[place] = Int32(clamping: response.number(of: field))
    }
    if dividesSuccesses {
      if response.isError { withErrors.insert(key) } else { withSuccesses.insert(key) }
    }
    guard part.count == 1 || part.holds(Part.hash(key[...])) else { return }
    let group = hasRest ? groups.known(key) ?? -1 : number(of: key)
    if group >= 0 {
      totals[group].0 += response.isError ? response.count : 0
      totals[group].1 += response.count
    }
    if isOnlyTotals { return }
    let cell = numbers.number(of: Int32(group), Int32(bucket))
    if cell == cells.count { cells.append(Counts()) }
    cells[cell].add(response)
    if hasRest { return }
    if cells.count > RateTally.mostCells {
      isOnlyTotals = true
      (numbers, cells) = (CombinationNumbers(), [])
    }
    if groups.count > Part.most { throw Part.TooLarge() }
  }

  private mutating func number(of key: [Int32]) -> Int {
    let group = groups.number(of: key)
    if group == totals.count { totals.append((0, 0)) }
    return group
  }

  private func place(of time: Int64) -> Int? {
    var low = 0
    var high = buckets.count
    while low < high {
      let middle = (low + high) / 2
      if buckets[middle].until <= time { low = middle + 1 } else { high = middle }
    }
    return low < buckets.count && buckets[low].contains(time) ? low : nil
  }

  /// The groups with most errors, then with most requests.
  func ranking(_ most: Int, naming vocabulary: Vocabulary) -> Ranking<[Int32]> {
    var ranking = Ranking<[Int32]>(most)
    for group in 0..<groups.count {
      let key = Array(groups.key(of: group))
      ranking.add(key, size: totals[group]) { name(of: key, vocabulary) }
    }
    return ranking
  }

  private func name(of key: [Int32], _ vocabulary: Vocabulary) -> GroupName {
    GroupName(
      parts: zip(fields, key).map { field, number in
        let number = Int(number)
        return switch field {
        case .status: number == 0 ? .nothing : .number(Int64(number))
        default: .init(vocabulary.text(of: number, field))
        }
      })
  }

  /// What a group, or the rest of them, has in a bucket; nil where it has nothing.
  func counts(of group: [Int32]?, in bucket: Int) -> Counts? {
    let number = group.flatMap { groups.known($0) } ?? -1
    return numbers.known(Int32(number), Int32(bucket)).map { cells[$0] }
  }

  /// Finds out whose successes would be in the log, had there been any.
  mutating func know(_ question: Question) throws {
    if withErrors.isSubset(of: withSuccesses) { return }
    try question.eachSuccessAround { success in
      withSuccesses.insert(fields.map { Int32(clamping: success.number(of: $0)) })
    }
  }

  /// Whether there is a denominator for a group: successes in the log.
  func hasSuccesses(_ group: [Int32]) -> Bool {
    withSuccesses.contains(group)
  }

  /// Whether there is one for the rest.
  var restHasSuccesses: Bool {
    withSuccesses.count > (0..<groups.count).count { hasSuccesses(Array(groups.key(of: $0))) }
  }
}
