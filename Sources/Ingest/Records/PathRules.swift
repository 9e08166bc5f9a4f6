internal import Files
internal import JSON
internal import Profiles

/// What the gateway profiles, and the header names of vendor profiles, say about the path of a
/// member: which fields it may mean, what it tells of the gateway, in which unit it is.
struct PathRules {
  let gateways: [GatewayProfile]
  private let generic: GatewayProfile
  /// By a path as profiles write it: which fields it may mean.
  private var candidates: [String: [Candidate]] = [:]
  private var signatures: [String: [PathTree.Clue]] = [:]
  /// The gateways' own words for statuses, methods and the like.
  private let words: GatewayWords
  /// Of each gateway, the bits of all parts of its signature together.
  let complete: [UInt16]
  /// How many places the headers of vendors take, which come before all others.
  private var headers = 0
  /// The place of what only the words of a name tell, behind all others.
  private var wordPlace = 0
  /// Hashes of the paths that profiles name.
  private var names: Set<Int> = []
  /// Of each gateway, whether some of its lines do not count.
  private let areSelective: [Bool]
  /// Whether a user's own profile has a signature.
  let hasOwn: Bool

  private struct Candidate {
    var gateway: Int16
    var field: GatewayProfile.Field
    var place: Int
    var isParent: Bool
    var isTopLevel: Bool
    /// Whether it is a status that things other than responses have too.
    var isUnclear: Bool
  }

  init(_ catalog: Catalog) {
    gateways = catalog.gateways
    words = GatewayWords(catalog.gateways)
    generic = catalog.genericGateway
    hasOwn = catalog.gateways.contains { $0.file != nil && !$0.signature.isEmpty }
    complete = catalog.gateways.map { UInt16(truncatingIfNeeded: (1 << $0.signature.count) - 1) }
    areSelective = catalog.gateways.map { $0.only != nil }
    // A gateway's own candidates come before the generic ones, and after the vendor's headers.
    for vendor in catalog.vendors + [catalog.genericVendor] { add(vendor.headers) }
    let offset =
      headers + (catalog.gateways.map { $0.fields.map(\.paths.count).max() ?? 0 }.max() ?? 0)
    for (number, gateway) in catalog.gateways.enumerated() {
      add(gateway, as: Int16(number), from: headers)
      for (place, path) in gateway.signature.enumerated() {
        for path in path.split(separator: "|") {
          signatures[String(path), default: []].append(
            PathTree.Clue(gateway: Int16(number), mask: 1 << UInt16(place)))
        }
      }
    }
    add(catalog.genericGateway, as: -1, from: offset)
    wordPlace = offset + (generic.fields.map(\.paths.count).max() ?? 0)
    names = Set((Array(candidates.keys) + Array(signatures.keys)).map { PathRules.hash($0.utf8) })
  }

  /// Headers by which vendors speak for themselves, wherever they are logged.
  private mutating func add(_ profile: HeaderProfile) {
    let fields: [(GatewayProfile.Field, [String])] = [
      (.requestID, profile.requestID), (.identifier, profile.requestID),
      (.retryAfter, profile.retryAfter), (.reset, profile.reset),
      (.remaining, profile.remaining), (.quota, profile.quota), (.code, profile.code),
      (.headerMessage, profile.message),
    ]
    let first = headers
    for (field, names) in fields {
      for (place, name) in names.enumerated() {
        candidates[name, default: []].append(
          Candidate(
            gateway: -1, field: field, place: first + place, isParent: false, isTopLevel: false,
            isUnclear: false))
      }
      headers = max(headers, first + names.count)
    }
  }

  private mutating func add(_ profile: GatewayProfile, as gateway: Int16, from offset: Int) {
    func add(_ path: String, _ field: GatewayProfile.Field, _ place: Int) {
      let isParent = path.hasPrefix("^")
      candidates[isParent ? String(path.dropFirst()) : path, default: []].append(
        Candidate(
          gateway: gateway, field: field, place: place, isParent: isParent,
          // A bare `id` deeper down is the id of something else.
          isTopLevel: isParent || path == "id" || path == "t",
          isUnclear: field == .status && profile.unclear.contains(path)))
    }
    for (field, paths) in profile.fields {
      for (place, path) in paths.enumerated() { add(path, field, offset + place) }
    }
    for (place, evidence) in profile.evidence.enumerated() {
      for path in evidence.path.split(separator: "|") { add(String(path), .answer, place) }
    }
  }

