internal import Files

/// The tables of a cluster. Wherever a time is meant, it is milliseconds since the epoch, UTC.
///
/// Rows are never changed. Each belongs to a *delivery*: an edge (a store somewhere) has sent what it
/// has of some of its batches, and has chosen a number for that, `load`, by chance. Only when all of it
/// is there a row of `batch` for each of these says that it is here by this delivery, and whoever reads
/// takes such rows alone (`delivered` lists them). So a delivery that broke off, or of which nobody knows
/// whether it arrived, is simply made once more under another number: nothing has to be taken back,
/// and nothing can be counted twice. A batch that was read again is delivered again, with a larger
/// `version`.
///
/// All rows of a batch are on one shard, so that each shard can tell by itself which rows count.
enum ClusterTables {
  struct Table {
    var name: String
    /// What a row is, for who reads the statements.
    var words: String
    /// Names and types, as a list in a statement has them.
    var columns: [(name: String, type: String)]
    /// How time is told, for expiry and partitions; nil where rows have none.
    var time: String?
    /// The same as days since the epoch, where a column has them.
    var day: String?
    var order: String
    /// By what rows find their shard.
    var shard = "cityHash64(edge, batch)"
    /// Further lines of the list of columns.
    var indexes: [String] = []
    /// Whether rows with the same key are one.
    var isSet = false
    /// Whether each server has its own, whatever the others have.
    var isLocal = false
    /// Whether rows stay where others go that are as old.
    var isKept = false
    /// How many rows are read together at least, where that is not as usual.
    var granularity: Int?

    /// What begins an insert of rows in binary form: of all columns that servers do not fill in.
    var insertion: String {
      let own = columns.filter { !$0.type.contains(text: " DEFAULT ") }.map { quotedName($0.name) }
      return "INSERT INTO \(name) (\(own.joined(separator: ", "))) FORMAT RowBinary"
    }
  }

  static func all(_ dialect: Dialect) -> [Table] {
    [setting, edge, batch, event(dialect)] + counts(dialect) + [
      identifier(dialect), sketch(dialect), quota(dialect), reject(dialect), gap, word,
    ]
  }

  static let delivery = [("edge", "UInt32"), ("batch", "Int64"), ("load", "UInt64")]

  static let setting = Table(
    name: "setting", words: "What the tables are: `schema` is their version.",
    columns: [("name", "String"), ("value", "Int64")], order: "name", isLocal: true)

  static let edge = Table(
    name: "edge",
    words:
      "The stores that send what they have. A number that two have claimed belongs to neither.",
    columns: [
      ("name", "String"), ("number", "UInt32"), ("id_seed", "UInt64"), ("withdrawn", "UInt8"),
      ("said", "DateTime DEFAULT now()"),
    ], order: "(name, number)", shard: "0")

  /// What a store's ledger has of a batch, and what was delivered of it. Who asks about a range of time
  /// asks for the deliveries that have rows in it, and no others.
  static let batch = Table(
    name: "batch",
    words:
      "The ledger: which batches of which stores are here, and by which deliveries. Every delivery of a batch has its rows between since_ms and until_ms, 0 being the time of what has none.",
    columns: delivery + [
      ("version", "UInt64"), ("since_ms", "Int64"), ("until_ms", "Int64"), ("source", "Int64"),
      ("path", "String"), ("offset", "Int64"),
      ("length", "Int64"), ("lines", "Int64"), ("events", "Int64"), ("successes", "Int64"),
      ("skipped", "Int64"), ("rejects", "Int64"), ("blank", "Int64"), ("undated", "Int64"),
      ("first_event", "Int64"), ("first_ms", "Nullable(Int64)"), ("last_ms", "Nullable(Int64)"),
      ("earliest_ms", "Nullable(Int64)"), ("latest_ms", "Nullable(Int64)"),
      ("committed_ms", "Int64"), ("original", "Int64"), ("pruned", "Int64"), ("digest", "Int64"),
      ("event_rows", "Int64"), ("event_sum", "UInt64"), ("undated_rows", "Int64"),
      ("success_sum", "Int64"),
      ("minute_success_sum", "Int64"),
      ("identifier_rows", "Int64"), ("quota_rows", "Int64"), ("reject_rows", "Int64"),
      ("content", "UInt64"), ("delivered", "DateTime DEFAULT now()"),
    ], time: "until_ms", order: "(edge, batch)", isKept: true)

