/// Whether what stands before a word says that it is an id: `request id: …`, `<RequestId>…`,
/// `"cf-ray": …`.
enum Announcement: Equatable {
  case none
  /// Right before it.
  case near
  /// With so many other words between: `the ErrorId if you contact support: …`.
  case far(Int)

  /// Whether a name is one of an id: `request_id`, `RequestID`, `x-amz-cf-id`, `traceparent`.
  static func isName(_ name: ArraySlice<Unicode.Scalar>) -> Bool {
    let parts = name.split { !$0.isLetter }
    guard let last = parts.last else { return false }
    let word = String(last)
    let lower = word.lowercased()
    if plain.contains(lower) { return true }
    if compound.contains(where: lower.hasSuffix) { return true }
    let stem = word.dropLast(2)
    return (word.hasSuffix("Id") || word.hasSuffix("ID"))
      && (stem.last.map { $0.isLowercase || word.hasSuffix("Id") } ?? false)
  }

  private static let plain: Set<String> = [
    "id", "ids", "uuid", "guid", "reference", "ref", "correlation", "trace", "traceparent", "ray",
    "incident", "sid",
  ]
  private static let compound = [
    "requestid", "traceid", "correlationid", "errorid", "eventid", "debugid", "incidentid",
    "hostid",
    "transactionid",
  ]
}

extension Word {
  /// What it says of the word behind it.
  var announcementOfNext: Announcement {
    if Announcement.isName(scalars[...]), scalars.first != "/" { return .near }
    if !scalars.contains(where: \.isIDLetter) { return announcement }
    guard scalars.allSatisfy({ $0.isLetter || $0 == ":" }) else { return .none }
    // Some words may stand between, of the same sentence.
    switch announcement {
    case .none: return .none
    case .near: return .far(1)
    case .far(let words): return words < 5 ? .far(words + 1) : .none
    }
  }
}
