internal import Batches
internal import Files
internal import JSON
package import Profiles

/// What a log has that is not counted as it could be: records that were skipped, lines that were
/// rejected, events without a time. They are grouped by what they look like.
package struct LogExamination {
  /// Records or lines that look alike.
  package struct Group: Sendable {
    package enum Trouble: String, CaseIterable, Sendable { case skipped, rejected, undated }

    package let trouble: Trouble
    /// What they look like: a shape of records, or why lines were rejected and how they are built.
    package let shape: String
    package fileprivate(set) var records: Int64 = 0
    package let first: ProfileCheck.Spot
    /// Some of them, without what container runtimes and syslog write before a line.
    fileprivate(set) var samples: [String] = []

    /// How a profile may read them; nil where nothing in them looks like a response.
    package var guess: ProfileGuess? { ProfileGuess(from: samples) }

    /// How a profile may read them, best first: also without the time, where what looked like one is none to
    /// a layout.
    package var guesses: [ProfileGuess] {
      [guess, ProfileGuess(from: samples, isTimed: false)].compactMap { $0 }
    }
  }

  package private(set) var lines: Int64 = 0
  /// Responses that are read.
  package private(set) var read: Int64 = 0
  package private(set) var skipped: Int64 = 0
  package private(set) var rejected: Int64 = 0
  package private(set) var undated: Int64 = 0
  /// Errors, and those of which the log says neither a code nor a message.
  package private(set) var errors: Int64 = 0
  package private(set) var mute: Int64 = 0
  package private(set) var endsInPart = false
  /// Records of shapes that came when there was no more room.
  package private(set) var others: Int64 = 0
  private var known: [String: Group] = [:]

  package var records: Int64 { read + skipped + rejected }

  /// The largest first.
  package var groups: [Group] {
    known.values.sorted { ($1.records, $0.first.line) < ($0.records, $1.first.line) }
  }

  /// What is said of events whose times are later than can be.
  package static let aheadOfClock = "times more than a day ahead"
  private static let mostGroups = 48
  private static let mostSamples = 64
  private static let longestSample = 4096
  private static let longestLine = 1 << 20
  /// What a batch keeps of its lines is bounded by this.
  private static let mostLines: Int64 = 1000

  package init(
    of path: String, catalog: Catalog, options: RecordReader.Options
  ) throws {
    let reader = RecordReader(catalog: catalog, options: options, ledger: EmptyLedger())
    let stream = try Input(path: path, size: nil, isNamed: true).open().stream
    var log = LineReader(
      stream, from: 0, hash: ContentHash(), pending: [], owesNewline: false,
      limit: LogExamination.longestLine)
    let batch = Batch()
    reader.begin(batch)
    while let line = try log.next() {
      guard line.isTerminated || reader.isComplete(line) else {
        endsInPart = true
        return
      }
      reader.use(log.columns)
      note(line, reader, batch)
      if batch.tally.lines >= LogExamination.mostLines || batch.rows.count >= Batch.capacity {
        batch.clear()
        reader.begin(batch)
        _ = log.takeMarks()
      }
    }
  }

  private mutating func note(_ line: LineReader.Line, _ reader: RecordReader, _ batch: Batch) {
    let before = batch.tally
    let known = batch.rows.count
    reader.read(line, into: batch)
    let new = batch.rows.dropFirst(known)
    errors += Int64(new.count)
    mute += Int64(new.count { $0.message == 0 && $0.code == 0 })
    note(line, before, reader, batch)
  }

  private mutating func note(
    _ line: LineReader.Line, _ before: Tally, _ reader: RecordReader, _ batch: Batch
  ) {
    let tally = batch.tally
    let number = lines + 1
    lines += Int64(line.count)
    read += tally.events + tally.successes - before.events - before.successes
    func add(_ count: Int64, _ trouble: Group.Trouble, _ shape: String) {
      guard count > 0 else { return }
      let key = "\(trouble.rawValue) \(shape)"
      if known[key] == nil {
        guard known.count < LogExamination.mostGroups else {
          others += count
          return
        }
        known[key] = Group(
          trouble: trouble, shape: shape,
          first: ProfileCheck.Spot(
            line: number, offset: line.offset, excerpt: reader.excerpt(of: line)))
      }
      known[key]?.records += count
      if let group = known[key], group.samples.count < LogExamination.mostSamples,
        line.text.count <= LogExamination.longestSample
      {
        known[key]?.samples.append(String(repairing: Envelope(line.text.trimmed).text))
      }
    }
    let new = (
      skipped: tally.skipped - before.skipped, rejects: tally.rejects - before.rejects,
      undated: tally.undated - before.undated
    )
    skipped += new.skipped
    rejected += new.rejects
    undated += new.undated
    add(new.skipped, .skipped, reader.skipped.last?.text ?? "a record")
    if new.rejects > 0 {
      let reason = batch.rejects.last?.reason ?? RejectReason.noJSON.rawValue
      let isText = line.text.first != UInt8(ascii: "{")
      let skeleton = isText ? LineSkeleton(of: line.text).text : ""
      add(new.rejects, .rejected, skeleton.isEmpty ? reason : "\(reason): \(skeleton)")
    }
    let isAhead = reader.builder.times.ahead != nil
    add(
      new.undated, .undated,
      (isAhead ? LogExamination.aheadOfClock : "responses without a time")
        + ", read by \(reader.builder.gateway.name)")
  }
}

/// How a line of text is built: words, numbers, paths and marks, whatever they say.
struct LineSkeleton {
  private(set) var text = ""

  /// Lines are told apart by so many of their first marks.
  private static let longest = 48

  init(of line: Bytes) {
    var last: Character?
    for byte in line.prefix(512) {
      let mark: Character
      // A path is one, however deep.
      if last == "/", LineSkeleton.isInPath(byte) { continue }
      switch byte {
      case 0x30...0x39: mark = last == "w" ? "w" : "0"
      case 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), 0x80...: mark = "w"
      case 0x20, 0x09: mark = " "
      default: mark = Character(Unicode.Scalar(byte))
      }
      if mark == last, mark == "w" || mark == "0" || mark == " " { continue }
      // A word that began with digits is a word.
      if mark == "w", last == "0" { text.removeLast() }
      text.append(mark)
      if mark == "/", last == "w" || last == "0" {
        // A date, a version: no path.
        last = "\\"
      } else {
        last = mark
      }
      if text.count >= LineSkeleton.longest { return }
    }
  }

  private static func isInPath(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x80..., UInt8(ascii: "_"), UInt8(ascii: "/"),
      UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "%"), UInt8(ascii: "?"), UInt8(ascii: "="),
      UInt8(ascii: "&"), UInt8(ascii: "~"), UInt8(ascii: "+"):
      true
    default: false
    }
  }
}
