internal import Analysis
internal import Answers
internal import Events

/// How one error goes, this week against the week before.
struct Mover {
  var vendor: String?
  var status: Int64?
  var code: String?
  var kind: String
  var now: Int64
  var before: Int64
  var change: Change

  /// How far it moved, for the order.
  var distance: Int64 { abs(now - before) }
}

extension Question {
  /// Every error of either week with how it went, the biggest moves first.
  func movers(_ now: WeekTotals, _ before: WeekTotals, lastRange: TimeRange) -> [Mover] {
    Set(now.byError.keys).union(before.byError.keys).map { key in
      let counts = (now.byError[key] ?? 0, before.byError[key] ?? 0)
      let daily = (before.daily[key] ?? []) + (now.daily[key] ?? [])
      return Mover(
        vendor: key.vendor, status: key.status, code: key.code, kind: key.kind, now: counts.0,
        before: counts.1,
        change: change(
          from: Period(count: Int(counts.1), exposure: minutes(lastRange)),
          to: Period(count: Int(counts.0), exposure: minutes(range)),
          dispersion: overdispersion(ofDaily: daily)))
    }
    .sorted {
      ($1.distance, $0.vendor ?? "", $0.status ?? 0, $0.code ?? "", $0.kind)
        < ($0.distance, $1.vendor ?? "", $1.status ?? 0, $1.code ?? "", $1.kind)
    }
  }

  /// Minutes of a range in which there can be data: with none, nothing can be compared.
  private func minutes(_ range: TimeRange) -> Double {
    Double(covered(range).length) / Double(Milliseconds.minute)
  }

  func moverValues(_ movers: [Mover]) -> Value {
    .array(
      movers.map {
        [
          "vendor": Value($0.vendor), "status": Value($0.status), "code": Value($0.code),
          "kind": .text($0.kind), "errors": .integer($0.now), "before": .integer($0.before),
          "change": .text($0.change.direction.rawValue), "ratio": Value($0.change.ratio),
        ]
      })
  }
}
