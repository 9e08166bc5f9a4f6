import Rendering
import Testing

@Suite struct OpenMetricsTests {
  @Test func `families are told with their kind, unit and help`() {
    var metrics = OpenMetrics()
    metrics.add("a_build", .info, "what it is", [.init(1, [("version", "1")])])
    metrics.add(
      "a_errors", .counter, "errors", [.init(3, [("vendor", "zof"), ("kind", "b")]), .init(0)])
    metrics.add(
      "a_time_seconds", .gauge, unit: "seconds", "a time",
      [.init(time: 1_700_000_000_042), .init(time: -1)])
    metrics.add("a_none", .gauge, "nothing", [])
    #expect(
      metrics.text.text == """
        # TYPE a_build info
        # HELP a_build what it is
        a_build_info{version="1"} 1
        # TYPE a_errors counter
        # HELP a_errors errors
        a_errors_total{vendor="zof",kind="b"} 3
        a_errors_total 0
        # TYPE a_time_seconds gauge
        # UNIT a_time_seconds seconds
        # HELP a_time_seconds a time
        a_time_seconds 1700000000.042
        a_time_seconds -0.001
        # TYPE a_none gauge
        # HELP a_none nothing
        # EOF

        """)
  }

  @Test func `what a log holds ends no label and no line`() {
    var metrics = OpenMetrics()
    metrics.add("a", .gauge, "b\\c\nd\"", [.init(1, [("vendor", "\"} 9\n# EOF\n\\\r\n")])])
    #expect(
      metrics.text.text == """
        # TYPE a gauge
        # HELP a b\\\\c\\nd\\"
        a{vendor="\\"} 9\\n# EOF\\n\\\\\r\\n"} 1
        # EOF

        """)
  }
}
