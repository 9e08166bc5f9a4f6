package import Answers
internal import Arguments
internal import Events
internal import Ingest
package import Profiles
internal import Reports

extension Command {
  static let vendors = Command(
    "vendors", "the vendors that are known, and how",
    details: [
      "`errata vendors show NAME` prints a vendor's errors: kind, meaning and what to do.",
      "Of any other vendor, bodies are read by the usual shapes. A profile of your own goes to "
        + "errata/vendors in $XDG_CONFIG_HOME, or is named with --profile.",
      "`errata vendors profile NAME` prints a profile as the file it is, to start from.",
      "`errata vendors check NAME` reads the responses that a profile has as samples, and tells "
        + "where what is read is not what it says; without NAME, those of all profiles. The exit code "
        + "is 0 where all is as they say, else 1.",
    ],
    operands: Operand.profiles(besides: ["show"]),
    options: [.profile],
    without: [.store],
    examples: [
      Example("errata vendors", "names, hosts, documentation, where from"),
      Example("errata vendors show zihin", "a vendor's errors"),
      Example("errata vendors profile zihin > acme.json", "a profile to start from"),
      Example("errata vendors check acme --profile acme.json", "are its samples read as it says?"),
    ]
  ) { invocation in
    let catalog = try invocation.catalog
    let generic = [catalog.genericVendor]
    func named(_ name: String, besides others: [VendorProfile] = []) throws -> VendorProfile {
      let other = others.first { $0.name == name.lowercased() }
      guard let vendor = catalog.vendor(called: name) ?? other else {
        throw UsageError(noVendor: name, among: catalog)
      }
      return vendor
    }
    switch invocation.operands.first {
    case "show":
      let name = try invocation.profileName(of: "a vendor", known: catalog.vendors.map(\.name))
      try invocation.show(answer(named(name)))
    case "profile":
      let all = catalog.vendors + generic
      let name = try invocation.profileName(of: "a vendor", known: all.map(\.name))
      try invocation.print(profile: named(name, besides: generic).contents)
    case "check":
      let name = invocation.operands.dropFirst().first
      let meant = try name.map { [try named($0, besides: generic)] } ?? catalog.vendors + generic
      return try invocation.show(
        meant.map { vendor in
          ProfileSamples(name: vendor.name, check: try SampleCheck(of: vendor, in: catalog))
        })
    default: try invocation.show(answer(catalog.vendors))
    }
    return .ok
  }
}

extension UsageError {
  fileprivate init(noVendor name: String, among catalog: Catalog) {
    let near = nearest(
      to: name.lowercased(), among: catalog.vendors.flatMap { [$0.name] + $0.aliases })
    let known = catalog.vendors.map(\.name).sorted().joined(separator: ", ")
    self.init(
      "there is no vendor “\(name)”",
      hint: near.map { "Did you mean “\($0)”?" } ?? "Known are \(known).")
  }
}

private func answer(_ vendors: [VendorProfile]) -> Answer {
  let fields = VendorProfile.fields
  return Answer(
    title: "Vendors",
    sections: [
      Section(
        .table(
          Table(
            of: vendors,
            [
              fields.column("name"), fields.column("title", as: "vendor"),
              TableColumn("hosts") { Cell(.text($0.hosts.joined(separator: ", "))) },
              TableColumn(Column("errors", .trailing)) { Cell($0.documented.count) },
              fields.column("docs", as: "documentation"), fields.column("from"),
            ])))
    ],
    value: VendorList(vendors: vendors).value, rows: "vendors", header: fields.names)
}

/// A vendor's errors, each with what it means.
private func answer(_ vendor: VendorProfile) -> Answer {
  let fields = ErrorRule.fields
  return Answer(
    title: vendor.title, notes: [vendor.docs, vendor.file.map { "from \($0)" }].compactMap { $0 },
    sections: [
      Section(
        .table(
          Table(
            of: vendor.documented,
            [
              TableColumn("status") { rule in
                Cell(.text(rule.statuses.map(String.init).joined(separator: ", ")))
              },
              TableColumn("code") { Cell(.text($0.codes.joined(separator: ", "))) },
              TableColumn("message holds") { Cell(.text(clipped($0.messages))) },
              fields.column("kind"), fields.column("retry"), fields.column("meaning"),
              fields.column("advice", as: "what to do"),
            ], whenEmpty: "its profile documents no errors")))
    ],
    value: ShownVendor(vendor: vendor).value, rows: "errors", header: fields.names)
}

/// What `vendors` answers.
struct VendorList: Described {
  var vendors: [VendorProfile]

  static let fields: Fields<VendorList> = [
    Field("vendors", "the vendors that are known") { $0.vendors }
  ]
}

/// What `vendors show` answers.
struct ShownVendor: Described {
  var vendor: VendorProfile

  static let fields: Fields<ShownVendor> = VendorProfile.fields.of { $0.vendor }.and([
    Field("errors", "its errors, as its profile has them") { $0.vendor.documented }
  ])
}

extension VendorProfile: Described {
  package static let fields: Fields<VendorProfile> = [
    Field("name", "the name that answers and --vendor use") { $0.name },
    Field("title", "what it is called") { $0.title },
    Field("hosts", "the hosts that are its own") { $0.hosts },
    Field("aliases", "other names that --vendor takes") { $0.aliases },
    Field("docs", "where it documents its errors") { $0.docs },
    Field("from", "the profile's file, or built-in") { $0.file ?? builtIn },
  ]
}

extension ErrorRule: Described {
  package static let fields: Fields<ErrorRule> = [
    Field("status", "the statuses it may have; none: any") { $0.statuses },
    Field("code", "the codes it may have; none: any") { $0.codes },
    Field("message", "what its message may hold; none: anything") { $0.messages },
    Field("kind", "what sort of error it is") { $0.kind },
    Field("retry", "whether to send the request again, and when") { $0.retry },
    Field("meaning", "what the vendor documents of it") { $0.meaning },
    Field("advice", "what to do about it") { $0.advice ?? $0.retry.sentence },
  ]
}

/// The first texts, for people.
private func clipped(_ texts: [String]) -> String {
  texts.count > 3 ? texts.prefix(2).joined(separator: ", ") + ", …" : texts.joined(separator: ", ")
}
