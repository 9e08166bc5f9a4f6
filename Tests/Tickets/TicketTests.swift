import Testing
import Tickets

/// What whoever asks of a ticket would try, in every form.
func tried(_ text: String, like known: [String] = []) -> [String] {
  let forms = IDForms(like: known)
  return Ticket(text).mentions.flatMap { forms.forms(of: $0.text, looksLikeID: $0.looksLikeID) }
}

/// What would be named if it is not known.
func named(_ text: String) -> [String] {
  Ticket(text).mentions.filter(\.looksLikeID).map(\.text)
}

@Suite struct TicketTests {
  @Test(arguments: [
    (
      "an e-mail", "Hello,\n\nmy order failed: req_8f2c61d09ab47e3512cd.\n\nRegards",
      "req_8f2c61d09ab47e3512cd"
    ),
    ("brackets", "failed (<req_8f2c61d09ab47e3512cd>)", "req_8f2c61d09ab47e3512cd"),
    ("quotes", "“req_8f2c61d09ab47e3512cd”, she said", "req_8f2c61d09ab47e3512cd"),
    ("a chat", "**help** `req\\_8f2c61d09ab47e3512cd` :(", "req_8f2c61d09ab47e3512cd"),
    (
      "a stack trace",
      "zof.Error: 401 (request id: 4e5e9e5dc5989ec9b42faacc110cacd9)\n  at run.py:14",
      "4e5e9e5dc5989ec9b42faacc110cacd9"
    ),
    (
      "curl -v", "< HTTP/2 502\r\n< x-request-id: 5539a5e2-7d6e-445d-a64a-bbee52354bf3\r\n<",
      "5539a5e2-7d6e-445d-a64a-bbee52354bf3"
    ),
    (
      "a HAR", #"{"name":"x-request-id","value":"5539a5e2-7d6e-445d-a64a-bbee52354bf3"}"#,
      "5539a5e2-7d6e-445d-a64a-bbee52354bf3"
    ),
    (
      "JSON in JSON", #""body":"{\"request_id\":\"req_8f2c61d09ab47e3512cd\"}""#,
      "req_8f2c61d09ab47e3512cd"
    ),
    (
      "an address", "https://desk.example.com/t?request_id=req_8f2c61d09ab47e3512cd&x=1",
      "req_8f2c61d09ab47e3512cd"
    ),
    (
      "an escaped address", "https://a.example/?next=%2Ft%3Frequest_id%3Dreq_8f2c61d09ab47e3512cd",
      "req_8f2c61d09ab47e3512cd"
    ),
    ("HTML", "<td>req_8f2c61d0&shy;9ab47e3512cd&nbsp;</td>", "req_8f2c61d09ab47e3512cd"),
    ("a quoted mail", "> id req_53dc54=\n> 30adb08cd40d01\n", "req_53dc5430adb08cd40d01"),
    (
      "the source of a mail",
      "Hi team,=0A=\nthe id is =E2=80=9Creq_8f2c61d09=\nab47e3512cd=E2=80=9D=20=\r\nor so",
      "req_8f2c61d09ab47e3512cd"
    ),
    (
      "a soft hyphen in the source of a mail", "f=C3=BCr req_8f2c61d0=C2=AD9ab47e3512cd",
      "req_8f2c61d09ab47e3512cd"
    ),
    ("a line's end inside", "Request-ID: <req_482057e42\nde55ce28813>", "req_482057e42de55ce28813"),
    ("two lines' ends inside", "req_4820\n57e42de5\n5ce28813", "req_482057e42de55ce28813"),
    (
      "a space inside", "5539a5e2-7d6e-445d-a64a- bbee52354bf3",
      "5539a5e2-7d6e-445d-a64a-bbee52354bf3"
    ),
    (
      "a soft hyphen inside", "5539a5e2-7d6e-445d-a64a-bbee\u{AD}52354bf3",
      "5539a5e2-7d6e-445d-a64a-bbee52354bf3"
    ),
    (
      "other dashes", "5539a5e2–7d6e–445d–a64a–bbee52354bf3", "5539a5e2-7d6e-445d-a64a-bbee52354bf3"
    ),
    ("full width", "ｒｅｑ＿８ｆ２ｃ６１ｄ０", "req_8f2c61d0"),
    (
      "a terminal's colours", "\u{1B}[31mreq_8f2c61d09ab47e3512cd\u{1B}[0m",
      "req_8f2c61d09ab47e3512cd"
    ),
    (
      "a picture", "request id 4e5e9e5dc5989ec9b42faaccllOcacd9", "4e5e9e5dc5989ec9b42faacc110cacd9"
    ),
    (
      "UUID without dashes", "5539a5e27d6e445da64abbee52354bf3",
      "5539a5e2-7d6e-445d-a64a-bbee52354bf3"
    ),
    (
      "dashes that are not logged", "5539a5e2-7d6e-445d-a64a-bbee52354bf3",
      "5539a5e27d6e445da64abbee52354bf3"
    ),
    (
      "traceparent", "traceparent: 00-033485ab0090b2beca8117960c894783-00f067aa0ba902b7-01",
      "033485ab0090b2beca8117960c894783"
    ),
    (
      "X-Amzn-Trace-Id", "X-Amzn-Trace-Id: Root=1-67891233-abcdef012345678912345678;Sampled=1",
      "1-67891233-abcdef012345678912345678"
    ),
    (
      "X-Amzn-Trace-Id as a trace", "Root=1-67891233-abcdef012345678912345678",
      "67891233abcdef012345678912345678"
    ),
    ("an added prefix", "req_4e5e9e5dc5989ec9b42faacc110cacd9", "4e5e9e5dc5989ec9b42faacc110cacd9"),
    (
      "b3", "b3: 80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-1",
      "80f198ee56343ba864fe8b2a57d3eff7"
    ),
    (
      "X-Cloud-Trace-Context", "x-cloud-trace-context: 105445aa7843bc8bf206b12000100000/1;o=1",
      "105445aa7843bc8bf206b12000100000"
    ),
    (
      "a Vercel id", "x-vercel-id: fra1::iad1::q7xkd-1731400267482-4f0c7d1e9ab2",
      "q7xkd-1731400267482-4f0c7d1e9ab2"
    ),
    ("a ray with its place", "CF-RAY: 8f2ac1d94f0b5c3e-FRA", "8f2ac1d94f0b5c3e"),
    (
      "a trace in decimal digits", "dd.trace_id=1234567890123456789", "112210f47de98115"
    ),
    (
      "the decimal digits of a trace", "trace 00000000000000007fffffffffffffff",
      "9223372036854775807"
    ),
  ])
  func `an id is tried as it may be logged`(where: String, text: String, id: String) {
    #expect(tried(text).contains { $0.lowercased() == id })
  }

