internal import Batches
internal import Events
internal import Files
internal import Times

/// A row of an answer, for as long as it is at hand.
struct AnswerRow {
  fileprivate let bytes: UnsafeRawBufferPointer
  /// Where each column begins, behind its length or the byte that says whether it is null; -1 of null.
  fileprivate let places: [Int]
  /// How long each text is.
  fileprivate let lengths: [Int]

  /// A whole number; 0 where it is null.
  @inline(__always)
  func integer(_ column: Int) -> Int64 {
    let place = places[column]
    if place < 0 { return 0 }
    return Int64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: Int64.self))
  }

  /// The same, of a domain: what is calculated with is held to it.
  @inline(__always)
  func integer(_ column: Int, in domain: ClosedRange<Int64>) throws -> Int64 {
    let number = integer(column)
    guard domain.contains(number) else { throw AnswerRow.impossible("\(number)") }
    return number
  }

  func optional(_ column: Int, in domain: ClosedRange<Int64>) throws -> Int64? {
    places[column] < 0 ? nil : try integer(column, in: domain)
  }

  /// Nil of null.
  func bytes(_ column: Int) -> Bytes? {
    let place = places[column]
    if place < 0 { return nil }
    let text = UnsafeRawBufferPointer(rebasing: bytes[place..<place + lengths[column]])
    return text.assumingMemoryBound(to: UInt8.self)
  }

  func text(_ column: Int) -> String? { bytes(column).map { String(repairing: $0) } }

  /// Nil of an empty text, too.
  func name(_ column: Int) -> String? {
    guard let bytes = bytes(column), !bytes.isEmpty else { return nil }
    return String(repairing: bytes)
  }

  /// A kind; nil for 0, which stands for a success.
  func kind(_ column: Int) throws -> Kind? {
    let number = integer(column)
    if number == 0 { return nil }
    guard let kind = UInt8(exactly: number).flatMap(Kind.init(rawValue:)) else {
      throw AnswerRow.impossible("\(number) as the kind of an error")
    }
    return kind
  }

  func answeredBy(_ column: Int) throws -> AnsweredBy {
    let number = integer(column)
    guard let answerer = UInt8(exactly: number).flatMap(AnsweredBy.init(rawValue:)) else {
      throw AnswerRow.impossible("\(number) as who answered")
    }
    return answerer
  }

  private static func impossible(_ value: String) -> ClusterError {
    ClusterError(
      .answer, "the cluster holds what cannot be: \(value)",
      hint: .compare)
  }
}

/// What numbers of a cluster can be.
enum AnswerDomain {
  /// Milliseconds since the epoch, until the end of the year 2099.
  static let time: ClosedRange<Int64> = 0...4_102_444_799_999
  /// The same in minutes.
  static let minute: ClosedRange<Int64> = 0...time.upperBound / Milliseconds.minute
  /// The same, of clocks: the years 1 to 9999.
  static let moment: ClosedRange<Int64> = -62_135_596_800_000...253_402_300_799_999
  /// Of responses; many such can be added.
  static let count: ClosedRange<Int64> = 0...1 << 53
  static let bytes: ClosedRange<Int64> = 0...1 << 53
  static let status: ClosedRange<Int64> = 0...Int64(Int32.max)
  /// Of an event, a batch, an edge.
  static let number: ClosedRange<Int64> = 0...Int64.max
  /// What no one calculates with but by clamping.
  static let amount: ClosedRange<Int64> = 0...Int64.max
}

/// Finds the rows in an answer that comes piece by piece: `RowBinary`, each row behind a byte that is
/// the same in all. An answer that is cut, or that goes over into a server's words on an error, throws.
struct AnswerScanner {
  enum Form { case number, optionalNumber, text, optionalText }

  static let mark: UInt8 = 0xE5
  private static let mostBytesOfRow = 64 << 20

  private let forms: [Form]
  private var rest: [UInt8] = []
  private(set) var rows: Int64 = 0
  private(set) var bytes: Int64 = 0

