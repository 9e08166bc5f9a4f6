import Answers
import Testing

/// A vendor's failures, and what is known of them.
private struct Failure: Described {
  enum Whose: String, Keyword { case ours, theirs }

  struct Place: Described {
    var path: String

    static let fields: Fields<Place> = [Field("path", "the log") { $0.path }]
  }

  var vendor: String?
  var start: Int64
  var end: Int64?
  var count = 0
  var share: Double?
  var whose = Whose.theirs
  var places: [Place] = []
  var note: String?

  static let fields: Fields<Failure> = [
    Field("vendor", "whose they are") { $0.vendor },
    Field(time: "start", "when they began") { $0.start },
    Field(optionalTime: "end", "when they ended") { $0.end },
    Field("count", "how many") { $0.count },
    Field("share", unit: "share", "of all") { $0.share },
    Field("whose", "who has to mend it") { $0.whose },
    Field("places", "where they stand") { $0.places },
    Field("note", onlyWhere: "what else is known") { $0.note },
  ]
}

@Suite struct FieldTests {
  private let failure = Failure(
    vendor: "zof", start: 1000, count: 1204, share: 0.25, places: [.init(path: "a.log")])

  @Test func `an object has the fields in their order, and null for what is absent`() {
    #expect(
      failure.value == [
        "vendor": "zof", "start": .time(1000), "end": nil, "count": 1204, "share": 0.25,
        "whose": "theirs", "places": [["path": "a.log"]],
      ])
    #expect(Failure.fields.names.last == "note")
  }

  @Test func `a member is left out where there is nothing to say`() {
    var failure = failure
    #expect(failure.object["note"] == nil)
    failure.note = "so it is"
    #expect(failure.object["note"] == "so it is")
  }

  @Test func `a part's fields are those of the whole`() {
    struct Told {
      var failure: Failure
      var others: Int?
    }
    let fields: Fields<Told> = Failure.fields.of { $0.failure }.and([
      Field("others", "how many more") { $0.others }
    ])
    let object = fields.object(of: Told(failure: failure, others: 3))
    #expect(object.names == failure.object.names + ["others"])
    #expect(object["count"] == 1204 && object["others"] == 3)
  }

  @Test func `a field can be told otherwise`() {
    let fields = Failure.fields.replacing("vendor", by: Field("vendor", "a name") { _ in "x" })
    #expect(fields.object(of: failure)["vendor"] == "x")
    #expect(fields.names == Failure.fields.names)
  }

  @Test func `a column shows a field under its own heading, numbers to the right`() {
    let fields = Failure.fields
    let table = Table(
      of: [failure],
      [
        fields.column("vendor"), fields.column("count", as: "failures"),
        fields.column("share", number: { "\(Int($0 * 100)) %" }),
        fields.column("start", as: "since", time: { "\($0) ms" }),
        TableColumn("first in") { Cell($0.places.first?.path) },
      ])
    #expect(table.columns.map(\.name) == ["vendor", "failures", "share", "since", "first in"])
    #expect(
      table.columns.map(\.alignment) == [.leading, .trailing, .trailing, .leading, .leading])
    #expect(
      table.rows == [
        [
          "zof", 1204, Cell(.number(0.25), shown: "25 %"), Cell(.time(1000), shown: "1000 ms"),
          "a.log",
        ]
      ])
  }

  @Test func `a shape is the schema of its values`() {
    #expect(
      Failure.shape.schema == [
        "type": "object",
        "properties": [
          "vendor": ["type": ["string", "null"], "description": "whose they are"],
          "start": time(orNull: false, "when they began"),
          "end": time(orNull: true, "when they ended"),
          "count": ["type": "integer", "description": "how many"],
          "share": ["type": ["number", "null"], "description": "of all", "unit": "share"],
          "whose": [
            "type": "string", "enum": ["ours", "theirs"], "description": "who has to mend it",
          ],
          "places": [
            "type": "array",
            "items": [
              "type": "object",
              "properties": ["path": ["type": "string", "description": "the log"]],
              "required": ["path"],
            ], "description": "where they stand",
          ],
          "note": ["type": "string", "description": "what else is known"],
        ],
        "required": ["vendor", "start", "end", "count", "share", "whose", "places"],
      ])
  }

  @Test func `null is one more of the words that may be null`() {
    #expect(
      Failure.Whose?.shape.schema == [
        "type": ["string", "null"], "enum": ["ours", "theirs", nil],
      ])
  }

  private func time(orNull: Bool, _ meaning: String) -> Value {
    [
      "type": orNull ? ["string", "null"] : "string", "format": "date-time",
      "pattern": "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$",
      "description": .text(meaning),
    ]
  }
}
