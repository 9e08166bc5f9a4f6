internal import Analysis
package import Answers
internal import Events
internal import Files
internal import Questions
internal import Times

extension Question {
  /// Stretches of trouble, those with most harm first, and what comes by habit.
  package func incidents() throws -> Answer {
    let troubles = try archive.asOfOneMoment { try self.troubles() }
    let incidents = Array(troubles.incidents.prefix(top.findings))
    let habits = Array(troubles.habits.prefix(top.findings))
    let leftOut = troubles.incidents.count - incidents.count
    let habitsLeftOut = troubles.habits.count - habits.count
    let sections = forPeople {
      var sections = [Section(.table(incidentTable(incidents)))]
      if !incidents.isEmpty { sections[0].blocks.append(details(of: incidents)) }
      sections.mention(leftOut: leftOut, "smaller incident")
      if !habits.isEmpty { sections.append(Section("Habits", .table(habitTable(habits)))) }
      sections.mention(leftOut: habitsLeftOut, "smaller habit")
      return sections
    }
    let answer = Answer(
      title: "Incidents", notes: [note], sections: sections,
      value: forPrograms {
        IncidentAnswer(
          range: range, leftOut: leftOut, incidents: incidents, habitsLeftOut: habitsLeftOut,
          habits: habits
        ).value
      },
      rows: "incidents", header: Incident.fields.names)
    return try honest(answer, from: detectionGround)
  }

  /// The incidents and habits of the range.
  func troubles() throws -> Troubles {
    let reading = try isLarge ? MinuteReading(self) : nil
    return try troubles(
      bursts: try rateLimiting().bursts, gaps: try loggingGaps(), reading: reading)
  }

  /// What each is of in a few words, which fit eighty columns; `details` says more.
  func incidentTable(_ incidents: [Incident], whenEmpty: String = "no incidents") -> Table {
    Table(
      of: incidents,
      [
        TableColumn("id") { Cell($0.id, to: Reference.incident) },
        TableColumn("vendor") { Cell($0.subject).naming($0.vendor.map(Reference.vendor)) },
        TableColumn("start") { time($0.start) },
        TableColumn("lasted") { incident in
          Cell(
            .text(
              formatDuration(incident.end - incident.start) + (incident.isOngoing ? " so far" : ""))
          )
        },
        TableColumn("what") { Cell(.text($0.what.rawValue)) },
        TableColumn(Column("failed", .trailing)) { incident in
          incident.what == .silence ? Cell(.null) : Cell(.integer(Int64(incident.failures)))
        },
      ], keys: ["id", "vendor", "what", "failed"], whenEmpty: whenEmpty)
  }

  /// What each is made of, what that has in common, and whose move it is.
  func details(of incidents: [Incident]) -> Block {
    .bullets(
      incidents.map { incident in
        let owner = incident.causes?.blame.first?.blame.owner
        return "\(incident.id): \(incident.words)"
          + (incident.mostly.map { ", mostly \($0)" } ?? "") + (owner.map { " (\($0))" } ?? "")
      })
  }
}

/// What `incidents` answers.
struct IncidentAnswer: Described {
  var range: TimeRange
  var leftOut: Int
  var incidents: [Incident]
  var habitsLeftOut: Int
  var habits: [Habit]

  static let fields: Fields<IncidentAnswer> = TimeRange.fields.of { $0.range }.and([
    Field("left_out", "how many incidents with less harm are not in the list") { $0.leftOut },
    Field("incidents", "stretches of trouble, those with most harm first") { $0.incidents },
    Field("habits_left_out", "how many smaller habits are not in the next list") {
      $0.habitsLeftOut
    },
    Field("habits", "what comes again and again at its time, and is no incident") { $0.habits },
  ])
}

extension Incident: Described {
  static let fields: Fields<Incident> = [
    Field("id", "by what `incident` tells more of it; the same while the history is") { $0.id },
    Field(
      "what",
      "outage: nearly all requests fail; errors: more than usual; rejections: 429; "
        + "credentials: 401, 403; silence: no lines"
    ) { $0.what },
    Field("vendor", "whose API answered; null of several vendors") { $0.vendor },
    Field("vendors", "all of them: several that fail in the same minutes have one cause") {
      $0.vendors
    },
    Field("route", "the route that nine of ten of its failures have") { $0.route },
    Field("consumer", "the consumer that nine of ten of its failures have") { $0.consumer },
    Field(time: "start", "the start of its first minute") { $0.start },
    Field(time: "end", "the end of its last minute, exclusive") { $0.end },
    Field("ongoing", "whether it had not ended when the log did") { $0.isOngoing },
    Field("failures", "the errors that make it") { $0.failures },
    Field(
      "requests", "all responses in that time; null where successes are not known"
    ) { $0.requests },
    Field(
      "expected", as: .nullable(.number),
      "how many failures are usual in it; of a silence, how many responses"
    ) { .number($0.expected) },
    Field("share", unit: "share", "failures / requests; null where these are not known") {
      $0.share
    },
    Field("server_errors", "those of the failures with status 500 and above") {
      $0.serverErrors
    },
    Field("rejections", "those of the failures with status 429") { $0.rejections },
    Field(
      "retry_after",
      "whether those who were rejected waited as Retry-After said; null without a burst"
    ) { $0.retryAfter },
    Field("codes", "its five most frequent codes") { $0.causes?.codes ?? [] },
    Field("routes", "its five most frequent routes") { $0.routes },
    Field("consumers", "its five most frequent consumers") { $0.consumers },
    Field("blame", "whose move it is, as far as its events were read, the most first") {
      ($0.causes?.blame ?? []).map { BlamedErrors(blame: $0.blame, errors: $0.count) }
    },
  ]
}
