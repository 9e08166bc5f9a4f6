package import Files

/// The names of all vendors that a ledger keeps apart, once it has room for no more.
package final class AdmittedVendors: Sendable {
  private let names: Set<[UInt8]>

  package init(_ names: Set<[UInt8]>) {
    self.names = names
  }

  package func contains(_ name: Bytes) -> Bool { names.contains(Array(name)) }
}
