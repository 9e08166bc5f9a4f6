internal import Batches
internal import CZlib

/// A gzip file through zlib, all its members, each checked: <https://www.zlib.net/manual.html>.
final class GzipStream: ByteStream {
  private let file: PlainStream
  private let state: UnsafeMutablePointer<z_stream>
  private let input: UnsafeMutableRawBufferPointer
  /// How many bytes of the file precede those that were read through here.
  private let passed: Int64
  private var isInsideMember = false
  private var members = 0
  /// Whether the first member is read from somewhere inside: its sums cannot be checked.
  private var isHeadless = false
  /// So many bytes of such a member's sums are still to be passed over.
  private var trailer = 0
  private var unpacked: Int64 = 0
  /// Nil where nobody will read the file again.
  private var restarts: GzipRestarts?
  private var failure: InputError?

  init(_ file: PlainStream, notesRestarts: Bool = false) throws(InputError) {
    self.file = file
    passed = 0
    state = .allocate(capacity: 1)
    state.initialize(to: z_stream())
    input = .allocate(byteCount: 1 << 18, alignment: 16)
    restarts = notesRestarts && file.isRegular ? GzipRestarts(file) : nil
    guard errata_inflate_init_gzip(state) == Z_OK else { throw InputError("zlib is out of memory") }
  }

  /// One that goes on at a point; nil where the file is not as it was there.
  init?(_ file: PlainStream, from point: RestartPoint) {
    self.file = file
    state = .allocate(capacity: 1)
    state.initialize(to: z_stream())
    input = .allocate(byteCount: 1 << 18, alignment: 16)
    passed = max(0, point.packed) - (point.bits > 0 ? 1 : 0)
    guard (0...7).contains(point.bits), passed > 0,
      GzipRestarts.proof(of: file, at: point.packed) == point.proof, file.seek(to: passed),
      go(on: point)
    else { return nil }
  }

  private func go(on point: RestartPoint) -> Bool {
    if point.window.isEmpty { return errata_inflate_init_gzip(state) == Z_OK }
    guard let window = GzipRestarts.unpacked(point.window),
      errata_inflate_init_raw(state) == Z_OK
    else { return false }
    if point.bits > 0 {
      guard (try? refill()) == true else { return false }
      let byte = Int32(state.pointee.next_in.pointee)
      state.pointee.next_in += 1
      state.pointee.avail_in -= 1
      let bits = Int32(point.bits)
      guard inflatePrime(state, bits, byte >> (8 - bits)) == Z_OK else { return false }
    }
    isHeadless = true
    isInsideMember = true
    members = 1
    return inflateSetDictionary(state, window, UInt32(window.count)) == Z_OK
  }

  deinit {
    inflateEnd(state)
    state.deallocate()
    input.deallocate()
  }

  var consumed: Int64 { file.consumed - Int64(state.pointee.avail_in) }

  /// Where it stands in the file.
  private var place: Int64 { passed + consumed }

  func takeRestarts() -> [RestartPoint] { restarts?.take() ?? [] }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    if let failure { throw failure }
    state.pointee.next_out = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
    state.pointee.avail_out = UInt32(buffer.count)
    while state.pointee.avail_out > 0 {
      if state.pointee.avail_in == 0, try !refill() { break }
      if !isInsideMember, try !beginMember() { break }
      inflateMore()
      if failure != nil { break }
    }
    let count = buffer.count - Int(state.pointee.avail_out)
    // What precedes the damage is given out first.
    if count == 0, let failure { throw failure }
    return count
  }

  private func inflateMore() {
    let room = state.pointee.avail_out
    // Only what is about to be a point is unpacked block by block.
    let isDue = restarts?.isDue(at: unpacked) == true
    let outcome = inflate(state, isDue ? Z_BLOCK : Z_NO_FLUSH)
    unpacked += Int64(room - state.pointee.avail_out)
    switch outcome {
    case Z_OK, Z_BUF_ERROR: if isDue { noteBlock() }
    case Z_STREAM_END:
      isInsideMember = false
      if isHeadless {
        isHeadless = false
        trailer = 8
      }
    default: damaged("the gzip data is damaged")
    }
  }

  /// Notes a restart point where a block has ended, and another one follows.
  private func noteBlock() {
    let flags = state.pointee.data_type
    guard flags & 0x80 != 0, flags & 0x40 == 0, let window = GzipRestarts.window(of: state) else {
      return
    }
    restarts?.note(offset: unpacked, packed: place, bits: Int(flags & 7), window: window)
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
    while trailer > 0 {
      if state.pointee.avail_in == 0, try !refill() { return false }
      state.pointee.next_in += 1
      state.pointee.avail_in -= 1
      trailer -= 1
    }
    if state.pointee.avail_in == 0, try !refill() { return false }
    if members > 0, state.pointee.next_in.pointee != 0x1F {
      // gzip ignores what follows the last member, zeros from a tape above all; so do we, aloud.
      if try onlyZerosFollow() { return false }
      damaged("something that is no gzip data follows the last member")
      return false
    }
    if members > 0 {
      errata_inflate_reset_gzip(state)
      if restarts?.isWelcome(at: unpacked) == true {
        restarts?.note(offset: unpacked, packed: place, bits: 0, window: [])
      }
    }
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
      "\(what) at compressed byte \(place)",
      hint: "what precedes the damage was read; import the file again once it is whole")
  }
}
