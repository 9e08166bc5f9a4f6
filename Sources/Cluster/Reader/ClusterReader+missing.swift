package import Batches
package import Events
package import Questions
package import Times

// What is not answered yet.
extension ClusterReader {
  package var pruned: Pruned { Pruned() }
  package func text(_ number: Int64, in lexicon: Lexicon) -> String? { nil }
  package func checkTexts() throws {}
  package func restrictToReading(seconds: Double) {}

  static func missing(_ question: String) -> ClusterError {
    ClusterError(.own, "a cluster cannot be asked for \(question) yet")
  }

  package func extent() throws -> TimeRange? {
    throw ClusterReader.missing("extent")
  }
  package func holdings() throws -> Holdings {
    throw ClusterReader.missing("holdings")
  }
  package func missingParts(of range: TimeRange) throws -> [MissingPart] {
    throw ClusterReader.missing("missingParts")
  }
  package func sharedRequests(during range: TimeRange) throws -> [SharedRequests] {
    throw ClusterReader.missing("sharedRequests")
  }
  package func newestBatch() throws -> Int64 {
    throw ClusterReader.missing("newestBatch")
  }
  package func earliestTime(after batch: Int64) throws -> Int64? {
    throw ClusterReader.missing("earliestTime")
  }
  package func responses(
    during range: TimeRange, by grain: Grain, _ body: (StoredCount) throws -> Void
  ) throws {
    throw ClusterReader.missing("responses")
  }
  package func responses(
    of sort: ErrorSort, during range: TimeRange, by grain: Grain,
    _ body: (StoredCount) throws -> Void
  ) throws {
    throw ClusterReader.missing("responses")
  }
  package func undatedResponses(_ body: (StoredCount) throws -> Void) throws {
    throw ClusterReader.missing("undatedResponses")
  }
  package func minutes(during range: TimeRange, _ body: (StoredMinute) throws -> Void) throws {
    throw ClusterReader.missing("minutes")
  }
  package func successes(during range: TimeRange, _ body: (StoredCount) throws -> Void) throws {
    throw ClusterReader.missing("successes")
  }
  package func hasSuccesses(of vendor: String?, during range: TimeRange) throws -> Bool {
    throw ClusterReader.missing("hasSuccesses")
  }
  package func hourlyResponses(during range: TimeRange, _ body: (StoredCount) -> Void) throws {
    throw ClusterReader.missing("hourlyResponses")
  }
  package func responsesByMinute(during range: TimeRange, _ body: (StoredCount) -> Void) throws {
    throw ClusterReader.missing("responsesByMinute")
  }
  package func minuteCounts(
    of sort: MinuteSort, during range: TimeRange,
    _ body: (_ hour: Int64, _ vendor: Int64, _ gateway: Int64, _ minutes: [Int64]) throws -> Void
  ) throws {
    throw ClusterReader.missing("minuteCounts")
  }
  package func minuteCounts(
    of sort: MinuteSort, ofVendor vendor: String?, during range: TimeRange,
    _ body: (_ hour: Int64, _ vendor: Int64, _ gateway: Int64, _ minutes: [Int64]) throws -> Void
  ) throws {
    throw ClusterReader.missing("minuteCounts")
  }
  package func routeCounts(
    during range: TimeRange, by grain: Grain, _ body: (StoredRouteCount) throws -> Void
  ) throws {
    throw ClusterReader.missing("routeCounts")
  }
  package func errors(during range: TimeRange, _ body: (StoredCount) throws -> Void) throws {
    throw ClusterReader.missing("errors")
  }
  package func errors(_ choice: ErrorChoice, texts: Bool, _ body: (StoredError) throws -> Void)
    throws
  {
    throw ClusterReader.missing("errors")
  }
  package func latestErrors(
    _ count: Int, during range: TimeRange, before mark: ErrorMark?, texts: Bool,
    where isMeant: (StoredError) throws -> Bool
  ) throws -> [ErrorMark] {
    throw ClusterReader.missing("latestErrors")
  }
  package func newestEvent() throws -> Int64 {
    throw ClusterReader.missing("newestEvent")
  }
  package func routedErrors(during range: TimeRange, _ body: (StoredRouteCount) throws -> Void)
    throws
  {
    throw ClusterReader.missing("routedErrors")
  }
  package func limits(during range: TimeRange, _ body: (Limit) -> Void) throws {
    throw ClusterReader.missing("limits")
  }
  package func calls(during range: TimeRange, _ body: (StoredCall) throws -> Void) throws {
    throw ClusterReader.missing("calls")
  }
  package func calls(
    of consumer: String, during range: TimeRange, _ body: (StoredCall) throws -> Void
  ) throws {
    throw ClusterReader.missing("calls")
  }
  package func quotas(during range: TimeRange, _ body: (StoredQuota) throws -> Void) throws {
    throw ClusterReader.missing("quotas")
  }
  package func events(
    during range: TimeRange, vendor: String?, kinds: Set<Kind>, _ body: (Event) throws -> Void
  ) throws {
    throw ClusterReader.missing("events")
  }
  package func events(with id: String, hash: (_ id: String, _ seed: UInt64) -> UInt64) throws
    -> [Int64]
  {
    throw ClusterReader.missing("events")
  }
  package func event(_ number: Int64) throws -> Event? {
    throw ClusterReader.missing("event")
  }
  package func event(_ number: Int64, carries hashes: some Sequence<UInt64>) throws -> Bool {
    throw ClusterReader.missing("event")
  }
  package func events(withIDPart part: String, at edge: IDEdge, limit: Int) throws -> (
    numbers: [Int64], hasMore: Bool
  ) {
    throw ClusterReader.missing("events")
  }
  package func someIDs(_ count: Int) throws -> [(id: String, vendor: Int64)] {
    throw ClusterReader.missing("someIDs")
  }
  package func identifierCount(ofEvent number: Int64) throws -> Int {
    throw ClusterReader.missing("identifierCount")
  }
  package func eachText(
    in lexicon: Lexicon, _ body: (_ number: Int64, _ text: UnsafeBufferPointer<UInt8>) -> Void
  ) throws {
    throw ClusterReader.missing("eachText")
  }
  package func size(of lexicon: Lexicon) throws -> (last: Int64, count: Int) {
    throw ClusterReader.missing("size")
  }
  package func number(of text: String, in lexicon: Lexicon) throws -> Int64? {
    throw ClusterReader.missing("number")
  }
  package func texts(in lexicon: Lexicon) throws -> [String] {
    throw ClusterReader.missing("texts")
  }
  package func spellings(of name: String, in lexicon: Lexicon) throws -> [String] {
    throw ClusterReader.missing("spellings")
  }
  package func has(_ pattern: String, in lexicon: Lexicon) throws -> Bool {
    throw ClusterReader.missing("has")
  }
  package func likenesses(of name: String, in lexicon: Lexicon) throws -> [String] {
    throw ClusterReader.missing("likenesses")
  }
  package func hadVendor(_ name: String) throws -> Bool {
    throw ClusterReader.missing("hadVendor")
  }
  package func rejectCounts() throws -> [RejectCount] {
    throw ClusterReader.missing("rejectCounts")
  }
  package func eachReject(_ body: (_ log: String, Reject) -> Bool) throws {
    throw ClusterReader.missing("eachReject")
  }
  package func checkedRule(_ rule: String, job: String) throws -> CheckedRule? {
    throw ClusterReader.missing("checkedRule")
  }
  package func describe(_ sql: String, of author: QueryAuthor) throws -> (
    columns: [String], parameters: [String]
  ) {
    throw ClusterReader.missing("describe")
  }
  package func run(
    _ sql: String, of author: QueryAuthor, _ parameters: [String: QueryParameter],
    _ body: (any QueryRow) throws -> Void
  ) throws {
    throw ClusterReader.missing("run")
  }
  package func restrict(toGateway name: String) throws {
    throw ClusterReader.missing("restrict")
  }
}
