import Events
import Ingest
import Testing
import Times

/// Lines of proxies and of what gathers their logs, made by hand after lines of public projects.
@Suite struct ProxyLineTests {
  // MARK: No answer

  @Test(arguments: [
    "uwsgi://unix:///run/app.sock:", "fastcgi://127.0.0.1:9000", "grpc://127.0.0.1:50051",
    "http://127.0.0.1:8080/v1/a",
  ])
  func `what was asked of NGINX is the request, however it asks what is behind it`(
    upstream: String
  ) throws {
    let event = try event(
      "2026/01/06 16:16:37 [error] 26844#0: *7 upstream timed out (110: Connection timed out) while "
        + "reading response header from upstream, client: 192.0.2.7, server: api.local, "
        + "request: \"PUT /v1/a?b=1 HTTP/1.1\", upstream: \"\(upstream)\", host: \"api.local\", "
        + "referrer: \"https://web.local/form\"")
    #expect(event.status == nil)
    #expect(event.kind == .timeout)
    #expect(event.method == "PUT")
    #expect(event.path == "/v1/a")
  }

  @Test(arguments: [
    // A program said it while it answered.
    "2026/01/06 16:16:37 [error] 298#298: *1093 FastCGI sent in stderr: \"PHP message: connection "
      + "refused by the cache\" while reading response header from upstream, client: 192.0.2.7, "
      + "server: _, request: \"POST /login HTTP/1.1\", upstream: \"fastcgi://127.0.0.1:9000\"",
    // Nothing stands behind it.
    "2026/01/06 16:16:37 [error] 31#31: *46 open() \"/srv/x\" failed (2: No such file or directory), "
      + "client: 192.0.2.7, server: localhost, request: \"GET /x HTTP/1.1\", host: \"localhost\"",
    "[Tue Jan 06 16:16:37.260309 2026] [proxy:error] [pid 300] (111)Connection refused: AH00957: "
      + "HTTP: attempt to connect to 127.0.0.1:10200 (localhost) failed",
    "[Tue Jan 06 16:16:37.260309 2026] [core:error] [pid 300] [client 192.0.2.7:1037] AH00126: "
      + "Invalid URI in request",
    "2026/01/06 16:16:37 http: proxy error: the flag is not known",
    "he told me that http: proxy error: connection refused is what he read",
    #"{"level":"error","msg":"no upstreams available","pool":"a"}"#,
  ])
  func `what tells of no request without an answer is none`(line: String) throws {
    #expect(["no_json", "skipped", "json_syntax"].contains(try explain(line).outcome))
  }

  @Test func `a proxy without a server to ask says so`() throws {
    let event = try event(
      "2026/01/06 16:16:37 [error] 774#774: *301 no live upstreams while connecting to upstream, "
        + "client: 192.0.2.7, server: api.local, request: \"GET /v1/a HTTP/1.1\", "
        + "upstream: \"http://pool/v1/a\", host: \"api.local\"")
    #expect(event.kind == .unavailable)
    #expect(event.method == "GET")
    #expect(event.path == "/v1/a")
  }

  @Test func `an empty value that only another gateway calls a status says nothing of a response`()
    throws
  {
    let line = #"{"url":"storage.example.org/files/a.txt","classification":"","user":"ann"}"#
    #expect(try explain(line).outcome == "skipped")
  }

  // MARK: What other programs put around a line

  @Test(arguments: ["main,web-1,/var/log/access.log,access,", "2026-01-06T16:16:37.123-0700,", ""])
  func `a line in a field of a table is read as it was`(before: String) throws {
    let event = try event(
      before + "\"192.0.2.7 - admin [06/Jan/2026:16:16:37.123 +0000] \"\"GET /v1/a?b=c "
        + "HTTP/1.1\"\" 503 994 - - - 33ms\",_internal,web-1")
    #expect(event.time.map(formatTime) == "2026-01-06T16:16:37.123Z")
    #expect(event.status == 503)
    #expect(event.path == "/v1/a")
    #expect(event.latency == 33)
  }

