extension ClusterReader {
  /// What the hashes of an event's ids begin with; nil for one of an edge that is not known.
  package func seed(ofEvent number: Int64) throws -> UInt64? {
    let edge = number >> Edge.bits
    return try seeds().first { $0.edge == edge }?.seed
  }

  /// What edges begin the hashes of their ids with.
  func seeds() throws -> [(edge: Int64, seed: UInt64)] {
    if let knownSeeds { return knownSeeds }
    var seeds: [(edge: Int64, seed: UInt64)] = []
    try rows(
      TableQuestion(
        name: "edges",
        columns: [.number("number"), .number("reinterpretAsInt64(reinterpretAsString(id_seed))")],
        table:
          "(SELECT number, id_seed FROM edge GROUP BY name, number, id_seed HAVING max(withdrawn) = 0)",
        keys: 2, rest: "ORDER BY c0, c1", deliveries: .unasked)
    ) { row in
      seeds.append(
        (try row.integer(0, in: 0...Int64(Edge.most)), UInt64(bitPattern: row.integer(1))))
    }
    knownSeeds = seeds
    return seeds
  }
}
