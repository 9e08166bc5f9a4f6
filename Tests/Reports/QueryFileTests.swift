import Foundation
import Queries
import Questions
import Store
import Testing

@Suite struct QueryFileTests {
  static let names = Query.all.map(\.name)

  private func query(_ name: String) throws -> Query { try #require(Query.named(name)) }

  @Test(arguments: names)
  func `a header says what the statement takes and gives`(name: String) throws {
    let query = try query(name)
    let description = try ImportedLog("").reader.describe(query.sql, of: .errata)
    #expect(query.columns == description.columns)
    #expect(Set(query.parameters.map(\.name)) == Set(description.parameters))
    let texts = ["vendor", "gateway"]
    for parameter in query.parameters {
      #expect(parameter.type == (texts.contains(parameter.name) ? "String" : "Int64"))
    }
    #expect(!query.title.isEmpty && query.title != query.name)
    #expect(query.summary.hasSuffix("."))
  }

  @Test(arguments: names)
  func `a query reads the views, in SQL that every engine has`(name: String) throws {
    let words = try words(of: query(name))
    for (word, next) in zip(words, words.dropFirst()) where ["FROM", "JOIN"].contains(word) {
      // Or a query in brackets, which reads one as well.
      #expect(["BATCHES", "EVENTS", "MINUTES", "TRAFFIC", "SELECT"].contains(next))
    }
    let foreign: Set = [
      "WITH", "OVER", "LIKE", "GLOB", "LENGTH", "SUBSTR", "UPPER", "LOWER", "ROUND", "AVG",
      "TOTAL", "DATE", "DATETIME", "STRFTIME", "UNIXEPOCH", "JULIANDAY", "IIF", "IFNULL", "FILTER",
      "QUALIFY", "GREATEST", "UNION", "GROUP_CONCAT", "ROWID", "TRUE", "FALSE", "RETURNING",
    ]
    #expect(foreign.isDisjoint(with: words))
  }

  @Test(arguments: names)
  func `rows come in one order, the same on every engine`(name: String) throws {
    let query = try query(name)
    let sql = query.sql.split(separator: "\n").filter { !$0.hasPrefix("--") }
      .joined(separator: " ")
    let order = try #require(clause("ORDER BY", of: sql))
    let columns = order.map { $0.split(separator: " ")[0] }.map(String.init)
    if let group = clause("GROUP BY", of: sql) {
      #expect(Set(group).isSubset(of: columns))
    } else {
      #expect(columns.contains("id"))
    }
    let nullable = [
      "vendor", "status", "code", "route", "message", "consumer", "details", "latency_ms",
    ]
    for (column, term) in zip(columns, order) {
      let mayBeNull = nullable.contains(column) && !sql.contains("\(column) IS NOT NULL")
      #expect(term.hasSuffix("NULLS FIRST") == mayBeNull, "\(term)")
    }
  }

  /// The terms of a clause.
  private func clause(_ name: String, of sql: String) -> [String]? {
    guard let start = sql.range(of: name) else { return nil }
    var rest = sql[start.upperBound...]
    for end in ["ORDER BY", "LIMIT"] {
      if let end = rest.range(of: end) { rest = rest[..<end.lowerBound] }
    }
    return rest.split(separator: ",").map { $0.trimming(while: \.isWhitespace) }
  }

  /// The words of a statement in capitals, without comments and texts.
  private func words(of query: Query) -> [String] {
    let lines = query.sql.split(separator: "\n").filter { !$0.hasPrefix("--") }
    let parts = lines.joined(separator: " ").split(separator: "'", omittingEmptySubsequences: false)
    return parts.enumerated().filter { $0.offset % 2 == 0 }
      .flatMap { $0.element.split { !$0.isLetter && !$0.isNumber && $0 != "_" } }
      .map { $0.uppercased() }
  }

  @Test(arguments: names)
  func `a query of a range reads that range alone, by an index`(name: String) throws {
    let query = try query(name)
    let steps = try plan(query.sql, of: try ImportedLog(""))
    // By alias: events, and the counts of minutes.
    #expect(!steps.contains { $0.hasPrefix("SCAN e") || $0.hasPrefix("SCAN m") })
    guard query.parameters.contains(where: { $0.name == "since_ms" }) else { return }
    let ranges = ["(rowid>? AND rowid<?)", "(time_ms>? AND time_ms<?)"]
    #expect(
      steps.contains { step in step.hasPrefix("SEARCH") && ranges.contains { step.hasSuffix($0) } },
      "\(steps)")
  }

  @Test(arguments: names)
  func `no query sorts what need not be sorted`(name: String) throws {
    let query = try query(name)
    let sql = query.sql.split(separator: "\n").filter { !$0.hasPrefix("--") }
      .joined(separator: " ")
    let terms = try #require(clause("ORDER BY", of: sql))
    let order = terms.map { String($0.prefix { $0 != " " }) }
    let groups = clause("GROUP BY", of: sql)
    // What is put in order or told apart in a tree of its own, which no index spares: groups come in
    // the order of their columns, so that another one costs a second tree.
    var needed: Set<String> = groups == nil ? ["ORDER BY"] : ["GROUP BY"]
    if let groups, !groups.starts(with: order) { needed.insert("ORDER BY") }
    let steps = try plan(query.sql, of: try ImportedLog(""))
    let tree = "USE TEMP B-TREE FOR "
    let trees = steps.filter { $0.hasPrefix(tree) }.map { String($0.dropFirst(tree.count)) }
    #expect(needed.isSuperset(of: trees), "\(trees)")
    #expect(trees.count <= needed.count)
  }

  /// What SQLite will do, step by step.
  private func plan(_ sql: String, of log: ImportedLog) throws -> [String] {
    var steps: [String] = []
    try log.reader.run("EXPLAIN QUERY PLAN " + sql, of: .user, [:]) { row in
      if case .text(let step) = row.value(3) { steps.append(step) }
    }
    return steps
  }
}

extension StringProtocol {
  fileprivate func trimming(while isOutside: (Character) -> Bool) -> String {
    String(drop(while: isOutside).reversed().drop(while: isOutside).reversed())
  }
}
