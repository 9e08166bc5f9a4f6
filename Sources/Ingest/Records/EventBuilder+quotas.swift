internal import Batches
internal import Profiles
internal import Times

extension EventBuilder {
  /// Notes what the response's headers say of quotas. `consumer` is asked for only if they say
  /// something.
  @inline(__always)
  func noteQuotas(vendor: Word, consumer: @autoclosure () -> Word, in batch: Batch) {
    if !fields.candidates(.quota).isEmpty { readQuotas(vendor, consumer, batch) }
  }

  private func readQuotas(_ vendor: Word, _ consumer: () -> Word, _ batch: Batch) {
    guard let time else { return }
    quotas.read(fields, time: time, zone: times.zone)
    for quota in quotas.quotas where quota.isLong {
      guard let remaining = quota.remaining else { continue }
      batch.quotas.add(
        QuotaSightings.Sighting(
          time: time, limit: quota.limit, remaining: remaining,
          reset: quota.reset.map { time.addingClamped($0) }),
        vendor: vendor, gateway: gatewayNumber(in: batch), consumer: consumer(), name: quota.name)
    }
  }
}
