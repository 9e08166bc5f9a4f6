internal import Answers
internal import Ingest
internal import Reports

/// What a command prints with `--format json`.
struct Contract: Sendable {
  /// One of the objects that a command prints, and what it is asked for by.
  struct Printed: Sendable {
    let usage: String
    /// Made when it is asked for: every start of the program reads the list.
    let shape: @Sendable () -> Shape

    init(_ usage: String, _ shape: @autoclosure @escaping @Sendable () -> Shape) {
      self.usage = usage
      self.shape = shape
    }
  }

  /// The usual one first.
  let objects: [Printed]

  private init(_ objects: Printed...) {
    self.objects = objects
  }

  var command: String { objects[0].usage }

  /// Every command that prints an object.
  static let all = [
    Contract(Printed("import", ImportSummary.shape)),
    Contract(Printed("rates", AnswerShapes.rates)),
    Contract(Printed("bursts", AnswerShapes.bursts)),
    Contract(Printed("limits", AnswerShapes.limits)),
    Contract(Printed("spikes", AnswerShapes.spikes)),
    Contract(Printed("incidents", AnswerShapes.incidents)),
    Contract(Printed("incident", AnswerShapes.incident)),
    Contract(Printed("retries", AnswerShapes.retries)),
    Contract(Printed("find", AnswerShapes.find)),
    Contract(Printed("list", AnswerShapes.list)),
    Contract(
      Printed("report", AnswerShapes.report), Printed("report --evidence", AnswerShapes.evidence)),
    Contract(Printed("check", AnswerShapes.check)),
    Contract(Printed("query", AnswerShapes.query)),
    Contract(Printed("queries", AnswerShapes.queries)),
    Contract(
      Printed("vendors", VendorList.shape), Printed("vendors show", ShownVendor.shape),
      Printed("vendors check", SampleAnswer.shape)),
    Contract(
      Printed("gateways", GatewayList.shape), Printed("gateways check", SampleAnswer.shape),
      Printed("gateways learn --check", CheckAnswer.shape)),
    Contract(Printed("explain", Explanation.shape), Printed("explain --check", CheckAnswer.shape)),
    Contract(Printed("doctor", DoctorAnswer.shape)),
    Contract(
      Printed("rejects", AnswerShapes.rejects), Printed("rejects --retry", RetriedRejects.shape)),
    Contract(Printed("verify", VerifyAnswer.shape)),
    Contract(Printed("prune", PruneAnswer.shape.adding(Remarks.absent.members))),
    Contract(Printed("backup", BackupAnswer.shape)),
    Contract(Printed("config", ConfigAnswer.shape)),
  ]

  /// All of it as a document of JSON Schema. Where a command prints several objects, an answer is
  /// exactly one of them.
  var schema: Object {
    var schema: Object = [
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "$id": .text("urn:errata:json:\(command)"),
      "title": .text("errata \(command)"),
      "description":
        "Members may be added; those that are here stay. Times are UTC, what is absent is null.",
    ]
    if objects.count == 1 {
      for member in objects[0].shape().schema.members { schema[member.name] = member.value }
    } else {
      schema["oneOf"] = .array(
        objects.map { printed in
          var own: Object = ["title": .text("errata \(printed.usage)")]
          for member in printed.shape().schema.members { own[member.name] = member.value }
          return .object(own)
        })
    }
    return schema
  }
}
