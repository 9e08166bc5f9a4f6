internal import Batches
internal import Files
internal import SQLite

/// A table, or a few that belong together, whose rows are derived from the events and counts of
/// batches. They are kept up to date as batches come and go, so that no answer has to read all
/// events.
///
/// Whatever is done with a store is done with each table of the list below; nothing else knows them
/// by name. A new derived table is one file that says what its columns may hold, what a batch adds,
/// what is taken out when lines are read again or events are pruned, how it is compared with what
/// it is derived from, and how it is made anew. Its SQL stands in the newest file of `Schema`.
protocol DerivedTable: AnyObject {
  /// What the columns of its tables may hold.
  static var tables: [StoredTable] { get }

  /// Which of its tables can be filled from others, should they be missing.
  static var fillable: [String] { get }

  init(_ connection: Connection) throws

  /// Adds what a batch adds, whose events have been stored.
  func add(_ batch: PlacedBatch) throws

  /// Takes out what batches added whose lines were read again. Their events are still there.
  func remove(_ old: ReplacedBatches) throws

  /// Adds what is stored in their place.
  func add(_ batch: PlacedBatch, inPlaceOf old: ReplacedBatches) throws

  /// Takes out what tells of events that have been pruned. Counts stay.
  func remove(_ events: PrunedEvents) throws

  /// Takes out what is as old as the events that are pruned, once these are gone.
  func removeTraces(before time: Int64, of share: PrunedShare) throws

  /// Takes out what was counted before a quarter of an hour.
  func removeCounts(before quarter: Int64, of share: PrunedShare) throws

  /// Notes what is not as what it is derived from has it.
  func check(_ verification: inout Verification) throws

  /// Makes anew what can be made anew.
  func repair(_ repair: inout Repair) throws

  /// Rows of a lexicon that its tables refer to, but for those that `tables` tells of.
  func rows(of lexicon: Lexicon) throws -> Set<Int64>
}

extension DerivedTable {
  static var fillable: [String] { tables.map(\.name) }
  func add(_ batch: PlacedBatch, inPlaceOf old: ReplacedBatches) throws { try add(batch) }
  func remove(_ events: PrunedEvents) throws {}
  func removeTraces(before time: Int64, of share: PrunedShare) throws {}
  func removeCounts(before quarter: Int64, of share: PrunedShare) throws {}
  func rows(of lexicon: Lexicon) throws -> Set<Int64> { [] }
}

enum Derived {
  /// All of them, in the order in which they are made anew.
  static var all: [any DerivedTable.Type] {
    [
      MinuteTable.self, TrafficTables.self, FailureTable.self, RouteTables.self, RunTables.self,
      QuotaTable.self, SketchTable.self,
    ]
  }

  static func tables(on connection: Connection) throws -> [any DerivedTable] {
    try all.map { try $0.init(connection) }
  }
}

/// A batch that is stored: under which number, and where its events begin.
struct PlacedBatch {
  let batch: Batch
  let id: Int64
  /// The number of its first event; of one that replaces others `plan` says each event's.
  let firstEvent: Int64
  /// Which rows of the store its words are.
  let words: StoredWords
  var plan: ReplacementPlan?
  /// The batch of the events that have new numbers, and the first of these; nil where none has.
  var fresh: (batch: Int64, number: Int64)?
}

/// Events that have been taken out of the store.
struct PrunedEvents {
  /// The batches that they were in.
  let batches: ClosedRange<Int64>
  let numbers: Set<Int64>
}
