internal import Events
internal import JSON

/// How one vendor says no: one file of `Vendors/`, or a user's own.
///
/// ```json
/// {
///   "name": "acme",                        // the slug that events carry: a-z, 0-9 and -
///   "title": "Acme",
///   "docs": "https://acme.example/errors",
///   "aliases": ["acme-api"],               // other names by which gateways know it
///   "hosts": ["*.acme.example"],           // *. is any subdomain, and none
///   "headers": {                           // response headers, best first
///     "request_id": ["x-acme-id"], "retry_after": [], "reset": [], "remaining": [],
///     "quota": []                          // all that are about limits: their names tell what
///   },
///   "body": { … },                         // where a body keeps what: BodyProfile
///   "errors": [                            // the first that fits tells the kind
///     {
///       "status": [403], "code": ["LIMIT_*"], "message": ["your plan"], "except": [],
///       "issues": true, "holds": { "error.scope": ["daily"] },
///       "kind": "plan_limit", "retry": "upgrade",
///       "meaning": "The plan is used up.", "advice": "Upgrade."
///     }
///   ],
///   "evidence": [                          // what in a body proves that this vendor wrote it
///     {
///       "status": [429], "equals": { "error.code": ["ACME_1"] }, "prefix": { "id": "ac_" },
///       "shape": { "error": "object" }, "absent": ["message"]
///     }
///   ],
///   "samples": [ … ]                       // responses, and what is to be read in them: Sample
/// }
/// ```
///
/// Only `name`, `title` and `body` must be there. Places in bodies are written as `BodyPath` says.
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
  package let headers: HeaderProfile
  package let body: BodyProfile
  /// Its errors; the first that fits tells the kind.
  package let errors: ErrorTable
  /// What in a body proves that this vendor wrote it; one rule that holds is enough.
  package let evidence: [EvidenceRule]
  /// Where the profile comes from: nil for the binary, else a file.
  package let file: String?
  /// The file itself, byte for byte.
  package let contents: [UInt8]
  /// Whether this is the vendor that stands for all vendors without a profile.
  package let isGeneric: Bool
  /// Whether its errors are told by status, code, message and issues alone.
  package let isPlain: Bool

  static let genericName = "generic"
  static let keys = [
    "name", "title", "docs", "aliases", "hosts", "headers", "body", "errors", "evidence",
    "samples",
  ]

  /// `file` is how errors name it; `isBuiltIn` whether it was put into the binary.
  init(
    _ value: JSONValue, file: String, contents: [UInt8] = [], isBuiltIn: Bool = false
  ) throws {
    let object = try ProfileObject(value, file: file)
    try object.allow(VendorProfile.keys)
    self.file = isBuiltIn ? nil : file
    self.contents = contents
    name = try object.text("name")
    isGeneric = name == VendorProfile.genericName
    guard name.utf8.allSatisfy({ isWordByte($0) && lowercased($0) == $0 || $0 == 0x2D }) else {
      throw object.error(at: "name", "“name” must be a lower-case slug: a-z, 0-9 and -")
    }
    title = try object.text("title")
    docs = try object.optionalText("docs")
    aliases = try object.texts("aliases").map { $0.lowercased() }
    hosts = try object.texts("hosts").map { $0.lowercased() }
    headers = try HeaderProfile(try object.object("headers"))
    guard let body = try object.object("body") else {
      throw object.error(at: "", "“body” is missing: an object was expected")
    }
    self.body = try BodyProfile(body)
    errors = try ErrorTable(try object.objects("errors"))
    isPlain = self.body.family.isEmpty && !errors.looksIntoBody
    evidence = try object.objects("evidence").map(EvidenceRule.init)
  }

  /// Those of its errors that say what they mean; the others only tell a kind.
  package var documented: [ErrorRule] { errors.rules.filter { !$0.meaning.isEmpty } }

  /// Whether a host, without port and in lower case, is this vendor's.
  package func owns(host: String) -> Bool {
    hosts.contains { pattern in
      guard pattern.hasPrefix("*.") else { return host == pattern }
      return host.hasSuffix(pattern.dropFirst(1)) || host == pattern.dropFirst(2)
    }
  }
}
