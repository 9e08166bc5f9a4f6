internal import Batches
internal import Files
internal import Profiles

/// Reads lines of text by the layouts of the gateway profiles: each becomes a flat JSON object,
/// which is then read as any other record.
final class TextReader {
  /// A line of text as a record.
  struct Record {
    /// A JSON object; valid until the next line is read.
    var object: Bytes
    /// The gateway whose layout it is; nil where the object's own signature tells.
    var gateway: Int?
  }

  /// The layouts that demand most of a line come first: where two fit a line, the stricter one is
  /// right.
  private lazy var layouts = compiled()
  private let catalog: Catalog
  private let rules: PathRules
  private let forced: Int?
  private let values: UnsafeMutableBufferPointer<LayoutMatcher.Value>
  private let spelling = FlatObjectWriter()
  private var plain: [UInt8] = []
  /// The layout of the line read last, for explanations.
  private(set) var layout: TextLayout?

  init(_ catalog: Catalog, rules: PathRules, forced: Int?) {
    self.catalog = catalog
    self.rules = rules
    self.forced = forced
    values = .allocate(capacity: LayoutMatcher.mostValues)
  }

  deinit { values.deallocate() }

  private func compiled() -> [CompiledLayout] {
    let all = catalog.gateways.enumerated().map { ($0.offset as Int?, $0.element) }
    let rules = rules
    var layouts: [CompiledLayout] = []
    for (number, gateway) in all + [(nil, catalog.genericGateway)] {
      // Lines of a gateway that is given may still be pairs, whose names its fields have.
      guard forced == nil || number == forced || number == nil else { continue }
      for layout in gateway.text {
        layouts.append(
          CompiledLayout(layout, gateway: number) { rules.check(of: $0, gateway: number ?? -1) })
      }
    }
    return TextReader.ordered(layouts)
  }

  /// In order of how much they demand; but the layouts of one gateway stay in the order of its
  /// profile.
  private static func ordered(_ layouts: [CompiledLayout]) -> [CompiledLayout] {
    var weights: [Int] = []
    for (index, layout) in layouts.enumerated() {
      let isFirst = index == 0 || layouts[index - 1].gateway != layout.gateway
      weights.append(min(layout.layout.weight, isFirst ? .max : weights[index - 1]))
    }
    return layouts.indices.sorted {
      weights[$0] == weights[$1] ? $0 < $1 : weights[$0] > weights[$1]
    }.map { layouts[$0] }
  }

  /// Whether the line read last ends as its layout does, with a quote or the like.
  var hasEnd: Bool { layout?.hasEnd ?? false }

  /// Reads a line; nil where no layout fits.
  func read(_ text: Bytes) -> Record? {
    if let record = match(text) { return record }
    guard text.place(of: UInt8.escape) != nil else { return nil }
    removeColours(text)
    return plain.withUnsafeBufferPointer(match)
  }

  private func match(_ text: Bytes) -> Record? {
    var matcher = LayoutMatcher(text, values: values)
    for layout in layouts where matcher.matches(layout) {
      self.layout = layout.layout
      let object = spelling.object(of: values[..<matcher.count])
      return Record(object: object, gateway: layout.gateway)
    }
    return nil
  }

  /// Without the sequences by which terminals are told colours: `ESC [ 97 ; 42 m`.
  private func removeColours(_ text: Bytes) {
    plain.removeAll(keepingCapacity: true)
    var place = 0
    while place < text.count {
      guard text[place] == UInt8.escape, place + 1 < text.count,
        text[place + 1] == UInt8(ascii: "[")
      else {
        plain.append(text[place])
        place += 1
        continue
      }
      place += 2
      while place < text.count, !(0x40...0x7E).contains(text[place]) { place += 1 }
      place += 1
    }
  }
}

extension UInt8 {
  fileprivate static let escape: UInt8 = 0x1B
}

extension PathRules {
  /// What a value by that name must be for a line to be the gateway's.
  func check(of name: String, gateway: Int) -> CompiledLayout.Step.Check {
    let names = name.split(separator: ".").map(String.init)
    let path = names.map(normalisedPath)
    let fields = meanings(of: path, flags: names.map(flags))
      .filter { $0.gateway < 0 || Int($0.gateway) == gateway }.map(\.field)
    if fields.contains(.status) {
      return hasWords(for: .status, gateway: gateway) ? .none : .status
    }
    // `requestTime` is a date where Amazon writes it, and a duration where NGINX does.
    if fields.contains(.latency) {
      return unit(of: path, name: name, gateway: gateway) == .seconds ? .seconds : .duration
    }
    if fields.contains(.time) { return .time }
    return fields.contains(.host) ? .host : fields.contains(.consumer) ? .name : .none
  }
}
