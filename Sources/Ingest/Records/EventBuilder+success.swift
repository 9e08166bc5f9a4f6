internal import Batches
internal import Files
internal import JSON
internal import Profiles
internal import Times

// A success is counted by the few values that its plan names, and by nothing else of its record.
extension EventBuilder {
  /// Counts the record read last by its plan; false where it is to be read as a whole.
  @inline(__always)
  func countSuccess(in batch: Batch) -> Bool {
    guard let plan = fields.success, countsByPlan, !isExplaining,
      let status = parseStatus(fields.value(plan.status)),
      EventBuilder.isSuccess(status),
      let time = times.time(of: fields.value(plan.time)).flatMap(times.past),
      !isDateAlone(fields.value(plan.time)), status >= 300 || areSilent(plan),
      !plan.hasGRPC
        || plan.grpc.allSatisfy({ GRPCStatus(fields.value($0))?.hasFailed != true }),
      plan.isPath(plan.target.flatMap { target(fields.value($0), of: plan) }),
      let vendor = caches.vendors.vendor(of: plan, { text(fields.value($0)) })
    else { return false }
    count(status, at: time, of: vendor, by: plan.gateway, in: batch)
    if plan.hasQuotas {
      noteQuotas(
        vendor: vendor, consumer: number(fields.text(.consumer)?.text, .consumer, batch), in: batch)
    }
    return true
  }

  /// Counts a line of text by its plan; false where it is to be read as a whole.
  @inline(__always)
  func countSuccess(of line: TextReader.Success, in batch: Batch) -> Bool {
    guard countsByPlan, !isExplaining, let status = parseStatus(line.text(line.plan.status)),
      EventBuilder.isSuccess(status),
      let time = times.time(of: line.text(line.plan.time)).flatMap(times.past),
      !line.plan.hasGRPC,
      status >= 300 || line.plan.bodies.allSatisfy({ BodyFinder.isNone(line.text($0).trimmed) }),
      line.plan.isPath(line.plan.target.map(line.text)),
      let vendor = caches.vendors.vendor(of: line.plan, line.text)
    else { return false }
    count(status, at: time, of: vendor, by: line.plan.gateway, in: batch)
    return true
  }

  /// Whether nothing that may be a body says that it failed, by a quick look.
  @inline(__always)
  private func areSilent(_ plan: SuccessPlan) -> Bool {
    plan.bodies.allSatisfy { visit in
      let body = fields.value(visit)
      switch body.shape {
      case .object: return Failure.isRuledOut(in: body, beside: fields.value(plan.status))
      case .array: return false
      case .string: return body.string.map { BodyFinder.isNone($0.trimmed) } ?? true
      case .number, .bool, .null: return true
      }
    }
  }

  private static func isSuccess(_ status: Int) -> Bool { (200..<400).contains(status) }

  @inline(__always)
  private func count(
    _ status: Int, at time: Int64, of vendor: Word, by gateway: Int, in batch: Batch
  ) {
    self.time = time
    batch.countSuccess(
      time: time, vendor: vendor, gateway: number(ofGateway: gateway, in: batch), status: status)
  }

  /// As `FieldReader.request` reads it: a request's line is no element of a list.
  @inline(__always)
  private func target(_ value: JSONValue, of plan: SuccessPlan) -> Bytes? {
    plan.isRequestLine ? value.string : text(value)
  }

  @inline(__always)
  private func text(_ value: JSONValue) -> Bytes? { scalar(value).string }
}
