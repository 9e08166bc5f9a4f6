internal import Files

/// A contiguous range of one source's lines, read and ready to be stored in one transaction.
///
/// Batches are recycled: whoever reads fills the same one again and again, and no memory is taken
/// in between.
package final class Batch {
  /// Where the range starts: decompressed bytes from the start of the source.
  package var offset: Int64 = 0
  /// Its length in bytes, newlines included.
  package var length: Int64 = 0
  package var tally = Tally()
  package var sightings = Sightings()
  /// How many responses each vendor gave, as in `sightings`.
  package var vendors: [(word: Word, name: String, responses: Int64)] = []
  package var rows: ContiguousArray<EventRow> = []
  /// The bytes of request ids and paths.
  package var arena: ContiguousArray<UInt8> = []
  /// Every id of every event.
  package var identifiers = IdentifierList()
  package var rejects: [Reject] = []
  /// Rejects beyond those kept one by one, counted in `tally` all the same.
  package var rejectsNotKept: Int64 = 0
  /// Where those stand.
  package var rejectRuns: [RejectRun] = []
  var countedMinutes: [MinuteKey: MinuteCounts] = [:]
  var countedTraffic: [TrafficKey: Int64] = [:]
  /// Successes that are yet to be added to these.
  let successes = SuccessSums()
  var hasSuccesses = false
  /// Its events with a time.
  package let routes = RouteSums()
  package var quotas = QuotaSightings()
  /// Texts that are in no earlier batch of the vocabulary, by lexicon, in the order of their
  /// numbers.
  package var words: [[[UInt8]]] = Array(repeating: [], count: Lexicon.allCases.count)
  /// The reader's numbers for texts, which the rows and counts refer to.
  package var vocabulary = Vocabulary()
  /// Proofs of the bytes of the source, at line starts inside the range and at its end.
  package var marks: [ContentMark] = []
  /// Headers that stand in the range.
  package var headers: [ColumnHeader] = []
  /// From where its log can be unpacked again, as far as that was noticed by then.
  package var restarts: [RestartPoint] = []
  /// The file it was read from, as that was then.
  package var place: Place?

  package init() {
    rows.reserveCapacity(Batch.capacity)
    arena.reserveCapacity(Batch.capacity * 48)
  }

  /// How many lines a batch holds at most, and how many bytes: one line more may follow the last.
  package static let capacity = 25_000
  package static let mostBytes: Int64 = 8 << 20

  /// From the earliest event's time to the latest one's; nil when no event has a time.
  package var times: ClosedRange<Int64>? {
    var range: ClosedRange<Int64>?
    for row in rows {
      guard let time = row.time else { continue }
      let known = range ?? time...time
      range = min(known.lowerBound, time)...max(known.upperBound, time)
    }
    return range
  }

  /// Makes it empty again and keeps its memory.
  package func clear() {
    offset = 0
    length = 0
    tally = Tally()
    sightings = Sightings()
    vendors.removeAll(keepingCapacity: true)
    rows.removeAll(keepingCapacity: true)
    arena.removeAll(keepingCapacity: true)
    identifiers.removeAll()
    rejects.removeAll(keepingCapacity: true)
    rejectsNotKept = 0
    rejectRuns.removeAll(keepingCapacity: true)
    addSuccesses()
    countedMinutes.removeAll(keepingCapacity: true)
    countedTraffic.removeAll(keepingCapacity: true)
    routes.clear()
    quotas.removeAll()
    for lexicon in words.indices { words[lexicon].removeAll(keepingCapacity: true) }
    marks.removeAll(keepingCapacity: true)
    headers.removeAll()
    restarts.removeAll()
    place = nil
  }

  /// Counts a reject, and remembers where its line stands.
  package func countReject(offset: Int64, length: Int64) {
    rejectsNotKept += 1
    if let last = rejectRuns.last, last.end + 1 == offset {
      rejectRuns[rejectRuns.count - 1].length += 1 + length
      rejectRuns[rejectRuns.count - 1].lines += 1
    } else {
      rejectRuns.append(RejectRun(offset: offset, length: length, lines: 1))
    }
  }

  /// Copies text into the arena. A NUL becomes U+FFFD, as SQL text would end there.
  package func keep(_ text: UnsafeBufferPointer<UInt8>) -> TextSlice {
    let start = arena.count
    if text.place(of: 0) != nil {
      for byte in text {
        if byte == 0 { arena.append(contentsOf: [0xEF, 0xBF, 0xBD]) } else { arena.append(byte) }
      }
    } else {
      arena.append(contentsOf: text)
    }
    return TextSlice(start: start, count: arena.count - start)
  }
}
