/// What a refusal tells to do, as whoever serves knows it: sentences in HTML.
package struct Advice: Sendable {
  /// Where the address with the token is to be had.
  package var address: String
  /// How to look for what stands in a text that is too long for an address.
  package var longText: String

  package init(address: String, longText: String) {
    self.address = address
    self.longText = longText
  }
}
