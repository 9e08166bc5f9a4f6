internal import Glibc

/// Content as it comes, decompressed.
protocol ByteStream: AnyObject {
  /// Reads up to `buffer.count` bytes; 0 at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int
  /// Bytes taken from the file so far, compressed where it is.
  var consumed: Int64 { get }
}

extension ByteStream {
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

  init(descriptor: Int32, closes: Bool) {
    self.descriptor = descriptor
    self.closes = closes
  }

  deinit {
    if closes { close(descriptor) }
  }

  /// The first bytes, which stay to be read.
  func peek(_ count: Int) throws(InputError) -> [UInt8] {
    while ahead.count < count {
      var chunk = [UInt8](repeating: 0, count: count - ahead.count)
      let got = try readDescriptor(into: &chunk)
      if got == 0 { break }
      ahead.append(contentsOf: chunk[..<got])
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
    while true {
      let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 {
        consumed += Int64(count)
        return count
      }
      if errno != EINTR { throw .system("reading failed") }
    }
  }

  private func readDescriptor(into chunk: inout [UInt8]) throws(InputError) -> Int {
    while true {
      let count = chunk.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 { return count }
      if errno != EINTR { throw .system("reading failed") }
    }
  }
}
