internal import Files
internal import JSON
internal import Profiles

/// Finds the fields of one record: walks through it once, then hands out the candidates of each
/// field, the best first.
final class FieldReader {
  typealias Field = GatewayProfile.Field

  /// A value that may be a field's.
  struct Candidate {
    var rank: UInt16
    var node: Int32
    var value: JSONValue
    /// Whether it is a status only where something else in the record speaks of HTTP.
    var isUnclear = false
  }

  /// A value whose path means something, and the object in which it stands.
  fileprivate struct Visit {
    var value: JSONValue
    var parent: JSONValue
  }

  let paths: PathTree
  private let rules: PathRules
  private let complete: [UInt16]
  private var plans = FieldPlans()
  /// Which of the visits may be which fields. Valid after `read`.
  private(set) var plan: FieldPlan
  /// The gateway whose layout the record had that the plan was last used for.
  private var written: Int?
  /// Every value whose path means something, and the node of each path.
  private let visits: UnsafeMutablePointer<Visit>
  private let visited: UnsafeMutablePointer<Int32>
  private(set) var visitCount = 0
  private var visitHash: UInt64 = 0
  /// Whether a status is named and said to be none, as loggers do when no response came.
  var hasNullStatus: Bool {
    nullStatuses.contains { node in
      !paths.isInBody(node, of: gateway)
        && paths.meanings(of: node).contains {
          $0.field == .status && ($0.gateway < 0 && !$0.isAstray || Int($0.gateway) == gateway)
        }
    }
  }
  /// Where the record has a status that is null, by whatever gateway's name for it.
  private var nullStatuses: [Int] = []
  /// Whether the record is a line of text, which has all the values that its layout names.
  private(set) var isLaidOut = false
  /// The candidate each field was taken from, for explanations.
  private(set) var chosen: [Candidate?]
  var keepsChosen = false
  /// Room for a path that is logged without the slash it begins with.
  let slashed: UnsafeMutableBufferPointer<UInt8> = .allocate(capacity: 4096)
  /// Use this gateway, whatever the signature.
  var forced: Int?

  /// Further values of a record are passed over.
  private static let mostVisits = 4096

  init(rules: PathRules) {
    paths = PathTree(rules: rules)
    self.rules = rules
    complete = rules.complete
    plan = FieldPlan(nodes: [], gateway: -1, paths: paths)
    visits = .allocate(capacity: FieldReader.mostVisits)
    visited = .allocate(capacity: FieldReader.mostVisits)
    chosen = Array(repeating: nil, count: Field.allCases.count)
  }

  deinit {
    visits.deallocate()
    visited.deallocate()
    slashed.deallocate()
  }

  /// The gateway whose signature the record has; -1 for none. Valid after `read`.
  var gateway: Int { plan.gateway }

  /// The same for records with the same known paths.
  var shape: UInt64 { visitHash }

  /// How the record is counted where it is a success; nil where it must be read as a whole.
  var success: SuccessPlan? { plan.success }

  /// The value of a visit.
  @inline(__always)
  func value(_ visit: Int) -> JSONValue { visits[visit].value }

  /// Of each member of the record read last, whether its value is one of the visits; of none where that
  /// was another record.
  func areVisited(membersOf record: JSONValue) -> [Bool] {
    var visit = 0
    return record.members.map { _, value in
      guard visit < visitCount, visits[visit].value.isSame(as: value) else { return false }
      visit += 1
      return true
    }
  }

  /// Walks a record. `written` is the gateway that wrote it, where its layout told.
  func read(_ record: JSONValue, writtenBy written: Int? = nil) {
    visitCount = 0
    visitHash = UInt64(truncatingIfNeeded: (written ?? -1) + 1)
    isLaidOut = written != nil
    if !nullStatuses.isEmpty { nullStatuses.removeAll(keepingCapacity: true) }
    walk(record, as: 0, depth: 0)
    if keepsChosen { for index in chosen.indices { chosen[index] = nil } }
    let nodes = UnsafeBufferPointer(start: visited, count: visitCount)
    if written == self.written, plan.isFor(nodes) { return }
    self.written = written
    plan = plans.plan(for: nodes, hash: visitHash) {
      let gateway = forced ?? own(nodes, besides: written) ?? written ?? gateway(of: nodes)
      return FieldPlan(
        nodes: Array(nodes), gateway: gateway, paths: paths,
        hasWords: rules.hasWords(gateway: gateway),
        mayEcho: gateway >= 0 && rules.gateways[gateway].echo != nil)
    }
  }

  /// Takes a plan as if a record had been walked that it is for. Of the record's values there are those alone that
  /// are recalled.
  func recall(_ plan: FieldPlan) {
    self.plan = plan
    written = nil
    isLaidOut = false
    if !nullStatuses.isEmpty { nullStatuses.removeAll(keepingCapacity: true) }
    visitCount = 0
  }

  /// Takes a value as if it had been met on a walk.
  func recall(_ value: JSONValue, of visit: Int) {
    visits[visit] = Visit(value: value, parent: value)
    visited[visit] = plan.node(of: visit)
  }

