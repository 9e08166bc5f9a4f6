internal import Batches
internal import Files

/// The public face of a store.
enum Views {
  static let names = ["batches", "events", "minutes", "traffic"]

  /// Their names as a sentence has them.
  static var sentence: String {
    names.dropLast().joined(separator: ", ") + " and " + (names.last ?? "")
  }

  /// As the store has them, for whoever opens it: a text is looked up in its table. They hold
  /// nothing, so they may be dropped and made again. What a format makes anew counts as it makes it.
  static let stored: [(name: String, sql: String)] = {
    var views: [(name: String, sql: String)] = []
    var lines: [Substring.UTF8View] = []
    for line in Schema.formats.joined().utf8.split(
      separator: newline, omittingEmptySubsequences: false)
    {
      guard !lines.isEmpty || line.starts(with: "CREATE VIEW ".utf8) else { continue }
      lines.append(line)
      guard line.last == UInt8(ascii: ";"), let head = lines.first else { continue }
      let name = head.split(separator: UInt8(ascii: " "))[2]
      let sql = Array(lines.joined(separator: [newline]))
      let view = (name: String(name) ?? "", sql: String(decoding: sql, as: UTF8.self))
      if let place = views.firstIndex(where: { $0.name == view.name }) {
        views[place] = view
      } else {
        views.append(view)
      }
      lines = []
    }
    return views
  }()

  private static let newline = UInt8(ascii: "\n")

  /// The same for one connection, in front of the stored ones: texts are asked of a `WordCache`.
  static let cached = stored.map { cached($0.sql) }.joined()

  /// `(SELECT text FROM vendor WHERE id = e.vendor)` becomes `word(0, e.vendor)`.
  private static func cached(_ sql: String) -> String {
    var view = substitute("CREATE TEMP VIEW", for: "CREATE VIEW", in: sql)
    for (number, table) in WordCache.tables.enumerated() {
      view = substitute(
        "word(\(number), ", for: "(SELECT text FROM \(table) WHERE id = ", in: view)
    }
    return view
  }

  private static func substitute(_ new: String, for old: String, in text: String) -> String {
    text.withBytes { text in
      old.withBytes { old in
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var place = 0
        while let next = text.place(of: old, from: place) {
          result += text.part(place..<next)
          result += new.utf8
          place = next + old.count
        }
        result += text.part(place..<text.count)
        return String(decoding: result, as: UTF8.self)
      }
    }
  }
}
