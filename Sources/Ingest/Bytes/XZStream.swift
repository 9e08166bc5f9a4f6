internal import CLZMA

/// An xz file through liblzma, all its streams, each checked:
/// <https://github.com/tukaani-project/xz/blob/v5.4.1/src/liblzma/api/lzma/container.h>.
///
/// Each block says how large a dictionary it takes, up to 4 GiB
/// (<https://tukaani.org/xz/xz-file-format.txt>, 5.3.1): libarchive grants a gigabyte, liblzma as much
/// as it is told.
final class XZStream: ByteStream {
  private let file: PlainStream
  private let state: UnsafeMutablePointer<lzma_stream>
  private let input: UnsafeMutableRawBufferPointer
  private var isFileAtEnd = false
  private var isAtEnd = false
  private var failure: InputError?

  /// The largest dictionary, that of `xz -9`, in bytes.
  static let largestDictionary: UInt64 = 64 << 20
  /// What a decoder takes besides.
  private static let overhead: UInt64 = 1 << 20

  init(_ file: PlainStream) throws(InputError) {
    self.file = file
    state = .allocate(capacity: 1)
    state.initialize(to: lzma_stream())
    input = .allocate(byteCount: 1 << 18, alignment: 16)
    let most = XZStream.largestDictionary + XZStream.overhead
    guard errata_xz_decoder(state, most) == LZMA_OK else {
      throw InputError("liblzma is out of memory")
    }
  }

  deinit {
    lzma_end(state)
    state.deallocate()
    input.deallocate()
  }

  var consumed: Int64 { file.consumed - Int64(state.pointee.avail_in) }

  var memory: UInt64 { lzma_memusage(state) }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    if let failure { throw failure }
    guard !isAtEnd, let room = buffer.baseAddress else { return 0 }
    state.pointee.next_out = room.assumingMemoryBound(to: UInt8.self)
    state.pointee.avail_out = buffer.count
    while state.pointee.avail_out > 0, !isAtEnd, failure == nil {
      if state.pointee.avail_in == 0, !isFileAtEnd { try refill() }
      switch lzma_code(state, isFileAtEnd ? LZMA_FINISH : LZMA_RUN) {
      case LZMA_OK: break
      case LZMA_STREAM_END: isAtEnd = true
      case let answer: failure = reason(of: answer)
      }
    }
    let count = buffer.count - state.pointee.avail_out
    // What precedes the damage is given out first.
    if count == 0, let failure { throw failure }
    return count
  }

  private func refill() throws(InputError) {
    let count = try file.read(into: input)
    state.pointee.next_in = UnsafePointer(input.baseAddress?.assumingMemoryBound(to: UInt8.self))
    state.pointee.avail_in = count
    isFileAtEnd = count == 0
  }

  private func reason(of answer: lzma_ret) -> InputError {
    if answer == LZMA_MEMLIMIT_ERROR {
      let wanted = (memory + (1 << 20) - 1) >> 20
      return InputError(
        "takes \(wanted) MiB of memory to unpack: its dictionary is larger than "
          + "\(XZStream.largestDictionary >> 20) MiB",
        hint: .convert(.xz))
    }
    if answer == LZMA_MEM_ERROR { return InputError("liblzma is out of memory") }
    let words =
      switch answer {
      case LZMA_BUF_ERROR: "it ends too early"
      case LZMA_OPTIONS_ERROR: "it has options that are not known"
      case LZMA_FORMAT_ERROR: "it is not xz"
      default: "its checks fail"
      }
    return InputError(
      "the compressed data is damaged (\(words)) near compressed byte \(consumed)",
      hint: "what precedes the damage was read; import the file again once it is whole")
  }
}
