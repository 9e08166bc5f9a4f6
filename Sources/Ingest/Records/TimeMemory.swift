internal import Files
internal import Glibc

/// The time that a text was last found to tell: lines of one second have it all alike.
final class TimeMemory {
  private let known = UnsafeMutablePointer<UInt8>.allocate(capacity: TimeMemory.longest)
  private var count = 0
  private var time: Int64?

  private static let longest = 48

  deinit { known.deallocate() }

  func forget() { count = 0 }

  /// The time that a text tells, found by `parse` where it is not the text last asked about. `parse`
  /// must find the same each time.
  @inline(__always)
  func time(_ text: Bytes, by parse: (Bytes) -> Int64?) -> Int64? {
    guard let start = text.baseAddress, text.count <= TimeMemory.longest, !text.isEmpty else {
      return parse(text)
    }
    if text.count == count, memcmp(start, known, count) == 0 { return time }
    time = parse(text)
    count = text.count
    memcpy(known, start, count)
    return time
  }
}
