package import Events
internal import JSON

/// Everything known of the world: the profiles in the binary.
package struct Catalog: Sendable {
  package let gateways: [GatewayProfile]
  package let vendors: [VendorProfile]
  /// What holds for every gateway.
  package let genericGateway: GatewayProfile
  /// What holds for every vendor without a profile.
  package let genericVendor: VendorProfile

  /// Reads the files that were put into the binary; they are tested, so this does not fail there.
  package init() throws {
    var gateways: [GatewayProfile] = []
    var vendors: [VendorProfile] = []
    let parser = JSONParser()
    for file in Embedded.files {
      let name = "\(file.name)"
      let text = UnsafeBufferPointer(start: file.text.utf8Start, count: file.text.utf8CodeUnitCount)
      let value: JSONValue
      do {
        value = try parser.parse(text)
      } catch {
        throw ProfileError(file: name, message: error.message)
      }
      if name.hasPrefix("Gateways/") {
        gateways.append(try GatewayProfile(value, file: name))
      } else {
        vendors.append(try VendorProfile(value, file: name))
      }
    }
    guard let genericGateway = gateways.first(where: \.isGeneric),
      let genericVendor = vendors.first(where: \.isGeneric)
    else {
      throw ProfileError(file: "generic.json", message: "the generic profiles are missing")
    }
    self.genericGateway = genericGateway
    self.genericVendor = genericVendor
    self.gateways = gateways.filter { !$0.isGeneric }
    self.vendors = vendors.filter { !$0.isGeneric }
  }

  /// The vendor known by this name or alias, whatever its case.
  package func vendor(named name: String) -> VendorProfile? {
    let name = name.lowercased()
    return vendors.first { $0.name == name || $0.aliases.contains(name) }
  }

  /// The documented error that a response is, if one is documented: the vendor's own word first,
  /// then what holds for all. A 429 is never anything but a limit of some sort.
  package func rule(
    vendor: VendorProfile?, status: Int, code: Bytes?, message: Bytes?, hasIssues: Bool
  ) -> ErrorRule? {
    vendor?.rule(status: status, code: code, message: message, hasIssues: hasIssues)
      ?? genericVendor.rule(status: status, code: code, message: message, hasIssues: hasIssues)
  }
}
