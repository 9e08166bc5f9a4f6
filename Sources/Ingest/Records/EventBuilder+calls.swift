internal import Batches
internal import Events
internal import Files
internal import JSON
internal import Profiles

// Calls of gRPC, which fail behind a response of HTTP that did not.
extension EventBuilder {
  /// What the call came to; nil for a record that speaks of none.
  private func callStatus(_ record: JSONValue) -> GRPCStatus? {
    fields.first(.grpcStatus) { GRPCStatus($0.value) } ?? named(record)
  }

  /// By its name as the code beside a method of gRPC: `"method":"/pkg.Service/Get","code":"NotFound"`.
  private func named(_ record: JSONValue) -> GRPCStatus? {
    guard let code = record[EventBuilder.code], let name = code.string, name.integer == nil,
      let method = record[EventBuilder.method]?.string, method.first == UInt8(ascii: "/"),
      method.count(where: { $0 == UInt8(ascii: "/") }) == 2,
      method.place(of: UInt8(ascii: ".")) != nil
    else { return nil }
    return GRPCStatus(code)
  }

  private static let code = Array("code".utf8)
  private static let method = Array("method".utf8)

  /// Whether the record is that of a call that failed.
  func hasFailedCall(_ record: JSONValue) -> Bool { callStatus(record)?.hasFailed ?? false }

  /// The status behind which a call stands that HTTP's own is not told of: it is always that of success.
  func statusOfCall(_ record: JSONValue) -> Int? { callStatus(record) == nil ? nil : 200 }

  /// Adds the call's status as the code where there is no other; where HTTP's status is of a success,
  /// it tells the kind.
  func addCallStatus(of record: JSONValue, to row: inout EventRow, _ batch: Batch) {
    guard let status = callStatus(record), status.hasFailed, row.code == 0 else { return }
    row.code = number(status.name, .code, batch)
    if (200..<300).contains(row.status) { row.kind = status.kind }
  }
}
