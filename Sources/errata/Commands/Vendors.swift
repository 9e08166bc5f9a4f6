internal import Answers
internal import Arguments
internal import Profiles

extension Command {
  static let vendors = Command(
    "vendors", "the vendors that are known, and how",
    examples: [Example("errata vendors", "names, hosts, documentation")]
  ) { invocation in
    try invocation.show(answer(try invocation.catalog.vendors))
    return .ok
  }
}

private func answer(_ vendors: [VendorProfile]) -> Answer {
  Answer(
    title: "Vendors",
    sections: [
      Section(
        .table(
          Table(
            columns: ["name", "vendor", "hosts", Column("errors", .trailing), "documentation"],
            rows: vendors.map { vendor in
              [
                Cell(.text(vendor.name)), Cell(.text(vendor.title)),
                Cell(.text(vendor.hosts.joined(separator: ", "))),
                Cell(vendor.errors.filter { !$0.meaning.isEmpty }.count), Cell(vendor.docs),
              ]
            })))
    ],
    value: [
      "vendors": .array(
        vendors.map { vendor in
          [
            "name": .text(vendor.name), "title": .text(vendor.title),
            "hosts": .array(vendor.hosts.map { .text($0) }),
            "aliases": .array(vendor.aliases.map { .text($0) }), "docs": Value(vendor.docs),
          ]
        })
    ],
    rows: "vendors")
}
