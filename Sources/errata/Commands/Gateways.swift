internal import Answers
internal import Arguments
internal import Profiles

extension Command {
  static let gateways = Command(
    "gateways", "the gateways whose lines are known",
    details: [
      "A line of any other gateway is read by the usual names. A profile of your own goes to "
        + "errata/gateways in $XDG_CONFIG_HOME, or is named with --profile."
    ],
    options: [.profile],
    without: [.store],
    examples: [Example("errata gateways", "names, what their lines are known by, where from")]
  ) { invocation in
    try invocation.show(answer(try invocation.catalog.gateways))
    return .ok
  }
}

private func answer(_ gateways: [GatewayProfile]) -> Answer {
  Answer(
    title: "Gateways",
    sections: [
      Section(
        .table(
          Table(
            columns: ["name", "gateway", "known by", "from"],
            rows: gateways.map { gateway in
              [
                Cell(.text(gateway.name)), Cell(.text(gateway.title)),
                Cell(.text(gateway.recognition)),
                Cell(.text(gateway.file ?? builtIn)),
              ]
            })))
    ],
    value: [
      "gateways": .array(
        gateways.map { gateway in
          [
            "name": .text(gateway.name), "title": .text(gateway.title),
            "docs": Value(gateway.docs), "signature": .array(gateway.clues.map { .text($0) }),
            "from": .text(gateway.file ?? builtIn),
          ]
        })
    ],
    rows: "gateways")
}

extension GatewayProfile {
  /// What its lines are known by, in words.
  fileprivate var recognition: String {
    if !clues.isEmpty { return clues.joined(separator: ", ") }
    return text.isEmpty ? "where its records stand" : "how its text is laid out"
  }
}

/// Where a profile is from that is part of the program.
let builtIn = "built-in"
