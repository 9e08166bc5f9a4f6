internal import Arguments
internal import Reports

extension Command {
  static let limits = Command(
    "limits", "plans and quotas used up",
    details: [
      "Where responses say what is left of a quota (RateLimit, X-RateLimit-…, anthropic-ratelimit-… "
        + "and their like, on successes as well), it is told how long it will last, in nine of "
        + "ten cases: by how much was used by day and by night, on working days and weekends of five "
        + "weeks, if it is used as before. Of less than a week nothing is foreseen. Quotas that begin "
        + "anew within six hours are left out."
    ],
    options: [.top, .all] + Option.filteredQuestion,
    examples: [Example("errata limits --since 30d", "what ran out this month, and for whom")]
  ) { invocation in
    try invocation.answer { try $0.limits() }
  }
}
