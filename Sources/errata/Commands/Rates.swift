internal import Arguments
internal import Events
internal import Reports
internal import Times

extension Option {
  fileprivate static let every = Option(
    "every", value: "LENGTH",
    "how long a row covers: 15m, 1h, 1d, 1w; by default 1h up to seven days")
  fileprivate static let by = Option(
    "by", value: "FIELD", "group by these", choices: ResponseField.allCases.map(\.rawValue),
    arity: .list)
}

extension Command {
  static let rates = Command(
    "rates", "error rates over time",
    details: [
      "Rates need successes in the log; without them errors are counted and requests left empty.",
      "Days and weeks are calendar ones in the zone of --tz.",
      "Of more than 50 groups, the 50 with most errors have rows of their own, and all others one for "
        + "each step of time; --top and --all tell more.",
    ],
    options: [.every, .by, .top, .all] + Option.filteredQuestion,
    examples: [
      Example("errata rates --by vendor", "an hour and vendor a row"),
      Example("errata rates --every 1d --by kind --since 30d", "a month, by day and kind"),
    ]
  ) { invocation in
    var fields: [ResponseField] = []
    for field in invocation.values(of: .by).compactMap(ResponseField.init(rawValue:))
    where !fields.contains(field) {
      fields.append(field)
    }
    return try invocation.answer { question in
      try question.rates(
        every: try invocation[.every].map { text in try Every(text) }, by: fields)
    }
  }
}
