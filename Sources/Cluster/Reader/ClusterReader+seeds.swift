extension ClusterReader {
  /// What the hashes of an event's ids begin with; nil for one of an edge that is not known.
  package func seed(ofEvent number: Int64) throws -> UInt64? {
    let edge = number >> Edge.bits
    return try seeds().first { $0.edge == edge }?.seed
  }
}
