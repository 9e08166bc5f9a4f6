internal import Answers
internal import Arguments
internal import Files
internal import Glibc
internal import Profiles
internal import Rendering
internal import Reports
internal import Questions
internal import Times

// What commands share: which time and zone are meant, how results are shown.
extension Invocation {
  /// What is known of gateways and vendors: the binary's profiles, the user's own, and those named
  /// with `--profile`.
  var catalog: Catalog {
    get throws { try catalog(with: []) }
  }

  /// The same with a few more files, which win over all others.
  func catalog(with files: [String]) throws -> Catalog {
    try Catalog(try profileFiles + files.map { try ProfileFile(path: $0) })
  }

  /// The user's own profiles, those named with `--profile` last.
  var profileFiles: [ProfileFile] {
    get throws {
      let own = try configFolder.map { try ProfileFile.all(in: $0) } ?? []
      return try own + values(of: .profile).map { try ProfileFile(path: $0) }
    }
  }

  var zone: Zone {
    get throws { try self[.tz].map { name in try Zone(named: name) } ?? Zone.system }
  }

  /// `--since` and `--until`, as far as they are given.
  func range(in zone: Zone) throws -> (since: Int64?, until: Int64?) {
    let since = try moment(.since, zone)
    let until = try moment(.until, zone)
    if let since, let until, since >= until {
      throw UsageError(
        "--since is not before --until", hint: "--until is exclusive: name the first moment after")
    }
    return (since, until)
  }

  /// A question over `--since`, `--until`, `--tz` and the filters.
  func question(_ store: any Archive) throws -> Question {
    let zone = try self.zone
    let (since, until) = try range(in: zone)
    let selection = try selection(in: store)
    var question = try Question(
      store, since: since, until: until, zone: zone, vendors: selection.vendors,
      gateway: selection.gateway, filter: selection.events, now: Clock.now)
    question.absent = selection.absent
    question.audience = try audience
    question.top = try top
    if let since, since >= question.range.until {
      throw UsageError("--since is later than now", hint: "Nothing can have happened since then.")
    }
    return question
  }

  func moment(_ option: Option, _ zone: Zone) throws -> Int64? {
    guard let text = self[option] else { return nil }
    return try parseMoment(text, now: Clock.now, zone: zone)
  }

  /// Shows an answer in the format asked for.
  func show(_ answer: Answer) throws {
    let answer = answer.worded
    let terminal = try terminal(of: destination)
    let format = try self.format
    var output = Output()
    format.renderer(for: terminal).render(answer, into: &output)
    try show(output)
    // Rows alone do not say that some are missing.
    if format == .csv || format == .ndjson, !has(.quiet) {
      for note in answer.cautions { Complaint(note.text).say() }
    }
  }

  /// Who reads the format asked for.
  var audience: Question.Audience {
    get throws {
      switch try format {
      case .table, .md, .html, .slack: .people
      case .json, .ndjson, .csv: .programs
      }
    }
  }

  /// Answers a question of the store.
  func answer(_ ask: (Question) throws -> Answer) throws -> ExitCode {
    try answer(from: archive, ask)
  }

  /// The same, of a store that was opened for it.
  func answer(
    from archive: any Archive, _ ask: (Question) throws -> Answer
  ) throws -> ExitCode {
    let question = try question(archive)
    try show(ask(question).noting(nothingOf: question.absent).notingKnown(question))
    return .ok
  }
}

/// `$XDG_CONFIG_HOME/errata`, by default in `~/.config`; nil where there is no home.
/// <https://specifications.freedesktop.org/basedir-spec/latest/>
var configFolder: String? {
  if let folder = folder(inVariable: "XDG_CONFIG_HOME") { return folder + "/errata" }
  return folder(inVariable: "HOME").map { $0 + "/.config/errata" }
}

/// The folder that a variable of the environment names.
func folder(inVariable name: String) -> String? {
  getenv(name).map { PathText.text(of: $0) }.flatMap { $0.hasPrefix("/") ? $0 : nil }
}

/// The time now.
enum Clock {
  /// Milliseconds since the epoch.
  static var now: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }

  /// Seconds that only go forward.
  static var seconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
