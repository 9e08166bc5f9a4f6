internal import Events
internal import JSON
internal import Profiles

/// Finds the fields of one record: walks it once, then gives each field its best candidates.
final class FieldReader {
  typealias Field = GatewayProfile.Field

  /// A value that may be a field's.
  struct Hit {
    var rank: UInt16
    var node: Int32
    var value: JSONValue
  }

  /// A value met whose path means something, and the object in which it stands.
  private struct Visit {
    var node: Int32
    var value: JSONValue
    var parent: JSONValue
  }

  let shape: Shape
  private let complete: [UInt16]
  private var seen: [UInt16]
  /// Every value met whose path means something.
  private var visited: ContiguousArray<Visit> = []
  /// The candidates of each field, best first: a stretch of `most` for each.
  private let hits: UnsafeMutableBufferPointer<Hit>
  private let hitCounts: UnsafeMutableBufferPointer<Int>
  /// The gateway whose signature the record has; -1 for none. Valid after `read`.
  private(set) var gateway = -1
  /// Whether a status is named and said to be none, as loggers do when no response came.
  private(set) var hasNullStatus = false
  /// The candidate each field was taken from, for explanations.
  private(set) var chosen: [Hit?]
  var keepsChosen = false
  /// Use this gateway, whatever the signature.
  var forced: Int?

  init(rules: RuleBook) {
    shape = Shape(rules: rules)
    complete = rules.complete
    seen = Array(repeating: 0, count: rules.gateways.count)
    hits = .allocate(capacity: Field.allCases.count * FieldReader.most)
    hitCounts = .allocate(capacity: Field.allCases.count)
    chosen = Array(repeating: nil, count: Field.allCases.count)
  }

  deinit {
    hits.deallocate()
    hitCounts.deallocate()
  }

  /// Candidates of a field beyond so many are the worst: they are passed over.
  private static let most = 24

  /// Walks a record.
  func read(_ record: JSONValue) {
    visited.removeAll(keepingCapacity: true)
    hasNullStatus = false
    for index in seen.indices { seen[index] = 0 }
    walk(record, as: 0, depth: 0)
    gateway =
      forced ?? zip(seen, complete).enumerated().first { $0.element.0 == $0.element.1 }?.offset
      ?? -1
    hitCounts.update(repeating: 0)
    if keepsChosen { for index in chosen.indices { chosen[index] = nil } }
    visited.withUnsafeBufferPointer { visited in
      shape.meanings.withUnsafeBufferPointer { meanings in
        for visit in visited { sort(visit, by: meanings) }
      }
    }
  }

  private func walk(_ object: JSONValue, as parent: Int, depth: Int) {
    var previous = 0
    for (key, value) in object.members {
      let node = shape.child(of: parent, after: previous, named: key)
      if node == 0 { continue }
      previous = node
      let known = shape.nodes[node]
      if known.clueCount > 0, !value.isNull { note(known) }
      if known.meaningCount > 0 {
        if !value.isNull { visited.append(Visit(node: Int32(node), value: value, parent: object)) }
        if known.isStatus, value.isNull || value.string.map(isNullMarker) == true {
          hasNullStatus = true
        }
      }
      guard depth < Shape.deepest, !known.holdsBody else { continue }
      if value.isObject {
        walk(value, as: node, depth: depth + 1)
      } else if value.isArray {
        var elements = value.elements
        if let only = elements.next(), only.isObject, elements.next() == nil {
          walk(only, as: node, depth: depth + 1)
        }
      }
    }
  }

  private func note(_ node: Shape.Node) {
    for clue in shape.clues[Int(node.firstClue)..<Int(node.firstClue + node.clueCount)] {
      seen[Int(clue.gateway)] |= clue.mask
    }
  }

  /// Puts a value among the candidates of its fields, best first.
  @inline(__always)
  private func sort(_ visit: Visit, by meanings: UnsafeBufferPointer<Shape.Meaning>) {
    let known = shape.nodes[Int(visit.node)]
    for index in Int(known.firstMeaning)..<Int(known.firstMeaning + known.meaningCount) {
      let meaning = meanings[index]
      guard meaning.gateway < 0 || Int(meaning.gateway) == gateway else { continue }
      insert(
        Hit(
          rank: meaning.rank, node: visit.node,
          value: meaning.isParent ? visit.parent : visit.value),
        among: meaning.field.index)
    }
  }

  @inline(__always)
  private func insert(_ hit: Hit, among field: Int) {
    let start = field * FieldReader.most
    var place = hitCounts[field]
    if place == FieldReader.most {
      place -= 1
      if hits[start + place].rank <= hit.rank { return }
    } else {
      hitCounts[field] += 1
    }
    // Of a name that stands twice in its object the last counts, as in `JSONValue.member`.
    while place > 0,
      hits[start + place - 1].rank > hit.rank
        || hits[start + place - 1].rank == hit.rank && hits[start + place - 1].node == hit.node
    {
      hits[start + place] = hits[start + place - 1]
      place -= 1
    }
    hits[start + place] = hit
  }

  /// The first candidate that passes a check.
  @inline(__always)
  func first<Result>(_ field: Field, _ check: (Hit) -> Result?) -> Result? {
    for hit in candidates(field) {
      if let result = check(hit) {
        if keepsChosen { chosen[field.index] = hit }
        return result
      }
    }
    return nil
  }

  @inline(__always)
  func candidates(_ field: Field) -> UnsafeBufferPointer<Hit> {
    let start = field.index * FieldReader.most
    return UnsafeBufferPointer(
      rebasing: UnsafeBufferPointer(hits)[start..<start + hitCounts[field.index]])
  }

  /// The first candidate that is text, null markers aside; of an array the first element.
  func text(_ field: Field) -> (text: Bytes, hit: Hit)? {
    first(field) { hit in
      scalar(hit.value).string.flatMap { isNullMarker($0) ? nil : ($0, hit) }
    }
  }
}

extension GatewayProfile.Field {
  /// Its place in an array of fields.
  var index: Int {
    switch self {
    case .time: 0
    case .status: 1
    case .upstreamStatus: 2
    case .method: 3
    case .path: 4
    case .route: 5
    case .requestLine: 6
    case .latency: 7
    case .vendor: 8
    case .host: 9
    case .service: 10
    case .requestID: 11
    case .identifier: 12
    case .consumer: 13
    case .retryAfter: 14
    case .body: 15
    case .answer: 16
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
