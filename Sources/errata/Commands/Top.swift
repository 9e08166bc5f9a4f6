internal import Answers
internal import Arguments
internal import Glibc
internal import Rendering
internal import Reports
internal import Times

extension Option {
  fileprivate static let pace = Option(
    "pace", value: "SECONDS", "look for something new so often", default: "2")
}

extension Command {
  static let top = Command(
    "top", "how things stand, live, in a terminal",
    details: [
      "Shows the last hour by vendor, open incidents, the newest errors and what is left of quotas, as "
        + "much of each as the terminal has room for, while an import (“errata import --follow”) feeds "
        + "the store. Where nothing has come for an hour, it shows the hour that ends at the newest "
        + "event, and says so. Incidents and quotas, which take longer to find, are those of seven days "
        + "and come a little later.",
      "q ends it, the space bar holds what is shown, Ctrl-Z lets it rest, any other key looks anew.",
    ],
    options: [.pace, .tz, .vendor, .gateway], without: [.format, .output, .plain, .wide, .noPager],
    examples: [
      Example("errata top", "what goes on"),
      Example("errata top --vendor zihin --pace 10", "of one vendor, with an easy pace"),
    ]
  ) { invocation in
    let pace = try invocation.integer(of: .pace, in: 1...3600) ?? 2
    guard let screen = TerminalScreen.ofStandardStreams() else {
      throw UsageError(
        "top draws on a terminal, and there is none",
        hint: "“errata list --follow” prints events as they come, “errata rates” what they come to."
      )
    }
    var live = try LiveScreen(screen, of: invocation, pace: pace * 1000)
    return try live.run()
  }
}

/// What `top` shows, and how it follows keys.
private struct LiveScreen {
  private let screen: TerminalScreen
  private let isColored: Bool
  private let pace: Int
  private var view: LiveView
  /// What was seen last, and when.
  private var answer: Answer
  private var isHeld = false

  init(_ screen: TerminalScreen, of invocation: Invocation, pace: Int) throws {
    self.screen = screen
    self.pace = pace
    isColored = Terminal(STDOUT_FILENO, color: try invocation.choice(of: .color) ?? .auto).isColored
    var question = try invocation.question(invocation.archive)
    question.audience = .people
    view = try LiveView(of: question)
    answer = try view.answer(events: screen.size.rows, now: Clock.now)
  }

  /// Until someone ends it.
  mutating func run() throws -> ExitCode {
    let stop = Interruption.watch()
    signal(SIGHUP, SIG_IGN)
    try screen.enter()
    defer { screen.leave() }
    var due = Clock.seconds + Double(pace) / 1000
    while true {
      try draw()
      let wait = Int(max(0, due - Clock.seconds) * 1000)
      switch screen.key(within: wait, stop: stop) {
      case .end: return Interruption.signal == SIGTERM ? .terminated : .ok
      case .byte(UInt8(ascii: "q")), .byte(UInt8(ascii: "Q")): return .ok
      case .byte(3), .byte(28): return .interrupted
      case .byte(26): try screen.suspend()
      case .byte(UInt8(ascii: " ")): isHeld.toggle()
      case .byte: due = 0
      case .none: break
      }
      if Interruption.signal == SIGINT { return .interrupted }
      if due <= Clock.seconds {
        if !isHeld { look() }
        due = Clock.seconds + Double(pace) / 1000
      }
    }
  }

  /// What cannot be read for a while is said, beside what was seen last.
  private mutating func look() {
    do {
      answer = try view.answer(events: screen.size.rows, now: Clock.now)
    } catch {
      let complaint = Complaint(error)
      answer.notes.removeAll { $0.text.hasPrefix(LiveScreen.trouble) }
      answer.notes.insert(.init(LiveScreen.trouble + complaint.message), at: 0)
    }
  }

  private static let trouble = "not up to date: "

  private func draw() throws {
    let size = screen.size
    let keys = isHeld ? "held: space goes on, q ends" : "space holds, q ends"
    let shown = Screen(columns: size.columns, rows: size.rows, isColored: isColored)
    try screen.draw(shown.lines(answer.worded, keys: keys))
  }
}
