package import Answers
internal import Events
package import Profiles

/// The vendors that are known, and how.
package func vendorAnswer(_ vendors: [VendorProfile]) -> Answer {
  let fields = VendorProfile.fields
  return Answer(
    title: "Vendors",
    sections: [
      Section(
        .table(
          Table(
            of: vendors,
            [
              fields.column("name", to: Reference.vendor), fields.column("title", as: "vendor"),
              TableColumn("hosts") { Cell(.text($0.hosts.joined(separator: ", "))) },
              TableColumn(Column("errors", .trailing)) { Cell($0.documented.count) },
              fields.column("docs", as: "documentation"), fields.column("from"),
            ], keys: ["name", "vendor", "errors"])))
    ],
    value: VendorList(vendors: vendors).value, rows: "vendors", header: fields.names)
}

/// A vendor's errors, each with what it means.
package func vendorAnswer(_ vendor: VendorProfile) -> Answer {
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
            ], keys: ["status", "code", "kind"], whenEmpty: "its profile documents no errors")))
    ],
    value: ShownVendor(vendor: vendor).value, rows: "errors", header: fields.names)
}

/// What `vendors` answers.
package struct VendorList: Described {
  var vendors: [VendorProfile]

  package static let fields: Fields<VendorList> = [
    Field("vendors", "the vendors that are known") { $0.vendors }
  ]
}

/// What `vendors show` answers.
package struct ShownVendor: Described {
  var vendor: VendorProfile

  package static let fields: Fields<ShownVendor> = VendorProfile.fields.of { $0.vendor }.and([
    Field("errors", "its errors, as its profile has them") { $0.vendor.documented }
  ])
}

extension VendorProfile: Described {
  package static let fields: Fields<VendorProfile> = [
    Field("name", "the name that answers and filters use") { $0.name },
    Field("title", "what it is called") { $0.title },
    Field("hosts", "the hosts that are its own") { $0.hosts },
    Field("aliases", "other names that filters take") { $0.aliases },
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

/// Where a profile is from that is part of the program.
package let builtIn = "built-in"
