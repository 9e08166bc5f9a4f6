internal import Profiles

/// What stands around the statuses of a record: which of them stand beside something that speaks of
/// HTTP, and are not the status of something else.
struct Surroundings {
  private let shape: Shape
  private let statuses: [Int]
  /// Nodes that speak of HTTP or of a gateway.
  private let clues: [Int]

  init(of nodes: [Int32], _ shape: Shape) {
    self.shape = shape
    var statuses: [Int] = []
    var clues: [Int] = []
    for node in nodes.lazy.map(Int.init) {
      let fields = shape.meanings(of: node).lazy.filter { !$0.isParent }.map(\.field)
      if fields.contains(.status) {
        statuses.append(node)
      } else if !shape.clues(of: node).isEmpty || fields.contains(where: Surroundings.speaks) {
        clues.append(node)
      }
    }
    self.statuses = statuses
    self.clues = clues
  }

  private static func speaks(_ field: GatewayProfile.Field) -> Bool {
    switch field {
    case .method, .path, .requestLine, .exchange, .retryAfter, .body: true
    default: false
    }
  }

  /// Whether the object in which a status stands has a clue that stands beside no status deeper down.
  func speakOfHTTP(around status: Int) -> Bool {
    let depth = shape.nodes[status].depth
    return clues.contains { clue in
      shape.isBeside(clue, status)
        && !statuses.contains { shape.nodes[$0].depth > depth && shape.isBeside(clue, $0) }
    }
  }
}
