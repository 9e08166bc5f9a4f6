internal import Batches

/// What one thread needs to read lines into batches; no other thread touches it meanwhile.
final class Worker {
  let reader: RecordReader
  /// The lines that it reads now.
  var passage = Passage()
  /// What it has read of them.
  let batch = Batch()
  /// Which passage of the log it is, from 0.
  var number = 0
  /// Whether there may be another behind it.
  var isFollowed = false
  /// Where the batch belongs, if it is the log's first; nil for those that follow.
  var origin: Origin?
  /// Bytes taken from the log's file up to the end of the passage.
  var consumed: Int64 = 0

  init(_ reader: RecordReader) {
    self.reader = reader
  }

  /// Reads the passage into the batch.
  func read() {
    reader.begin(batch)
    batch.tally.lines += passage.blanks
    batch.tally.blank += passage.blanks
    let headings = passage.headings
    for (number, heading) in headings.enumerated() {
      reader.use(heading.columns)
      let next = number + 1 < headings.count ? headings[number + 1].place : passage.count
      for place in heading.place..<next { reader.read(passage[place], into: batch) }
    }
    reader.end(batch)
    batch.countErrors()
    batch.identifiers.sort()
  }
}
