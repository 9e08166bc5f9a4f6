import Batches
import Files

@testable import Ingest

/// The line reader, and the encodings it reads: the first two bytes say in which pieces the rest
/// comes, and how long a line may be.
func fuzzLines(_ input: UnsafeBufferPointer<UInt8>) {
  guard input.count > 2 else { return }
  let raw = input.part(2..<input.count)
  let size = Int(input[0]) + 1
  let limit = Int(input[1]) + 1
  guard let text = try? TextStream(Pieces(raw, of: size)),
    let whole = try? TextStream(Pieces(raw, of: raw.count))
  else { return }
  var content = [UInt8](repeating: 0, count: raw.count * 2 + 8)
  let count = content.withUnsafeMutableBytes { (try? whole.fill($0)) ?? 0 }
  content.removeLast(content.count - count)
  var reader = LineReader(
    text, from: 0, hash: ContentHash(), pending: [], owesNewline: false, limit: limit,
    style: .lines)
  var next: Int64 = 0
  while let line = try? reader.next() {
    require(line.offset == next, "lines leave no holes")
    require(line.isTooLong || line.text.count <= limit, "lines keep the limit")
    let source = content[Int(line.offset)..<Int(line.offset + line.length)]
    if !line.isTooLong {
      require(source.suffix(line.text.count).elementsEqual(line.text), "a line is as it stood")
      require(
        source.dropLast(line.text.count).allSatisfy { $0 == 0 }, "nothing but zeros is passed over")
    }
    next = line.offset + line.length + (line.isTerminated ? 1 : 0)
    if !line.isTerminated, !line.isTooLong {
      reader.putBack(line)
      require(reader.offset == line.offset, "what is put back is not consumed")
      _ = try? reader.next()
    }
  }
  require(next == Int64(content.count), "lines cover everything")
  var hash = ContentHash()
  content.withUnsafeBufferPointer { hash.update($0) }
  require(
    reader.proof() == ContentMark(offset: next, digest: hash.digest), "the proof is the content's")
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
