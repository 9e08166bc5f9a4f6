import Events
import Files
import Profiles
import Testing

@Suite struct CatalogTests {
  @Test func `every file in the binary is a profile, and the five vendors are among them`() throws {
    let catalog = try Catalog()
    #expect(
      catalog.vendors.map(\.name).sorted() == ["flowestate", "mimicbot", "zenstep", "zihin", "zof"])
    #expect(catalog.vendors.allSatisfy { !$0.errors.rules.isEmpty && $0.docs != nil })
    // Records made of OpenTelemetry's attributes are known by where they stand.
    #expect(
      catalog.gateways.filter { $0.signature.isEmpty && $0.text.isEmpty }.map(\.name)
        == ["opentelemetry"])
    #expect(Set(catalog.gateways.map(\.name)).count == catalog.gateways.count)
  }

  @Test(arguments: [
    ("zenstep", "zenstep"), ("Zenstep", "zenstep"), ("getzenstep", "zenstep"),
    ("MIMIC", "mimicbot"), ("mimic-bot", "mimicbot"), ("zihin.ai", "zihin"),
    ("Flow-Estate", "flowestate"), ("Zof AI", "zof"), ("zofai", "zof"),
  ])
  func `a vendor is known by its names whatever their case`(name: String, vendor: String) throws {
    #expect(try Catalog().vendor(named: name)?.name == vendor)
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

  @Test(arguments: ["zenstep", "mimicbot", "zihin", "flowestate", "zof", nil])
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
