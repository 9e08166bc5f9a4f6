internal import Answers
internal import Arguments
internal import Events
internal import Profiles

extension Command {
  static let vendors = Command(
    "vendors", "the vendors that are known, and how",
    details: [
      "`errata vendors show NAME` prints a vendor's errors: kind, meaning and what to do.",
      "Of any other vendor, bodies are read by the usual shapes. A profile of your own goes to "
        + "errata/vendors in $XDG_CONFIG_HOME, or is named with --profile.",
    ],
    operands: [
      Operand("show", isRequired: false, choices: ["show"]), Operand("NAME", isRequired: false),
    ],
    options: [.profile],
    without: [.store],
    examples: [
      Example("errata vendors", "names, hosts, documentation, where from"),
      Example("errata vendors show zihin", "a vendor's errors"),
    ]
  ) { invocation in
    let catalog = try invocation.catalog
    guard let name = invocation.operands.dropFirst().first else {
      if !invocation.operands.isEmpty {
        throw UsageError("show needs the name of a vendor", hint: "Known are \(names(catalog)).")
      }
      try invocation.show(answer(catalog.vendors))
      return .ok
    }
    guard let vendor = catalog.vendor(called: name) else {
      let near = nearest(
        to: name.lowercased(), among: catalog.vendors.flatMap { [$0.name] + $0.aliases })
      throw UsageError(
        "there is no vendor “\(name)”",
        hint: near.map { "Did you mean \($0)?" } ?? "Known are \(names(catalog)).")
    }
    try invocation.show(answer(vendor))
    return .ok
  }
}

private func names(_ catalog: Catalog) -> String {
  catalog.vendors.map(\.name).sorted().joined(separator: ", ")
}

private func answer(_ vendors: [VendorProfile]) -> Answer {
  Answer(
    title: "Vendors",
    sections: [
      Section(
        .table(
          Table(
            columns: [
              "name", "vendor", "hosts", Column("errors", .trailing), "documentation", "from",
            ],
            rows: vendors.map { vendor in
              [
                Cell(.text(vendor.name)), Cell(.text(vendor.title)),
                Cell(.text(vendor.hosts.joined(separator: ", "))),
                Cell(vendor.documented.count), Cell(vendor.docs),
                Cell(.text(vendor.file ?? builtIn)),
              ]
            })))
    ],
    value: ["vendors": .array(vendors.map { .object(object($0)) })],
    rows: "vendors")
}

private func object(_ vendor: VendorProfile) -> Object {
  [
    "name": .text(vendor.name), "title": .text(vendor.title),
    "hosts": .array(vendor.hosts.map { .text($0) }),
    "aliases": .array(vendor.aliases.map { .text($0) }), "docs": Value(vendor.docs),
    "from": .text(vendor.file ?? builtIn),
  ]
}

/// A vendor's errors, each with what it means.
private func answer(_ vendor: VendorProfile) -> Answer {
  var value = object(vendor)
  value["errors"] = .array(vendor.documented.map { .object(object($0)) })
  return Answer(
    title: vendor.title, notes: [vendor.docs, vendor.file.map { "from \($0)" }].compactMap { $0 },
    sections: [
      Section(
        .table(
          Table(
            columns: ["status", "code", "message holds", "kind", "retry", "meaning", "what to do"],
            rows: vendor.documented.map { rule in
              [
                Cell(.text(rule.statuses.map(String.init).joined(separator: ", "))),
                Cell(.text(rule.codes.joined(separator: ", "))),
                Cell(.text(clipped(rule.messages))), Cell(.text(rule.kind.name)),
                Cell(.text(rule.retry.rawValue)), Cell(.text(rule.meaning)),
                Cell(.text(rule.advice ?? rule.retry.sentence)),
              ]
            }, whenEmpty: "its profile documents no errors")))
    ],
    value: .object(value), rows: "errors")
}

private func object(_ rule: ErrorRule) -> Object {
  [
    "status": .array(rule.statuses.map { Value($0) }),
    "code": .array(rule.codes.map { .text($0) }),
    "message": .array(rule.messages.map { .text($0) }), "kind": .text(rule.kind.name),
    "retry": .text(rule.retry.rawValue), "meaning": .text(rule.meaning),
    "advice": .text(rule.advice ?? rule.retry.sentence),
  ]
}

/// The first texts, for people.
private func clipped(_ texts: [String]) -> String {
  texts.count > 3 ? texts.prefix(2).joined(separator: ", ") + ", …" : texts.joined(separator: ", ")
}
