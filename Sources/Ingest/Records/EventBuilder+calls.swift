internal import Batches
internal import Events
internal import Files
internal import JSON
internal import Profiles

// Calls of gRPC, which fail behind a response of HTTP that did not.
extension EventBuilder {
  /// What the call came to; nil for a record that speaks of none.
  private var callStatus: GRPCStatus? { fields.first(.grpcStatus) { GRPCStatus($0.value) } }

  /// Whether the record is that of a call that failed.
  var hasFailedCall: Bool { callStatus?.hasFailed ?? false }

  /// The status behind which a call stands that HTTP's own is not told of: it is always that of success.
  var statusOfCall: Int? { callStatus == nil ? nil : 200 }

  /// Adds the call's status as the code where there is no other; where HTTP's status is of a success,
  /// it tells the kind.
  func addCallStatus(to row: inout EventRow, _ batch: Batch) {
    guard let status = callStatus, status.hasFailed, row.code == 0 else { return }
    row.code = number(status.name, .code, batch)
    if (200..<300).contains(row.status) { row.kind = status.kind }
  }
}
