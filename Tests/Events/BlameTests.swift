import Events
import Testing

@Suite struct BlameTests {
  @Test(arguments: [
    (Kind.validation, AnsweredBy.vendor, Blame.ours), (.validation, .gateway, .ours),
    (.auth, .unknown, .ours), (.rateLimit, .vendor, .ours), (.rateLimit, .unknown, .ours),
    (.rateLimit, .gateway, .gateway), (.planLimit, .vendor, .plan), (.planLimit, .gateway, .plan),
    (.payment, .unknown, .plan), (.server, .vendor, .vendor), (.server, .unknown, .vendor),
    (.server, .gateway, .gateway), (.timeout, .gateway, .gateway), (.timeout, .vendor, .vendor),
    (.unavailable, .unknown, .vendor), (.upstream, .vendor, .thirdParty),
    (.upstream, .gateway, .gateway),
    (.cancelled, .unknown, .nobody), (.cancelled, .gateway, .nobody), (.unknown, .vendor, .unknown),
    (.unknown, .gateway, .gateway),
  ])
  func `whose move it is follows from the kind and who answered`(
    kind: Kind, answeredBy: AnsweredBy, expected: Blame
  ) {
    #expect(Blame(kind, answeredBy: answeredBy) == expected)
  }

  @Test func `every kind is somebody's, but for what is unknown and what the client gave up`() {
    for kind in Kind.allCases {
      #expect((Blame(kind, answeredBy: .vendor) == .unknown) == (kind == .unknown))
      #expect((Blame(kind, answeredBy: .vendor) == .nobody) == (kind == .cancelled))
    }
  }
}