  @Test(arguments: [
    #"a,"he said ""503"" and that ""GET /v1/a"" was it, without a doubt",b"#,
    #"a,"192.0.2.7 ""GET /v1/a HTTP/1.1"" never came to an end"#, #"a,"""""#, #""""#, #"","""#,
  ])
  func `other tables with quotes are no responses`(line: String) throws {
    #expect(["no_json", "skipped"].contains(try explain(line).outcome))
  }

  @Test func `a request in the event log of Windows has the names of columns`() throws {
    let event = try event(
      #"<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"> <System> "#
        + #"<Provider Name="Microsoft-Windows-IIS-Logging" Guid="{7e8a}" /> <EventID>6200</EventID> "#
        + #"<TimeCreated SystemTime="2026-01-06T16:16:40.6206890Z" /> </System> <EventData> "#
        + #"<Data Name="date">2026-01-06</Data> <Data Name="time">16:16:37</Data> "#
        + #"<Data Name="cs-method">GET</Data> <Data Name="cs-uri-stem">/v1/a</Data> "#
        + #"<Data Name="cs-uri-query">b=1&amp;c=2</Data> <Data Name="sc-status">503</Data> "#
        + #"<Data Name="time-taken">49</Data> </EventData> </Event>"#)
    #expect(event.time.map(formatTime) == "2026-01-06T16:16:37.000Z")
    #expect(event.status == 503)
    #expect(event.method == "GET")
    #expect(event.path == "/v1/a")
    #expect(event.latency == 49)
  }

  @Test(arguments: [
    #"<Event><System><EventID>4625</EventID></System><EventData><Data Name="Status">500</Data>"#
      + #"<Data Name="ProcessName">/v1/a</Data></EventData></Event>"#,
    "<Event>", #"<Event><Data Name="cs-method">GET"#, "<Events method=\"GET\" status=\"503\"/>",
  ])
  func `other events of Windows are no responses`(line: String) throws {
    #expect(["no_json", "skipped"].contains(try explain(line).outcome))
  }

  // MARK: Values

  @Test func `a date without quotes has its time of day behind it`() throws {
    let event = try event(
      "id=-1 source_ip=192.0.2.7 http_action=GET requested_path=/v1/a result=DENIED "
        + "request_timestamp=2026-01-06 16:16:37 uri_scheme=http http_status_code=403 client=a")
    #expect(event.time.map(formatTime) == "2026-01-06T16:16:37.000Z")
    #expect(event.method == "GET")
    #expect(event.path == "/v1/a")
    #expect(event.status == 403)
  }

  @Test func `tags in brackets stand before the pairs and have the id`() throws {
    let event = try event(
      "2026-01-06 16:16:37,912 [req=ec7867ea-2501-4036-bb08-e2d830720cb5, org=acme] WARN "
        + "org.candlepin.common.filter.LoggingFilter - Response: status=503, "
        + "content-type=\"application/json\", time=235ms")
    #expect(event.status == 503)
    #expect(event.latency == 235)
    #expect(event.requestID == "ec7867ea-2501-4036-bb08-e2d830720cb5")
  }

  @Test(arguments: [
    "2026-01-06 16:16:37,912 [req=1, org=a] INFO a.b.C - Request: verb=GET, uri=/v1/status",
    "2026-01-06 16:16:37,912 [job=1, n=2] INFO a.b.C - done: status=0, total=500, time=2s",
    "we counted from 192.0.2.7 to 500 GET lines", "about 192.0.2.7 500 get /v1/a was said",
    "release 1.2.3 500 GET /v1/a",
  ])
  func `other tags, addresses and versions are no responses`(line: String) throws {
    #expect(["no_json", "skipped"].contains(try explain(line).outcome))
  }

  @Test func `a number between an address and a request is its status`() throws {
    let event = try event("haproxy[1]: 192.0.2.7 403 GET /v1/[id] fe/<NOSRV> api.local")
    #expect(event.status == 403)
    #expect(event.path == "/v1/[id]")
  }
}
