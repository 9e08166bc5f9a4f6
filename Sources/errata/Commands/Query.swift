internal import Arguments
internal import Files
internal import Queries
internal import Questions
internal import Reports
internal import Store

extension Command {
  static let query = Command(
    "query", "ask by name, by file, or in SQL",
    details: [
      "QUERY is a name of `errata queries` (a file errata/queries/NAME.sql in $XDG_CONFIG_HOME is "
        + "NAME), a file that ends in .sql, - for standard input, or SQL "
        + "itself on the views \(Store.views). :since_ms, :until_ms and :vendor stand for the range and "
        + "--vendor. Nothing but reading is allowed."
    ],
    operands: [Operand("QUERY", completion: .files)],
    options: Option.question,
    examples: [
      Example("errata query top-messages", "a question by name"),
      Example("errata query 'select vendor, count(*) from events group by 1'", "SQL"),
    ]
  ) { invocation in
    let operand = invocation.operands[0]
    let queries = try OwnQueries.withBuiltIn()
    if let query = queries.first(where: { $0.name == operand }), query.path == nil {
      return try invocation.answer(from: invocation.archiveOfBoundedMemory) {
        try check(invocation, takenBy: try $0.parameters(of: query.sql, by: .errata))
        return try $0.query(query)
      }
    }
    let (title, sql) = try text(of: operand, queries)
    return try invocation.answer(from: invocation.archiveOfBoundedMemory) {
      try check(invocation, takenBy: try $0.parameters(of: sql, by: .user))
      return try $0.query(title: title, sql: sql)
    }
  }
}

/// Refuses a range, a vendor or a gateway that a query does not ask for.
private func check(_ invocation: Invocation, takenBy parameters: [String]) throws {
  let uses: [(Option, String)] = [
    (.since, "since_ms"), (.until, "until_ms"), (.vendor, "vendor"), (.gateway, "gateway"),
  ]
  for (option, name) in uses where invocation.has(option) && !parameters.contains(name) {
    throw UsageError(
      "the query does not ask for \(option.flag)",
      hint: "Leave it out, or write :\(name) where the query is to use it.")
  }
}

private func text(
  of operand: String, _ queries: [Queries.Query]
) throws -> (title: String, sql: String) {
  if let own = queries.first(where: { $0.name == operand }) { return (own.title, own.sql) }
  if operand.hasSuffix(".sql") || operand == "-" || FilePath.descriptor(of: operand) != nil {
    do throws(ShortFile.Failure) {
      let bytes = try ShortFile.bytes(of: operand, most: 1 << 20)
      return (operand, String(decoding: bytes, as: UTF8.self))
    } catch {
      throw UsageError(
        "the file \(operand) cannot be read: \(error)",
        hint: "Name one that exists, or a query of “errata queries”.")
    }
  }
  if operand.contains(where: \.isWhitespace) { return ("Query", operand) }
  let near = nearest(to: operand, among: queries.map(\.name))
  throw UsageError(
    "there is no query “\(operand)”",
    hint: (near.map { "Did you mean “\($0)”? " } ?? "") + "See “errata queries”, or write SQL.")
}
