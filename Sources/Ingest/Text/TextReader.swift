internal import Batches
internal import Files
internal import JSON
internal import Profiles

/// Reads lines of text by the layouts of the gateway profiles: each becomes a flat JSON object,
/// which is then read as any other record.
final class TextReader {
  /// A line of text as a record; valid until the next line is read.
  struct Record {
    fileprivate let reader: TextReader
    /// The gateway whose layout it is; nil where the object's own signature tells.
    var gateway: Int?
    /// Whether the values are what stands in the line, without escapes, and valid.
    fileprivate(set) var isPlain = false

    /// How to count it where it is a success; nil where it must be read as a whole.
    var success: Success? { reader.success() }

    /// The record as JSON.
    var object: Bytes { reader.writer.object(of: reader.values()) }

    /// The record, where it is not better written as JSON and parsed.
    var value: JSONValue? { isPlain ? reader.document() : nil }
  }

  /// A line that may be a success like others before it; valid until the next line is read.
  struct Success {
    let plan: SuccessPlan
    fileprivate let line: Bytes
    fileprivate let visits: [LayoutMemory.Span]
    fileprivate let shape: LineShape

    /// What stands in the line for a visit of its record.
    @inline(__always)
    func text(_ visit: Int) -> Bytes { shape.part(of: line, visits[visit]) }
  }

