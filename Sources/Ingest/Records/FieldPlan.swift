internal import Glibc
internal import Profiles

/// Which values of a record may be which fields. It is worked out once for all records that have
/// the same paths in the same order, as nearly all lines of a log do.
final class FieldPlan {
  /// A candidate of a field.
  struct Entry {
    /// The smaller, the better.
    var rank: UInt16
    /// Where the value was met: its place among the record's visits.
    var visit: Int32
    /// Whether the candidate is the object in which that value stands, and not the value itself.
    var isParent: Bool
    /// Whether it is a status only where something else in the record speaks of HTTP.
    var isUnclear = false

    func isSameValue(as other: Entry) -> Bool {
      visit == other.visit && isParent == other.isParent
    }
  }

  /// The nodes visited, in order: what a record is compared by.
  private let nodes: UnsafeMutableBufferPointer<Int32>
  /// The gateway whose signature such a record has; -1 for none.
  let gateway: Int
  /// Whether that gateway has words of its own.
  let hasWords: Bool
  /// The candidates of all fields, each field's best first.
  let entries: UnsafeMutableBufferPointer<Entry>
  /// Where each field's candidates start; one more for the end.
  let starts: UnsafeMutableBufferPointer<Int32>
  /// How such a record is counted where it is a success; nil where it must be read as a whole.
  let success: SuccessPlan?

  /// Added to the rank of a candidate that is to come after all others, parts of error bodies
  /// aside.
  private static let last: UInt16 = 1 << 13
  /// A field has no more candidates; the worst are left out.
  private static let most = 24

  /// - Parameters:
  ///   - hasWords: whether the gateway has words of its own.
  ///   - mayEcho: whether some of its lines only repeat what others say.
  init(
    nodes: [Int32], gateway: Int, paths: PathTree, hasWords: Bool = false, mayEcho: Bool = false
  ) {
    self.nodes = .allocate(capacity: nodes.count)
    _ = self.nodes.initialize(from: nodes)
    self.gateway = gateway
    self.hasWords = hasWords
    var fields = GatewayProfile.Field.allCases.map { _ in [Entry]() }
    let surroundings = HTTPContext(of: nodes, gateway: gateway, paths)
    for (visit, node) in nodes.enumerated() where !paths.isInBody(Int(node), of: gateway) {
      for meaning in paths.meanings(of: Int(node)) {
        guard meaning.gateway < 0 || Int(meaning.gateway) == gateway else { continue }
        var entry = Entry(rank: meaning.rank, visit: Int32(visit), isParent: meaning.isParent)
        if meaning.isUnclear || meaning.isAstray, !surroundings.speakOfHTTP(around: Int(node)) {
          if meaning.isUnclear && meaning.isAstray { continue }
          entry.rank += FieldPlan.last
        }
        entry.isUnclear = meaning.isUnclear && gateway < 0
        // Of several names that mean it the best counts; who answered is told by each alone.
        let field = meaning.field.index
        if meaning.field != .answer,
          let known = fields[field].firstIndex(where: { $0.isSameValue(as: entry) })
        {
          if fields[field][known].rank <= entry.rank { continue }
          fields[field].remove(at: known)
        }
        // After those of its rank: the first met is the better. But of a name that stands twice in
        // its object the last counts, as in `JSONValue.member`.
        let place =
          fields[field].firstIndex {
            $0.rank > entry.rank || $0.rank == entry.rank && nodes[Int($0.visit)] == node
          } ?? fields[field].count
        fields[field].insert(entry, at: place)
        if fields[field].count > FieldPlan.most { fields[field].removeLast() }
      }
    }
    let status = fields[GatewayProfile.Field.status.index].first
    FieldPlan.preferInner(&fields[GatewayProfile.Field.time.index], nodes, paths, status)
    entries = .allocate(capacity: fields.reduce(0) { $0 + $1.count })
    starts = .allocate(capacity: fields.count + 1)
    _ = entries.initialize(from: fields.joined())
    var start: Int32 = 0
    for (field, candidates) in fields.enumerated() {
      starts.initializeElement(at: field, to: start)
      start += Int32(candidates.count)
    }
    starts.initializeElement(at: fields.count, to: start)
    success =
      hasWords || mayEcho
      ? nil : SuccessPlan(gateway: gateway) { fields[$0.index][...] }
  }

  /// Where the status stands in what an exporter was given, so does the time: the exporter's own
  /// comes after it.
  private static func preferInner(
    _ times: inout [Entry], _ nodes: [Int32], _ paths: PathTree, _ status: Entry?
  ) {
    guard times.count > 1, let status else { return }
    func isInside(_ entry: Entry, _ wrapper: Int) -> Bool {
      var node = Int(nodes[Int(entry.visit)])
      while node != 0, node != wrapper { node = Int(paths.nodes[node].parent) }
      return node == wrapper
    }
    var node = Int(paths.nodes[Int(nodes[Int(status.visit)])].parent)
    while node != 0, !WrapperNames.areAround(paths.nodes[node].key) {
      node = Int(paths.nodes[node].parent)
    }
    guard node != 0, let first = times.firstIndex(where: { isInside($0, node) }), first > 0 else {
      return
    }
    let inner = times.filter { isInside($0, node) }
    times = inner + times.filter { !isInside($0, node) }
  }

  deinit {
    nodes.deallocate()
    entries.deallocate()
    starts.deallocate()
  }

  /// The visits by whose values a success is counted; nil where that is not told by its plan alone.
  var visitsOfSuccess: Set<Int>? {
    guard let success else { return nil }
    var visits = Set(success.visits)
    guard success.hasQuotas else { return visits }
    for field in [GatewayProfile.Field.quota, .consumer] {
      for entry in entries[Int(starts[field.index])..<Int(starts[field.index + 1])] {
        if entry.isParent { return nil }
        visits.insert(Int(entry.visit))
      }
    }
    return visits
  }

  /// The node at which a visit is.
  func node(of visit: Int) -> Int32 { nodes[visit] }

  func isFor(_ visited: UnsafeBufferPointer<Int32>) -> Bool {
    guard visited.count == nodes.count, let one = visited.baseAddress, let other = nodes.baseAddress
    else { return visited.isEmpty && nodes.isEmpty }
    return memcmp(one, other, nodes.count * MemoryLayout<Int32>.stride) == 0
  }
}

/// The plans of the records met so far.
struct FieldPlans {
  private var plans: [UInt64: FieldPlan] = [:]

  /// Beyond so many all plans are forgotten: records with objects keyed by ids have no end of them.
  private static let most = 1024

  /// The plan for these nodes. One that shares its hash with another's takes its place.
  mutating func plan(
    for nodes: UnsafeBufferPointer<Int32>, hash: UInt64, make: () -> FieldPlan
  ) -> FieldPlan {
    if let known = plans[hash], known.isFor(nodes) { return known }
    if plans.count >= FieldPlans.most { plans.removeAll(keepingCapacity: true) }
    let made = make()
    plans[hash] = made
    return made
  }
}
