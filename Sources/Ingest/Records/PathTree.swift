internal import CXXHash
internal import Glibc
internal import JSON
internal import Profiles

/// The paths of members met in the records of a log, as a tree. Which fields a path may mean is
/// worked out once, when the path is first met.
///
/// Records of one log have the same keys in the same order. So the next member of an object is
/// nearly always the next sibling in the tree, and is found by one comparison of bytes.
final class PathTree {
  typealias Field = GatewayProfile.Field

  /// A path; the root is 0.
  struct Node {
    var key: UnsafeBufferPointer<UInt8>
    /// The key's first bytes, for a quick look.
    var prefix: UInt64 = 0
    var parent: Int32 = 0
    var firstChild: Int32 = 0
    var lastChild: Int32 = 0
    var nextSibling: Int32 = 0
    var childCount: Int32 = 0
    var depth: Int32 = 0
    /// Which of `meanings` are its own.
    var firstMeaning: Int32 = 0
    var meaningCount: Int32 = 0
    /// Which of `clues` are its own.
    var firstClue: Int32 = 0
    var clueCount: Int32 = 0
    /// Whether an object here is the body of the response, into which no field reaches.
    var holdsBody = false
    /// Whether it is so in lines of some gateway.
    var mayHoldBody = false
    /// Whether its name ends in `ms`: then a delay here is in milliseconds.
    var isInMilliseconds = false
    /// Whether it may be the response's status.
    var isStatus = false
    /// Whether it is a code of whatever sort.
    var isBareCode = false
    /// Whether it is called the code of a status, as hardly anything but HTTP's is.
    var isStatusCode = false
    /// Whether it is called a duration, without a unit.
    var isDuration = false
    /// What its name says of a time here.
    var time = TimeSense.plain
    /// Whether a value here means anything.
    var isKnown: Bool { meaningCount > 0 || clueCount > 0 }
  }

  /// A field whose value a path may be.
  struct Meaning {
    /// The gateway that says so; -1 for any.
    var gateway: Int16
    var field: Field
    /// The smaller, the better: the place of the profile's path in its list, then how many names of
    /// this path stand before it.
    var rank: UInt16
    /// Whether the value is the object in which the path's value stands, as profiles ask for by
    /// `^error`.
    var isParent: Bool
    /// Whether it is a status that things other than responses have too.
    var isUnclear: Bool
    /// Whether it is a status that stands in an object of unknown meaning.
    var isAstray: Bool
  }

  /// That a path is a part of a gateway's signature.
  struct Clue {
    var gateway: Int16
    var mask: UInt16
  }

  let nodes: UnsafeMutableBufferPointer<Node>
  private(set) var count = 1
  /// The nodes by hashes of their keys and parents, each in its place or one behind it; 0 is none.
  private let places: UnsafeMutableBufferPointer<Int32>
  /// Hashes of keys that have no node, as they mean nothing and there were many before them.
  private var strangers: [UInt64] = []
  private var meanings: ContiguousArray<Meaning> = []
  private var clues: ContiguousArray<Clue> = []
  /// Each node's names, normalised, from the root.
  private var segments: [[String]] = [[]]
  private var flags: [[SegmentFlags]] = [[]]
  /// Units worked out already, by node and gateway. Nearly every line asks for the same one as the
  /// line before.
  private var units: [Int: GatewayProfile.LatencyUnit?] = [:]
  private var lastUnit: (place: Int, unit: GatewayProfile.LatencyUnit?) = (-1, nil)
  private let rules: PathRules

  /// Further paths are passed over: objects that are keyed by ids have no end of them.
  private static let most = 8192
  /// Beyond so many children of an object, or so many paths, those alone are kept that mean something.
  private static let mostChildren = 256
  private static let mostOfAnySort = most - 1024
  /// So many names at most are asked what they mean beyond that.
  private static let mostStrangers = 1 << 14
  private static let mostProbes = 8
  static let deepest = 12

  init(rules: PathRules) {
    self.rules = rules
    nodes = .allocate(capacity: PathTree.most)
    nodes[0] = Node(key: UnsafeBufferPointer(start: nil, count: 0))
    places = .allocate(capacity: PathTree.most * 2)
    places.initialize(repeating: 0)
  }

