import Events
import Files
import Foundation
import Profiles
import Testing

@Suite struct CatalogTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Sources/Profiles").standardized

  private func files(in folder: String) throws -> [String: [UInt8]] {
    let folder = Self.folder.appending(path: folder)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    return try Dictionary(
      uniqueKeysWithValues: names.filter { $0.hasSuffix(".json") }.map { name in
        (String(name.dropLast(5)), Array(try Data(contentsOf: folder.appending(path: name))))
      })
  }

  @Test func `every file is a profile of its name in the binary, byte for byte`() throws {
    let catalog = try Catalog()
    let gateways = catalog.gateways + [catalog.genericGateway]
    let vendors = catalog.vendors + [catalog.genericVendor]
    #expect(Set(gateways.map(\.name)).count == gateways.count)
    #expect(Set(vendors.map(\.name)).count == vendors.count)
    let found = Dictionary(uniqueKeysWithValues: gateways.map { ($0.name, $0.contents) })
    #expect(try found == files(in: "Gateways"))
    let foundVendors = Dictionary(uniqueKeysWithValues: vendors.map { ($0.name, $0.contents) })
    #expect(try foundVendors == files(in: "Vendors"))
  }

  @Test func `each profile can be all there is`() throws {
    let catalog = try Catalog()
    for gateway in catalog.gateways {
      let few = catalog.only(gateway: gateway.name, vendor: nil)
      #expect(few.gateways.map(\.name) == [gateway.name])
      #expect(few.vendors.isEmpty)
    }
    for vendor in catalog.vendors {
      #expect(catalog.only(gateway: nil, vendor: vendor.name).vendors.map(\.name) == [vendor.name])
    }
    for name in ["generic", "nobody", "", "../Vendors/zof"] {
      let none = catalog.only(gateway: name, vendor: name)
      #expect(none.gateways.isEmpty && none.vendors.isEmpty)
    }
    let own = try ProfileFile(
      name: "zof.json", text: files(in: "Vendors")["zof"] ?? [], sort: .vendor)
    #expect(try Catalog([own]).only(gateway: nil, vendor: "zof").vendors.count == 1)
  }

  @Test func `vendors document errors, and gateways are known by something`() throws {
    let catalog = try Catalog()
    #expect(catalog.vendors.allSatisfy { !$0.errors.rules.isEmpty && $0.docs != nil })
    // Records made of OpenTelemetry's attributes are known by where they stand, labelled values by their tabs.
    #expect(
      catalog.gateways.filter {
        $0.signature.isEmpty && $0.text.isEmpty && $0.beforePairs.isEmpty
      }.map(\.name)
        == ["ltsv", "opentelemetry"])
  }

  @Test(arguments: [
    ("zenstep", "zenstep"), ("Zenstep", "zenstep"), ("getzenstep", "zenstep"),
    ("MIMIC", "mimicbot"), ("mimic-bot", "mimicbot"), ("zihin.ai", "zihin"),
    ("Flow-Estate", "flowestate"), ("Zof AI", "zof"), ("zofai", "zof"),
  ])
  func `a vendor is known by its names whatever their case`(name: String, vendor: String) throws {
    #expect(try Catalog().vendor(named: name)?.name == vendor)
  }

  @Test func `a vendor that is read by itself is the one among all`() throws {
    let catalog = try Catalog()
    for vendor in catalog.vendors {
      #expect(catalog.vendor(named: vendor.name) === vendor)
      for alias in vendor.aliases { #expect(catalog.vendor(named: alias) === vendor) }
    }
    #expect(catalog.vendors.count == 5)
    #expect(!catalog.kinds.rules.isEmpty)
  }

  @Test(arguments: ["", "zen", "zof.example.com", "generic"])
  func `other names are not known`(name: String) throws {
    #expect(try Catalog().vendor(named: name) == nil)
  }

  @Test(arguments: [
    ("getzenstep.com", true), ("api.getzenstep.com", true), ("eu.api.getzenstep.com", true),
    ("notgetzenstep.com", false), ("getzenstep.com.evil.test", false), ("com", false),
  ])
  func `a host is the vendor's with all its subdomains`(host: String, isIts: Bool) throws {
    #expect(try Catalog().vendor(named: "zenstep")?.owns(host: host) == isIts)
  }

  private static let vendors = ((try? Catalog().vendors) ?? []).map { $0.name as String? }

  @Test(arguments: vendors + [nil])
  func `a 429 is a limit of some sort whatever its code says`(vendor: String?) throws {
    let catalog = try Catalog()
    let codes = ["invalid_api_key", "BAD_REQUEST", "NOT_FOUND", "VALIDATION_ERROR", "timeout"]
    for code in codes {
      let kind = rule(catalog, vendor, 429, code)?.kind ?? Kind(status: 429)
      #expect(kind == .rateLimit, "\(code)")
    }
  }

  @Test(
    arguments: [
      ("zihin", 200, "quota_exceeded", .planLimit),
      ("zihin", 500, "provider_timeout", .timeout),
      ("mimicbot", 400, "CONFLICT", .conflict),
      ("flowestate", 422, "VALIDATION_ERROR", .validation),
      (nil, 400, "Quota-Exceeded", .planLimit),
      (nil, 403, "insufficient.permissions", .permission),
      (nil, 400, "rate limited", .rateLimit),
      (nil, 529, "overloaded_error", .unavailable),
    ] as [(String?, Int, String, Kind)])
  func `a code speaks for itself where its status is another than documented`(
    vendor: String?, status: Int, code: String, kind: Kind
  ) throws {
    #expect(rule(try Catalog(), vendor, status, code)?.kind == kind)
  }

  @Test(
    arguments: [
      (402, "Your plan limit was hit", .planLimit),
      (429, "You exceeded your current quota", .planLimit),
      (500, "quota exceeded while writing", nil),
      (404, "no plan limit of that name", nil),
    ] as [(Int, String, Kind?)])
  func `a message speaks of a plan only under a status that can mean one`(
    status: Int, message: String, kind: Kind?
  ) throws {
    let catalog = try Catalog()
    let rule = message.withBytes {
      catalog.rule(
        vendor: nil,
        for: ErrorFacts(status: status, code: nil, message: $0, hasIssues: false))
    }
    #expect(rule?.kind == kind)
  }

  private func rule(_ catalog: Catalog, _ vendor: String?, _ status: Int, _ code: String)
    -> ErrorRule?
  {
    code.withBytes {
      catalog.rule(
        vendor: vendor.flatMap(catalog.vendor(named:)),
        for: ErrorFacts(status: status, code: $0, message: nil, hasIssues: false))
    }
  }
}
