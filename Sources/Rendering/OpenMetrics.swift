/// Numbers for whoever collects them, in the text format of OpenMetrics,
/// <https://github.com/prometheus/OpenMetrics/blob/main/specification/OpenMetrics.md>, or in the older one
/// of Prometheus, <https://prometheus.io/docs/instrumenting/exposition_formats/>.
package struct OpenMetrics {
  package enum Style: Sendable {
    /// As it is answered to who asks for it.
    case openMetrics
    /// As Prometheus' node exporter reads it from files.
    case prometheus
  }

  package enum Kind: String {
    /// What only grows. Its samples' name ends with `_total`.
    case counter
    case gauge
    /// What is told by labels. Its samples' name ends with `_info`.
    case info

    fileprivate var suffix: String {
      switch self {
      case .counter: "_total"
      case .gauge: ""
      case .info: "_info"
      }
    }
  }

  package struct Sample {
    var labels: [(name: String, value: String)]
    var value: Number

    package init(_ value: Int64, _ labels: [(name: String, value: String)] = []) {
      self.labels = labels
      self.value = .whole(value)
    }

    /// A time in milliseconds since the epoch, told in seconds.
    package init(time: Int64) {
      labels = []
      value = .thousandths(time)
    }
  }

  enum Number {
    case whole(Int64)
    case thousandths(Int64)
  }

  package static let type = "application/openmetrics-text; version=1.0.0; charset=utf-8"

  private var output = Output()
  private let style: Style

  package init(_ style: Style = .openMetrics) {
    self.style = style
  }

  /// The text as a whole.
  package var text: Output {
    var whole = output
    if style == .openMetrics { whole.line("# EOF") }
    return whole
  }

  /// A family of samples. A name that ends with a unit's says so by `unit`.
  package mutating func add(
    _ name: String, _ kind: Kind, unit: String? = nil, _ help: String, _ samples: [Sample]
  ) {
    switch style {
    case .openMetrics:
      output.line("# TYPE \(name) \(kind.rawValue)")
      if let unit { output.line("# UNIT \(name) \(unit)") }
      output.line("# HELP \(name) \(OpenMetrics.escaped(help))")
    case .prometheus:
      // It names what samples are called, and knows nothing of infos and units.
      let kindName = kind == .info ? Kind.gauge.rawValue : kind.rawValue
      output.line("# HELP \(name)\(kind.suffix) \(OpenMetrics.escaped(help, quotes: false))")
      output.line("# TYPE \(name)\(kind.suffix) \(kindName)")
    }
    for sample in samples {
      let labels = sample.labels.map { "\($0.name)=\"\(OpenMetrics.escaped($0.value))\"" }
      let list = labels.isEmpty ? "" : "{\(labels.joined(separator: ","))}"
      output.line("\(name)\(kind.suffix)\(list) \(sample.value.text)")
    }
  }

  private static func escaped(_ text: String, quotes: Bool = true) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": escaped += "\\\\"
      case "\"" where quotes: escaped += "\\\""
      case "\n": escaped += "\\n"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}

extension OpenMetrics.Number {
  fileprivate var text: String {
    switch self {
    case .whole(let number): return String(number)
    case .thousandths(let number):
      let rest = String(number.magnitude % 1000)
      let zeros = String(repeating: "0", count: 3 - rest.count)
      return "\(number < 0 ? "-" : "")\(number.magnitude / 1000).\(zeros)\(rest)"
    }
  }
}
