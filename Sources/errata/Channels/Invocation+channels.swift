internal import Answers
internal import Arguments
internal import Channels
internal import Files
internal import Glibc
internal import Release
internal import Rendering
internal import Store

extension Option {
  static let notify = Option(
    "notify", value: "WHERE",
    "tell there what crossed: slack:FILE, teams:FILE, webhook:FILE (the file holds the address) or "
      + "mail:ADDRESS", arity: .repeated)
  static let send = Option(
    "send", value: "WHERE",
    "send it there: slack:FILE, teams:FILE, webhook:FILE (the file holds the address) or "
      + "mail:ADDRESS; with -o or --format it is printed as well", arity: .repeated)
}

extension Invocation {
  /// Whom an option names, each once.
  func channels(_ option: Option) throws -> [Channel] {
    var channels: [Channel] = []
    for text in values(of: option) {
      do throws(ChannelError) {
        let channel = try Channel(text)
        if !channels.contains(where: { $0.identity == channel.identity }) {
          channels.append(channel)
        }
      } catch {
        throw UsageError(error.message, hint: error.hint)
      }
    }
    return channels
  }

  /// The files that hold addresses.
  var addressFiles: [String] {
    [Option.notify, .send].flatMap { values(of: $0) }
      .compactMap { text in try? Channel(text) }.filter { $0.sort != .mail }.map(\.target)
  }

  /// Who brings messages there.
  ///
  /// - Parameter patience: milliseconds that each may take.
  func sender(patience: Int64) -> Sender {
    func variable(_ name: String) -> String? {
      getenv(name).map { PathText.text(of: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    }
    var sender = Sender()
    sender.patience = patience
    sender.authorities = variable("SSL_CERT_FILE")
    sender.agent = "errata/\(ThisRelease.version)"
    sender.folders = variable("PATH")?.split(separator: ":").map(String.init) ?? []
    let isQuiet = has(.quiet)
    sender.warn = { message, hint in if !isQuiet { Complaint(message, hint: hint).say() } }
    // Who waits at a terminal hears why.
    if !isQuiet, isatty(STDERR_FILENO) == 1 {
      sender.onRetry = { error in
        var complaint = Complaint(error)
        complaint.hint = "It is tried again; Ctrl-C ends that."
        complaint.say()
      }
    }
    sender.isStopped = { Interruption.signal != nil }
    Interruption.watch()
    return sender
  }

  /// Where the channels lead; what stands in the way is said, and keeps nobody else from being told.
  func routes(to channels: [Channel], _ sender: Sender) -> [Sender.Route] {
    channels.compactMap { channel in
      do throws(ChannelError) {
        return try sender.look(at: channel)
      } catch {
        Complaint(error).say()
        return nil
      }
    }
  }

  /// Tells all of them once; says whether all were told.
  func tell(
    _ announcement: Announcement, to channels: [Channel], sayingSo: Bool = false
  ) -> Bool {
    // Nobody tries it again later.
    let sender = self.sender(patience: 60_000)
    let routes = self.routes(to: channels, sender)
    var told = 0
    for route in routes {
      let key = Announcement.key()
      do throws(ChannelError) {
        try sender.send(announcement.body(for: route.channel, key: key), key: key, to: route)
        told += 1
        if sayingSo, !has(.quiet) {
          try? Destination.standardError.write(visible("errata: sent to \(route.words)") + "\n")
        }
      } catch {
        var complaint = Complaint(error)
        if error.cause == .doubt { complaint.hint = "It may have arrived." }
        complaint.say()
        if interruptedCode != nil { break }
      }
    }
    return told == channels.count
  }

  /// Shows an answer, or sends it where `--send` says.
  func present(_ answer: Answer) throws -> ExitCode {
    let channels = try channels(.send)
    if channels.isEmpty || isGiven(Option.output.name) || isGiven(Option.format.name) {
      try show(answer)
    }
    if channels.isEmpty { return .ok }
    let announcement = Announcement(
      answer, of: command.name, summary: answer.title, store: try namedStore.words)
    let isTold = tell(announcement, to: channels, sayingSo: true)
    return interruptedCode ?? (isTold ? .ok : .failure)
  }

  /// What to end with where somebody wanted that; nil where nobody did.
  var interruptedCode: ExitCode? {
    Interruption.signal.map { $0 == SIGTERM ? .terminated : .interrupted }
  }
}

extension Complaint {
  init(_ error: ChannelError) {
    self.init(error.message, hint: error.hint)
    subject = error.place
    if error.cause == .spelling { code = .usage }
  }
}
