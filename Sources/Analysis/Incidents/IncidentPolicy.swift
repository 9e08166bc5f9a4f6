/// When a stretch of trouble deserves to be called an incident, or a habit.
package struct IncidentPolicy: Sendable {
  /// The evidence to report one, as a log-likelihood ratio.
  package var threshold = 14.0
  /// The fewest errors of one.
  package var minimumCount = 5
  /// The share of requests that fails in an outage.
  package var outageShare = 0.8
  /// Pieces of one vendor's trouble so many minutes apart are one.
  package var pause = 30
  /// The evidence of an occurrence of what may be a habit.
  package var occurrence = 5.0
  /// The fewest errors of one.
  package var leastOccurrence = 4
  /// The share of its cycles in which a habit comes.
  package var regularity = 0.6

  package static let standard = IncidentPolicy()
}
