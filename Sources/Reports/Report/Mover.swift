internal import Analysis
internal import Events
internal import Files

/// How a part of the errors goes, against what it is compared with.
struct Mover {
  /// What the errors have in common.
  enum Subject: Hashable {
    case vendor(Int)
    case kind(Kind)
    case sort(ResponseSort)
    case route(vendor: Int, route: Int)
  }

  var subject: Subject
  var now: Int64
  var before: Int64
  /// What of both is compared, as is `exposure`.
  var compared: ComparedCounts
  /// By day of ``ReportCalendar/days``.
  var daily: [Int]
  var exposure: Exposure
  var change: Change
  /// What a route's errors are.
  var parts: [Part] = []

  /// How far it moved, for the order: in errors of the range.
  var distance: Double {
    abs(Double(compared.now) - exposure.expected(from: compared.before))
  }

  /// Whether it is worth a line: what is new or gone is so only if it is not a few.
  var isClear: Bool {
    switch change.direction {
    case .up, .down: true
    case .new, .gone: max(compared.now, compared.before) >= 20
    case .noClearChange: false
    }
  }
}

extension Mover.Subject {
  var isRoute: Bool { if case .route = self { true } else { false } }

  /// How it is named.
  struct Name {
    /// `vendor`, `kind`, `code` or `route`.
    var dimension: String
    var vendor: String?
    var status: Int64?
    /// The code or status, the route, or the kind; nil for a vendor.
    var name: String?

    /// In a line: `zof unauthorized`.
    var text: String {
      let parts = [vendor, name].compactMap { $0 }
      return parts.isEmpty ? "unknown vendor" : parts.joined(separator: " ")
    }

    var groupName: GroupName {
      GroupName(parts: [.text(dimension), .init(vendor), .number(status ?? 0), .init(name)])
    }
  }

  /// What it is ordered by. What has no code is named after its kind, as a code may be.
  func groupName(in vocabulary: Vocabulary) -> GroupName {
    var name = name(in: vocabulary).groupName
    if case .sort(let sort) = self { name.parts.append(.init(vocabulary.codes[sort.code])) }
    return name
  }

  func name(in vocabulary: Vocabulary) -> Name {
    switch self {
    case .vendor(let vendor): Name(dimension: "vendor", vendor: vocabulary.vendors[vendor])
    case .kind(let kind): Name(dimension: "kind", name: kind.name)
    case .sort(let sort):
      Name(
        dimension: "code", vendor: vocabulary.vendors[sort.vendor],
        status: sort.status == 0 ? nil : sort.status,
        name: vocabulary.codes[sort.code] ?? sort.kind?.name)
    case .route(let vendor, let route):
      Name(
        dimension: "route", vendor: vocabulary.vendors[vendor], name: vocabulary.routes[route])
    }
  }
}

/// Everything of a report that went some way, by what it is.
struct Movers {
  /// All errors.
  let total: Mover
  let kinds: [Mover]
  /// Those that changed clearly.
  let clearRoutes: Ranking<Mover>
  /// What changed clearly, of vendors, kinds, codes and routes, and how much of it there is.
  let clear: [Mover]
  /// The same, each story once, and how many there are of those.
  let told: [ToldMover]
  let toldCount: Int

  init(
    _ counts: ReportCounts, _ groups: ReportGroups, _ routes: RouteCounts, _ comparer: Comparer,
    _ vocabulary: Vocabulary
  ) {
    let exposure = groups.exposures.all ?? comparer.minutes(of: nil)
    total = comparer.mover(.kind(.unknown), counts.errors, exposure)
    kinds = counts.kinds.compactMap { kind, group in
      group.now > 0 || group.before > 0 ? comparer.mover(.kind(kind), group, exposure) : nil
    }
    clearRoutes = routes.clear
    let clearKinds = kinds.filter(\.isClear)
    let rankings = [groups.worseVendors, groups.betterVendors, groups.clearSorts, clearRoutes]
    clear = (clearKinds + rankings.flatMap(\.groups)).inOrder(vocabulary)
    told = ToldMover.list(clear, kinds: kinds)
    let others = clearKinds.count + rankings.reduce(0) { $0 + $1.count } - clear.count
    toldCount = told.count + others
  }
}

extension [Mover] {
  /// The biggest moves first.
  func inOrder(_ vocabulary: Vocabulary) -> [Mover] {
    map { (mover: $0, distance: $0.distance, name: $0.subject.groupName(in: vocabulary)) }
      .sorted { $0.distance != $1.distance ? $0.distance > $1.distance : $0.name < $1.name }
      .map(\.mover)
  }
}
