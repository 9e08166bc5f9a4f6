internal import Batches
internal import Files
internal import JSON

// Lines of text, and lines of JSON with something before, behind or in the midst of it.
extension RecordReader {
  /// Reads a line that is not JSON from its start, or is not as JSON should be, for a `reason`.
  func readText(_ line: Bytes, of place: LineReader.Line, _ reason: String?, _ batch: Batch) {
    if let whole = CutLine.joined(line) {
      return whole.withUnsafeBufferPointer {
        readText($0.part(0..<$0.count - JSONParser.padding), of: place, nil, batch)
      }
    }
    var envelope = Envelope(line)
    var reason = reason
    if reason == nil, Envelope.isJSON(envelope.text) {
      reason = readJSON(envelope.text, envelope.time, of: place, batch)
      if reason == nil { return }
    }
    if reason != nil, readObjects(envelope, of: place, batch) { return }
    if EscapeSequences.areIn(line) { return readWithoutEscapes(line, of: place, batch) }
    let isText = reason == nil
    if readLayout(envelope, of: place, batch) { return }
    if let json = Envelope.json(behind: envelope.text), reason == nil {
      let prefix = envelope.text.part(0..<envelope.text.count - json.count)
      let time = envelope.time ?? LooseTime.find(in: prefix, before: prefix.count)
      reason = read(json, behind: prefix, time, of: place, batch)
      if reason == nil { return }
    }
    if envelope.takeTime(), readLayout(envelope, of: place, batch) { return }
    // What looked like a prefix may be the beginning of a layout.
    if envelope.text.count < line.count, readLayout(Envelope(bare: line), of: place, batch) {
      return
    }
    if isText, EscapeSequences.areSpelled(in: line) {
      return readAgain(EscapeSequences.removedAsSpelled(from: line), of: place, batch)
    }
    if isText, let start = LinePrefix.endOfPod(line), start < line.count {
      return readText(line.part(start..<line.count), of: place, nil, batch)
    }
    if isText, readLayout(envelope, of: place, batch, isKnown: false) { return }
    if isText, let data = envelope.data, readPairs(of: data, envelope, of: place, batch) { return }
    let plain = columns == nil ? RejectReason.noJSON : .columns
    reject(place, reason ?? plain.rawValue, batch)
  }

  private func readWithoutEscapes(_ line: Bytes, of place: LineReader.Line, _ batch: Batch) {
    readAgain(EscapeSequences.removed(from: line), of: place, batch)
  }

  /// Reads what is left of a line.
  private func readAgain(_ plain: [UInt8], of place: LineReader.Line, _ batch: Batch) {
    let padded = plain + [UInt8](repeating: 0, count: JSONParser.padding)
    padded.withUnsafeBufferPointer {
      let text = Envelope.text(of: $0.part(0..<plain.count))
      if text.isEmpty { batch.tally.blank += 1 } else { readText(text, of: place, nil, batch) }
    }
  }

  /// Reads a line by its layout; where none is known, as what it tells of a request.
  private func readLayout(
    _ envelope: Envelope, of place: LineReader.Line, _ batch: Batch, isKnown: Bool = true
  ) -> Bool {
    guard
      var written = isKnown
        ? texts.read(envelope.text)
        : texts.readLoosely(envelope.text, isDated: envelope.time != nil)
    else { return false }
    var time = envelope.time
    if isKnown, texts.hasFreeStart {
      guard let record = readBehindTime(of: envelope, &time, instead: written) else { return false }
      written = record
    }
    if let success = written.success, builder.countSuccess(of: success, in: batch) {
      batch.tally.successes += 1
      gateways[success.plan.gateway + 1] += 1
      return true
    }
    let successes = batch.tally.successes
    var plain = written.value
    if plain == nil {
      plain = try? parser.parse(padded: written.object)
      if parser.repaired { batch.tally.repaired += 1 }
    }
    guard let root = plain else { return false }
    read(
      root, of: place, into: batch, time: time.flatMap(builder.times.outerTime),
      writtenBy: written.gateway)
    if written.isPlain, batch.tally.successes > successes { texts.noteSuccess(builder.fields) }
    return true
  }

  /// Reads a line once more, whose layout may begin with anything and took a time in front for a part of it:
  /// another gateway's that knows how the line begins behind the time wins.
  private func readBehindTime(
    of envelope: Envelope, _ time: inout Bytes?, instead outer: TextReader.Record
  ) -> TextReader.Record? {
    var rest = envelope
    guard rest.takeTime() else { return outer }
    if let inner = texts.read(rest.text), !texts.hasFreeStart, inner.gateway != outer.gateway {
      time = rest.time
      return inner
    }
    return texts.read(envelope.text)
  }