  /// What a value of a field stands for, where its gateway has a word for it.
  func word(for value: JSONValue, as field: GatewayProfile.Field, gateway: Int) -> Bytes? {
    words.word(for: value, as: field, gateway: gateway)
  }

  /// Whether a record of a gateway is one of those that count.
  @inline(__always)
  func counts(_ record: JSONValue, of gateway: Int) -> Bool {
    gateway < 0 || !areSelective[gateway] || isCounted(record, of: gateways[gateway])
  }

  private func isCounted(_ record: JSONValue, of gateway: GatewayProfile) -> Bool {
    guard let only = gateway.only else { return true }
    return only.path.value(in: record)?.string?.elementsEqual(only.value.utf8) ?? false
  }

  /// Whether a gateway has words of its own, for a field or for any.
  func hasWords(for field: GatewayProfile.Field? = nil, gateway: Int) -> Bool {
    gateway >= 0 && gateways[gateway].words.contains { field == nil || $0.field == field }
  }

  /// Which fields a path may mean: those of each path in a profile with which it ends, and what the
  /// words of its last name say, where that is given.
  func meanings(of path: [String], flags: [SegmentFlags], name: NameWords? = nil)
    -> [PathTree.Meaning]
  {
    var meanings: [PathTree.Meaning] = []
    for (left, end) in ends(of: path) {
      let known = candidates[end] ?? (PathRules.isVendorsID(end) ? vendorsID : [])
      for candidate in known where left == 0 || !candidate.isTopLevel {
        if let meaning = meaning(candidate, below: flags[..<left]) { meanings.append(meaning) }
      }
    }
    for candidate in path.last.flatMap(PathRules.header(ofVariable:)).flatMap({ candidates[$0] })
      ?? []
    where candidate.gateway < 0 && candidate.field == .identifier
      && !meanings.contains(where: { $0.field == .identifier })
    {
      if let meaning = meaning(candidate, below: flags.dropLast()) { meanings.append(meaning) }
    }
    for candidate in name?.bare.flatMap({ candidates[$0] }) ?? []
    where candidate.gateway < 0 && !candidate.isTopLevel
      && !meanings.contains(where: { $0.field == candidate.field })
      && (candidate.field != .latency || name?.field(behind: false) == .latency)
    {
      if let meaning = meaning(candidate, below: flags.dropLast()) { meanings.append(meaning) }
    }
    if let name, let last = flags.last, let field = name.field(behind: last.isBehind),
      !meanings.contains(where: {
        $0.gateway < 0 && $0.field == field || field == .latency && $0.field == .latencyPart
      }),
      let meaning = meaning(
        Candidate(
          gateway: -1, field: field, place: wordPlace, isParent: false, isTopLevel: false,
          isUnclear: field == .status && !name.isOfHTTP), below: flags.dropLast())
    {
      meanings.append(meaning)
    }
    return meanings
  }

  /// The header that a variable of NGINX is named after: `$upstream_http_cf_ray`, `$sent_http_…`.
  private static func header(ofVariable name: String) -> String? {
    ["upstreamhttp", "senthttp", "http"].first(where: name.hasPrefix).map {
      String(name.dropFirst($0.count))
    }
  }

  /// What the header of one vendor's request ids means, and of any other's as well.
  private var vendorsID: [Candidate] { candidates["xgithubrequestid"] ?? [] }

  /// Whether a name is of the form `x-…-request-id`, and not that of a client's own id.
  private static func isVendorsID(_ name: String) -> Bool {
    name.utf8.first == UInt8(ascii: "x") && name.hasSuffix("requestid")
      && !["client", "parent", "original", "upstream", "http", "resp"].contains(
        where: name.contains)
  }

