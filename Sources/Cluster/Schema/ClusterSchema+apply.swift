extension ClusterSchema {
  /// Makes the tables on a server. What is there stays as it is.
  package func apply(on connection: ClusterConnection) throws(ClusterError) {
    do throws(ClusterError) {
      try ClusterSchema.check(connection)
    } catch {
      // Of a database that is not there, or has nothing of ours, nothing is spoilt.
      guard error.hint == .makeTables else { throw error }
    }
    for statement in statements {
      _ = try connection.ask(ClusterRequest(statement, isInDatabase: false))
    }
  }

  /// Refuses a database that has no tables of errata's, or those of another format.
  package static func check(_ connection: ClusterConnection) throws(ClusterError) {
    let question = "SELECT max(value) FROM setting WHERE name = 'schema' FORMAT RowBinary"
    let database = connection.address.database
    var found: Int64
    do throws(ClusterError) {
      var rows = RowReader(try connection.ask(ClusterRequest(question)))
      found = try rows.next()
    } catch {
      guard error.hint == .makeTables else { throw error }
      throw ClusterError(
        .tables, "the database \(database) has no tables of errata's yet", hint: .makeTables)
    }
    if found == version { return }
    throw found > version
      ? ClusterError(
        .tables,
        "the tables of the database \(database) were made by a newer errata (format \(found), this one knows \(version))",
        hint: .text("Use the newer errata."))
      : ClusterError(
        .tables,
        "the tables of the database \(database) were made by an older errata (format \(found), this one needs \(version))",
        hint: .text("Make new ones in another database, and send the stores there."))
  }
}
