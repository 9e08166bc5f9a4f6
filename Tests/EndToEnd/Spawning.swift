import CFileSystem
import Glibc

/// Runs a program until it ends, and says its exit status or the signal that ended it.
///
/// Foundation's own way blocks signals in what it starts, so that nothing in it can be ended after some
/// time, and waits for all that this leaves running in the background.
///
/// - Parameter outputs: descriptors that become its standard output and standard error; there is nothing on
///   its standard input.
func run(
  _ path: String, _ arguments: [String], environment: [String: String],
  outputs: (output: Int32, complaint: Int32)
) throws -> Int32 {
  var actions = posix_spawn_file_actions_t()
  var attributes = posix_spawnattr_t()
  try check(posix_spawn_file_actions_init(&actions))
  defer { posix_spawn_file_actions_destroy(&actions) }
  try check(posix_spawnattr_init(&attributes))
  defer { posix_spawnattr_destroy(&attributes) }
  try check(posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0))
  try check(posix_spawn_file_actions_adddup2(&actions, outputs.output, 1))
  try check(posix_spawn_file_actions_adddup2(&actions, outputs.complaint, 2))
  // What else this process has open, the stores of other tests say, counts against what a program may open.
  try check(posix_spawn_file_actions_addclosefrom_np(&actions, 3))
  var signals = sigset_t()
  sigemptyset(&signals)
  try check(posix_spawnattr_setsigmask(&attributes, &signals))
  try check(posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK)))

  let words = ([path] + arguments).map { strdup($0) }
  let variables = environment.map { strdup("\($0.key)=\($0.value)") }
  defer { for text in words + variables { free(text) } }
  var id: pid_t = 0
  try check(posix_spawn(&id, path, &actions, &attributes, words + [nil], variables + [nil]))
  var status: Int32 = 0
  while waitpid(id, &status, 0) < 0 {
    if errno != EINTR { throw SpawnError(code: errno) }
  }
  let signal = status & 0x7F
  return signal == 0 ? (status >> 8) & 0xFF : signal
}

private struct SpawnError: Error { var code: Int32 }

private func check(_ code: Int32) throws {
  if code != 0 { throw SpawnError(code: code) }
}
