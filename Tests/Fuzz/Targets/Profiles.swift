import JSON

@testable import Profiles

private nonisolated(unsafe) let parser = JSONParser()

/// Profiles of gateways and of vendors: a wrong one is refused in words.
func fuzzProfiles(_ input: UnsafeBufferPointer<UInt8>) {
  guard let value = try? parser.parse(input) else { return }
  refusing { _ = try GatewayProfile(value, file: "Gateways/fuzz.json") }
  refusing { _ = try VendorProfile(value, file: "Vendors/fuzz.json") }
}

private func refusing(_ read: () throws -> Void) {
  do {
    try read()
  } catch let error as ProfileError {
    require(!error.message.isEmpty, "a refusal says why")
  } catch {
    require(false, "a profile is refused as one: \(error)")
  }
}
