internal import Files
internal import Glibc

/// The bytes of a file descriptor as they are; closed at the end where it is our own.
final class PlainStream: ByteStream {
  private(set) var descriptor: Int32
  private let closes: Bool
  /// Readable when someone wants it to stop; asked where reading may wait for long. -1 for none.
  private let stop: Int32
  private(set) var consumed: Int64 = 0
  /// Bytes read ahead to recognise the format, given out first.
  private var ahead: [UInt8] = []
  private var aheadStart = 0
  let isRegular: Bool
  /// Why reading failed; it fails from then on, so that nobody takes later bytes for the next ones.
  private var failure: InputError?

  init(descriptor: Int32, closes: Bool, stop: Int32 = -1) {
    self.descriptor = descriptor
    self.closes = closes
    self.stop = stop
    isRegular = FileKind(descriptor: descriptor) == .file
  }

  deinit {
    if closes { close(descriptor) }
  }

  /// Goes on by another descriptor of the same file, which is someone else's; -1 until there is
  /// one.
  func stand(on descriptor: Int32) {
    guard !closes else { return }
    self.descriptor = descriptor
  }

  /// What the file is now; nil when that cannot be told.
  var status: stat? { stat(descriptor: descriptor) }

  /// Up to `count` bytes from a place in the file, wherever reading stands.
  func bytes(at offset: Int64, count: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let got = bytes.withUnsafeMutableBytes {
        pread(
          $0.count > 0 ? descriptor : -1, $0.baseAddress.map { $0 + filled }, count - filled,
          off_t(offset) + filled)
      }
      if got < 0, errno == EINTR { continue }
      if got <= 0 { break }
      filled += got
    }
    bytes.removeLast(count - filled)
    return bytes
  }

  /// Goes on from another place; false where there are no places.
  @discardableResult
  func seek(to offset: Int64) -> Bool {
    guard lseek(descriptor, off_t(offset), SEEK_SET) >= 0 else { return false }
    ahead = []
    aheadStart = 0
    failure = nil
    return true
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
    let count = try readDescriptor(into: buffer)
    consumed += Int64(count)
    return count
  }

  private func readDescriptor(into chunk: inout [UInt8]) throws(InputError) -> Int {
    var count = 0
    var failure: InputError?
    chunk.withUnsafeMutableBytes { bytes in
      do throws(InputError) { count = try readDescriptor(into: bytes) } catch { failure = error }
    }
    if let failure { throw failure }
    return count
  }

  private func readDescriptor(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int
  {
    if let failure { throw failure }
    while true {
      if !isRegular { try wait() }
      let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      if errno == EINTR || errno == EAGAIN { continue }
      let failure = InputError.system("reading failed")
      self.failure = failure
      throw failure
    }
  }

  /// Waits until someone writes into a named pipe that was opened without waiting.
  func waitForWriter() throws(InputError) {
    try wait()
    _ = fcntl(descriptor, F_SETFL, O_RDONLY)
  }

  /// Waits until there is something to read, or someone wants it to stop.
  private func wait() throws(InputError) {
    var both = [
      pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: stop, events: Int16(POLLIN), revents: 0),
    ]
    while poll(&both, 2, -1) < 0 {
      if errno != EINTR { return }
    }
    if both[1].revents != 0 { throw .stop }
  }
}