  /// Reads the properties that a logger puts behind its message: where the message tells of a response,
  /// it is told by both.
  private func read(
    _ json: Bytes, behind message: Bytes, _ time: Bytes?, of place: LineReader.Line, _ batch: Batch
  ) -> String? {
    guard let line = LooseLine(message) else {
      if let status = LooseOutcome.status(before: json, in: message),
        let whole = LooseOutcome.joined(status, to: json)
      {
        return whole.withUnsafeBufferPointer {
          readJSON($0.part(0..<$0.count - JSONParser.padding), time, of: place, batch)
        }
      }
      return readJSON(json, time, of: place, batch)
    }
    return line.joined(to: json).withUnsafeBufferPointer {
      readJSON($0.part(0..<$0.count - JSONParser.padding), time, of: place, batch)
    }
  }

  /// Reads what syslog's structured data say, where the message says nothing.
  private func readPairs(
    of data: Bytes, _ envelope: Envelope, of place: LineReader.Line, _ batch: Batch
  ) -> Bool {
    let pairs = Envelope.pairs(of: data)
    let padded = pairs + [UInt8](repeating: 0, count: JSONParser.padding)
    return padded.withUnsafeBufferPointer {
      var inner = Envelope(bare: $0.part(0..<pairs.count).trimmed)
      inner.time = envelope.time
      return readLayout(inner, of: place, batch)
    }
  }

  /// Nil where it could be read, else why not.
  private func readJSON(
    _ json: Bytes, _ time: Bytes?, of place: LineReader.Line, _ batch: Batch
  ) -> String? {
    do throws(JSONError) {
      let root = try parser.parse(padded: json)
      if parser.repaired { batch.tally.repaired += 1 }
      read(root, of: place, into: batch, time: time.flatMap(builder.times.outerTime))
      return nil
    } catch {
      return reason(error, json)
    }
  }

  /// Whether a last line without its newline is whole: one JSON object, or text that ends as its
  /// layout does.
  func isComplete(_ line: LineReader.Line, under header: Columns? = nil) -> Bool {
    guard !line.isTooLong, line.count == 1 else { return false }
    use(header)
    return isComplete(Envelope.text(of: line.text))
  }

  func isComplete(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.withUnsafeBufferPointer { isComplete(Envelope.text(of: $0)) }
  }

  private func isComplete(_ line: Bytes) -> Bool {
    let text = Envelope(line).text
    if let json = Envelope.isJSON(text) ? text : Envelope.json(behind: text),
      let root = try? parser.parse(json), root.isObject
    {
      return true
    }
    if objects(in: text) != nil { return true }
    // Of values the last may go on, unless a quote ends it.
    if let columns = columns?.columns { return text.last == quote && columns.isWhole(text) }
    return texts.read(text) != nil && texts.hasEnd
  }

  // MARK: Columns

  /// Reads a line whose columns a header names, and passes over headers and remarks; false for any
  /// other.
  func readColumns(_ line: LineReader.Line, _ batch: Batch) -> Bool {
    let isRemark =
      columns?.columns.isRemark(line.text) ?? Columns.isDirective(Envelope.text(of: line.text))
    if isRemark {
      batch.tally.blank += 1
      return true
    }
    guard let columns, columns.write(line.text, to: &columnWriter),
      let root = try? columnWriter.bytes.withUnsafeBufferPointer({ try parser.parse($0) })
    else { return false }
    if parser.repaired { batch.tally.repaired += 1 }
    read(root, of: line, into: batch)
    return true
  }

  private var quote: UInt8 { UInt8(ascii: "\"") }

  // MARK: Objects side by side

  /// Reads objects without a newline between them, as Amazon's Firehose delivers what it is given;
  /// false where there is anything else. None is read then: a line is a reject, or it is not.
  private func readObjects(
    _ envelope: Envelope, of place: LineReader.Line, _ batch: Batch
  ) -> Bool {
    guard let objects = objects(in: envelope.text) else { return false }
    let time = envelope.time.flatMap(builder.times.outerTime)
    var part: Int32 = 0
    var isRepaired = false
    for object in objects {
      guard let root = try? parser.parse(envelope.text.part(object)) else { continue }
      isRepaired = isRepaired || parser.repaired
      part = read(root, of: place, into: batch, part: part, time: time)
    }
    if isRepaired { batch.tally.repaired += 1 }
    return true
  }

  /// Where the objects stand that a text consists of, several of them and all of them whole.
  private func objects(in text: Bytes) -> [Range<Int>]? {
    guard text.first == UInt8(ascii: "{"), text.last == UInt8(ascii: "}") else { return nil }
    var objects: [Range<Int>] = []
    var place = 0
    while place < text.count {
      guard text[place] == UInt8(ascii: "{") else {
        guard text[place].isBlank || text[place] == UInt8(ascii: ",") else { return nil }
        place += 1
        continue
      }
      var scanner = DocumentScanner()
      guard case .end(let end) = scanner.scan(text, from: place, isObject: true),
        let root = try? parser.parse(text.part(place..<end)), root.isObject
      else { return nil }
      objects.append(place..<end)
      place = end
    }
    return objects.count > 1 ? objects : nil
  }
}
