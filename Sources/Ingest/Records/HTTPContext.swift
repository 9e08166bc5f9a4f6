internal import Profiles

/// Which statuses of a record stand beside something that speaks of HTTP, such as a method or a
/// path, and so are not the status of a job or a device.
struct HTTPContext {
  private let paths: PathTree
  /// The objects that have a status and speak of HTTP. What speaks of HTTP counts for the innermost
  /// object around it that has a status.
  private var spoken: Set<Int32> = []

  /// - Parameter gateway: whose names count beside the usual ones; -1 for none.
  init(of nodes: [Int32], gateway: Int, _ paths: PathTree) {
    self.paths = paths
    var objects: Set<Int32> = []
    var clues: [Int32] = []
    for node in nodes {
      let fields = paths.meanings(of: Int(node)).lazy.filter {
        !$0.isParent && ($0.gateway < 0 || Int($0.gateway) == gateway)
      }.map(\.field)
      if fields.contains(.status) {
        objects.insert(paths.nodes[Int(node)].parent)
      } else if !paths.clues(of: Int(node)).isEmpty || fields.contains(where: HTTPContext.speaks) {
        clues.append(node)
      }
    }
    for clue in clues {
      var object = clue
      repeat {
        object = paths.nodes[Int(object)].parent
      } while object > 0 && !objects.contains(object)
      spoken.insert(object)
    }
  }

  private static func speaks(_ field: GatewayProfile.Field) -> Bool {
    switch field {
    case .method, .path, .requestLine, .exchange, .retryAfter, .body: true
    default: false
    }
  }

  /// Whether the object in which a status stands speaks of HTTP.
  func speakOfHTTP(around status: Int) -> Bool { spoken.contains(paths.nodes[status].parent) }
}
