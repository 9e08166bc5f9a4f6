internal import Answers
internal import Arguments
internal import Ingest
internal import Profiles
internal import Reports

extension Command {
  static let gateways = Command(
    "gateways", "the gateways whose lines are known",
    details: [
      "A line of any other gateway is read by the usual names. A profile of your own goes to "
        + "errata/gateways in $XDG_CONFIG_HOME, or is named with --profile.",
      "`errata gateways profile NAME` prints a profile as the file it is, to start from.",
      "`errata gateways check NAME` reads the lines that a profile has as samples, and tells where "
        + "what is read is not what it says; without NAME, those of all profiles. The exit code is 0 "
        + "where all is as they say, else 1.",
      "`errata gateways learn FILE` prints the profile that reads what a gateway's configuration says it "
        + "writes: log_format of NGINX, Kong and ingress-nginx, LogFormat of Apache, the pattern of "
        + "Tomcat, log-format of HAProxy and GoAccess, text_format and json_format of Envoy and Istio, "
        + "accessLog of Traefik, format of Caddy; or that format itself, or - for standard input. What "
        + "became of each variable is told on standard error. With --check LOG it prints how much of a "
        + "log that profile reads.",
    ],
    operands: Operand.profiles(besides: ["learn"], "NAME|FILE"),
    options: [.profile, .learnCheck, .only, .learnName],
    without: [.store],
    examples: [
      Example("errata gateways", "names, what their lines are known by, where from"),
      Example("errata gateways profile envoy > edge.json", "a profile to start from"),
      Example(
        "errata gateways learn nginx.conf > edge.json", "a profile for a log_format of your own"),
      Example("errata gateways check edge --profile edge.json", "are its samples read as it says?"),
    ]
  ) { invocation in
    let catalog = try invocation.catalog
    let all = catalog.gateways + [catalog.genericGateway]
    func named(_ name: String) throws -> GatewayProfile {
      let generic = [catalog.genericGateway].first { $0.name == name.lowercased() }
      guard let gateway = catalog.gateway(called: name) ?? generic else {
        throw UsageError(noGateway: name, among: catalog)
      }
      return gateway
    }
    switch invocation.operands.first {
    case "profile":
      let name = try invocation.profileName(of: "a gateway", known: all.map(\.name))
      try invocation.print(profile: named(name).contents)
    case "check":
      let name = invocation.operands.dropFirst().first
      let meant = try name.map { [try named($0)] } ?? all
      return try invocation.show(
        meant.map { gateway in
          ProfileSamples(name: gateway.name, check: try SampleCheck(of: gateway, in: catalog))
        })
    case "learn": return try invocation.learn(catalog)
    default: try invocation.show(answer(catalog.gateways))
    }
    return .ok
  }
}

private func answer(_ profiles: [GatewayProfile]) -> Answer {
  let gateways = profiles.map { ListedGateway(profile: $0) }
  let fields = ListedGateway.fields
  return Answer(
    title: "Gateways",
    notes: ["gateways without “known by” are known by how their lines are laid out"],
    sections: [
      Section(
        .table(
          Table(
            of: gateways,
            [
              fields.column("name"), fields.column("title", as: "gateway"),
              TableColumn("known by") { Cell($0.profile.recognition) },
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
  /// What its lines are known by, in words; nil where that is their layout.
  fileprivate var recognition: String? {
    if !clues.isEmpty { return clues.joined(separator: ", ") }
    return text.isEmpty ? "where its records stand" : nil
  }
}
