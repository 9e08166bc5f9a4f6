import Batches
import Files
import JSON

@testable import Ingest

extension RecordReader {
  /// Reads lines as those of a log, each at its start.
  func read(_ lines: [String], into batch: Batch) {
    for line in lines {
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
