/// What a command line asks for.
package enum Request: Sendable {
  case run(Invocation)
  /// `--help`, of a command or of the whole; also a command line without a word.
  case help(Command?)
  case version
}
