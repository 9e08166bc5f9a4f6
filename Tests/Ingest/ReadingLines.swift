import Batches
import Files
import JSON

@testable import Ingest

extension RecordReader {
  /// Reads lines as those of a log, each at its start, perhaps with its header before it.
  func read(_ lines: [String], into batch: Batch) {
    for sample in lines {
      let headed = LogHead.Line(sample)
      use(headed.columns)
      let line = headed.text
      let padded = Array(line.utf8) + [UInt8](repeating: 0, count: JSONParser.padding)
      padded.withUnsafeBufferPointer { bytes in
        read(
          LineReader.Line(
            text: bytes.part(0..<line.utf8.count), offset: 0, length: Int64(line.utf8.count),
            isTooLong: false, isTerminated: true), into: batch)
      }
    }
  }
}
