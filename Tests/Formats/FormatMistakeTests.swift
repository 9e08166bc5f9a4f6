import Formats
import Testing

/// What is told of a configuration of which a format cannot be learnt: what is wrong, where, and what to do.
@Suite struct FormatMistakeTests {
  private func mistake(in configuration: String) -> FormatError? {
    do {
      let stated = try Configuration.formats(in: configuration)
      return stated.refused.first
    } catch {
      return error
    }
  }

  @Test(arguments: [
    "http {\n  log_format main '$remote_addr [$time_local] $status;\n  access_log /x main;\n}\n",
    "# Apache\nLogFormat \"%h %t \\\"%r\\\" %>s combined\nCustomLog logs/access combined\n",
    "frontend fe\n  log-format \"%ci %ST %r\n",
  ])
  func `a quote that nothing closes is told with its line`(configuration: String) {
    let mistake = mistake(in: configuration)
    #expect(mistake?.message == "a quote opens in the format and nothing closes it")
    #expect(mistake?.line == 2)
  }

  @Test func `a format behind one that nothing closes is learnt all the same`() throws {
    let stated = try Configuration.formats(
      in: """
        http {
          log_format main '$remote_addr [$time_local] "$request" $status;
          access_log /x main;
          log_format second '$msec $status $request_uri';
        }
        """)
    #expect(stated.refused.map(\.name).first == "main")
    #expect(stated.formats.map(\.name) == ["second"])
  }

  @Test func `a template is told from what it makes`() {
    let mistake = mistake(
      in: "log_format main {{if .Escape}}escape=json {{end}}'{{ .Format }} $status';")
    #expect(mistake?.message == "a place holder of a template stands in the format")
  }

  @Test func `a configuration that includes others says so`() {
    let mistake = mistake(in: "http {\n  include /etc/nginx/conf.d/*.conf;\n}\n")
    #expect(mistake?.message.contains("/etc/nginx/conf.d/*.conf") ?? false)
  }

  @Test(arguments: [
    "example.com {\n  log {\n    output stdout\n    format json\n  }\n}",
    "example.com {\n  log {\n    output file /var/log/x\n  }\n}",
    "{\n  log {\n    format filter {\n      request>remote_ip ip_mask 24 32\n    }\n  }\n}",
  ])
  func `Caddy's own form needs no profile`(configuration: String) {
    #expect(mistake(in: configuration)?.hint == "It is read without a profile.")
  }

  @Test func `what a filter of Caddy leaves out is told`() {
    let mistake = mistake(in: "log {\n  format filter {\n    status delete\n  }\n}")
    #expect(mistake?.message == "Caddy's log is in its own form, and leaves out status")
  }

  @Test func `a list called accessLog is not Traefik's`() throws {
    let stated = try Configuration.formats(
      in: """
        accessLog:
        - name: envoy.access_loggers.file
          typedConfig:
            logFormat:
              textFormatSource:
                inlineString: |
                  [%START_TIME%] %REQ(:METHOD)% %REQ(:PATH)% %RESPONSE_CODE%
        """)
    #expect(stated.formats.map(\.dialect.name) == ["envoy"])
  }

  @Test func `an object of Envoy's may stand in one line`() throws {
    let stated = try Configuration.formats(
      in: "json_format: {at: \"%START_TIME%\", req: {code: '%RESPONSE_CODE%', p: \"%REQ(:PATH)%\"}}"
    )
    let draft = try ProfileDraft(name: "own", of: stated.formats, known: nil)
    #expect(draft.missing.isEmpty)
    #expect(
      draft.uses.map(\.variable) == [
        "at: %START_TIME%", "req.code: %RESPONSE_CODE%", "req.p: %REQ(:PATH)%",
      ])
  }

  @Test func `an object of NGINX's variables under log_format is learnt`() throws {
    let stated = try Configuration.formats(
      in: #"{"log_format": {"at": "$time_iso8601", "code": "$status", "u": "$request_uri"}}"#)
    let draft = try ProfileDraft(name: "own", of: stated.formats, known: nil)
    #expect(draft.missing.isEmpty)
  }

  @Test func `what a format lacks is told with what would tell it`() throws {
    let stated = try Configuration.formats(in: "log_format x '$remote_addr $request_time $host';")
    let draft = try ProfileDraft(name: "own", of: stated.formats, known: nil)
    #expect(draft.missing == ["status", "time", "path"])
    #expect(draft.missing.map(draft.remedy(for:)) == ["$status", "$msec", "$request_uri"])
  }
}
