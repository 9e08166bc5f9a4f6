internal import Analysis
internal import Answers
internal import Files
internal import Times

/// What comes again and again at its time: told once, and no incident.
struct Habit {
  var vendor: String?
  var found: FoundHabit
  /// The route and the consumer that nine of ten of its last failures have.
  var route: String?
  var consumer: String?

  /// How many failures it had in all, about.
  var total: Double { Double(found.size) * Double(found.times) }

  /// When it comes, without the cycle: `:05` past each hour, `02:00`, `Mon 09:00`.
  var at: String {
    let minutes = max(0, found.at)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let clock = "\(two(minutes / 60 % 24)):\(two(minutes % 60))"
    switch found.every {
    case .hour: return ":\(two(minutes % 60))"
    case .day, .workday: return clock
    case .week:
      let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
      return "\(days[minutes / 1440 % 7]) \(clock)"
    }
  }

  /// What it is: `hourly at :00, about 12 rejections each, 168 times`.
  var words: String {
    let noun =
      switch found.what {
      case .rejections: "rejection"
      case .credentials: "refusal"
      case .outage, .errors, .silence: "error"
      }
    return "\(rhythm), about \(count(Int64(found.size), noun)) each, "
      + "\(grouped(Int64(found.times))) times"
  }

  /// The same with the cycle: `hourly at :05`, `weekly, Mon 09:00`.
  var rhythm: String {
    switch found.every {
    case .hour: "hourly at \(at)"
    case .day: "daily at \(at)"
    case .workday: "on workdays at \(at)"
    case .week: "weekly, \(at)"
    }
  }
}

extension Question {
  /// Habits with what the failures of their last time have in common: those with most failures first.
  func explained(_ habits: [FoundHabit], _ limit: inout ReadingLimit) throws -> [Habit] {
    try habits.map { found in
      var habit = Habit(vendor: vocabulary.vendors[found.vendor], found: found)
      let length = Int64(clamping: max(1, found.minutes)) * Milliseconds.minute
      let last = Incident(
        what: found.what, vendors: [habit.vendor], numbers: [found.vendor], start: found.last,
        end: found.last.addingClamped(length), failures: found.size, expected: 0,
        sorts: Dictionary(uniqueKeysWithValues: found.sorts.map { ($0, 0) }))
      let causes = try explained([last], &limit).first?.causes
      habit.route = causes?.route
      habit.consumer = causes?.consumer
      return habit
    }
    .sorted { one, other in
      one.total != other.total
        ? one.total > other.total
        : (one.vendor ?? "", one.found.first) < (other.vendor ?? "", other.found.first)
    }
  }

  func habitTable(_ habits: [Habit], title: String? = nil) -> Table {
    let fields = Habit.fields
    return Table(
      title, of: habits,
      [
        fields.column("vendor", to: Reference.vendor),
        TableColumn("comes") { Cell(.text($0.rhythm)) },
        fields.column("what"), fields.column("size", as: "failures each"),
        fields.column("times"), fields.column("first", as: "since", time: shown),
        fields.column("last", time: shown), fields.column("route", as: "on"),
        fields.column("consumer", as: "from"),
      ], keys: ["vendor", "comes", "what"], whenEmpty: "none")
  }
}

extension Habit: Described {
  static let fields: Fields<Habit> = [
    Field("what", "what its failures are: as of an incident") { $0.found.what },
    Field("vendor", "whose API answered") { $0.vendor },
    Field("route", "the route that nine of ten of its last failures have") { $0.route },
    Field("consumer", "the consumer that nine of ten of its last failures have") { $0.consumer },
    Field("every", "how often it comes") { $0.found.every },
    Field(
      "at", "when, by the clock of the answer's zone: `:05` past each hour, `02:00`, `Mon 09:00`"
    ) { $0.at },
    Field("size", "how many failures it usually has") { $0.found.size },
    Field("times", "how often it came") { $0.found.times },
    Field(time: "first", "when it came first, as far as it was looked for") { $0.found.first },
    Field(time: "last", "when it came last") { $0.found.last },
  ]
}
