import Batches
import Testing

@Suite struct IDEdgeTests {
  @Test(arguments: [
    ("req_9a6394c8b448bd420eec", "9a6394c8", IDEdge.beginning),
    ("REQ_9A6394C8B448BD420EEC", "9a6394c8b4", .beginning),
    ("req_9a6394c8b448bd420eec", "req_9a6394c8b44", .beginning),
    ("req_9a6394c8b448bd420eec", "448bd420eec", .end),
    ("5539a5e2-7d6e-445d-a64a-bbee52354bf3", "5539a5e27d6e", .beginning),
    ("5539a5e2-7d6e-445d-a64a-bbee52354bf3", "A64ABBEE52354BF3", .end),
    ("crm-4180238", "crm-4180", .beginning), ("crm-4180238", "m-4180238", .end),
  ])
  func `a part of an id has the hash of its edge, and is it`(
    id: String, part: String, edge: IDEdge
  ) {
    #expect(edge.hash(of: id) == edge.hash(of: part))
    #expect(edge.hash(of: id) != nil)
    #expect(edge.isEdge(part, of: id))
    #expect(!edge.isEdge("x" + part + "x", of: id))
  }

  @Test func `what is short has no edge, and the whole id is no part of it`() {
    for text in ["", "a", "1234567", "req_", "ab_1234"] {
      for edge in IDEdge.allCases {
        #expect(edge.hash(of: text) == nil)
        #expect(!edge.isEdge(text, of: "req_" + text))
      }
    }
    #expect(!IDEdge.beginning.isEdge("req_12345678", of: "req_12345678"))
    #expect(IDEdge.beginning.hash(of: "req_1234") == IDEdge.beginning.hash(of: "REQ_1234"))
  }

  @Test func `hashes have so many bits, and differ between edges and ids`() {
    var seen: Set<UInt32> = []
    for number in 0..<2000 {
      for edge in IDEdge.allCases {
        guard let hash = edge.hash(of: "\(10_000_000 + number)") else { continue }
        #expect(hash < 1 << UInt32(IDEdge.bits))
        seen.insert(hash)
      }
    }
    #expect(seen.count > 3990)
  }
}
