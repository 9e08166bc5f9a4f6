internal import Batches
internal import Events

extension EventField {
  func isKnown(in row: EventRow) -> Bool {
    switch self {
    case .time: row.time != nil
    case .vendor: row.vendor != 0
    case .status: row.status != 0
    case .code: row.code != 0
    case .kind: row.kind != .unknown
    case .message: row.message != 0
    case .requestID: !row.requestID.isEmpty
    case .method: row.method != 0
    case .route: row.route != 0
    case .path: row.pathIsRoute || !row.path.isEmpty
    case .consumer: row.consumer != 0
    case .latency: row.latency != nil
    case .retryAfter: row.retryAfter != nil
    case .upstreamStatus: row.upstreamStatus != 0
    case .answeredBy: row.answeredBy != .unknown
    case .details: row.details != 0
    }
  }
}
