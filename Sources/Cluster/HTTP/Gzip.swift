internal import CZlib

/// Bytes as a gzip file, packed as fast as zlib does it (<https://www.zlib.net/manual.html>); nil
/// where memory is short.
func gzipped(_ bytes: [UInt8]) -> [UInt8]? {
  var stream = z_stream()
  guard errata_deflate_init_gzip(&stream) == Z_OK else { return nil }
  defer { deflateEnd(&stream) }
  let bound = Int(deflateBound(&stream, UInt(bytes.count)))
  var isWhole = false
  let packed = [UInt8](unsafeUninitializedCapacity: bound) { packed, count in
    bytes.withUnsafeBufferPointer { bytes in
      // zlib does not write to what it reads.
      stream.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress)
      stream.avail_in = UInt32(clamping: bytes.count)
      stream.next_out = packed.baseAddress
      stream.avail_out = UInt32(clamping: bound)
      isWhole = deflate(&stream, Z_FINISH) == Z_STREAM_END
    }
    count = isWhole ? Int(stream.total_out) : 0
  }
  return isWhole ? packed : nil
}
