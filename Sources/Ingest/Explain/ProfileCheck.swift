internal import Batches
package import Events
package import Profiles

/// How much of a log a profile reads, and where the first line stands that it does not.
///
/// A line that only repeats another, as the gateway's profile says, is read, and no response.
package struct ProfileCheck {
  /// A line to look at.
  package struct Spot: Sendable {
    /// From 1; of a log that is cut after its objects, the object's number.
    package var line: Int64
    /// Where it starts: decompressed bytes from the start of the log.
    package var offset: Int64
    /// How it begins, without its secrets.
    package var excerpt: String
  }

  /// How many of the records that the profile read have a field.
  package struct FieldCount: Sendable {
    package let field: EventField
    package fileprivate(set) var records: Int64 = 0
    /// How many could have it: those that are errors, where a success has none by its nature.
    package fileprivate(set) var possible: Int64 = 0
    /// The first that could and has not.
    package fileprivate(set) var firstWithout: Spot?
  }

  /// Records that the profile did not read, for one reason.
  package struct Miss: Sendable {
    /// `read by NAME`, `no API response`, `no status`, or why the line was rejected.
    package let reason: String
    package fileprivate(set) var records: Int64 = 0
    package let first: Spot
  }

  package private(set) var lines: Int64 = 0
  /// Records that the profile read.
  package private(set) var read: Int64 = 0
  /// Records that another profile read, or none in particular.
  package private(set) var byOthers: Int64 = 0
  /// Records that are no API response to any profile, or could not be read.
  package private(set) var unread: Int64 = 0
  package private(set) var fields = EventField.allCases.map { FieldCount(field: $0) }
  /// In the order in which they were met first.
  package private(set) var misses: [Miss] = []
  /// Whether the log ends in a line without its newline that is not whole: it is left out.
  package private(set) var endsInPart = false

  package var records: Int64 { read + byOthers + unread }

  private let subject: Subject

  /// Reads a log with a catalog, one of whose profiles is the one in question.
  package init(
    of profile: OwnProfile, in catalog: Catalog, on path: String, options: RecordReader.Options
  ) throws {
    subject = Subject(profile, in: catalog)
    let reader = RecordReader(catalog: catalog, options: options, ledger: EmptyLedger())
    reader.builder.isExplaining = true
    let stream = try Input(path: path, size: nil, isNamed: true).open().stream
    var log = LineReader(
      stream, from: 0, hash: ContentHash(), pending: [], owesNewline: false,
      limit: ProfileCheck.longestLine)
    let batch = Batch()
    reader.begin(batch)
    while let line = try log.next() {
      reader.use(log.columns)
      guard line.isTerminated || reader.isComplete(line, under: log.columns) else {
        endsInPart = true
        return
      }
      note(line, reader, batch)
      if batch.tally.lines >= ProfileCheck.mostLines || batch.rows.count >= Batch.capacity {
        batch.clear()
        reader.begin(batch)
        // What would prove the content is not needed, and would grow.
        _ = log.takeMarks()
        _ = log.takeHeaders()
      }
    }
  }

  private static let longestLine = 1 << 20
  /// What a batch keeps of its lines, rejects above all, is bounded by this.
  private static let mostLines: Int64 = 1000

  private mutating func note(_ line: LineReader.Line, _ reader: RecordReader, _ batch: Batch) {
    let tally = batch.tally
    let rows = batch.rows.count
    reader.builder.passedOver = nil
    reader.read(line, into: batch)
    let number = lines + 1
    lines += Int64(line.count)
    func spot() -> Spot {
      Spot(line: number, offset: line.offset, excerpt: reader.excerpt(of: line))
    }
    for (row, trace) in zip(batch.rows, reader.builder.traces).dropFirst(rows) {
      if subject.has(read: trace) {
        read += 1
        count(row, trace, spot)
      } else {
        byOthers += 1
        miss("read by \(subject.reader(of: trace, in: reader.builder.catalog))", 1, spot)
      }
    }
    if batch.tally.rejects > tally.rejects {
      unread += 1
      miss(batch.rejects.last?.reason ?? "rejected", 1, spot)
    }
    // What was read as an event before it was said again is read all the same.
    let repeated: Int64 = reader.builder.repeated == nil ? 0 : 1
    let skipped = batch.tally.skipped - tally.skipped - repeated
    guard skipped > 0 else { return }
    // Of several records of a line it is not known which one was passed over.
    let isAlone = skipped == 1 && batch.rows.count == rows
    let passed = isAlone ? reader.builder.passedOver : nil
    let isKnown = passed.map { subject.isGateway($0.gateway) } ?? false
    if let passed, passed.isEcho, isKnown {
      read += 1
    } else {
      unread += skipped
      miss(isKnown ? "no status" : "no API response", skipped, spot)
    }
  }

  private mutating func count(_ row: EventRow, _ trace: EventBuilder.Trace, _ spot: () -> Spot) {
    for place in fields.indices where !(trace.isSuccess && fields[place].field.isOfErrors) {
      fields[place].possible += 1
      if fields[place].field.isKnown(in: row) {
        fields[place].records += 1
      } else if fields[place].firstWithout == nil {
        fields[place].firstWithout = spot()
      }
    }
  }

  private mutating func miss(_ reason: String, _ records: Int64, _ spot: () -> Spot) {
    let place = misses.firstIndex { $0.reason == reason }
    if place == nil { misses.append(Miss(reason: reason, first: spot())) }
    misses[place ?? misses.count - 1].records += records
  }
}

/// The profile in question, as records tell who read them.
private enum Subject {
  /// -1 for the generic one.
  case gateway(Int)
  /// Nil for the generic one.
  case vendor(Int?)

  init(_ profile: OwnProfile, in catalog: Catalog) {
    switch profile.sort {
    case .gateway:
      self = .gateway(catalog.gateways.firstIndex { $0.name == profile.name } ?? -1)
    case .vendor: self = .vendor(catalog.vendors.firstIndex { $0.name == profile.name })
    }
  }

  func has(read trace: EventBuilder.Trace) -> Bool {
    switch self {
    case .gateway(let place): trace.gateway == place
    case .vendor(let place): trace.vendor == place
    }
  }

  /// Whether it is this gateway, the one that takes every line left over aside.
  func isGateway(_ gateway: Int) -> Bool {
    if case .gateway(let place) = self { place >= 0 && place == gateway } else { false }
  }

  /// The name of the profile that read a record.
  func reader(of trace: EventBuilder.Trace, in catalog: Catalog) -> String {
    switch self {
    case .gateway:
      trace.gateway < 0 ? catalog.genericGateway.name : catalog.gateways[trace.gateway].name
    case .vendor: trace.vendor.map { catalog.vendors[$0].name } ?? catalog.genericVendor.name
    }
  }
}
