/// What is to be told elsewhere, as a store remembers it until that is done.
package struct Delivery: Sendable, Equatable {
  /// Nil of what is not remembered yet.
  package internal(set) var id: Int64?
  /// Whom it is for.
  package var place: String
  /// Names it towards that place.
  package var key: String
  package var body: [UInt8]
  /// When it was found; milliseconds since the epoch, as all times.
  package var made: Int64
  /// It is not tried before.
  package var after: Int64
  /// Whether it was begun: it may have arrived.
  package internal(set) var isBegun = false

  package init(to place: String, key: String, body: [UInt8], made: Int64) {
    self.place = place
    self.key = key
    self.body = body
    self.made = made
    after = made
  }
}
