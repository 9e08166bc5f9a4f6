package import Batches
package import Events
package import Times

/// What a report asks of a store, whichever kind of store it is.
///
/// Times are milliseconds since the epoch, UTC; a range holds its start and not its end. A text (a
/// vendor, a code, a route …) is told by a number that stands for it in this archive; 0 stands for
/// none, and one text may have several numbers. `body` is called for every row there is, in no order
/// but where one is named; what it throws ends the question. An archive belongs to one thread.
package protocol Archive: AnyObject {
  // How much there is.

  /// When responses came: from the start of the first one's minute to just after the last error, or
  /// after the start of the last success's minute; nil where none has a time.
  func extent() throws -> TimeRange?
  /// How much it holds.
  func holdings() throws -> Holdings
  /// Up to when something was pruned, as it was when the archive was opened.
  var pruned: Pruned { get }
  /// What may be missing from a range: of logs that were lost sight of after it began, and read no
  /// further than to its end. By time, then path.
  func missingParts(of range: TimeRange) throws -> [MissingPart]
  /// Which gateways logged the same requests on the days of a range, the largest share first.
  func sharedRequests(during range: TimeRange) throws -> [SharedRequests]
  /// The number of the batch stored last; 0 where there is none.
  func newestBatch() throws -> Int64
  /// The earliest time of what was stored after a batch; nil where nothing with a time was.
  func earliestTime(after batch: Int64) throws -> Int64?

  // Counts.

  /// The responses of the stretches that begin inside a range, by vendor, gateway, status, code and
  /// kind. Successes have no code and no kind.
  func responses(
    during range: TimeRange, by grain: Grain, _ body: (StoredCount) throws -> Void) throws
  /// The same of one sort of error alone.
  func responses(
    of sort: ErrorSort, during range: TimeRange, by grain: Grain,
    _ body: (StoredCount) throws -> Void) throws
  /// The responses without a time, counted alike; `time` means nothing.
  func undatedResponses(_ body: (StoredCount) throws -> Void) throws
  /// What each minute that begins inside a range counts, by vendor and gateway.
  func minutes(during range: TimeRange, _ body: (StoredMinute) throws -> Void) throws
  /// The successes of each minute that begins inside a range, by vendor and gateway.
  func successes(during range: TimeRange, _ body: (StoredCount) throws -> Void) throws
  /// Whether a vendor had successes on the days that begin inside a range; nil: what has no vendor.
  func hasSuccesses(of vendor: String?, during range: TimeRange) throws -> Bool
  /// All responses of each hour that begins inside a range, by vendor and gateway.
  func hourlyResponses(during range: TimeRange, _ body: (StoredCount) -> Void) throws
  /// All responses of each minute that begins inside a range, by vendor and gateway.
  func responsesByMinute(during range: TimeRange, _ body: (StoredCount) -> Void) throws
  /// The responses of a sort, of the hours that have a part in a range and had some: the hour's start,
  /// and a count for each of its sixty minutes.
  func minuteCounts(
    of sort: MinuteSort, during range: TimeRange,
    _ body: (_ hour: Int64, _ vendor: Int64, _ gateway: Int64, _ minutes: [Int64]) throws -> Void)
    throws
  /// The same of one vendor alone; nil: of what has none.
  func minuteCounts(
    of sort: MinuteSort, ofVendor vendor: String?, during range: TimeRange,
    _ body: (_ hour: Int64, _ vendor: Int64, _ gateway: Int64, _ minutes: [Int64]) throws -> Void)
    throws
  /// The errors of the stretches that begin inside a range, by route, kind, status and who answered.
  func routeCounts(
    during range: TimeRange, by grain: Grain, _ body: (StoredRouteCount) throws -> Void) throws

  // Single errors.

  /// The errors of a range, one by one.
  func errors(during range: TimeRange, _ body: (StoredCount) throws -> Void) throws
  /// The same, one edge's like another's in the order of their numbers: for who does not want all.
  func errorsInOrder(during range: TimeRange, _ body: (StoredCount) throws -> Void) throws
  /// Errors with all that tells them apart, in no order but where the choice has one.
  ///
  /// - Parameter texts: whether their paths and ids are asked for.
  func errors(
    _ choice: ErrorChoice, texts: Bool, _ body: (StoredError) throws -> Void) throws
  /// The latest errors of a range, before a mark, that are meant: so many at most, the latest first,
  /// those of one time by their numbers.
  ///
  /// - Parameter isMeant: is not asked of those that would come too late for the list.
  func latestErrors(
    _ count: Int, during range: TimeRange, before mark: ErrorMark?, texts: Bool,
    where isMeant: (StoredError) throws -> Bool
  ) throws -> [ErrorMark]
  /// The largest number that an event has; 0 where there is none.
  func newestEvent() throws -> Int64
  /// The same of each store that it was made from, whose numbers tell nothing of each other: from what
  /// all of its events' numbers are larger than to the largest.
  func newestEvents() throws -> [ClosedRange<Int64>]
  /// The same with what tells errors by route apart.
  func routedErrors(during range: TimeRange, _ body: (StoredRouteCount) throws -> Void) throws
  /// The 429s and the plan limits of a range; those of one time in the order they were stored in.
  func limits(during range: TimeRange, _ body: (Limit) -> Void) throws
  /// The same, many at a time.
  func limitLists(during range: TimeRange, _ body: ([Limit]) -> Void) throws
  /// The errors of a range in order of time, and those of one time in the order of their numbers.
  func calls(during range: TimeRange, _ body: (StoredCall) throws -> Void) throws
  /// The same of one consumer alone.
  func calls(
    of consumer: String, during range: TimeRange, _ body: (StoredCall) throws -> Void) throws
  /// What responses in a range said of quotas.
  func quotas(during range: TimeRange, _ body: (StoredQuota) throws -> Void) throws
  /// The events of a range that are of certain kinds, of a vendor or of all, in order of time, and
  /// those of one time in the order of their numbers.
  func events(
    during range: TimeRange, vendor: String?, kinds: Set<Kind>, _ body: (Event) throws -> Void)
    throws

  // An event by its ids.

  /// The events that carry an id, as far as its hash tells: a stranger is possible.
  ///
  /// - Parameter hash: the hash of an id by the archive's seed.
  func events(with id: String, hash: (_ id: String, _ seed: UInt64) -> UInt64) throws -> [Int64]
  /// An event; nil when there is none of that number.
  func event(_ number: Int64) throws -> Event?
  /// Whether an event carries all of these ids, by their hashes.
  func event(_ number: Int64, carries hashes: some Sequence<UInt64>) throws -> Bool
  /// The events whose main ids have this part of one as their beginning or end, the newest first, and
  /// whether more may. The part has eight characters of the id's own.
  func events(
    withIDPart part: String, at edge: IDEdge, limit: Int
  ) throws -> (numbers: [Int64], hasMore: Bool)
  /// Up to so many events' main ids and their vendors, spread over all that is stored.
  func someIDs(_ count: Int) throws -> [(id: String, vendor: Int64)]
  /// How many ids an event carries.
  func identifierCount(ofEvent number: Int64) throws -> Int

  // Texts.

  /// The text of a number; nil where there is none.
  func text(_ number: Int64, in lexicon: Lexicon) -> String?
  /// Numbers that texts have had by now are not asked for any more, here or in an archive that was opened
  /// from this one.
  func forgetTexts()
  /// Throws where a text was asked for that is not there and should be: the archive is damaged.
  func checkTexts() throws
  /// Every text of a lexicon with its number, as UTF-8.
  func eachText(
    in lexicon: Lexicon, _ body: (_ number: Int64, _ text: UnsafeBufferPointer<UInt8>) -> Void)
    throws
  /// The largest number of a lexicon, and how many it has.
  func size(of lexicon: Lexicon) throws -> (last: Int64, count: Int)
  /// The first number of a text; nil where it has none.
  func number(of text: String, in lexicon: Lexicon) throws -> Int64?
  /// All texts of a lexicon, each once, in order.
  func texts(in lexicon: Lexicon) throws -> [String]
  /// The texts of a lexicon that are a name, whatever the case of its letters.
  func spellings(of name: String, in lexicon: Lexicon) throws -> [String]
  /// Whether a lexicon has a text of a pattern, in which `*` stands for anything, whatever the case
  /// of its letters.
  func has(_ pattern: String, in lexicon: Lexicon) throws -> Bool
  /// Texts of a lexicon that may be meant by a name that it does not have.
  func likenesses(of name: String, in lexicon: Lexicon) throws -> [String]
  /// Whether there was a vendor of this name of which nothing is left.
  func hadVendor(_ name: String) throws -> Bool

  // What is kept beside the events.

  /// How many lines of each log were rejected, and why; by log and reason.
  func rejectCounts() throws -> [RejectCount]
  /// The rejects that are kept one by one with their log's path, in the order of their places, until
  /// `body` has enough of them and returns false.
  func eachReject(_ body: (_ log: String, Reject) -> Bool) throws
  /// What a job remembers of a rule; nil where it never watched it.
  func checkedRule(_ rule: String, job: String) throws -> CheckedRule?

  // SQL over the public views.

  /// The names of a query's columns and parameters.
  func describe(
    _ sql: String, of author: QueryAuthor
  ) throws -> (columns: [String], parameters: [String])
  /// Runs a query and hands over each row in its order.
  func run(
    _ sql: String, of author: QueryAuthor, _ parameters: [String: QueryParameter],
    _ body: (any QueryRow) throws -> Void) throws
  /// Forbids everything but reading, for SQL that may be a user's, and stops what takes more than
  /// `seconds` from now. There is no way back.
  func restrictToReading(seconds: Double)

  // What is asked about, and by whom.

  /// From now on hands over what a gateway logged, and nothing else. What a query of SQL says, and
  /// events by their ids, are of all.
  func restrict(toGateway name: String) throws
  /// What `work` asks is answered as of one moment. To look before each of a thousand small questions
  /// whether something was stored meanwhile takes longer than to answer it.
  func asOfOneMoment<Result>(_ work: () throws -> Result) throws -> Result
  /// Opens the same store once more, for use on another thread.
  var opener: @Sendable () throws -> any Archive { get }
}
