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

private func answer(_ profiles: [GatewayProfile]) -> Answer {
  let gateways = profiles.map { ListedGateway(profile: $0) }
  let fields = ListedGateway.fields
  return Answer(
    title: "Gateways",
    sections: [
      Section(
        .table(
          Table(
            of: gateways,
            [
              fields.column("name"), fields.column("title", as: "gateway"),
              TableColumn("known by") { Cell(.text($0.profile.recognition)) },
              fields.column("from"),
            ])))
    ],
    value: GatewayList(gateways: gateways).value, rows: "gateways", header: fields.names)
}

/// What `gateways` answers.
struct GatewayList: Described {
  var gateways: [ListedGateway]

  static let fields: Fields<GatewayList> = [
    Field("gateways", "the gateways whose lines are known") { $0.gateways }
  ]
}

/// A gateway as the list has it.
struct ListedGateway: Described {
  var profile: GatewayProfile

  static let fields: Fields<ListedGateway> = [
    Field("name", "the name that answers and --gateway use") { $0.profile.name },
    Field("title", "what it is called") { $0.profile.title },
    Field("docs", "where its logs are documented") { $0.profile.docs },
    Field(
      "signature", "what its lines are known by, where that is names or words"
    ) { $0.profile.clues },
    Field("from", "the profile's file, or built-in") { $0.profile.file ?? builtIn },
  ]
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
