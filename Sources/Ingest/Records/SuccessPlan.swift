internal import Files
internal import JSON
internal import Profiles

/// The few values by which a success is counted, of records that have certain paths.
///
/// It is made for records in which each of these is plain: the best candidate of its field, with
/// nothing beside it that would have a say. What a record is by its plan it also is when it is read
/// as a whole; where a value is not as plain as expected, the record is read so.
final class SuccessPlan {
  /// The places of values among a record's visits.
  let time: Int
  let status: Int
  /// The path that was asked for, or the first line of the request; nil where there is neither.
  let target: Int?
  let isRequestLine: Bool
  /// What tells who answered, in the order in which it is asked.
  let vendor: [Int]
  /// How many of those name the vendor, a host and a service.
  let vendorFields: (names: UInt8, hosts: UInt8, services: UInt8)
  let hasQuotas: Bool
  /// What may tell that a call of gRPC failed, and whether there is any such thing.
  let grpc: [Int]
  let hasGRPC: Bool
  /// What may be the response's body, and say of a 2xx that it failed.
  let bodies: [Int]
  /// The gateway whose signature such a record has; -1 for none.
  let gateway: Int

  private static let mostOfVendor = 12

  /// All of these places.
  var visits: [Int] { [time, status] + (target.map { [$0] } ?? []) + vendor + grpc + bodies }

  /// - Parameter candidates: of a field, the best first.
  init?(gateway: Int, _ candidates: (GatewayProfile.Field) -> ArraySlice<FieldPlan.Entry>) {
    func first(_ field: GatewayProfile.Field) -> Int? {
      candidates(field).first.flatMap { $0.isParent || $0.isUnclear ? nil : Int($0.visit) }
    }
    guard candidates(.wire).isEmpty, !candidates(.body).contains(where: \.isParent),
      let time = first(.time), let status = first(.status)
    else { return nil }
    let fields = (candidates(.vendor), candidates(.host), candidates(.service))
    let vendor = fields.0 + fields.1 + fields.2
    let line = candidates(.path).isEmpty ? GatewayProfile.Field.requestLine : .path
    if vendor.count > SuccessPlan.mostOfVendor || vendor.contains(where: \.isParent) { return nil }
    if !candidates(line).isEmpty, first(line) == nil { return nil }
    self.time = time
    self.status = status
    target = first(line)
    isRequestLine = line == .requestLine
    self.vendor = vendor.map { Int($0.visit) }
    vendorFields = (UInt8(fields.0.count), UInt8(fields.1.count), UInt8(fields.2.count))
    hasQuotas = !candidates(.quota).isEmpty
    grpc = candidates(.grpcStatus).map { Int($0.visit) }
    hasGRPC = !grpc.isEmpty
    bodies = candidates(.body).map { Int($0.visit) }
    self.gateway = gateway
  }

  /// Whether what was asked for is a path, so that no vendor's host stands in it.
  @inline(__always)
  func isPath(_ text: Bytes?) -> Bool {
    guard target != nil else { return true }
    guard let text else { return false }
    if !isRequestLine { return text.first == UInt8(ascii: "/") }
    guard let blank = text.place(of: 0x20), blank + 1 < text.count else { return false }
    return text[blank + 1] == UInt8(ascii: "/") && parseMethod(text.part(0..<blank)) != nil
  }
}
