internal import Batches
internal import CXXHash
internal import CZlib
internal import Files

/// Notes from where a gzip file can be unpacked again while it is unpacked:
/// <https://github.com/madler/zlib/blob/v1.2.13/examples/zran.c>.
struct GzipRestarts {
  private let file: PlainStream
  private var points: [RestartPoint] = []
  /// From which byte on, unpacked, the next point is due.
  private var next = RestartPoint.distance(at: 0)
  private var digest: UInt64?

  init(_ file: PlainStream) {
    self.file = file
  }

  /// Whether the end of a deflate block will be a point.
  func isDue(at offset: Int64) -> Bool { offset >= next }

  /// Whether the start of a member will be one: that costs nothing, so it may be a little early.
  func isWelcome(at offset: Int64) -> Bool {
    offset >= next - RestartPoint.distance(at: offset) / 2
  }

  /// Notes a point, so many bytes into the file and `bits` bits before that.
  mutating func note(offset: Int64, packed: Int64, bits: Int, window: [UInt8]) {
    guard let digest = digest ?? GzipRestarts.digest(of: file),
      let proof = GzipRestarts.proof(of: file, at: packed)
    else { return }
    self.digest = digest
    points.append(
      RestartPoint(
        file: digest, offset: offset, packed: packed, bits: bits, proof: proof, window: window))
    next = offset + RestartPoint.distance(at: offset)
  }

  /// Those noted since the last call.
  mutating func take() -> [RestartPoint] {
    defer { points = [] }
    return points
  }

  /// The dictionary of an inflating stream, packed; nil where there is none.
  static func window(of state: UnsafeMutablePointer<z_stream>) -> [UInt8]? {
    let window = [UInt8](unsafeUninitializedCapacity: longest) { window, filled in
      var count: UInt32 = 0
      let outcome = inflateGetDictionary(state, window.baseAddress, &count)
      filled = outcome == Z_OK ? Int(count) : 0
    }
    guard !window.isEmpty else { return nil }
    var count = compressBound(UInt(window.count))
    let packed = [UInt8](unsafeUninitializedCapacity: Int(count)) { packed, filled in
      // Fast rather than small: a hundredth of what the import does meanwhile.
      let outcome = compress2(packed.baseAddress, &count, window, UInt(window.count), 1)
      filled = outcome == Z_OK ? Int(count) : 0
    }
    return packed.isEmpty ? nil : packed
  }

  /// What `window` packed; nil where it is damaged.
  static func unpacked(_ window: [UInt8]) -> [UInt8]? {
    var count = UInt(longest)
    var isWhole = false
    let bytes = [UInt8](unsafeUninitializedCapacity: longest) { bytes, filled in
      isWhole = uncompress(bytes.baseAddress, &count, window, UInt(window.count)) == Z_OK
      filled = isWhole ? Int(count) : 0
    }
    return isWhole && !bytes.isEmpty ? bytes : nil
  }

  /// Deflate repeats nothing that is further back: <https://www.rfc-editor.org/rfc/rfc1951>.
  private static let longest = 32 << 10

  /// By which a file is known: its name and time stand in its head as a rule. Nil for a file that is
  /// too short to have points.
  static func digest(of file: PlainStream) -> UInt64? {
    let head = file.bytes(at: 0, count: headLength)
    return head.count == headLength ? XXH3_64bits(head, head.count) : nil
  }

  private static let headLength = 512

  /// The hash of what stands before a place of the file; nil where that is not there.
  static func proof(of file: PlainStream, at packed: Int64) -> UInt64? {
    let count = min(packed, proofLength)
    guard count > 0 else { return nil }
    let bytes = file.bytes(at: packed - count, count: Int(count))
    return bytes.count == count ? XXH3_64bits(bytes, bytes.count) : nil
  }

  private static let proofLength: Int64 = 256
}
