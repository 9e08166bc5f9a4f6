import Answers
import Rendering

/// A made-up week with all that a report can show, as it stands in `Samples` in three formats.
let weekly = Answer(
  title: "Errors in 2026-W46",
  notes: ["Mon 9 Nov 2026 to Sun 15 Nov 2026, Europe/Berlin", "compared with 2026-W45"],
  sections: [
    Section(
      .figures([
        Figure("errors", "1,482", note: "1,029 the week before", tone: .bad),
        Figure("error rate", "3.1 %", note: "2.4 % the week before", tone: .bad),
        Figure("rate limited", "611", note: "640 the week before"),
        Figure("server errors", "389", note: "121 the week before", tone: .bad),
        Figure("plan limits hit", "4", note: "9 the week before", tone: .good),
        Figure("requests", "47,806", note: "42,900 the week before"),
      ]),
      .bullets([
        "mimicbot: 212 server errors from Thu 09:10 to 10:25 where 3 are usual.",
        "zihin: 148 rejections (429) in 11 min from Tue 14:02, most from batch-indexer; "
          + "Retry-After was ignored.",
        "zenstep: quota_exceeded is new, 12 times.",
      ])),
    Section(
      heading: "The week",
      blocks: [
        .chart(
          Chart(
            "Errors by hour and kind",
            summary: "Quiet nights and busy days; most at once on Thursday from 9 to 10, when "
              + "mimicbot failed. Nothing is known of Saturday from 2 to 8.", .timeline(week))),
        .chart(
          Chart(
            "When errors come", summary: "Most come between 8 and 18 on working days.",
            .heatMap(hours))),
      ]),
    Section(
      "What changed",
      .chart(
        Chart(
          "Largest movers", summary: "Server errors of mimicbot grew most.", .comparison(movers)))),
    Section(
      "By vendor",
      .table(
        Table(
          columns: [
            "vendor", Column("errors", .trailing), Column("requests", .trailing),
            Column("error rate", .trailing), Column("week before", .trailing), "by day",
          ],
          rows: [
            vendor("mimicbot", 541, 16_110, "3.4 %", 210, [30, 41, 38, 330, 52, 28, 22], .bad),
            vendor("zenstep", 402, 14_902, "2.7 %", 398, [61, 60, 66, 58, 64, 48, 45]),
            vendor("zihin", 311, 9_871, "3.2 %", 344, [22, 171, 25, 30, 28, 20, 15], .good),
            vendor("flowestate", 150, 4_880, "3.1 %", 77, [0, 0, 12, 24, 38, 40, 36], .bad),
            vendor("zof", 78, 2_043, "3.8 %", 0, [0, 0, 0, 0, 31, 27, 20]),
          ]))),
    Section(
      "5xx spikes",
      .table(
        Table(
          columns: [
            "vendor", "start", "end", Column("errors", .trailing), Column("expected", .trailing),
            Column("ratio", .trailing), "shape",
          ],
          rows: [
            [
              "mimicbot", "Thu 2026-11-12 09:10", "Thu 2026-11-12 10:25", 212,
              Cell(.number(3.1)), Cell(.number(68), shown: "68×"), "spike",
            ]
          ]))),
    Section(
      "429 bursts",
      .table(Table(columns: ["vendor", "start"], rows: [], whenEmpty: "none but those above"))),
    Section(
      "One of them",
      .facts([
        Fact("id", "req_8f2c61d09ab47e3512cd"), Fact("status", 503),
        Fact("code", "upstream_unavailable"),
        Fact("message", "The model is overloaded; try again in a few seconds."),
        Fact("retry", Cell("yes, after 30 s", tone: .good)),
      ]),
      .verbatim(
        #"{"time":"2026-11-12T09:14:07Z","host":"api.mimicbot.ai","status":503,"path":"/v1/chat"}"#)
    ),
    Section(.paragraph("Not in this report, as they have no time: 3 errors.")),
  ],
  value: ["week": "2026-W46"])

private func vendor(
  _ name: String, _ errors: Int64, _ requests: Int64, _ rate: String, _ before: Int64,
  _ days: [Int64], _ tone: Tone = .neutral
) -> [Cell] {
  var errors = Cell(errors)
  errors.tone = tone
  return [
    Cell(name), errors, Cell(requests), Cell(.text(rate)), Cell(before), Cell(trend: days),
  ]
}

private let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
private let monday: Int64 = 1_794_178_800_000
private let hour: Int64 = 3_600_000

/// Numbers that are the same each time.
private func noise(_ place: Int) -> Int64 {
  var bits = UInt32(truncatingIfNeeded: place) &* 2_654_435_761
  bits = (bits ^ bits >> 15) &* 2_246_822_519
  return Int64((bits ^ bits >> 13) % 16)
}

private let week: Timeline = {
  let buckets = (0..<168).map { step in
    let since = monday + Int64(step) * hour
    let (day, clock) = step.quotientAndRemainder(dividingBy: 24)
    return Timeline.Bucket(
      since: since, until: since + hour,
      label: "\(days[day]) \(9 + day) Nov \(clock < 10 ? "0" : "")\(clock):00",
      tick: clock == 0 ? "\(days[day]) \(9 + day)" : nil, isMissing: (122..<128).contains(step))
  }
  func counts(_ seed: Int, _ share: Int64, _ extra: [Int: Int64] = [:]) -> [Int64] {
    (0..<168).map { step in
      let (day, clock) = step.quotientAndRemainder(dividingBy: 24)
      let isBusy = day < 5 && (8..<18).contains(clock)
      return noise(step * 7 + seed) * share / (isBusy ? 12 : 64) + extra[step, default: 0]
    }
  }
  return Timeline(
    buckets: buckets,
    series: [
      .init("rate_limit", counts: counts(11, 13, [38: 48])),
      .init("server", counts: counts(997, 6, [81: 70, 82: 42])),
      .init("validation", counts: counts(4242, 7)), .init("auth", counts: counts(31, 4)),
      .init("plan_limit", counts: counts(77, 3)), .init("timeout", counts: counts(5, 2)),
    ],
    marks: [
      .init(
        .burst, since: monday + 38 * hour, until: monday + 38 * hour + hour / 5,
        label: "zihin: 148 rejections, Retry-After ignored"),
      .init(
        .spike, since: monday + 81 * hour, until: monday + 83 * hour - hour / 2,
        label: "mimicbot: 212 server errors where 3 are usual"),
      .init(
        .incident, since: monday + 81 * hour, until: monday + 84 * hour,
        label: "mimicbot and zenstep failed at the same time"),
      .init(
        .burst, since: monday + 82 * hour, until: monday + 83 * hour, label: "zof: 40 rejections"),
    ])
}()

private let hours = HeatMap(
  rows: days, columns: (0..<24).map { $0 < 10 ? "0\($0)" : "\($0)" },
  counts: days.indices.map { day in
    (0..<24).map { clock in
      let step = day * 24 + clock
      return (122..<128).contains(step)
        ? nil : week.series.reduce(0) { $0 + $1.counts[step] }
    }
  })

private let movers = Comparison(
  [
    mover("mimicbot 503 upstream_unavailable", 31, 266, "up, 8.6×", .bad),
    mover("flowestate 400 validation_failed", 70, 150, "up, 2.1×", .bad),
    mover("zof 401 unauthorized", 0, 78, "new", .bad),
    mover("zihin 429 rate_limit_exceeded", 344, 311, "no clear change"),
    mover("zenstep 403 plan_limit_reached", 49, 4, "down, 12×", .good),
    mover("zenstep 404 run_not_found", 12, 0, "gone", .good),
  ], now: "this week", before: "the week before")

private func mover(
  _ name: String, _ before: Int64, _ now: Int64, _ change: String, _ tone: Tone = .neutral
) -> Comparison.Item {
  Comparison.Item(name, before: before, now: now, change: change, tone: tone)
}