  /// The layouts that demand most of a line come first: where two fit a line, the stricter one is
  /// right.
  private lazy var layouts = compiled()
  /// What stands before pairs, as profiles say.
  private lazy var beforePairs = compiledBeforePairs()
  private let catalog: Catalog
  let rules: PathRules
  private let forced: Int?
  private let room: UnsafeMutableBufferPointer<LayoutMatcher.Value>
  /// Where a time is written that stands otherwise in the line.
  private let dateRoom = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 64)
  /// How many values the line read last has there; nil where they are yet to be recalled.
  private var valueCount: Int? = 0
  /// The line read last, and what is remembered of lines like it; nil where nothing is.
  private var line = Bytes(start: nil, count: 0)
  private var entry: LayoutMemory.Entry?
  private let writer = FlatObjectWriter()
  private let flat = FlatDocument()
  private let times = TimeMemory()
  private let shape = LineShape()
  private var memory = LayoutMemory()
  /// Whether what the layouts made of earlier lines is made use of.
  var remembers = true
  private var plain: [UInt8] = []
  /// What a field of the line read last holds, which is a line of its own.
  var field: [UInt8] = []
  private var number: Int?
  /// Whether a gateway is given.
  var isForced: Bool { forced != nil }
  /// The gateway of labelled values between tabs.
  let ltsv: Int?
  /// The layout of the line read last, for explanations.
  var layout: TextLayout? { number.map { layouts[$0].layout } }

  init(_ catalog: Catalog, rules: PathRules, forced: Int?) {
    self.catalog = catalog
    self.rules = rules
    self.forced = forced
    ltsv = catalog.gateways.firstIndex { $0.name == "ltsv" }
    room = .allocate(capacity: LayoutMatcher.mostValues)
  }

  deinit {
    room.deallocate()
    dateRoom.deallocate()
  }

  private func compiled() -> [CompiledLayout] {
    let all = catalog.gateways.enumerated().map { ($0.offset as Int?, $0.element) }
    let checks = ValueChecks(rules)
    // A user's own profile wins, however little its layouts demand.
    var own: [CompiledLayout] = []
    var builtIn: [CompiledLayout] = []
    for (number, gateway) in all + [(nil, catalog.genericGateway)] {
      // Lines of a gateway that is given may still be pairs, whose names its fields have.
      guard forced == nil || number == forced || number == nil else { continue }
      let layouts = gateway.text.map { layout in
        CompiledLayout(layout, gateway: number) { checks.check(of: $0, gateway: number ?? -1) }
      }
      if gateway.file == nil { builtIn += layouts } else { own += layouts }
    }
    return TextReader.ordered(own) + TextReader.ordered(builtIn)
  }

  private func compiledBeforePairs() -> [CompiledLayout] {
    let checks = ValueChecks(rules)
    return catalog.gateways.enumerated().flatMap { number, gateway in
      guard forced == nil || forced == number else { return [] as [CompiledLayout] }
      return gateway.beforePairs.map {
        CompiledLayout($0, gateway: number) { name in
          name == "level"
            ? .level : name == "clock" ? .clock : checks.check(of: name, gateway: number)
        }
      }
    }
  }

  /// The gateway that puts such a text before its pairs.
  func gateway(thatBeginsWith head: Bytes) -> Int? {
    var matcher = LayoutMatcher(head, values: room, times: times)
    return beforePairs.first { matcher.matches($0) }?.gateway
  }

  /// In order of how much they demand; but the layouts of one gateway stay in the order of its
  /// profile.
  private static func ordered(_ layouts: [CompiledLayout]) -> [CompiledLayout] {
    var weights: [Int] = []
    for (index, layout) in layouts.enumerated() {
      let isFirst = index == 0 || layouts[index - 1].gateway != layout.gateway
      // What may begin with anything is compared at every word: with lines that fit no other layout alone.
      let weight = layout.layout.hasFreeStart ? -1 : layout.layout.weight
      weights.append(min(weight, isFirst ? .max : weights[index - 1]))
    }
    return layouts.indices.sorted {
      weights[$0] == weights[$1] ? $0 < $1 : weights[$0] > weights[$1]
    }.map { layouts[$0] }
  }

  /// Whether the line read last ends as its layout does, with a quote or the like.
  var hasEnd: Bool { layout?.hasEnd ?? false }

  /// Whether the layout of the line read last may begin with anything: of such lines none is remembered.
  var hasFreeStart: Bool { entry == nil && layout?.hasFreeStart ?? false }

  /// Reads a line; nil where no layout fits.
  func read(_ text: Bytes) -> Record? {
    entry = nil
    guard remembers, shape.take(text) else {
      return withoutColours(text, firstMatch) ?? firstMatch(text)
    }
    return match(text)
  }

  /// Reads a line once more, without colours; nil where it has none.
  func withoutColours(_ text: Bytes, _ read: (Bytes) -> Record?) -> Record? {
    guard EscapeSequences.areIn(text) else { return nil }
    plain = EscapeSequences.removed(from: text)
    return plain.withUnsafeBufferPointer(read)
  }

  /// Reads a line that has no shape to go by.
  private func firstMatch(_ text: Bytes) -> Record? {
    var matcher = LayoutMatcher(text, values: room, times: times)
    return record(firstFitting(&matcher), values: matcher.count)
  }

  /// Reads a line whose shape was taken.
  private func match(_ text: Bytes) -> Record? {
    let hash = shape.hash
    let known = memory.find(shape, hash)
    let witness = known.isDue ? LayoutWitness(shape) : nil
    var matcher = LayoutMatcher(text, values: room, times: times, witness: witness)
    if let entry = known.entry, matcher.isAs(entry, shape) {
      (self.entry, line) = (entry, text)
      return record(entry.layout, values: nil, isPlain: true)
    }
    let layout = firstFitting(&matcher)
    // Where in a free start the time stands is not told by the shape.
    let isFree = layout.map { layouts[$0].layout.hasFreeStart } ?? false
    if known.isDue {
      memory.remember(isFree ? nil : matcher.entry(shape, layout: layout), hash)
    }
    return record(layout, values: matcher.count, isPlain: true)
  }

  /// The number of the first layout that fits; `isPart`: of what stands behind a prefix, where
  /// layouts do not count that may begin with anything, or be any pairs.
  private func firstFitting(_ matcher: inout LayoutMatcher, isPart: Bool = false) -> Int? {
    // Told by the shape of the line, and far more quickly.
    let signs = SignSet(of: matcher.text)
    return layouts.indices.first {
      if isPart, layouts[$0].gateway == nil || layouts[$0].layout.hasFreeStart { return false }
      return signs.contains(layouts[$0].signs) && matcher.matches(layouts[$0])
    }
  }

  /// Reads what stands behind a logger's words by a gateway's layout: `INFO access: …`, `[web] …`; nil where no
  /// layout fits.
  func read(behindPrefixOf text: Bytes) -> (record: Record, prefix: Bytes)? {
    for start in LinePrefix(text) {
      entry = nil
      let rest = text.part(start..<text.count)
      var matcher = LayoutMatcher(rest, values: room, times: times)
      if let record = record(firstFitting(&matcher, isPart: true), values: matcher.count) {
        return (record, text.part(0..<start))
      }
    }
    return nil
  }

  private func record(_ layout: Int?, values: Int?, isPlain: Bool = false) -> Record? {
    guard let layout else { return nil }
    number = layout
    valueCount = values
    if values != nil, layouts[layout].layout.hasFreeStart { addTimeOfStart() }
    return Record(reader: self, gateway: layouts[layout].gateway, isPlain: isPlain)
  }

  // MARK: Lines without a layout

  /// Begins a record that is not laid out.
  func begin() {
    entry = nil
    number = nil
    valueCount = 0
  }

  func add(_ value: LayoutMatcher.Value) {
    guard let count = valueCount, count < room.count else { return }
    room[count] = value
    valueCount = count + 1
  }

  /// A date in a form that is read everywhere; valid until the next.
  func written(_ date: PatternDate) -> Bytes {
    let end = dateRoom.update(fromContentsOf: Array(date.iso.utf8.prefix(dateRoom.count)))
    return Bytes(rebasing: UnsafeBufferPointer(dateRoom)[..<end])
  }

  /// What stands before the layout proper may begin with the time.
  private func addTimeOfStart() {
    guard let start = room.first, let name = start.name, name.isEqual(to: "\"where\":"),
      let time = LooseTime.find(in: start.text, before: start.text.count)
    else { return }
    add(LayoutMatcher.Value(name: bytes(of: "\"time\":"), text: time, isQuoted: false))
  }

  /// The record of the values added.
  func record(writtenBy gateway: Int?) -> Record { Record(reader: self, gateway: gateway) }

  /// Adds to the line read last, which was one of text in a record, how long the record says that it took.
  func add(latency: Bytes) {
    _ = values()
    add("\"milliseconds\":", latency)
  }

  // MARK: Values

  /// The values of the line read last.
  private func values() -> Slice<UnsafeMutableBufferPointer<LayoutMatcher.Value>> {
    if let valueCount { return room[..<valueCount] }
    var matcher = LayoutMatcher(line, values: room, times: times)
    if let entry { matcher.recall(entry, shape) }
    valueCount = matcher.count
    return room[..<matcher.count]
  }

  /// The values as an object of texts.
  private func document() -> JSONValue? {
    let values = values()
    flat.clear(
      members: values.count,
      bytes: values.reduce(0) { $0 + ($1.name?.count ?? $1.key.count) + $1.text.count })
    for value in values {
      // Without the quotes and the colon around it.
      flat.add(value.name.map { $0.part(1..<$0.count - 2) } ?? value.key, value.text)
    }
    return flat.object()
  }

  // MARK: Successes

  private func success() -> Success? {
    entry?.success.map {
      Success(plan: $0.plan, line: line, visits: $0.visits, shape: shape)
    }
  }

  /// Remembers how the line read last was counted: as a success, by what `fields` found in its record.
  func noteSuccess(_ fields: FieldReader) {
    guard let entry, entry.success == nil, let plan = fields.success, !plan.hasQuotas,
      let record = flat.object()
    else { return }
    var visits: [LayoutMemory.Span] = []
    for (known, isRead) in zip(entry.values, fields.areVisited(membersOf: record)) where isRead {
      visits.append(known.text)
    }
    guard visits.count == fields.visitCount else { return }
    entry.success = LayoutMemory.Success(plan: plan, visits: visits)
  }
}
