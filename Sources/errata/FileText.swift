internal import Events
internal import Glibc

/// The text of a file; nil where it cannot be read, or has more than `most` bytes (`errno` says
/// which: EFBIG).
func fileText(at path: String, most: Int = .max) -> String? {
  guard let file = path.withPath({ fopen($0, "re") }) else { return nil }
  defer { fclose(file) }
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 4096)
  while true {
    let count = fread(&chunk, 1, chunk.count, file)
    if count == 0 { break }
    bytes += chunk[..<count]
    if bytes.count > most {
      errno = EFBIG
      return nil
    }
  }
  return ferror(file) == 0 ? String(decoding: bytes, as: UTF8.self) : nil
}