  deinit {
    for index in 1..<max(count, 1) { nodes[index].key.deallocate() }
    nodes.deallocate()
    places.deallocate()
  }

  /// The child of that name, most likely the one after `previous`; 0 when there is no room for it.
  @inline(__always)
  func child(of parent: Int, after previous: Int, named key: UnsafeBufferPointer<UInt8>) -> Int {
    let expected = Int(previous == 0 ? nodes[parent].firstChild : nodes[previous].nextSibling)
    if expected != 0, matches(expected, key) { return expected }
    return search(parent, key)
  }

  @inline(__always)
  private func matches(_ node: Int, _ key: UnsafeBufferPointer<UInt8>) -> Bool {
    let known = nodes[node].key
    guard known.count == key.count, nodes[node].prefix == PathTree.prefix(key) else { return false }
    guard key.count > 8, let one = known.baseAddress, let other = key.baseAddress else {
      return true
    }
    return memcmp(one + 8, other + 8, key.count - 8) == 0
  }

  /// The first eight bytes. A key stands among the parser's strings, where more can be read.
  @inline(__always)
  private static func prefix(_ key: UnsafeBufferPointer<UInt8>) -> UInt64 {
    guard let base = key.baseAddress, !key.isEmpty else { return 0 }
    let word = UnsafeRawPointer(base).loadUnaligned(as: UInt64.self)
    return key.count >= 8 ? word : word & ~(UInt64.max << (key.count &* 8))
  }

  /// Objects may have any number of members: their order is not gone through.
  private func search(_ parent: Int, _ key: UnsafeBufferPointer<UInt8>) -> Int {
    let hash = XXH3_64bits_withSeed(key.baseAddress, key.count, UInt64(parent))
    var place = Int(truncatingIfNeeded: hash) & (places.count - 1)
    while places[place] != 0 {
      let node = Int(places[place])
      if Int(nodes[node].parent) == parent, matches(node, key) { return node }
      place = (place + 1) & (places.count - 1)
    }
    guard count < PathTree.most else { return 0 }
    let hasRoom =
      count < PathTree.mostOfAnySort && nodes[parent].childCount < PathTree.mostChildren
    if !hasRoom, isStranger(hash, key) { return 0 }
    let made = add(key, to: parent, evenIfStrange: hasRoom)
    guard made != 0 else { return 0 }
    places[place] = Int32(made)
    let last = Int(nodes[parent].lastChild)
    if last == 0 {
      nodes[parent].firstChild = Int32(made)
    } else {
      nodes[last].nextSibling = Int32(made)
    }
    nodes[parent].lastChild = Int32(made)
    nodes[parent].childCount += 1
    return made
  }

  /// Whether a name was met before that has no node; it is remembered otherwise. Where there were too many
  /// of them, those are asked what they mean that a profile knows.
  private func isStranger(_ hash: UInt64, _ key: UnsafeBufferPointer<UInt8>) -> Bool {
    if strangers.isEmpty { strangers = Array(repeating: 0, count: PathTree.mostStrangers) }
    for probe in 0..<PathTree.mostProbes {
      let place = (Int(truncatingIfNeeded: hash >> 32) + probe) & (strangers.count - 1)
      if strangers[place] == hash { return true }
      if strangers[place] == 0 {
        strangers[place] = hash
        return false
      }
    }
    return !rules.mayMean(key)
  }

