/// A public question, one `.sql` file of this folder: its SQL, and what its header says of it.
package struct Query: Sendable {
  /// The file's name without its ending.
  package let name: String
  package let title: String
  package let summary: String
  /// Names and types, as in `since_ms Int64`.
  package let parameters: [(name: String, type: String)]
  package let columns: [String]
  /// The column whose texts count as one where they differ in numbers and ids alone, as in
  /// `-- fold: message by errors, 50 rows`; rows are put together after they were read.
  package let foldedColumn: String?
  /// The column that is added up then, and by which rows are ordered.
  package let countColumn: String?
  /// How many rows remain.
  package let mostRows: Int
  package let sql: String
  /// The user's own file that it is in; nil of those that come with errata.
  package let path: String?

  /// All of them, in the order of their names.
  package static let all: [Query] = Embedded.files.map {
    Query(file: "\($0.name)", text: "\($0.text)")
  }
  .sorted { $0.name < $1.name }

  /// The question of that name.
  package static func named(_ name: String) -> Query? { all.first { $0.name == name } }

  /// `text` begins with a line each of `-- title:`, `-- summary:`, `-- parameters:`, `-- columns:`.
  package init(file: String, text: String, path: String? = nil) {
    self.path = path
    let base = file.split(separator: "/").last.map(String.init) ?? file
    name = base.hasSuffix(".sql") ? String(base.dropLast(4)) : base
    sql = text
    var header: [String: String] = [:]
    for line in text.split(separator: "\n") where line.hasPrefix("-- ") {
      let parts = line.dropFirst(3).split(separator: ":", maxSplits: 1)
      guard parts.count == 2 else { continue }
      header[String(parts[0])] = String(parts[1].drop { $0 == " " })
    }
    title = header["title"] ?? name
    summary = header["summary"] ?? ""
    columns = Query.list(header["columns"])
    let fold = (header["fold"] ?? "").split { $0 == " " || $0 == "," }
    foldedColumn = fold.first.map(String.init)
    countColumn = fold.count > 2 ? String(fold[2]) : nil
    mostRows = fold.count > 3 ? Int(fold[3]).map { max(0, $0) } ?? .max : .max
    parameters = Query.list(header["parameters"]).map { text in
      let words = text.split(separator: " ")
      return (String(words.first ?? ""), words.count > 1 ? String(words[1]) : "String")
    }
  }

  private static func list(_ text: String?) -> [String] {
    (text ?? "").split(separator: ",").map { String($0.drop { $0 == " " }) }.filter { !$0.isEmpty }
  }
}
