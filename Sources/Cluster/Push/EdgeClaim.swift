/// A store that sends what it has, as a cluster knows it: by a name, and by a number that goes before
/// the numbers of its events.
package struct Edge: Sendable, Equatable {
  package let name: String
  let number: UInt32

  /// So many bits of an event's number are the store's own; the first edge's events keep theirs.
  static let bits: Int64 = 40
  static let most: UInt32 = 1 << 22
  static let mostEvents: Int64 = 1 << bits - 1

  /// An event's number in the cluster.
  func number(ofEvent own: Int64) -> Int64 { Int64(number) << Edge.bits | own }

  static func has(_ own: Int64) -> Bool { (0...mostEvents).contains(own) }
}

/// How an edge comes by its number. Servers have no transactions: so who has claimed one looks whether
/// someone else has as well, and then both take another.
struct EdgeClaim {
  private struct Row {
    var name: String
    var number: UInt32
    var seed: UInt64
  }

  private let connection: ClusterConnection
  private let settings: [(name: String, value: String)]

  init(_ connection: ClusterConnection, _ dialect: Dialect) {
    self.connection = connection
    settings = dialect.insertSettings
  }

  /// The edge of a name; nil where the cluster knows none.
  ///
  /// - Parameter seed: of the store at hand.
  func known(_ name: String, seed: UInt64) throws(ClusterError) -> Edge? {
    let rows = try rows()
    let own = rows.filter { $0.name == name }
    if own.contains(where: { $0.seed != seed }) {
      throw ClusterError(
        .edge, "the cluster knows another store as “\(name)”", hint: .nameEdge)
    }
    // Under two names all of it would be counted twice.
    if let other = rows.first(where: { $0.seed == seed && $0.name != name }) {
      throw ClusterError(
        .edge, "the cluster knows this store as “\(other.name)”", hint: .sendAs(other.name))
    }
    return own.map(\.number).min().map { Edge(name: name, number: $0) }
  }

  /// How many stores the cluster knows.
  func count() throws(ClusterError) -> Int { try rows().count }

  /// The edge of a name, which is made known if need be.
  func edge(_ name: String, seed: UInt64) throws(ClusterError) -> Edge {
    guard !name.isEmpty, name.utf8.count <= 256 else {
      throw ClusterError(.edge, "a store's name has 1 to 256 bytes", hint: .nameEdge)
    }
    if let edge = try known(name, seed: seed) { return edge }
    for attempt in 0..<100 {
      let taken = Set(try rows(withdrawn: true).map(\.number))
      // The first edge has 0. Who was in another one's way before leaves it to chance.
      var number: UInt32 = (taken.max().map { $0 + 1 } ?? 0)
      if attempt > 0 { number += UInt32.random(in: 0..<8) }
      guard number < Edge.most else {
        throw ClusterError(.edge, "the cluster has numbers for no more stores")
      }
      try say(name, number, seed, withdrawn: false)
      if try rows().contains(where: { $0.number == number && $0.name != name }) {
        try say(name, number, seed, withdrawn: true)
        try connection.rest(Int64.random(in: 50..<500))
        continue
      }
      if let edge = try known(name, seed: seed) { return edge }
    }
    throw ClusterError(.edge, "too many stores ask for a number at once")
  }

  private func say(
    _ name: String, _ number: UInt32, _ seed: UInt64, withdrawn: Bool
  ) throws(ClusterError) {
    var row = RowWriter()
    row.append(text: name)
    row.append(number)
    row.append(seed)
    row.append(UInt8(withdrawn ? 1 : 0))
    // Said twice it is no more than said once.
    _ = try connection.ask(
      ClusterRequest(
        "INSERT INTO edge (name, number, id_seed, withdrawn) FORMAT RowBinary", rows: row.bytes,
        settings: settings))
  }

  /// What is claimed; with what was withdrawn, where that is asked for.
  private func rows(withdrawn: Bool = false) throws(ClusterError) -> [Row] {
    var answer = RowReader(
      try connection.ask(
        ClusterRequest(
          """
          SELECT name, number, id_seed FROM edge GROUP BY name, number, id_seed
            \(withdrawn ? "" : "HAVING max(withdrawn) = 0") ORDER BY number, name FORMAT RowBinary
          """)))
    var rows: [Row] = []
    while !answer.isAtEnd {
      rows.append(
        Row(name: try answer.text(), number: try answer.next(), seed: try answer.next()))
    }
    return rows
  }
}
