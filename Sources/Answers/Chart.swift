/// A picture of numbers. Renderers that cannot draw say it in characters.
package struct Chart: Sendable, Equatable {
  package enum Form: Sendable, Equatable {
    case timeline(Timeline)
    case heatMap(HeatMap)
    case comparison(Comparison)
  }

  package var title: String
  /// What there is to be seen, in a sentence or two, for those who do not see it.
  package var summary: String
  package var form: Form

  package init(_ title: String, summary: String, _ form: Form) {
    self.title = title
    self.summary = summary
    self.form = form
  }
}

/// Counts in equal steps of time, stacked by series, with stretches marked.
package struct Timeline: Sendable, Equatable {
  /// A step of time, as the chart's zone has it.
  package struct Bucket: Sendable, Equatable {
    /// Milliseconds since the epoch; `until` is exclusive.
    package var since: Int64
    package var until: Int64
    /// Such as `Thu 12 Nov 09:00`.
    package var label: String
    /// What stands below it on the axis, where something does.
    package var tick: String?
    /// Whether the log says nothing of it: no zero then, but unknown.
    package var isMissing: Bool

    package init(
      since: Int64, until: Int64, label: String, tick: String? = nil, isMissing: Bool = false
    ) {
      self.since = since
      self.until = until
      self.label = label
      self.tick = tick
      self.isMissing = isMissing
    }
  }

  /// A layer of the stack: one count for each bucket.
  package struct Series: Sendable, Equatable {
    package var name: String
    package var counts: [Int64]

    package init(_ name: String, counts: [Int64]) {
      self.name = name
      self.counts = counts
    }
  }

  /// A stretch worth a look.
  package struct Mark: Sendable, Equatable {
    package enum Sort: String, Sendable {
      case burst, spike, incident
      /// Nothing was logged.
      case gap
    }

    package var sort: Sort
    /// What it is, such as `Outage`; nil for the name of its sort.
    package var name: String?
    package var since: Int64
    package var until: Int64
    /// Such as `mimicbot: 212 server errors`.
    package var label: String
    /// When it was, in words; nil for those of the steps it lies in.
    package var when: String?

    package init(
      _ sort: Sort, name: String? = nil, since: Int64, until: Int64, label: String,
      when: String? = nil
    ) {
      self.sort = sort
      self.name = name
      self.since = since
      self.until = until
      self.label = label
      self.when = when
    }
  }

  package var buckets: [Bucket]
  /// The lowest layer first.
  package var series: [Series]
  package var marks: [Mark]

  package init(buckets: [Bucket], series: [Series], marks: [Mark] = []) {
    self.buckets = buckets
    self.series = series
    self.marks = marks
  }
}

/// Counts by two things, such as weekday and hour.
package struct HeatMap: Sendable, Equatable {
  package var rows: [String]
  package var columns: [String]
  /// By row, then column; nil where there is nothing to count in.
  package var counts: [[Int64?]]

  package init(rows: [String], columns: [String], counts: [[Int64?]]) {
    self.rows = rows
    self.columns = columns
    self.counts = counts
  }
}

/// Things as they were and as they are.
package struct Comparison: Sendable, Equatable {
  package struct Item: Sendable, Equatable {
    package var name: String
    package var before: Int64
    package var now: Int64
    /// Such as `up, 3.2×`.
    package var change: String
    package var tone: Tone
    /// What the counts are of all, such as `2.0 % of requests, 0.2 % before`.
    package var detail: String?

    package init(
      _ name: String, before: Int64, now: Int64, change: String, tone: Tone, detail: String? = nil
    ) {
      self.name = name
      self.detail = detail
      self.before = before
      self.now = now
      self.change = change
      self.tone = tone
    }
  }

  package var items: [Item]
  /// What the counts are of: `this week`, `the week before`.
  package var nowName: String
  package var beforeName: String

  package init(_ items: [Item], now nowName: String, before beforeName: String) {
    self.items = items
    self.nowName = nowName
    self.beforeName = beforeName
  }
}

/// Whether something is to be welcomed.
package enum Tone: Sendable, Equatable { case neutral, good, bad }

/// A number worth large print, with what it compares to.
package struct Figure: Sendable, Equatable {
  package var name: String
  package var text: String
  /// Such as `364 the week before`.
  package var note: String?
  package var tone: Tone

  package init(_ name: String, _ text: String, note: String? = nil, tone: Tone = .neutral) {
    self.name = name
    self.text = text
    self.note = note
    self.tone = tone
  }
}
