internal import Answers

/// What stands around a chart: its title and summary, and the same numbers as a table.
///
/// A drawing is as wide as its place. What is measured in time or counts stands in percent, or in an
/// inner drawing that is stretched; letters and lines keep their size, on a phone, too. So nothing
/// here needs a script.
struct ChartFrame {
  private let chart: Chart
  private let name: String

  /// `number` tells the charts of a page apart.
  init(_ chart: Chart, number: Int) {
    self.chart = chart
    name = "chart-\(number)"
  }

  func write(into page: inout Markup, _ content: (inout Markup) -> Void) {
    page.element(.figure) { page in
      page.element(.figcaption) { page in
        page.element(.b, chart.title)
        if !chart.summary.isEmpty { page.words(.p, chart.summary) }
      }
      content(&page)
    }
  }

  /// The picture, of this height in pixels.
  func draw(
    _ kind: String, height: Int, into page: inout Markup, _ content: (inout Markup) -> Void
  ) {
    page.element(
      .svg,
      [
        .class: kind, .role: "img", .height: String(height), .labelledBy: "\(name)-title",
        .describedBy: "\(name)-summary",
      ]
    ) { page in
      page.element(.title, [.id: "\(name)-title"], chart.title)
      page.element(.desc, [.id: "\(name)-summary"], chart.summary)
      page.element(.defs) { page in
        page.element(
          .pattern,
          [
            .id: hatching, .width: "6", .height: "6", .units: "userSpaceOnUse",
            .transform: "rotate(45)",
          ]
        ) { $0.element(.line, [.y2: "6", .class: "hatch"]) }
      }
      content(&page)
    }
  }

  /// What fills a place that nothing is known of.
  var unknown: String { "url(#\(hatching))" }

  private var hatching: String { "\(name)-hatching" }

  /// The numbers, for those who do not see the picture and those who want to know exactly.
  func writeNumbers(into page: inout Markup, _ content: (inout Markup) -> Void) {
    page.element(.details) { page in
      page.element(.summary, "As a table")
      content(&page)
    }
  }
}

/// A number as SVG has it, to three places.
func coordinate(_ number: Double) -> String {
  guard number.isFinite, number.magnitude < 1e12 else { return "0" }
  let thousandths = Int64((number * 1000).rounded())
  let (whole, rest) = thousandths.magnitude.quotientAndRemainder(dividingBy: 1000)
  var text = (thousandths < 0 ? "-" : "") + String(whole)
  if rest > 0 {
    var digits = String(rest)
    digits = String(repeating: "0", count: 3 - digits.count) + digits
    while digits.hasSuffix("0") { digits.removeLast() }
    text += "." + digits
  }
  return text
}

/// A part of the whole, as a length.
func percentage(_ part: Double) -> String { coordinate(part * 100) + "%" }
