internal import Events
internal import JSON

/// How one vendor says no: one file of `Vendors/`.
package final class VendorProfile: Sendable {
  /// The slug: lower case, as events carry it.
  package let name: String
  package let title: String
  /// Where its documentation says so.
  package let docs: String?
  /// Other names by which gateways and clients know it, in lower case.
  package let aliases: [String]
  /// Hosts whose responses are its own; `*.` stands for any subdomain.
  package let hosts: [String]
  package let body: BodyProfile
  /// Its errors; the first that fits tells the kind.
  package let errors: [ErrorRule]
  /// What in a body proves that this vendor wrote it; one rule that holds is enough.
  package let evidence: [EvidenceRule]
  /// Whether this is the vendor that stands for all vendors without a profile.
  package var isGeneric: Bool { name == VendorProfile.genericName }

  static let genericName = "generic"

  init(_ value: JSONValue, file: String) throws {
    let object = try ProfileObject(value, file: file)
    try object.allow(["name", "title", "docs", "aliases", "hosts", "body", "errors", "evidence"])
    name = try object.text("name")
    guard name.utf8.allSatisfy({ isWordByte($0) && lowercased($0) == $0 || $0 == 0x2D }) else {
      throw ProfileError(file: file, message: "“name” must be a lower-case slug")
    }
    title = try object.text("title")
    docs = object.optionalText("docs")
    aliases = object.texts("aliases")
    hosts = object.texts("hosts")
    guard let body = try object.object("body") else {
      throw ProfileError(file: file, message: "“body” is missing")
    }
    self.body = try BodyProfile(body)
    errors = try object.objects("errors").map(ErrorRule.init)
    evidence = try object.objects("evidence").map(EvidenceRule.init)
  }

  /// The first of its errors that a response is.
  func rule(status: Int, code: Bytes?, message: Bytes?, hasIssues: Bool) -> ErrorRule? {
    errors.first {
      $0.applies(status: status, code: code, message: message, hasIssues: hasIssues)
        && (status != 429 || $0.kind.limits)
    }
  }

  /// Whether a host, without port and in lower case, is this vendor's.
  package func owns(host: String) -> Bool {
    hosts.contains { pattern in
      guard pattern.hasPrefix("*.") else { return host == pattern }
      return host.hasSuffix(pattern.dropFirst(1)) || host == pattern.dropFirst(2)
    }
  }
}

/// Proof, in a body alone, of who wrote it: every condition must hold.
package struct EvidenceRule: Sendable {
  package var statuses: [Int]
  /// Paths whose value is one of these texts.
  package var equals: [(path: BodyPath, texts: [String])]
  /// Paths whose value is of this shape: string, number, array or object.
  package var shapes: [(path: BodyPath, shape: String)]
  /// Paths whose value begins so.
  package var prefixes: [(path: BodyPath, prefix: String)]
  /// Paths that must not be there.
  package var absent: [BodyPath]

  init(_ object: ProfileObject) throws {
    try object.allow(["status", "equals", "shape", "prefix", "absent"])
    statuses = object.integers("status")
    equals = object.members("equals").map { (BodyPath($0), $1.texts) }
    shapes = object.members("shape").map { (BodyPath($0), $1.text ?? "") }
    prefixes = object.members("prefix").map { (BodyPath($0), $1.text ?? "") }
    absent = object.texts("absent").map { BodyPath($0) }
    for (_, shape) in shapes
    where !["string", "number", "array", "object", "screaming"].contains(shape) {
      throw ProfileError(file: object.file, message: "there is no shape “\(shape)”")
    }
  }
}
