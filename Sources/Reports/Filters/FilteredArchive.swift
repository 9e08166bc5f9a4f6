internal import Batches
internal import Events
internal import Questions
internal import Times

/// A store as if it had nothing but the errors that a filter picks.
///
/// What is counted is read where counts tell enough, else the errors of the range are, one by one. Of
/// successes it has those that can be picked alike, else none: then nothing can be divided by them, as
/// where they are not logged.
final class FilteredArchive: Archive {
  /// The store as it is.
  let base: any Archive
  let filter: EventFilter
  let conditions: ResponseFilter
  private let search: TextSearch?

  init(_ base: any Archive, _ filter: EventFilter) {
    self.base = base
    self.filter = filter
    conditions = ResponseFilter(filter.conditions, Vocabulary(base))
    search = filter.text.map { TextSearch($0, in: base) }
  }

  /// Whether paths and ids of errors must be at hand.
  var needsTexts: Bool { search != nil }

  func isMeant(_ error: StoredError) -> Bool {
    conditions.passes(error) && (search?.finds(error) ?? true)
  }

  func restrict(toGateway name: String) throws { try base.restrict(toGateway: name) }

  var opener: @Sendable () throws -> any Archive {
    let (open, filter) = (base.opener, filter)
    return { FilteredArchive(try open(), filter) }
  }

  // What a filter has no say in.

  func asOfOneMoment<Result>(_ work: () throws -> Result) throws -> Result {
    try base.asOfOneMoment(work)
  }
  func extent() throws -> TimeRange? { try base.extent() }
  func holdings() throws -> Holdings { try base.holdings() }
  var pruned: Pruned { base.pruned }
  func missingParts(of range: TimeRange) throws -> [MissingPart] {
    try base.missingParts(of: range)
  }
  func sharedRequests(during range: TimeRange) throws -> [SharedRequests] {
    try base.sharedRequests(during: range)
  }
  func newestBatch() throws -> Int64 { try base.newestBatch() }
  func newestEvent() throws -> Int64 { try base.newestEvent() }
  func newestEvents() throws -> [ClosedRange<Int64>] { try base.newestEvents() }
  func earliestTime(after batch: Int64) throws -> Int64? {
    try base.earliestTime(after: batch)
  }

  func events(with id: String, hash: (String, UInt64) -> UInt64) throws -> [Int64] {
    try base.events(with: id, hash: hash)
  }
  func event(_ number: Int64) throws -> Event? { try base.event(number) }
  func event(_ number: Int64, carries hashes: some Sequence<UInt64>) throws -> Bool {
    try base.event(number, carries: hashes)
  }
  func events(
    withIDPart part: String, at edge: IDEdge, limit: Int
  ) throws -> (numbers: [Int64], hasMore: Bool) {
    try base.events(withIDPart: part, at: edge, limit: limit)
  }
  func someIDs(_ count: Int) throws -> [(id: String, vendor: Int64)] { try base.someIDs(count) }
  func identifierCount(ofEvent number: Int64) throws -> Int {
    try base.identifierCount(ofEvent: number)
  }

  func text(_ number: Int64, in lexicon: Lexicon) -> String? { base.text(number, in: lexicon) }
  func forgetTexts() { base.forgetTexts() }
  func checkTexts() throws { try base.checkTexts() }
  func eachText(
    in lexicon: Lexicon, _ body: (_ number: Int64, _ text: UnsafeBufferPointer<UInt8>) -> Void
  ) throws { try base.eachText(in: lexicon, body) }
  func size(of lexicon: Lexicon) throws -> (last: Int64, count: Int) {
    try base.size(of: lexicon)
  }
  func number(of text: String, in lexicon: Lexicon) throws -> Int64? {
    try base.number(of: text, in: lexicon)
  }
  func texts(in lexicon: Lexicon) throws -> [String] { try base.texts(in: lexicon) }
  func spellings(of name: String, in lexicon: Lexicon) throws -> [String] {
    try base.spellings(of: name, in: lexicon)
  }
  func has(_ pattern: String, in lexicon: Lexicon) throws -> Bool {
    try base.has(pattern, in: lexicon)
  }
  func likenesses(of name: String, in lexicon: Lexicon) throws -> [String] {
    try base.likenesses(of: name, in: lexicon)
  }
  func hadVendor(_ name: String) throws -> Bool { try base.hadVendor(name) }

  func rejectCounts() throws -> [RejectCount] { try base.rejectCounts() }
  func eachReject(_ body: (_ log: String, Reject) -> Bool) throws { try base.eachReject(body) }
  func checkedRule(_ rule: String, job: String) throws -> CheckedRule? {
    try base.checkedRule(rule, job: job)
  }

  func describe(
    _ sql: String, of author: QueryAuthor
  ) throws -> (columns: [String], parameters: [String]) { try base.describe(sql, of: author) }
  func run(
    _ sql: String, of author: QueryAuthor, _ parameters: [String: QueryParameter],
    _ body: (any QueryRow) throws -> Void
  ) throws { try base.run(sql, of: author, parameters, body) }
  func restrictToReading(seconds: Double) { base.restrictToReading(seconds: seconds) }
}
