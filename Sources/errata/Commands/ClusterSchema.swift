internal import Arguments
internal import Cluster
internal import Rendering

extension Option {
  fileprivate static let cluster = Option(
    "cluster", value: "NAME", "spread rows over the shards of this cluster of the servers")
  fileprivate static let replicated = Option(
    "replicated", "shards have copies, kept alike by Keeper or ZooKeeper")
  fileprivate static let days = Option("days", value: "DAYS", "rows go after so many days")
  fileprivate static let apply = Option("apply", "make the tables, and do not print them")
}

extension Command {
  static let clusterSchema = Command(
    "cluster-schema", "the tables of a cluster, to be read or made",
    details: [
      "Prints the SQL that makes what errata push fills: for a server of today, or for the version of "
        + "the server that URL names. What an older server does not know is left out.",
      "Without --cluster the tables are those of one server. With it each server has its part, named "
        + "event_local and so on, and tables over all parts; without --replicated it is run on each "
        + "server, so name them all with --apply.",
    ],
    operands: [Operand("URL", isRequired: false, isRepeated: true)],
    options: [.cluster, .replicated, .days, .apply], without: [.store] + Option.ofAnswers,
    examples: [
      Example("errata cluster-schema | less", "what would be made"),
      Example("errata cluster-schema --apply clickhouse://ch/errata", "make it"),
    ]
  ) { invocation in
    let connections = try invocation.operands.map {
      try invocation.connection(to: ClusterAddress($0))
    }
    let layout = ClusterSchema.Layout(
      cluster: invocation[.cluster], isReplicated: invocation.has(.replicated),
      days: try invocation.integer(of: .days, in: 1...36500))
    func schema(_ connection: ClusterConnection?) throws -> ClusterSchema {
      try ClusterSchema(
        database: connection?.address.database ?? "errata",
        dialect: try connection.map { try Dialect(of: $0) } ?? .current, layout: layout)
    }
    guard invocation.has(.apply) else {
      try invocation.destination.write(try schema(connections.first).text)
      return .ok
    }
    if connections.isEmpty {
      throw UsageError("--apply needs a URL", hint: "Name the server, or print without --apply.")
    }
    for connection in connections { try schema(connection).apply(on: connection) }
    return .ok
  }
}
