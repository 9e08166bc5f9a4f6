internal import Glibc

/// Content as it comes, decompressed.
protocol ByteStream: AnyObject {
  /// Reads up to `buffer.count` bytes; 0 at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int
  /// Bytes taken from the file so far, compressed where it is.
  var consumed: Int64 { get }
}

/// An input that cannot be read, or not to its end.
package struct InputError: Error, Sendable {
  package var message: String
  package var hint: String?

  package init(_ message: String, hint: String? = nil) {
    self.message = message
    self.hint = hint
  }

  static func system(_ doing: String) -> InputError {
    InputError("\(doing): \(String(cString: strerror(errno)))")
  }
}

/// A file descriptor, read as it is, and closed when done.
final class PlainStream: ByteStream {
  private let descriptor: Int32
  private let closes: Bool
  private(set) var consumed: Int64 = 0
  /// Bytes read ahead to recognise the format, given out first.
  private var ahead: [UInt8] = []
  private var aheadStart = 0
  /// A failed read ends the stream: whoever took the failure for the end must not find more behind.
  private var failure: InputError?

  init(descriptor: Int32, closes: Bool) {
    self.descriptor = descriptor
    self.closes = closes
  }

  deinit {
    if closes { close(descriptor) }
  }

  /// The first bytes, which stay to be read.
  func peek(_ count: Int) throws(InputError) -> [UInt8] {
    let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 1)
    defer { chunk.deallocate() }
    while ahead.count < count {
      let got = try readDescriptor(
        into: UnsafeMutableRawBufferPointer(rebasing: chunk[ahead.count...]))
      if got == 0 { break }
      ahead.append(contentsOf: chunk[ahead.count..<ahead.count + got])
    }
    return ahead
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    if aheadStart < ahead.count {
      let count = min(buffer.count, ahead.count - aheadStart)
      buffer.copyBytes(from: ahead[aheadStart..<aheadStart + count])
      aheadStart += count
      consumed += Int64(count)
      return count
    }
    let count = try readDescriptor(into: buffer)
    consumed += Int64(count)
    return count
  }

  private func readDescriptor(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int
  {
    if let failure { throw failure }
    while true {
      let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      if errno != EINTR {
        let failure = InputError.system("reading failed")
        self.failure = failure
        throw failure
      }
    }
  }
}
