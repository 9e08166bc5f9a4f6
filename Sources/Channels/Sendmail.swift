internal import CFileSystem
internal import Files
internal import Glibc

extension Sender {
  /// The system's program for mail, where it is usually found.
  func sendmail() throws(ChannelError) -> String {
    let usual = ["/usr/sbin", "/usr/lib", "/usr/local/sbin", "/sbin"]
    for folder in folders + usual where folder.hasPrefix("/") {
      let path = "\(folder)/sendmail"
      if FileKind(path: path) == .file, path.withPath({ access($0, X_OK) }) == 0 { return path }
    }
    throw ChannelError(
      .own, "there is no sendmail, by which this machine sends mail",
      hint: "A small one is in the packages msmtp-mta and nullmailer, a whole one in postfix.")
  }

  /// Hands a letter to the program. What it answers is that it has taken it, and not that it has arrived.
  func mail(_ letter: [UInt8], to route: Route, with program: String) throws(ChannelError) {
    let channel = route.channel
    // A file, and no pipe: a program that does not read does no harm then.
    guard let file = Letter.file(of: letter) else {
      throw ChannelError(.own, "the letter has no room: \(SystemError.last)")
    }
    defer { close(file) }
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else {
      throw ChannelError(.own, "\(program) cannot be asked: \(SystemError.last)")
    }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
    defer { close(ends[0]) }
    // A single point on a line ends nothing, and the address stands in no header that is read.
    let arguments = [program, "-i", channel.target]
    let child = Child(program, arguments, input: file, output: ends[1])
    close(ends[1])
    guard let child else {
      throw ChannelError(.own, "\(program) cannot be started: \(SystemError.last)")
    }
    var words: [UInt8] = []
    let end = child.wait(milliseconds: tryTime, isStopped: isStopped) {
      Letter.drain(ends[0], into: &words)
    }
    let line = String(decoding: words, as: UTF8.self).split(whereSeparator: \.isNewline).first
    let said = line.map { ": \($0.prefix(200))" } ?? ""
    switch end {
    case .status(0): return
    case .status(let status):
      throw ChannelError(
        .refused(Int(status)), of: channel.name,
        "was not taken by \(program), which ended with \(status)\(said)")
    case .signal(let number):
      throw ChannelError(
        .doubt, of: channel.name,
        "may not have been taken by \(program), which was ended by signal \(number)")
    case .tooLong:
      throw ChannelError(
        .doubt, of: channel.name,
        "may not have been taken by \(program), which took too long\(said)")
    case .stopped:
      throw ChannelError(.stopped, of: channel.name, "was not told: it was interrupted")
    }
  }
}

/// A letter on its way to a program.
private enum Letter {
  /// An unnamed file with these bytes, at its beginning; nil where there is no room.
  static func file(of bytes: [UInt8]) -> Int32? {
    let file = errata_unnamed_file()
    guard file >= 0 else { return nil }
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes { all in
        write(file, all.baseAddress.map { $0 + done }, all.count - done)
      }
      if count <= 0 {
        if count < 0, errno == EINTR { continue }
        close(file)
        return nil
      }
      done += count
    }
    lseek(file, 0, SEEK_SET)
    return file
  }

  /// Takes what a program says: the beginning is kept.
  static func drain(_ descriptor: Int32, into words: inout [UInt8]) {
    var chunk = [UInt8](repeating: 0, count: 4096)
    // What never ends is looked at again later.
    for _ in 0..<64 {
      let count = read(descriptor, &chunk, chunk.count)
      guard count > 0 else { return }
      words += chunk.prefix(min(count, max(0, 4096 - words.count)))
    }
  }
}
