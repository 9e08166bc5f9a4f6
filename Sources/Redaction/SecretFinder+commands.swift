internal import Files

/// A program that takes a password as an option.
private struct Program {
  var name: StaticString
  /// The options, by their letter or in full, of which the password is the value.
  var options: [StaticString] = []
  /// Whether it is `user:password`.
  var isPair = false
  /// What separates the two.
  var mark = UInt8(ascii: ":")
  /// Whether it stands right behind the letter, as `-pX`.
  var isAttached = false
  /// The word that must stand between program and option.
  var command: StaticString?

  static let all: [Program] = [
    Program(
      name: "curl", options: ["-u", "--user", "-U", "--proxy-user"], isPair: true),
    Program(name: "http", options: ["-a", "--auth"], isPair: true),
    Program(name: "https", options: ["-a", "--auth"], isPair: true),
    Program(name: "mysql", options: ["-p"], isAttached: true),
    Program(name: "mysqldump", options: ["-p"], isAttached: true),
    Program(name: "mysqladmin", options: ["-p"], isAttached: true),
    Program(name: "mysqlimport", options: ["-p"], isAttached: true),
    Program(name: "mysqlcheck", options: ["-p"], isAttached: true),
    Program(name: "mariadb", options: ["-p"], isAttached: true),
    Program(name: "mariadb-dump", options: ["-p"], isAttached: true),
    Program(name: "mariadb-admin", options: ["-p"], isAttached: true),
    Program(name: "sshpass", options: ["-p"]),
    Program(name: "redis-cli", options: ["-a", "--pass"]),
    Program(name: "valkey-cli", options: ["-a", "--pass"]),
    Program(name: "mongo", options: ["-p"]), Program(name: "mongosh", options: ["-p"]),
    Program(name: "mongodump", options: ["-p"]), Program(name: "cqlsh", options: ["-p"]),
    Program(name: "sqlcmd", options: ["-P"]), Program(name: "bcp", options: ["-P"]),
    Program(name: "ldapsearch", options: ["-w"]), Program(name: "ldapadd", options: ["-w"]),
    Program(name: "ldapmodify", options: ["-w"]), Program(name: "ldapwhoami", options: ["-w"]),
    Program(name: "mosquitto_pub", options: ["-P"]),
    Program(name: "mosquitto_sub", options: ["-P"]),
    Program(name: "smbclient", options: ["-U"], isPair: true, mark: UInt8(ascii: "%")),
    Program(name: "rpcclient", options: ["-U"], isPair: true, mark: UInt8(ascii: "%")),
    Program(name: "docker", options: ["-p"], command: "login"),
    Program(name: "podman", options: ["-p"], command: "login"),
    Program(name: "az", options: ["-p"], command: "login"),
    Program(name: "helm", options: ["-p"], command: "login"),
  ]
}

// Passwords among the options of a command: `curl -u user:password`, `mysql -pPassword`.
extension SecretFinder {
  /// So far before an option its program is looked for.
  private static let reach = 256

  /// What an option says, seen from the option; only where a blank stands before it.
  func afterOption(_ start: Int, _ end: Int) -> Int? {
    guard end - start >= 2, peek(start - 1)?.isBlank == true, let program = program(before: start)
    else { return nil }
    let option = text.part(start..<end)
    if program.isAttached, option.count > 3, option[1] != 0x2D {
      guard program.options.contains(where: { option.starts(with: $0) }) else { return nil }
      return addPassword(from: start + 2)
    }
    guard !program.isAttached, program.options.contains(where: { isOption(option, $0) }) else {
      return nil
    }
    var first = end
    if peek(first) == UInt8(ascii: "=") { first += 1 }
    while peek(first)?.isBlank == true, first < end + 4 { first += 1 }
    guard first > end else { return nil }
    if peek(first)?.isQuote == true { first += 1 }
    guard program.isPair else { return addPassword(from: first) }
    let last = endOfArgument(from: first)
    guard let mark = text.part(first..<last).firstIndex(of: program.mark), mark > 0,
      first + mark + 1 < last
    else { return nil }
    // `-u host:8080` is none of these programs' ways, and a number is a password like another.
    return addPassword(from: first + mark + 1, least: 1)
  }

  /// Also among others that one dash joins: `-sSu`.
  private func isOption(_ option: Bytes, _ known: StaticString) -> Bool {
    if option.isEqual(to: known) { return true }
    return known.utf8CodeUnitCount == 2 && option.count <= 6 && option[1] != 0x2D
      && option[option.count - 1] == known.utf8Start[1] && option.dropFirst().allSatisfy(\.isLetter)
  }

  private func addPassword(from start: Int, least: Int = 3) -> Int? {
    let end = endOfArgument(from: start)
    let value = text.part(start..<end)
    guard value.count >= least, value[0] != UInt8(ascii: "-"), !isPlaceholder(value) else {
      return nil
    }
    // A variable holds it: `$PASSWORD`.
    if value[0] == UInt8(ascii: "$"), value.dropFirst().allSatisfy({ $0.isOne(of: .word) }) {
      return nil
    }
    return add(start, end, "password")
  }

  private func endOfArgument(from start: Int) -> Int {
    var end = start
    while let byte = peek(end), !byte.isBlank, !byte.isQuote, byte != 0x7C, byte != 0x3B,
      byte != UInt8(ascii: "\\")
    {
      end += 1
    }
    return end
  }

  /// The program whose option stands at a place. What was looked through for an earlier option is
  /// not looked through again.
  private func program(before place: Int) -> Program? {
    var command = seen.command
    defer { seen.command = command }
    let first = max(command.end, place - SecretFinder.reach, 0)
    if place - command.start > SecretFinder.reach { command.program = nil }
    var start = first
    while start < place {
      let byte = text[start]
      if byte == 0x7C || byte == 0x3B || byte == 0x0A {
        command.program = nil
        start += 1
      } else if byte.isLetter {
        var end = start
        while end < place, text[end].isOne(of: .word) { end += 1 }
        let isWhole = start == 0 || !text[start - 1].isOne(of: .word)
        if isWhole, peek(end)?.isBlank == true,
          let known = Program.all.firstIndex(where: { text.part(start..<end).isEqual(to: $0.name) })
        {
          command.program = known
          command.start = start
          command.hasCommand = false
        } else if let known = command.program, let word = Program.all[known].command,
          text.part(start..<end).isEqual(to: word)
        {
          command.hasCommand = true
        }
        start = end
      } else {
        start += 1
      }
    }
    command.end = max(command.end, place)
    guard let known = command.program else { return nil }
    let program = Program.all[known]
    return program.command == nil || command.hasCommand ? program : nil
  }
}

/// What is known of the command that the words read so far are part of.
struct CommandLine {
  /// Up to where it was looked for.
  var end = 0
  var start = 0
  var program: Int?
  var hasCommand = false
}
