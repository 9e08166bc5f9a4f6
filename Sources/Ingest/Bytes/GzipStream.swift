internal import CZlib

/// A gzip file through zlib, all its members, each checked: <https://www.zlib.net/manual.html>.
final class GzipStream: ByteStream {
  private let file: PlainStream
  private let state: UnsafeMutablePointer<z_stream>
  private let input: UnsafeMutableRawBufferPointer
  private var isInsideMember = false
  private var members = 0
  private var failure: InputError?

  init(_ file: PlainStream) throws(InputError) {
    self.file = file
    state = .allocate(capacity: 1)
    state.initialize(to: z_stream())
    input = .allocate(byteCount: 1 << 18, alignment: 16)
    guard errata_inflate_init_gzip(state) == Z_OK else { throw InputError("zlib is out of memory") }
  }

  deinit {
    inflateEnd(state)
    state.deallocate()
    input.deallocate()
  }

  var consumed: Int64 { file.consumed - Int64(state.pointee.avail_in) }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    if let failure { throw failure }
    state.pointee.next_out = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
    state.pointee.avail_out = UInt32(buffer.count)
    while state.pointee.avail_out > 0 {
      if state.pointee.avail_in == 0, try !refill() { break }
      if !isInsideMember, try !beginMember() { break }
      switch inflate(state, Z_NO_FLUSH) {
      case Z_OK, Z_BUF_ERROR: break
      case Z_STREAM_END: isInsideMember = false
      default: damaged("the gzip data is damaged")
      }
      if failure != nil { break }
    }
    let count = buffer.count - Int(state.pointee.avail_out)
    // What precedes the damage is given out first.
    if count == 0, let failure { throw failure }
    return count
  }

  /// False at the end of the file.
  private func refill() throws(InputError) -> Bool {
    let count = try file.read(into: input)
    state.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
    state.pointee.avail_in = UInt32(count)
    if count == 0, isInsideMember { damaged("the gzip data ends too early") }
    return count > 0
  }

  private func beginMember() throws(InputError) -> Bool {
    if members > 0, state.pointee.next_in.pointee != 0x1F {
      // gzip ignores what follows the last member, zeros from a tape above all; so do we, aloud.
      if try onlyZerosFollow() { return false }
      damaged("something that is no gzip data follows the last member")
      return false
    }
    if members > 0 { inflateReset(state) }
    members += 1
    isInsideMember = true
    return true
  }

  private func onlyZerosFollow() throws(InputError) -> Bool {
    while true {
      while state.pointee.avail_in > 0 {
        if state.pointee.next_in.pointee != 0 { return false }
        state.pointee.next_in += 1
        state.pointee.avail_in -= 1
      }
      if try !refill() { return true }
    }
  }

  private func damaged(_ what: String) {
    failure = InputError(
      "\(what) at compressed byte \(consumed)",
      hint: "what precedes the damage was read; import the file again once it is whole")
  }
}
