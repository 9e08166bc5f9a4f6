internal import Arguments
internal import Questions
internal import Rendering
internal import Reports

extension StoreMetrics {
  /// What is told of single vendors is told of so many: each makes lines, at the collector as well.
  static let toldVendors = 200
}

extension OpenMetrics {
  /// What `serve` answers at `/metrics`, and `metrics` writes.
  init(_ metrics: StoreMetrics, open: [String?: Int], as style: Style) {
    func byVendor(_ count: (StoreMetrics.Vendor) -> Int64?) -> [Sample] {
      metrics.vendors.compactMap { vendor in
        count(vendor).map { Sample($0, [("vendor", vendor.name ?? "")]) }
      }
    }
    self.init(style)
    add(
      "errata_build", .info, "the errata that tells this",
      [Sample(1, [("version", Errata.program.version)])])
    add(
      "errata_events", .gauge, "events in the store", [Sample(metrics.holdings.events)])
    add(
      "errata_rejects", .gauge, "lines that could not be read",
      [Sample(metrics.holdings.rejects)])
    add(
      "errata_last_import_timestamp_seconds", .gauge, unit: "seconds",
      "when something was stored last", metrics.holdings.lastStored.map { [Sample(time: $0)] } ?? []
    )
    add(
      "errata_newest_response_timestamp_seconds", .gauge, unit: "seconds",
      "the time of the newest response in the logs", metrics.newest.map { [Sample(time: $0)] } ?? []
    )
    add("errata_vendors", .gauge, "vendors in the store", [Sample(Int64(metrics.vendorCount))])
    add("errata_errors", .counter, "errors in the logs", byVendor { $0.errors })
    add(
      "errata_requests", .counter, "responses in the logs, where successes are logged",
      byVendor { $0.requests })
    add(
      "errata_incidents_open", .gauge, "incidents that had not ended when the log did",
      byVendor { Int64(open[$0.name] ?? 0) })
  }
}
