internal import Batches
internal import Glibc

/// Content as it comes, decompressed.
protocol ByteStream: AnyObject {
  /// Reads up to `buffer.count` bytes; 0 at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int
  /// Bytes taken from the file so far, compressed where it is.
  var consumed: Int64 { get }
  /// About how many bytes of memory decompression takes, where that is much; else 0.
  var memory: UInt64 { get }
  /// Places from which it could be read again, those noted since the last call.
  func takeRestarts() -> [RestartPoint]
}

extension ByteStream {
  var memory: UInt64 { 0 }
  func takeRestarts() -> [RestartPoint] { [] }

  /// Fills a buffer, or as much of it as there is; returns how much that was.
  func fill(_ buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    var filled = 0
    while filled < buffer.count {
      let count = try read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled...]))
      if count == 0 { break }
      filled += count
    }
    return filled
  }
}

/// An input that cannot be read, or not to its end.
package struct InputError: Error, Sendable {
  package var message: String
  package var hint: Hint?
  /// Whether nothing is wrong but that someone wants it to stop.
  var isStop = false

  /// Someone wants it to stop.
  static var stop: InputError {
    var error = InputError("was interrupted")
    error.isStop = true
    return error
  }

  package init(_ message: String, hint: Hint? = nil) {
    self.message = message
    self.hint = hint
  }

  static func system(_ doing: String) -> InputError {
    InputError("\(doing): \(String(cString: strerror(errno)))")
  }
}
