internal import Arguments
internal import Channels
internal import Checks
internal import Cluster
internal import Ingest
internal import Profiles
internal import Redaction
internal import Rendering
internal import Reports
internal import SQLite
internal import Server
internal import Settings
internal import Store
internal import Times

/// An error as a person reads it: what, where, and what to do.
struct Complaint {
  let message: String
  /// What the message begins with, as it was named on the command line: no secret.
  var subject: String?
  /// Lines that show what it is about.
  var excerpt: [String] = []
  var hint: String?
  var code = ExitCode.failure

  init(_ message: String, hint: String? = nil) {
    self.message = message
    self.hint = hint
  }

  init(_ error: any Error) {
    switch error {
    case let error as UsageError:
      self.init(error.message, hint: error.hint)
      code = .usage
    case let error as TimeError:
      self.init(error.message, hint: error.hint)
      code = .usage
    case let error as StoreError: self.init(error)
    case let error as InputError: self.init(error.message, hint: error.hint?.words)
    case let error as QuestionError: self.init(error.message, hint: error.hint?.words)
    case let error as ProfileError: self.init(error)
    case let error as RuleError: self.init(error)
    case let error as SettingsError: self.init(error)
    case let error as SQLiteError:
      self.init(StoreError(error, path: error.file ?? "in use", while: .importing))
    case let error as ClusterError:
      self.init(error.message, hint: error.advice)
      if error.cause == .address { code = .usage }
    case let error as ServerError: self.init(error.message, hint: error.hint)
    case let error as ChannelError: self.init(error)
    case let error as OutputError: self.init(error.description, hint: error.words)
    default: self.init("\(error)")
    }
  }

  init(_ error: StoreError) {
    self.init(error.message, hint: error.hint?.words)
  }

  static let waiting = Complaint("another errata is writing to the store; waiting for it")

  /// Says it on standard error, a line each. What it quotes may hold a secret.
  func say() {
    let redactor = Redactor.ofThisProcess()
    func shown(_ text: String) -> String { visible(redactor.redacted(text)) }
    let lines =
      ["errata: " + (subject.map { visible($0) + " " } ?? "") + shown(message)]
      + (excerpt + [hint].compactMap { $0 }).map { "  " + shown($0) }
    try? Destination.standardError.write(lines.map { $0 + "\n" }.joined())
  }
}
