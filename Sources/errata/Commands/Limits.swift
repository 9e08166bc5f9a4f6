internal import Arguments
internal import Reports

extension Command {
  static let limits = Command(
    "limits", "plans and quotas used up",
    examples: [Example("errata limits --since -30d", "what ran out this month, and for whom")]
  ) { invocation in
    try invocation.answer { try $0.limits() }
  }
}
