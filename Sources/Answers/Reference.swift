/// What a piece of an answer names and more can be asked about. Where that is told is known to whoever
/// shows the answer: a page leads there, a terminal shows the name alone.
package enum Reference: Sendable, Hashable {
  /// A vendor by its slug.
  case vendor(String)
  /// An incident by its id.
  case incident(String)
  /// A request by one of its ids.
  case request(String)
  /// An ISO week by its name: `2026-W46`.
  case week(String)
  /// The errors that have all of these in common; nil is any.
  case errors(vendor: String?, status: Int? = nil, code: String? = nil, consumer: String? = nil)
}