  /// What a candidate is below names that say such things; nil where it is none of the response's.
  private func meaning(_ candidate: Candidate, below flags: ArraySlice<SegmentFlags>)
    -> PathTree.Meaning?
  {
    guard
      let field = field(
        candidate.field, behind: flags.contains(where: \.isBehind),
        request: flags.contains(where: \.isRequest))
    else { return nil }
    let isInside = flags.contains(where: \.isInside) && field != .body && field != .answer
    let isHandling = field == .time && flags.contains(where: \.isHandling)
    return PathTree.Meaning(
      gateway: candidate.gateway, field: field,
      rank: UInt16(
        clamping: candidate.place * 16 + min(flags.count, 15)
          + (isInside || isHandling ? PathRules.last : 0)),
      isParent: candidate.isParent, isUnclear: candidate.isUnclear,
      isAstray: candidate.field == .status && candidate.gateway < 0
        && !flags.allSatisfy(\.isAround))
  }

  /// What a rank grows by that is to come after all others.
  private static let last = 1 << 14

  /// What a path ends with, from all of it to its last name alone, and how many names stand before
  /// each.
  private func ends(of path: [String]) -> [(left: Int, end: String)] {
    path.indices.map { left in (left, path[left...].joined()) }
  }

  /// The field a value is below a name that speaks of the server behind the gateway, or of the
  /// request; nil where it is none of the response's.
  private func field(_ field: GatewayProfile.Field, behind: Bool, request: Bool)
    -> GatewayProfile.Field?
  {
    if behind {
      switch field {
      case .status: return .upstreamStatus
      case .host, .identifier, .upstreamStatus, .answer, .body, .retryAfter, .code, .reset,
        .remaining, .quota, .grpcStatus:
        break
      default: return nil
      }
    }
    if request {
      switch field {
      case .body, .retryAfter, .status, .latency, .code, .reset, .remaining, .quota, .grpcStatus:
        return nil
      default: break
      }
    }
    return field
  }

  func clues(in path: [String]) -> [PathTree.Clue] {
    ends(of: path).flatMap { signatures[$0.end] ?? [] }
  }

  /// Whether a profile names a path of this name alone, by a quick look.
  func mayMean(_ name: Bytes) -> Bool { names.contains(PathRules.hash(name)) }

  /// Of letters and digits whatever their case.
  private static func hash(_ name: some Sequence<UInt8>) -> Int {
    var hash = FNV1a()
    for byte in name where isWordByte(byte) { hash.add(lowercased(byte)) }
    return Int(truncatingIfNeeded: hash.value)
  }

  /// The gateway of a user's own profile whose signature labels of a line make up.
  func ownGateway(labelled labels: [Bytes]) -> Int? {
    guard hasOwn else { return nil }
    var seen = complete.map { _ in UInt16(0) }
    for label in labels {
      let names = String(repairing: label).split(separator: ".").map { normalisedPath(String($0)) }
      for clue in clues(in: names) { seen[Int(clue.gateway)] |= clue.mask }
    }
    return gateways.indices.first {
      gateways[$0].file != nil && complete[$0] != 0 && seen[$0] == complete[$0]
    }
  }

  func flags(of name: String) -> SegmentFlags {
    let whole = normalisedPath(name)
    let words = NameWords(name)
    let first = words.all.first ?? whole
    return SegmentFlags(
      isBehind: generic.behind.contains(whole) || generic.behind.contains(first),
      isRequest: generic.request.contains(whole), isInside: generic.inside.contains(whole),
      isAround: generic.around.contains(whole) || words.all.contains("http")
        || words.all.contains("response"),
      isHandling: TimeSense(words, isBehind: false, below: .plain) == .late)
  }

  /// By the gateway's profile, by the name's own suffix, by the usual names: in that order.
  func unit(of path: [String], name: String, gateway: Int) -> GatewayProfile.LatencyUnit? {
    let ends = ends(of: path).map(\.end)
    func known(_ profile: GatewayProfile) -> GatewayProfile.LatencyUnit? {
      profile.units.first { unit in unit.paths.contains { ends.contains($0) } }?.unit
    }
    if gateway >= 0, let unit = known(gateways[gateway]) { return unit }
    return NameWords(name).unit ?? known(generic)
  }
}
