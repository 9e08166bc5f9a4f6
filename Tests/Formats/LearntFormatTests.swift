import Events
import Formats
import Ingest
import Profiles
import Testing

/// A format that a configuration states becomes a profile, and that reads what the gateway writes.
@Suite struct LearntFormatTests {
  struct Trial: Sendable {
    var configuration: String
    var line: String
    /// Method, path, status, latency in milliseconds, request id.
    var expected: String
  }

  private static let id = "79b29292672384dba2f94eff2d08b305"

  static let trials = [
    // https://nginx.org/en/docs/http/ngx_http_log_module.html
    Trial(
      configuration: """
        http {
          # log_format old '$remote_addr';
          log_format compression '$remote_addr - $remote_user [$time_local] '
                                 '"$request" $status $body_bytes_sent '
                                 '"$http_referer" "$http_user_agent" rt=$request_time '
                                 'up="$upstream_response_time" $request_id';
          access_log /spool/logs/nginx-access.log compression;
        }
        """,
      line: #"""
        192.0.2.7 - - [12/Nov/2026:08:00:00 +0000] "POST /v1/a?x=1 HTTP/1.1" 503 612 "-" "curl/8 (x)" \#
        rt=0.201 up="0.100, 0.101" 79b29292672384dba2f94eff2d08b305
        """#, expected: "POST /v1/a 503 201.0 \(id)"),
    // https://nginx.org/en/docs/http/ngx_http_log_module.html#log_format
    Trial(
      configuration: """
        log_format app escape=json '{ "when":"$time_iso8601", "url":"$scheme://$host$request_uri",'
          '"verb":"$request_method", "code": $status, "took": $request_time, "id":"$request_id" }';
        """,
      line: #"""
        { "when":"2026-11-12T08:00:00+00:00", "url":"https://api.x.test/v1/a?x=1",\#
        "verb":"GET", "code": 404, "took": 0.250, "id":"79b29292672384dba2f94eff2d08b305" }
        """#, expected: "GET /v1/a 404 250.0 \(id)"),
    // https://github.com/nginxinc/kubernetes-ingress: a host and a path side by side
    Trial(
      configuration: "$msec $request_method $host$request_uri $status $request_time $request_id",
      line: "1794470400.123 GET api.x.test/v1/a?x=1 502 0.030 \(id)",
      expected: "GET /v1/a 502 30.0 \(id)"),
    // Blanks and tabs side by side are one
    Trial(
      configuration: "$msec\t $request_method  $request_uri\t\t$status",
      line: "1794470400.123\t GET  /v1/a\t\t502", expected: "GET /v1/a 502 - -"),
    // https://docs.konghq.com/gateway/latest/production/logging/customize-gateway-logs/
    Trial(
      configuration:
        "nginx_http_log_format = show '$remote_addr \"$request\" $status $kong_request_id'",
      line: #"192.0.2.7 "GET /v1/a HTTP/1.1" 401 79b29292672384dba2f94eff2d08b305"#,
      expected: "GET /v1/a 401 - \(id)"),
    // https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/
    Trial(
      configuration: """
        data:
          log-format-upstream: '$remote_addr "$request" $status
            $request_time $req_id'
        """,
      line: #"192.0.2.7 "GET /v1/a HTTP/1.1" 500 0.004 79b29292672384dba2f94eff2d08b305"#,
      expected: "GET /v1/a 500 4.0 \(id)"),
    // https://httpd.apache.org/docs/current/mod/mod_log_config.html
    Trial(
      configuration: #"""
        LogFormat "%v:%p %{X-Forwarded-For}i %l %u %t \"%r\" %>s %b %D %{X-Request-Id}i" timed
        """#,
      line: #"""
        x.test:443 192.0.2.8, 10.0.0.1 - bob [12/Nov/2026:08:00:00 +0000] "GET /v1/a HTTP/1.1" 503 612 \#
        201500 79b29292672384dba2f94eff2d08b305
        """#, expected: "GET /v1/a 503 201.5 \(id)"),
    // https://httpd.apache.org/docs/current/mod/mod_log_config.html: the time by strftime
    Trial(
      configuration: #"CustomLog logs/a "%{%Y-%m-%dT%H:%M:%S%z}t %a %m %U%q %>s %{ms}T""#,
      line: "2026-11-12T08:00:00+0000 192.0.2.7 PUT /v1/a?x=1 409 17",
      expected: "PUT /v1/a 409 17.0 -"),
    // https://tomcat.apache.org/tomcat-9.0-doc/config/valve.html
    Trial(
      configuration: """
        <Valve className="org.apache.catalina.valves.AccessLogValve"
          pattern="%h %l %u %t &quot;%r&quot; %s %b %D" />
        """,
      line: #"192.0.2.7 - - [12/Nov/2026:08:00:00 +0000] "GET /v1/a HTTP/1.1" 500 612 31"#,
      expected: "GET /v1/a 500 31.0 -"),
    // https://docs.haproxy.org/2.6/configuration.html#8.2.3
    Trial(
      configuration: """
        frontend web
          log-format "%ci:%cp [%tr] %ft %b/%s %TR/%Tw/%Tc/%Tr/%Ta %ST %B %CC %CS %tsc \
        %ac/%fc/%bc/%sc/%rc %sq/%bq %hr %hs %{+Q}r %[unique-id]"
        """,
      line: #"""
        192.0.2.7:5123 [12/Nov/2026:08:00:00.123] web~ be/s1 0/0/1/100/201 503 612 - - ---- 1/1/0/0/0 \#
        0/0 "GET /v1/a HTTP/1.1" 79b29292672384dba2f94eff2d08b305
        """#, expected: "GET /v1/a 503 201.0 \(id)"),
    Trial(
      configuration: #"  log-format %ci\ [%t]\ %{+Q}r\ %ST\ %Tt"#,
      line: #"192.0.2.7 [12/Nov/2026:08:00:00.123] "GET /v1/a HTTP/1.1" 502 31"#,
      expected: "GET /v1/a 502 31.0 -"),
    // https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage
    Trial(
      configuration: #"""
        log_format:
          text_format_source:
            inline_string: "[%START_TIME%] \"%REQ(:METHOD)% %REQ(X-ENVOY-ORIGINAL-PATH?:PATH)% %PROTOCOL%\" %RESPONSE_CODE% %RESPONSE_FLAGS% %DURATION%ms \"%REQ(X-REQUEST-ID)%\"\n"
        """#,
      line: #"""
        [2026-11-12T08:00:00.123Z] "GET /v1/a HTTP/1.1" 503 UF 201ms "79b29292672384dba2f94eff2d08b305"
        """#, expected: "GET /v1/a 503 201.0 \(id)"),
    Trial(
      configuration: """
        log_format:
          json_format:
            at: "%START_TIME%"
            req:
              verb: "%REQ(:METHOD)%"
              target: "%REQ(X-ENVOY-ORIGINAL-PATH?:PATH)%"
            answer: "%RESPONSE_CODE%"
            spent: "%DURATION%"
            flags: "%RESPONSE_FLAGS%"
        """,
      line: #"""
        {"at":"2026-11-12T08:00:00Z","req":{"verb":"GET","target":"/v1/a"},"answer":504,"spent":7,\#
        "flags":null}
        """#, expected: "GET /v1/a 504 7.0 -"),
    // https://istio.io/latest/docs/tasks/observability/logs/access-log/
    Trial(
      configuration: #"""
        meshConfig:
          accessLogFormat: '{"s":"%START_TIME%","m":"%REQ(:METHOD)%","p":"%REQ(:PATH)%","c":"%RESPONSE_CODE%"}'
        """#,
      line: #"{"s":"2026-11-12T08:00:00Z","m":"GET","p":"/v1/a","c":429}"#,
      expected: "GET /v1/a 429 - -"),
    // https://doc.traefik.io/traefik/observability/access-logs/
    Trial(
      configuration: """
        accessLog:
          format: json
          fields:
            defaultMode: keep
            names:
              ClientUsername: drop
            headers:
              names:
                X-Request-Id: keep
        """,
      line: #"""
        {"DownstreamStatus":502,"Duration":31000000,"RequestMethod":"GET","RequestPath":"/v1/a",\#
        "StartUTC":"2026-11-12T08:00:00Z","StartLocal":"2026-11-12T08:00:00Z","request_X-Request-Id":"79b29292672384dba2f94eff2d08b305"}
        """#, expected: "GET /v1/a 502 31.0 \(id)"),
    // https://github.com/caddyserver/transform-encoder
    Trial(
      configuration: #"log { format transform `{common_log} {duration}` }"#,
      line: #"192.0.2.1 - - [12/Nov/2026:08:00:00 +0000] "GET /v1/a HTTP/1.1" 500 12 0.051"#,
      expected: "GET /v1/a 500 51.0 -"),
    // https://goaccess.io/man#custom-log
    Trial(
      configuration: """
        time-format %H:%M:%S
        date-format %d/%b/%Y
        log-format %h %^[%d:%t %^] "%r" %s %b "%R" "%u" %D
        """,
      line: #"192.0.2.1 - - [12/Nov/2026:08:00:00 +0000] "GET /v1/a HTTP/1.1" 500 12 "-" "c" 5100"#,
      expected: "GET /v1/a 500 5.1 -"),
  ]

  private func profile(of configuration: String) throws -> String {
    try ProfileDraft(
      name: "learnt", of: Configuration.formats(in: configuration).formats, known: nil
    ).text
  }

  @Test(arguments: trials)
  func `a line is read as its format says`(trial: Trial) throws {
    let text = try profile(of: trial.configuration)
    let catalog = try Catalog([
      ProfileFile(name: "learnt.json", text: Array(text.utf8), sort: .gateway)
    ])
    let explanation = try Explanation(
      of: trial.line, catalog: catalog, options: RecordReader.Options())
    #expect(explanation.gateway == "learnt", "\(text)")
    let event = try #require(explanation.event, "\(explanation.outcome): \(text)")
    let status = event.status.map { "\($0)" } ?? "-"
    let found = [
      event.method ?? "-", event.path ?? "-", status,
      event.latency.map { "\($0)" } ?? "-", event.requestID ?? "-",
    ].joined(separator: " ")
    #expect(found == trial.expected, "\(text)")
    #expect(event.time != nil || !trial.line.contains("2026"), "\(text)")
  }

  @Test func `the values that an event has no room for are told`() throws {
    let draft = try ProfileDraft(
      name: "learnt",
      of: Configuration.formats(in: "$remote_addr $status $strange $request_time").formats,
      known: nil)
    let uses = draft.uses.map { "\($0.variable) \($0.field ?? $0.remark ?? "no use")" }
    #expect(
      uses == [
        "$remote_addr no use", "$status status", "$strange no variable of that name is known",
        "$request_time latency",
      ])
    #expect(draft.missing == ["time", "path"])
  }

  @Test(arguments: [
    ("it rains", "no log format was found in it"),
    ("log_format x '{\"a\":\"$status\",,}';", "the format looks like JSON"),
    ("accessLog:\n  filePath: /x\n", "Traefik's access log is in its common format"),
  ])
  func `what cannot be learnt is refused in words`(text: String, message: String) throws {
    let error = #expect(throws: FormatError.self) { try Configuration.formats(in: text) }
    #expect(try #require(error).message.hasPrefix(message))
  }

  @Test func `dialects have names, and meanings that profiles know`() throws {
    let names = ["apache", "caddy", "envoy", "goaccess", "haproxy", "nginx", "traefik"]
    #expect(Dialect.all.keys.sorted() == names)
    for (name, variable) in [
      ("nginx", "request_time"), ("apache", "{ms}T"), ("haproxy", "Ta"), ("envoy", "DURATION"),
      ("goaccess", "D"), ("caddy", "duration"), ("traefik", "Duration"),
    ] {
      let meaning = try #require(Dialect.all[name]?.meaning(of: variable))
      #expect(meaning.field == "latency")
      #expect(meaning.unit != nil)
    }
  }
}