  @Test func `a prefix that others have is tried, and no other`() {
    let known = ["job-4180238771", "req_482057e42de55ce28813"]
    #expect(tried("number 4180700123", like: known).contains("job-4180700123"))
    #expect(!tried("number 4180700123", like: []).contains("job-4180700123"))
  }

  @Test(arguments: [
    ("req_9a6394c8b44...", Mention.Cut.end), ("req_9a6394c8b44…", .end),
    ("req_9a6394c8b44***", .end),
    ("...9a6394c8b448bd42", .beginning), ("…9a6394c8b448bd42", .beginning),
  ])
  func `dots and asterisks say that some of an id is missing`(text: String, cut: Mention.Cut) {
    #expect(Ticket("screenshot says \(text) and so on").mentions.first?.cut == cut)
  }

  @Test func `a full stop, a comma and base64's signs cut nothing off`() {
    for text in [
      "req_9a6394c8b448bd420eec.", "req_9a6394c8b448bd420eec,",
      "yaPSSJzUvDS5TF06LGBzHqc43V_VZkPAX8zVdX0KQnW12QD4bAcBbA==",
    ] {
      #expect(Ticket(text).mentions.allSatisfy { $0.cut == nil })
    }
  }

  @Test(arguments: [
    "Please call me at 10:31:28.552 on 2026-11-12 about version 2.1.78 (v2-20241101).",
    "at processTicksAndRejections (node:internal/process/task_queues:105:5)",
    "see https://docs.github.com/en/rest?apiVersion=2022-11-28 and api1.example.com, 192.0.2.7",
    "mail me: someone123456@example.com", "utf-8, gpt-4o-mini, iso-8859-1, TLSv1.3, arm64",
    "Expires: Thu, 01 Jan 1970 00:00:01 GMT", "trying 2606:4700::6811:b055:80",
    "request id is missing since 2.14.6", "a0:b1:c2:d3:e4:f5",
  ])
  func `what is no id is not named as one`(text: String) {
    #expect(named(text) == [])
  }

  @Test func `an id is named once, and not its pieces`() {
    #expect(
      named("id C620:D8D4:1FA9F4A3:1EAC3CBC:6AA01B31, again C620:D8D4:1FA9F4A3:1EAC3CBC:6AA01B31")
        == ["C620:D8D4:1FA9F4A3:1EAC3CBC:6AA01B31"])
  }

  @Test func `an id of a table is named by itself, whatever stands before it`() {
    #expect(
      named("20.11.2026\treq_74265dbbdae7be3500ebf1d9\t429") == ["req_74265dbbdae7be3500ebf1d9"])
  }

  @Test func `the last step of a path is one where the path is said to be`() {
    let id = "22bf087dabf70e8d9edf7b97dd8ab210"
    #expect(named("trace=\"projects/acme-prod/traces/\(id)\"") == [id])
    #expect(named("see https://a.example/static/\(id)/x") == [])
  }

  @Test func `what only looks like the source of a mail stays as it is`() {
    // Values behind names, and one escape among them.
    let text = "id=AB12CD34EF567890 key=C0FFEE00 a=20b next=\nreq_8f2c61d09ab47e3512cd"
    #expect(tried(text).contains("AB12CD34EF567890"))
  }

  @Test func `a text of any kind and length is read in bounds`() {
    let hostile = [
      "", "\u{1B}[", "=", "=3D=", "a=3D=E2", "a=20=\r", "%", "\\u12", "&", "\u{0}\u{AD}", "=\n=\n",
      String(repeating: "a1-", count: 20_000),
    ]
    for text in hostile { #expect(Ticket(text).mentions.count <= Ticket.most) }
    let many = (0..<21_000).map { "req_\($0 + 100_000)" }.joined(separator: " ")
    #expect(Ticket(many).mentions.count == Ticket.most)
    #expect(!Ticket(many).isWhole && Ticket("req_100000").isWhole)
  }
}
