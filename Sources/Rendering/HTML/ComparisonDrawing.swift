internal import Answers

/// A table of what was and what is, with a pair of bars for each.
struct ComparisonDrawing {
  private let comparison: Comparison

  init(_ comparison: Comparison) {
    self.comparison = comparison
  }

  func write(in frame: ChartFrame, into page: inout Markup) {
    frame.write(into: &page) { page in
      if comparison.items.isEmpty {
        return page.element(.p, [.class: "empty"], "nothing to compare")
      }
      page.element(.table, [.class: "comparison"]) { page in
        page.element(.thead) { page in
          page.element(.tr) { page in
            page.element(.th, [.scope: "col"], "")
            page.element(.th, [.scope: "col", .class: "number"]) { page in
              page.element(.span, [.class: "swatch now"], "")
              page.text(comparison.nowName)
            }
            page.element(.th, [.scope: "col", .class: "number"]) { page in
              page.element(.span, [.class: "swatch before"], "")
              page.text(comparison.beforeName)
            }
            page.element(.th, [.scope: "col"], "change")
          }
        }
        for item in comparison.items {
          page.element(.tbody) { write(item, into: &$0) }
        }
      }
    }
  }

  private func write(_ item: Comparison.Item, into page: inout Markup) {
    page.element(.tr) { page in
      page.element(.th, [.scope: "rowgroup", .columns: "4"]) { page in
        page.prose(item.name)
        if let detail = item.detail { page.words(.span, [.class: "detail"], detail) }
      }
    }
    page.element(.tr) { page in
      // What it shows stands beside it in numbers.
      page.element(.td, [.hidden: "true"]) { page in
        page.element(.svg, [.class: "bars", .height: "14"]) { page in
          page.element(
            .rect,
            [.class: "now", .width: share(item.now), .height: "7"])
          page.element(
            .rect, [.class: "before", .width: share(item.before), .y: "9", .height: "4"])
        }
      }
      page.element(.td, [.class: "number"], grouped(item.now))
      page.element(.td, [.class: "number"], grouped(item.before))
      page.words(.td, [.class: item.tone.name], item.change)
    }
  }

  /// What is there at all is never drawn as nothing.
  private func share(_ count: Int64) -> String {
    count <= 0 ? "0" : percentage(max(0.006, Double(count) / Double(comparison.most)))
  }
}
