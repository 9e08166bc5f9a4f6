package import Files

/// All vendors that a ledger keeps apart, once it has no room for more.
package final class AdmittedVendors: Sendable {
  private let names: Set<[UInt8]>

  package init(_ names: Set<[UInt8]>) {
    self.names = names
  }

  package func contains(_ name: Bytes) -> Bool { names.contains(Array(name)) }
}
