internal import Answers
internal import Events

/// How wide the columns of a table of events are: what one leaves of 80 the next may have.
struct EventColumns {
  private let vendorWidth: Int
  private let errorWidth: Int
  private let placeWidth: Int
  /// Whether they are so wide whatever is in them.
  private let isFixed: Bool

  private static let timeWidth = 19
  /// What is left of 80 beside the time, the status and the room between columns.
  private static let room = 80 - timeWidth - 6 - 4 * 2

  init(_ events: [Event]) {
    func width(_ name: String, _ most: Int, _ text: (Event) -> String?) -> Int {
      min(most, events.reduce(name.count) { max($0, text($1)?.count ?? 1) })
    }
    self.init(
      vendor: width("vendor", 14, \.vendor), error: width("error", 22, EventColumns.error),
      isFixed: false)
  }

  /// For events that are not known yet.
  static let usual = EventColumns(vendor: 12, error: 18, isFixed: true)

  private init(vendor: Int, error: Int, isFixed: Bool) {
    (vendorWidth, errorWidth, self.isFixed) = (vendor, error, isFixed)
    placeWidth = EventColumns.room - vendor - error
  }

  func time(_ text: String) -> String { isFixed ? filled(text, EventColumns.timeWidth) : text }
  func vendor(_ event: Event) -> Cell { cell(event.vendor, vendorWidth) }
  func error(_ event: Event) -> Cell { cell(EventColumns.error(event), errorWidth) }

  /// The last one, with nothing to its right.
  func place(_ event: Event) -> Cell {
    let text = event.route ?? event.path
    return Cell(Value(text), shown: text.flatMap { clipped($0, placeWidth) })
  }

  /// What went wrong, as short as it is known.
  private static func error(_ event: Event) -> String { event.code ?? event.kind.name }

  private func cell(_ text: String?, _ width: Int) -> Cell {
    let shown = text.flatMap { clipped($0, width) }
    return Cell(Value(text), shown: isFixed ? filled(shown ?? text ?? "-", width) : shown)
  }

  /// Nil where it is short enough.
  private func clipped(_ text: String, _ width: Int) -> String? {
    text.count > width ? text.prefix(width - 1) + "…" : nil
  }

  private func filled(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
