import Events
import Ingest
import Testing

/// Errors of records that never say a status.
@Suite struct StatuslessTests {
  @Test func `a call that CloudTrail says failed is an error`() throws {
    let event = try #require(
      try explain(
        #"{"eventTime":"2026-09-03T09:33:00Z","eventSource":"s3.amazonaws.com","eventName":"DeleteBucket","awsRegion":"ap-south-1","errorCode":"AccessDenied","errorMessage":"Access Denied"}"#
      ).event)
    #expect(event.status == nil)
    #expect(event.code == "AccessDenied")
    #expect(event.kind == .permission)
  }

  @Test func `one that went well is none`() throws {
    #expect(
      try explain(
        #"{"eventTime":"2026-09-03T09:33:00Z","eventSource":"s3.amazonaws.com","eventName":"DeleteBucket","awsRegion":"ap-south-1","responseElements":null}"#
      ).event == nil)
  }

  @Test func `what NGINX asked for is told with its method`() throws {
    let event = try #require(
      try explain(
        #"2023/10/20 09:37:22 [error] 1258#1258: *11896 connect() failed (111: Connection refused) while connecting to upstream, client: 192.0.2.2, server: api.example, request: "GET /favicon.ico HTTP/1.1", upstream: "http://192.0.2.9:3000/favicon.ico", host: "api.example""#
      ).event)
    #expect(event.method == "GET")
    #expect(event.path == "/favicon.ico")
  }
}
