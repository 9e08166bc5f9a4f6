import Events

@testable import Ingest

/// The line reader, and the encodings it reads: the first two bytes say in which pieces the rest
/// comes, and how long a line may be.
func fuzzLines(_ input: UnsafeBufferPointer<UInt8>) {
  guard input.count > 2 else { return }
  let content = input.part(2..<input.count)
  guard let encoding = try? TextEncoding(ofLog: content) else { return }
  let limit = Int(input[1]) + 1
  var reader = LineReader(
    Pieces(content, of: Int(input[0]) + 1), from: 0, hash: ContentHash(), pending: [],
    owesNewline: false, limit: limit, encoding: encoding)
  var next: Int64 = 0
  while let line = try? reader.next() {
    require(line.offset == next, "lines leave no holes")
    require(line.isTooLong || line.text.count <= TextEncoding.bound(limit), "lines keep the limit")
    let source = content.part(Int(line.offset)..<Int(line.offset + line.length))
    if encoding == .utf8, !line.isTooLong {
      require(source.suffix(line.text.count).elementsEqual(line.text), "a line is as it stood")
      require(
        source.dropLast(line.text.count).allSatisfy { $0 == 0 }, "nothing but zeros is passed over")
    }
    if encoding != .utf8, !line.isTooLong {
      require(String(validating: line.text, as: UTF8.self) != nil, "what is transcoded is UTF-8")
    }
    next = line.offset + line.length + (line.isTerminated ? Int64(encoding.width) : 0)
    if !line.isTerminated, !line.isTooLong {
      reader.putBack(line)
      require(reader.offset == line.offset, "what is put back is not consumed")
      _ = try? reader.next()
    }
  }
  require(next == Int64(content.count), "lines cover everything")
  var hash = ContentHash()
  hash.update(content)
  require(reader.proof() == Mark(offset: next, digest: hash.digest), "the proof is the content's")
}

/// A stream that gives its bytes in pieces.
private final class Pieces: ByteStream {
  private let bytes: Bytes
  private let size: Int
  private var place = 0

  init(_ bytes: Bytes, of size: Int) {
    self.bytes = bytes
    self.size = size
  }

  var consumed: Int64 { Int64(place) }

  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(size, buffer.count, bytes.count - place)
    buffer.copyBytes(from: bytes[place..<place + count])
    place += count
    return count
  }
}
