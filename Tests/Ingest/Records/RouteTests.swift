import Events
import Ingest
import Testing

/// Routes of logs that name none.
@Suite struct RouteTests {
  @Test(arguments: [
    "/", "/v1/chat", "/v2/leads", "/api/v1beta1/projects", "/2.0/users", "/v2.1.3/x", "/users/@me",
    "/oauth2/token", "/s3/buckets", "/getUserSubscriptionDetails", "/getOAuth2Token/x",
    "/api/rest/latest/search", "/webhooks/subscriptions", "/us-east-1/queues", "/utf-8/x",
    "/models/gpt-4", "/2015-03-31/functions", "/facade/decade", "/index.html", "/health_check",
    "/.well-known/openid-configuration", "/v1/models/gemini-pro:generateContent",
    "/b2b/x509", "/base64/encode", "/log4j", "/ipv4", "/Orders/$count", "/a.b.c/d",
  ])
  func `words and versions stay`(path: String) throws {
    #expect(try route(path) == path)
  }

  @Test(arguments: [
    ("/runs/12/steps/7", "/runs/{id}/steps/{id}"),
    ("/runs/8f2c61d0", "/runs/{id}"), ("/commits/a1b2c3d", "/commits/{id}"),
    ("/users/3bbc0252-2d5c-49fe-bd89-104e9b61770b", "/users/{id}"),
    ("/users/3BBC02522D5C49FEBD89104E9B61770B", "/users/{id}"),
    ("/blobs/e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "/blobs/{id}"),
    ("/jobs/01HX5ZZKBKACTAV9WEVGEMMVRZ", "/jobs/{id}"), ("/v/dQw4w9WgXcQ", "/v/{id}"),
    ("/n/V1StGXR8_Z5jdHi6B-myT", "/n/{id}"), ("/k/x7Kp2Lm9", "/k/{id}"),
    ("/charges/ch_3Nk2abcd1XyZ9876", "/charges/{id}"), ("/items/item_42", "/items/{id}"),
    ("/orders/order-4512", "/orders/{id}"), ("/people/ann@example.com", "/people/{id}"),
    ("/people/a@b.io", "/people/{id}"), ("/people/ann%40example.com", "/people/{id}"),
    ("/reports/2026-11-20", "/reports/{id}"), ("/reports/20261120/x", "/reports/{id}/x"),
    ("/runs/8f2c61d0:cancel", "/runs/{id}:cancel"), ("/files/8f2c61d0.pdf", "/files/{id}.pdf"),
    ("/Orders(42)/Lines(7)", "/Orders({id})/Lines({id})"), ("/ids/1,2,3", "/ids/{id}"),
    ("/hosts/10.0.0.1", "/hosts/{id}"), ("/urn:li:person:8f2c61d0", "/urn:li:person:{id}"),
    ("/t/eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9", "/t/{id}"),
    ("/projects/7/", "/projects/{id}/"), ("//7", "//{id}"),
  ])
  func `ids are taken out`(path: String, expected: String) throws {
    #expect(try route(path) == expected)
  }

  private func route(_ path: String) throws -> String? {
    try event(#"{"status":500,"path":"\#(path)"}"#).route
  }
}
