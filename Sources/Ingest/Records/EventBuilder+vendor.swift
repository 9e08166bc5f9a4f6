internal import Events
internal import JSON
internal import Profiles

// Whose response a record is.
extension EventBuilder {
  /// Whether an error of a vendor with a profile stands in the line, although no status does.
  func isKnownError(_ body: ErrorBody, _ request: Request) -> Bool {
    if body.object != nil, gateway.isStatusless { return true }
    guard let object = body.object,
      let profile = vendors.known(from: fields, target: request.host)?.profile
    else { return false }
    let fields = bodyReader.read(
      object, by: vendors.profiles[profile], catalog.genericVendor, status: 0)
    return vendors.profiles[profile].errors.documents(code: fields.code, message: fields.message)
  }

  func vendor(of request: Request, body: ErrorBody, status: Int) -> VendorDirectory.Choice? {
    if let choice = vendors.known(from: fields, target: request.host) { return choice }
    if let body = body.evidence,
      let found = vendors.profiles.firstIndex(where: { $0.recognises(body, status: status) })
    {
      return vendors.chosen(by: found)
    }
    return vendors.unknown(from: fields, target: request.host)
  }
}
