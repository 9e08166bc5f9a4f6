package import Events
package import Profiles

/// Reads the line of an event back from its log, as long as the log is where it was.
package struct LineRecall {
  private let catalog: Catalog

  /// Compressed logs are read up to this far.
  private static let farthest: Int64 = 256 << 20

  package init(_ catalog: Catalog) {
    self.catalog = catalog
  }

  /// Every id on the line at a place; empty when it cannot be read back.
  package func identifiers(at place: Event.Place) -> [String] {
    guard let line = line(at: place),
      let explanation = try? Explanation(of: line, catalog: catalog, options: .init())
    else { return [] }
    return explanation.identifiers
  }

  private func line(at place: Event.Place) -> String? {
    guard place.path != "-", place.length < 1 << 20, place.offset < LineRecall.farthest,
      let stream = try? Input(path: place.path, size: nil).open().stream
    else { return nil }
    var left = place.offset
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    while left > 0 {
      let step = Int(min(left, Int64(bytes.count)))
      let got = bytes.withUnsafeMutableBytes { buffer in
        (try? stream.fill(UnsafeMutableRawBufferPointer(rebasing: buffer[..<step]))) ?? 0
      }
      if got < step { return nil }
      left -= Int64(got)
    }
    var line = [UInt8](repeating: 0, count: Int(place.length))
    let filled = line.withUnsafeMutableBytes { (try? stream.fill($0)) ?? 0 }
    return filled == line.count ? String(decoding: line, as: UTF8.self) : nil
  }
}
