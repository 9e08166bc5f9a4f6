internal import Arguments
internal import Ingest
internal import Profiles
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
      try invocation.show(vendorAnswer(named(invocation.vendorName(name))))
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
    default: try invocation.show(vendorAnswer(catalog.vendors))
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
