internal import SQLite

/// The tables and indexes of a store, by their columns: what another program may have changed.
struct SchemaShape {
  struct Column: Equatable {
    var name: String
    /// Its type, and whether it may be null or is part of the key.
    var nature: String
  }

  struct Index: Equatable {
    var table: String
    var isUnique: Bool
    var isPartial: Bool
    var columns: String
    /// Nil where it comes with its table.
    var sql: String?

    static func == (one: Index, other: Index) -> Bool {
      (one.table, one.isUnique, one.isPartial, one.columns)
        == (other.table, other.isUnique, other.isPartial, other.columns)
    }
  }

  private(set) var tables: [String: [Column]] = [:]
  private(set) var indexes: [String: Index] = [:]
  private var statements: [String: String] = [:]

  init(_ connection: Connection) throws {
    let columns = try connection.prepare(
      """
      SELECT s.name, c.name, c.type || ' ' || c."notnull" || ' ' || c.pk, s.sql
        FROM sqlite_schema s JOIN pragma_table_info(s.name) c
        WHERE s.type = 'table' AND s.name NOT LIKE 'sqlite_%' ORDER BY s.name, c.cid
      """)
    while try columns.step() {
      guard let table = columns.text(0), let name = columns.text(1) else { continue }
      tables[table, default: []].append(Column(name: name, nature: columns.text(2) ?? ""))
      statements[table] = columns.text(3)
    }
    let indexes = try connection.prepare(
      """
      SELECT i.name, s.name, i."unique", i.partial,
        (SELECT GROUP_CONCAT(COALESCE(c.name, 'an expression')) FROM pragma_index_info(i.name) c),
        (SELECT sql FROM sqlite_schema WHERE name = i.name)
        FROM sqlite_schema s JOIN pragma_index_list(s.name) i WHERE s.type = 'table'
      """)
    while try indexes.step() {
      guard let name = indexes.text(0), let table = indexes.text(1) else { continue }
      self.indexes[name] = Index(
        table: table, isUnique: indexes.integer(2) != 0, isPartial: indexes.integer(3) != 0,
        columns: indexes.text(4) ?? "", sql: indexes.text(5))
    }
  }

  /// What is not as `made` has it, in words. Tables, indexes and triggers that someone added are no
  /// harm, unless an index keeps rows out.
  func differences(from made: SchemaShape) -> [String] {
    var words: [String] = []
    for (table, columns) in made.tables.sorted(by: { $0.key < $1.key }) {
      guard let there = tables[table] else {
        words.append("the table \(table) is missing")
        continue
      }
      words += differences(of: table, there, from: columns)
    }
    for (name, index) in made.indexes.sorted(by: { $0.key < $1.key })
    where tables[index.table] != nil && indexes[name] != index {
      words.append(
        "the index \(name) is \(indexes[name] == nil ? "missing" : "not what errata made it")")
    }
    for (name, index) in indexes.sorted(by: { $0.key < $1.key })
    where index.isUnique && made.indexes[name] == nil && made.tables[index.table] != nil {
      words.append("the index \(name), which errata did not make, keeps rows out of \(index.table)")
    }
    return words
  }

  private func differences(
    of table: String, _ there: [Column], from made: [Column]
  ) -> [String] {
    let names = there.map(\.name)
    var words: [String] = []
    for column in made {
      if !names.contains(column.name) {
        words.append("the table \(table) has no column \(column.name)")
      } else if !there.contains(column) {
        words.append("the column \(column.name) of the table \(table) is not what errata made it")
      }
    }
    for name in names where !made.contains(where: { $0.name == name }) {
      words.append("the table \(table) has a column that errata did not make: \(name)")
    }
    if words.isEmpty, names != made.map(\.name) {
      words.append("the columns of the table \(table) are in another order")
    }
    return words
  }

  /// What is derived from other tables, and the indexes, as far as another store has none of them:
  /// their names and the SQL that makes them, tables first.
  func missing(in other: SchemaShape) -> [(name: String, sql: String)] {
    // Points come again as logs are read.
    let fillable = Derived.all.flatMap { $0.fillable } + ["restart"]
    let tables = fillable.filter { other.tables[$0] == nil }
    let made = tables.compactMap { name in statements[name].map { (name, $0) } }
    let indexes = self.indexes.sorted { $0.key < $1.key }.filter { other.indexes[$0.key] == nil }
    return made + indexes.compactMap { name, index in index.sql.map { (name, $0) } }
  }
}