  /// By the day, so that a range of time is read by itself; of each day what was limited stands
  /// together, which detectors read one by one.
  static func event(_ dialect: Dialect) -> Table {
    let (text, word) = ("Nullable(String)", dialect.word("Nullable(String)"))
    let packed = dialect.codec("ZSTD(3)")
    return Table(
      name: "event",
      words: "The errors. An empty path is the route word for word; 0 stands for no status.",
      columns: delivery + [
        ("id", "Int64" + dialect.codec("Delta, ZSTD(1)")),
        ("time_ms", "Nullable(Int64)"),
        ("day", "UInt16 DEFAULT toUInt16(intDiv(ifNull(time_ms, 0), 86400000))"),
        ("minute", "UInt32 DEFAULT toUInt32(intDiv(ifNull(time_ms, 0), 60000))"),
        ("vendor", dialect.word("String")),
        ("gateway", dialect.word("String")), ("status", "Int32"), ("code", word),
        ("kind", "UInt8"), ("limited", "UInt8 DEFAULT toUInt8(status = 429 OR kind = 8)"),
        ("message", text + packed), ("request_id", text + packed),
        ("method", word), ("route", word), ("path", text + packed), ("consumer", word),
        ("latency_us", "Nullable(Int64)"), ("retry_after_ms", "Nullable(Int64)"),
        ("upstream_status", "Int32"), ("answered_by", "UInt8"), ("details", text + packed),
        ("source", dialect.word("String")), ("offset", "Int64" + dialect.codec("Delta, ZSTD(1)")),
        ("length", "Int64"), ("part", "Int64"),
      ], time: "ifNull(time_ms, 0)", day: "day",
      order: "(day, limited, vendor, kind, minute, id)",
      // For who asks in SQL, and knows of no days.
      indexes: dialect.isModern ? ["INDEX of_time time_ms TYPE minmax GRANULARITY 1"] : [])
  }

  /// The hashes of a batch's ids that fall into one of a thousand buckets, with the events that have
  /// them and their minutes: an id is looked for in its bucket of each edge alone, and there are few rows
  /// to be put in order.
  static func identifier(_ dialect: Dialect) -> Table {
    let ascending = dialect.codec("Delta, ZSTD(1)")
    return Table(
      name: "identifier",
      words:
        "Hashes of ids: of all that events carry (sort 0), of how their main ones begin (1) and end (2).",
      columns: delivery + [
        ("sort", "UInt8"), ("bucket", "UInt16"), ("until_ms", "Int64"),
        ("hashes", "Array(UInt64)" + dialect.codec("ZSTD(1)")),
        ("events", "Array(Int64)" + ascending), ("minutes", "Array(UInt32)" + ascending),
      ], time: "until_ms", order: "(sort, edge, bucket)",
      granularity: 256)
  }

  static func sketch(_ dialect: Dialect) -> Table {
    Table(
      name: "sketch",
      words:
        "Of each day and gateway the smallest hashes of ids, by which gateways are told that logged the same.",
      columns: delivery + [
        ("start_ms", "Int64"), ("gateway", dialect.word("String")), ("hashes", "Array(UInt64)"),
      ], time: "start_ms", order: "(start_ms, gateway)")
  }

  static func quota(_ dialect: Dialect) -> Table {
    Table(
      name: "quota", words: "What responses said was left of quotas.",
      columns: delivery + [
        ("time_ms", "Int64"), ("vendor", dialect.word("String")),
        ("gateway", dialect.word("String")), ("consumer", dialect.word("Nullable(String)")),
        ("name", dialect.word("String")), ("most", "Nullable(Int64)"), ("remaining", "Int64"),
        ("reset_ms", "Nullable(Int64)"),
      ], time: "time_ms", order: "(time_ms, vendor)")
  }

  static func reject(_ dialect: Dialect) -> Table {
    Table(
      name: "reject", words: "Lines that could not be read, a thousand of each log.",
      columns: delivery + [
        ("offset", "Int64"), ("length", "Int64"), ("reason", dialect.word("String")),
        ("excerpt", "String"),
      ], order: "(edge, batch, offset)")
  }

  static let gap = Table(
    name: "gap",
    words:
      "Logs of an edge that were gone before they were read to their end: those of its largest version.",
    columns: [
      ("edge", "UInt32"), ("version", "UInt64"), ("path", "String"), ("offset", "Int64"),
      ("size", "Nullable(Int64)"), ("noticed_ms", "Int64"), ("after_ms", "Nullable(Int64)"),
    ], order: "(edge, version)", shard: "cityHash64(edge)")

  static let word = Table(
    name: "word",
    words:
      "The texts that events and successes have: vendors 0, gateways 1, codes 2, methods 3, routes 4, consumers 5.",
    columns: [("lexicon", "UInt8"), ("text", "String")], order: "(lexicon, text)",
    shard: "cityHash64(text)", isSet: true)
}
