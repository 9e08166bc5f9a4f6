import Events
import Ingest
import Testing

/// developers.flowestate.app/errors
@Suite struct FlowEstateTests {
  @Test func `a 429 that says BAD_REQUEST is a rate limit with its delay in the header`() throws {
    let event = try event(
      #"""
      {"vendor":"flowestate","status":429,"headers":{"Retry-After":"23","X-RateLimit-Limit":"60"},
      "body":{"error":{"message":"Rate limit exceeded. Retry after 23 seconds.",
      "code":"BAD_REQUEST"}}}
      """#)
    #expect(event.code == "BAD_REQUEST")
    #expect(event.kind == .rateLimit)
    #expect(event.retryAfter == 23_000)
  }

  @Test(arguments: [
    (
      "You have reached the maximum number of leads for your plan. Please upgrade.",
      "/api/v1/leads", "leads"
    ),
    ("You have reached the maximum number of projects for your plan.", "/projects", "projects"),
    (
      "You have reached the maximum number of webhook endpoints for your plan.",
      "/webhooks/subscriptions", "webhook endpoints"
    ),
    ("Has alcanzado el número máximo de registros de tu plan.", "/leads", "leads"),
    ("Has alcanzado el límite de proyectos de tu plan.", "/v1/projects", "projects"),
    (
      "Ha superado el máximo de suscripciones. Actualice su plan.",
      "/api/v1/webhooks/subscriptions", "webhook endpoints"
    ),
    ("Você atingiu o limite de contatos do seu plano.", "/leads", "leads"),
  ])
  func `a plan limit is known by its message, in any of the languages, and its route`(
    message: String, path: String, resource: String
  ) throws {
    let event = try event(
      #"""
      {"vendor":"flowestate","status":403,"method":"POST","path":"\#(path)",
      "body":{"error":{"message":"\#(message)","code":"FORBIDDEN"}}}
      """#)
    #expect(event.kind == .planLimit)
    #expect(event.code == "FORBIDDEN")
    #expect(event.details == #"{"resource":"\#(resource)"}"#)
    #expect(try retryAdvice(event) == .upgrade)
  }

  @Test(arguments: [
    ("Your plan allows up to 1.000 leads.", 1000),
    ("Maximum number of leads for your plan: 50", 50),
    ("Upgrade to create more than 2,500 leads", 2500),
  ])
  func `a limit is a number however its thousands are grouped`(message: String, limit: Int) throws {
    let event = try event(
      #"""
      {"vendor":"flowestate","status":403,"path":"/leads",
      "body":{"error":{"message":"\#(message)","code":"FORBIDDEN"}}}
      """#)
    #expect(event.details == #"{"resource":"leads","limit":\#(limit)}"#)
  }

  @Test(arguments: [
    (
      "email: Email or phone is required",
      #"{"path":"email","message":"Email or phone is required"}"#
    ),
    (
      "status: Expected one of: new; won; lost; notes: Too long",
      #"{"path":"status","message":"Expected one of: new; won; lost"},"#
        + #"{"path":"notes","message":"Too long"}"#
    ),
    (
      "items.0.unit.price: Must be positive; items.1.name: Required",
      #"{"path":"items[0].unit.price","message":"Must be positive"},"#
        + #"{"path":"items[1].name","message":"Required"}"#
    ),
    ("Body must be an object", #"{"path":"","message":"Body must be an object"}"#),
  ])
  func `the fields at fault are read out of the message`(reasons: String, issues: String) throws {
    let event = try event(
      #"""
      {"vendor":"flowestate","status":400,"body":{"error":{
      "message":"Validation error: \#(reasons)","code":"VALIDATION_ERROR"}}}
      """#)
    #expect(event.details == #"{"issues":[\#(issues)]}"#)
    #expect(event.message == "Validation error: \(reasons)")
  }
}
