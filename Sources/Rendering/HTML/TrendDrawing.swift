internal import Answers

/// Counts over time as small columns in a line of text.
struct TrendDrawing {
  private let counts: [Int64]

  init(_ counts: [Int64]) {
    self.counts = counts.map { max(0, $0) }
  }

  func write(into page: inout Markup) {
    let height = 18.0
    let step = max(1, min(7, 84 / Double(counts.count)))
    let width = coordinate(step * Double(counts.count))
    let most = Double(max(1, counts.max() ?? 0))
    page.element(
      .svg,
      [
        .class: "trend", .role: "img", .width: width, .height: "18",
        .viewBox: "0 0 \(width) \(coordinate(height))",
      ]
    ) { page in
      page.element(.title, counts.map { grouped($0) }.joined(separator: ", "))
      var path = ""
      for (place, count) in counts.enumerated() {
        let tall = count == 0 ? 1 : max(2, Double(count) / most * height)
        let gap = step > 3 ? 1.5 : step / 5
        path += "M\(coordinate(Double(place) * step)) \(coordinate(height))"
        path += "v\(coordinate(-tall))h\(coordinate(step - gap))v\(coordinate(tall))z"
      }
      page.element(.path, [.d: path])
    }
  }
}