  private func walk(_ object: JSONValue, as parent: Int, depth: Int) {
    var previous = 0
    for (key, value) in object.members {
      let node = paths.child(of: parent, after: previous, named: key)
      if node == 0 { continue }
      previous = node
      // Asked once, by switch: equality of another module's cases is a call of its own.
      switch value.shape {
      case .null:
        if paths.nodes[node].isStatus { nullStatuses.append(node) }
        continue
      case .object:
        if paths.nodes[node].isKnown { visit(value, in: object, as: node) }
        if depth < PathTree.deepest, !paths.nodes[node].holdsBody {
          walk(value, as: node, depth: depth + 1)
        }
      case .array:
        if paths.nodes[node].isKnown { visit(value, in: object, as: node) }
        if depth < PathTree.deepest, !paths.nodes[node].holdsBody, let only = onlyObject(of: value)
        {
          walk(only, as: node, depth: depth + 1)
        }
      case .string, .number, .bool:
        guard paths.nodes[node].isKnown else { continue }
        visit(value, in: object, as: node)
        if paths.nodes[node].isStatus, value.string.map(isNullMarker) == true {
          nullStatuses.append(node)
        }
      }
    }
  }

  private func onlyObject(of array: JSONValue) -> JSONValue? {
    var elements = array.elements
    guard let only = elements.next(), only.isObject, elements.next() == nil else { return nil }
    return only
  }

  @inline(__always)
  private func visit(_ value: JSONValue, in parent: JSONValue, as node: Int) {
    guard visitCount < FieldReader.mostVisits else { return }
    visits[visitCount] = Visit(value: value, parent: parent)
    visited[visitCount] = Int32(truncatingIfNeeded: node)
    visitCount &+= 1
    // Steele and Vigna's 64-bit multiplier: <https://doi.org/10.1002/spe.3030>
    visitHash = (visitHash ^ UInt64(truncatingIfNeeded: node)) &* 0xd134_2543_de82_ef95
    visitHash ^= visitHash >> 32
  }

  /// The first gateway of which every clue was met.
  private func gateway(of nodes: UnsafeBufferPointer<Int32>) -> Int {
    var seen = complete.map { _ in UInt16(0) }
    for node in nodes {
      for clue in paths.clues(of: Int(node)) { seen[Int(clue.gateway)] |= clue.mask }
    }
    return seen.indices.first { complete[$0] != 0 && seen[$0] == complete[$0] } ?? -1
  }

  /// The gateway of a user's own profile whose signature the record has, although its layout is that of
  /// one in the binary: one's own is asked first.
  private func own(_ nodes: UnsafeBufferPointer<Int32>, besides written: Int?) -> Int? {
    guard let written, rules.hasOwn, rules.gateways[written].file == nil else { return nil }
    let found = gateway(of: nodes)
    return found >= 0 && rules.gateways[found].file != nil ? found : nil
  }

  /// The first candidate that passes a check.
  @inline(__always)
  func first<Result>(_ field: Field, _ check: (Candidate) -> Result?) -> Result? {
    for candidate in candidates(field) {
      if let result = check(candidate) {
        if keepsChosen { chosen[field.index] = candidate }
        return result
      }
    }
    return nil
  }

  /// Notes where a field was found that no candidate of its own gave.
  func note(_ candidate: Candidate, as field: Field) {
    if keepsChosen { chosen[field.index] = candidate }
  }

  /// A field's candidates, best first; valid until the next record is read.
  @inline(__always)
  func candidates(_ field: Field) -> Candidates {
    Candidates(
      place: Int(plan.starts[field.index]), end: Int(plan.starts[field.index + 1]),
      entries: plan.entries, visits: visits, visited: visited)
  }

  struct Candidates: Sequence, IteratorProtocol {
    fileprivate var place: Int
    fileprivate let end: Int
    fileprivate let entries: UnsafeMutableBufferPointer<FieldPlan.Entry>
    fileprivate let visits: UnsafeMutablePointer<Visit>
    fileprivate let visited: UnsafeMutablePointer<Int32>

    var isEmpty: Bool { place == end }

    @inline(__always)
    mutating func next() -> Candidate? {
      guard place < end else { return nil }
      let entry = entries[place]
      place += 1
      let visit = visits[Int(entry.visit)]
      return Candidate(
        rank: entry.rank, node: visited[Int(entry.visit)],
        value: entry.isParent ? visit.parent : visit.value, isUnclear: entry.isUnclear)
    }
  }

  /// Whether an HTTP message stands in the record.
  var hasWire: Bool {
    let wires = candidates(.wire)
    return !wires.isEmpty && wires.contains(where: \.value.isString)
  }

  /// What a value stands for in the gateway's own words.
  @inline(__always)
  func word(_ field: Field, _ value: JSONValue) -> Bytes? {
    plan.hasWords ? rules.word(for: value, as: field, gateway: gateway) : nil
  }

  /// The first candidate that is text, null markers aside; of an array the first element.
  func text(_ field: Field) -> (text: Bytes, candidate: Candidate)? {
    first(field) { candidate in
      (word(field, candidate.value) ?? scalar(candidate.value).string).flatMap {
        isNullMarker($0) ? nil : ($0, candidate)
      }
    }
  }
}

/// The first element of an array, anything else as it is.
func scalar(_ value: JSONValue) -> JSONValue {
  guard value.isArray else { return value }
  var elements = value.elements
  return elements.next() ?? value
}

/// Whether text stands for "nothing", as loggers write it.
func isNullMarker(_ text: Bytes) -> Bool {
  switch text.count {
  case 0: true
  case 1: text[0] == UInt8(ascii: "-")
  case 4: text.elementsEqual("null".utf8) || text.elementsEqual("None".utf8)
  case 7: text.elementsEqual("<NOSRV>".utf8)
  default: false
  }
}