  /// The new node; 0 where the path means nothing, unless that is no matter.
  private func add(
    _ key: UnsafeBufferPointer<UInt8>, to parent: Int, evenIfStrange: Bool
  ) -> Int {
    let name = String(decoding: key, as: UTF8.self)
    // `"http.response.status_code"` is the path that nested objects would make.
    let parts = name.split(separator: ".", omittingEmptySubsequences: true).map(String.init)
    let names = parts.isEmpty ? [name] : parts
    let path = segments[parent] + names.map(normalisedPath)
    let pathFlags = flags[parent] + names.map(rules.flags)
    var node = Node(key: key, prefix: PathTree.prefix(key))
    node.parent = Int32(parent)
    node.depth = nodes[parent].depth + 1
    node.firstMeaning = Int32(meanings.count)
    let words = NameWords(names.last ?? name)
    meanings.append(contentsOf: rules.meanings(of: path, flags: pathFlags, name: words))
    node.meaningCount = Int32(meanings.count) - node.firstMeaning
    node.firstClue = Int32(clues.count)
    clues.append(contentsOf: rules.clues(in: path))
    node.clueCount = Int32(clues.count) - node.firstClue
    guard node.isKnown || evenIfStrange else { return 0 }
    let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: key.count)
    _ = copy.update(from: key)
    node.key = UnsafeBufferPointer(copy)
    let bodies = meanings[Int(node.firstMeaning)...].filter(\.isBody)
    node.mayHoldBody = !bodies.isEmpty && PathTree.isBody(path)
    node.holdsBody = node.mayHoldBody && bodies.contains { $0.gateway < 0 }
    node.isStatus =
      meanings[Int(node.firstMeaning)...].contains {
        $0.field == .status && !$0.isAstray
      } && path.last != "response" && path.last != "code"
    node.isBareCode = path.last == "code"
    node.isDuration = PathTree.durations.contains(path.last ?? "")
    node.isStatusCode = path.last?.hasSuffix("statuscode") ?? false
    node.isInMilliseconds = name.lowercased().hasSuffix("ms")
    node.time = names.reduce(nodes[parent].time == .own ? .plain : nodes[parent].time) {
      sense, name in
      TimeSense(NameWords(name), isBehind: rules.flags(of: name).isBehind, below: sense)
    }
    nodes[count] = node
    segments.append(path)
    flags.append(pathFlags)
    count += 1
    return count - 1
  }

  private static let durations: Set = [
    "duration", "latency", "elapsed", "took", "dur", "elapsedtime", "responsetime", "timetaken",
  ]

  /// What the values of a path may be.
  func meanings(of node: Int) -> ArraySlice<Meaning> {
    let first = Int(nodes[node].firstMeaning)
    return ArraySlice(meanings[first..<first + Int(nodes[node].meaningCount)])
  }

  /// What a path says of the gateway.
  func clues(of node: Int) -> ArraySlice<Clue> {
    let first = Int(nodes[node].firstClue)
    return ArraySlice(clues[first..<first + Int(nodes[node].clueCount)])
  }

  /// A node's path as the log writes it.
  func path(of node: Int) -> String {
    guard node > 0 else { return "" }
    var names: [String] = []
    var current = node
    while current > 0 {
      names.append(String(decoding: nodes[current].key, as: UTF8.self))
      current = Int(nodes[current].parent)
    }
    return names.reversed().joined(separator: ".")
  }

  /// The name of the profile by which a value became a field's.
  func origin(of candidate: FieldReader.Candidate, field: Field) -> String {
    let meaning = meanings(of: Int(candidate.node)).first {
      $0.field == field && $0.rank == candidate.rank
    }
    let gateway = meaning.map { Int($0.gateway) } ?? -1
    return gateway < 0 ? "generic" : rules.gateways[gateway].name
  }

  /// The unit a latency at this path has, as far as its name or its gateway tells.
  func unit(of node: Int, gateway: Int) -> GatewayProfile.LatencyUnit? {
    let place = node * (rules.gateways.count + 1) + gateway + 1
    if place == lastUnit.place { return lastUnit.unit }
    if let known = units[place] {
      lastUnit = (place, known)
      return known
    }
    let unit = rules.unit(
      of: segments[node], name: String(decoding: nodes[node].key, as: UTF8.self), gateway: gateway)
    units[place] = .some(unit)
    return unit
  }
}

/// What the name of one segment says about the values below it.
struct SegmentFlags {
  /// About the server behind the gateway.
  var isBehind: Bool
  /// About the request.
  var isRequest: Bool
  /// Part of an error body.
  var isInside: Bool
  /// What records are wrapped in.
  var isAround: Bool
  /// About whoever received the line or handed it on.
  var isHandling: Bool
}
