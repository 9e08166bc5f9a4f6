/// How much one may ask for, and for how long.
package struct Limits: Sendable {
  /// Bytes of the line of a request: a path, and a text that is looked for.
  package var requestLine = 64 << 10
  /// Bytes of its headers, and how many there may be.
  package var headerBytes = 16 << 10
  package var headers = 64
  /// How many parts its query may have.
  package var parameters = 256
  package var connections = 128
  /// From a connection's beginning, or the end of the answer before, until the head of the next request
  /// is there.
  package var head = Duration.seconds(5)
  /// Until an answer is with the client.
  package var sending = Duration.seconds(120)
  /// How long a request waits for a thread before it is told that there is none.
  package var waiting = Duration.seconds(10)
  /// Until a request is told that its answer takes too long, from when its head was there.
  package var making = Duration.seconds(20)
  /// How long what is in flight may take once the server is to end.
  package var ending = Duration.seconds(10)
  /// How many pages are made at the same moment.
  package var threads = 4

  package init() {}

  /// Bytes that a connection may keep: a line that is somewhat too long is read, so that its answer
  /// says so in our words.
  var memory: Int { 4 * requestLine }
}
