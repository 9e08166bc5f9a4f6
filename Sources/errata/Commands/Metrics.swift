internal import Arguments
internal import Rendering
internal import Reports

extension Command {
  static let metrics = Command(
    "metrics", "what the store counts, for Prometheus",
    details: [
      "Prints the counts that `errata serve` answers at /metrics in the text format that Prometheus' "
        + "node exporter collects from files. With -o the file is written beside the old one and takes "
        + "its place when it is whole, so that nobody reads half of it."
    ],
    without: Option.ofAnswers,
    examples: [
      Example(
        "errata metrics -o /var/lib/prometheus/node-exporter/errata.prom", "every minute, by cron")
    ]
  ) { invocation in
    let reader = try invocation.archive
    let metrics = try StoreMetrics(reader, most: StoreMetrics.toldVendors)
    let text = OpenMetrics(metrics, open: try openIncidents(in: reader), as: .prometheus).text
    try invocation.destination.write(text)
    return .ok
  }
}