  init(_ forms: [Form]) { self.forms = forms }

  mutating func take(
    _ part: UnsafeRawBufferPointer, _ body: (AnswerRow) throws -> Void
  ) throws {
    bytes += Int64(part.count)
    if rest.isEmpty {
      let end = try scan(part, body)
      rest = Array(part[end...])
    } else {
      var whole = rest
      rest = []
      whole.append(contentsOf: part)
      let end = try whole.withUnsafeBytes { try scan($0, body) }
      rest = Array(whole[end...])
    }
    if rest.count > AnswerScanner.mostBytesOfRow { throw AnswerScanner.damage("a row has no end") }
  }

  /// Nothing more comes.
  func finish() throws {
    if !rest.isEmpty { throw AnswerScanner.damage("it ends in the middle of a row") }
  }

  /// Returns where the first row begins that is not whole.
  private mutating func scan(
    _ bytes: UnsafeRawBufferPointer, _ body: (AnswerRow) throws -> Void
  ) throws -> Int {
    var start = 0
    var places = [Int](repeating: -1, count: forms.count)
    var lengths = [Int](repeating: 0, count: forms.count)
    while start < bytes.count {
      guard bytes[start] == AnswerScanner.mark else {
        throw AnswerScanner.words(bytes[start...])
      }
      guard
        let end = try AnswerScanner.row(bytes, from: start + 1, forms, &places, &lengths)
      else { return start }
      rows += 1
      try body(AnswerRow(bytes: bytes, places: places, lengths: lengths))
      start = end
    }
    return start
  }

  /// Where a row ends; nil where it is not whole.
  private static func row(
    _ bytes: UnsafeRawBufferPointer, from start: Int, _ forms: [Form], _ places: inout [Int],
    _ lengths: inout [Int]
  ) throws -> Int? {
    var place = start
    for (column, form) in forms.enumerated() {
      if form == .optionalNumber || form == .optionalText {
        guard place < bytes.count else { return nil }
        let isNull = bytes[place]
        place += 1
        guard isNull <= 1 else { throw damage("a value neither is there nor is not") }
        if isNull == 1 {
          places[column] = -1
          continue
        }
      }
      var length = 8
      if form == .text || form == .optionalText {
        guard let count = try self.length(bytes, from: &place) else { return nil }
        length = count
      }
      guard bytes.count - place >= length else { return nil }
      (places[column], lengths[column]) = (place, length)
      place += length
    }
    return place
  }

  /// The length of a text; nil where it is not whole.
  private static func length(
    _ bytes: UnsafeRawBufferPointer, from place: inout Int
  ) throws -> Int? {
    var length = 0
    for shift in stride(from: 0, through: 28, by: 7) {
      guard place < bytes.count else { return nil }
      let byte = bytes[place]
      place += 1
      length |= Int(byte & 0x7F) << shift
      if byte < 0x80 {
        guard length <= mostBytesOfRow else { break }
        return length
      }
    }
    throw damage("a text has an impossible length")
  }

  /// What stands where a row should begin.
  private static func words(_ bytes: Slice<UnsafeRawBufferPointer>) -> ClusterError {
    ClusterError(behindRows: bytes.prefix(1 << 12)) ?? damage("a row begins with nonsense")
  }

  private static func damage(_ words: String) -> ClusterError {
    ClusterError(.answer, "the server's answer is damaged: \(words)")
  }
}

extension ClusterError {
  /// What a server that has begun an answer says behind it of what went wrong; nil of anything else.
  init?(behindRows bytes: some Sequence<UInt8>) {
    let text = String(decoding: Array(bytes), as: UTF8.self)
    guard
      let line = text.split(whereSeparator: \.isNewline).first(where: {
        $0.hasPrefix("Code: ") && $0.contains(text: "DB::Exception")
      })
    else { return nil }
    let words = ServerWords(String(line))
    self.init(.refused(code: words.code), "the server says: \(words.sentence)")
  }
}
