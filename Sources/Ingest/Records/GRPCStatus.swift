internal import Events
internal import Files
internal import JSON

/// What a call of gRPC came to: behind HTTP's 200 it tells whether it failed.
///
/// <https://grpc.io/docs/guides/status-codes/>
struct GRPCStatus {
  let number: Int

  /// By name in any spelling (`Unavailable`, `DEADLINE_EXCEEDED`) or number; nil for anything else.
  init?(_ value: JSONValue) {
    let value = scalar(value)
    if let number = value.integer ?? value.string?.trimmed.integer {
      guard GRPCStatus.names.indices.contains(Int(clamping: number)) else { return nil }
      self.number = Int(number)
      return
    }
    guard let text = value.string?.trimmed else { return nil }
    if text.isEqual(ignoringCase: "canceled") {
      number = 1
      return
    }
    guard let number = GRPCStatus.names.firstIndex(where: { GRPCStatus.isSame(text, $0) }) else {
      return nil
    }
    self.number = number
  }

  var hasFailed: Bool { number != 0 }

  /// Its name as the protocol has it.
  var name: Bytes {
    let name = GRPCStatus.names[number]
    return Bytes(start: name.utf8Start, count: name.utf8CodeUnitCount)
  }

  /// As google.rpc.Code maps them to HTTP's statuses.
  var kind: Kind {
    switch number {
    case 1: .cancelled
    case 3, 11: .validation
    case 4: .timeout
    case 5: .notFound
    case 6, 9, 10: .conflict
    case 7: .permission
    case 8: .rateLimit
    case 12: .malformed
    case 14: .unavailable
    case 16: .auth
    default: .server
    }
  }

  private static let names: [StaticString] = [
    "OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND",
    "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED",
    "OUT_OF_RANGE", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED",
  ]

  /// Whether letters agree, whatever stands between them.
  private static func isSame(_ text: Bytes, _ name: StaticString) -> Bool {
    let mark = UInt8(ascii: "_")
    return name.withUTF8Buffer { name in
      text.lazy.filter { $0 != mark && $0 != 0x20 }.map { $0 & 0xDF }
        .elementsEqual(name.lazy.filter { $0 != mark })
    }
  }
}
