/// A line of a log that names the columns of those after it, up to the next such line.
package struct ColumnHeader: Equatable, Sendable {
  /// Where it starts: decompressed bytes from the start of the source.
  package var offset: Int64
  /// The line as it stands there, without the blanks around it.
  package var text: [UInt8]

  package init(offset: Int64, text: [UInt8]) {
    self.offset = offset
    self.text = text
  }
}
