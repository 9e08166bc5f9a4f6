internal import Profiles

extension GatewayProfile.Field {
  /// Its place in an array of fields.
  var index: Int {
    switch self {
    case .time: 0
    case .status: 1
    case .upstreamStatus: 2
    case .method: 3
    case .path: 4
    case .route: 5
    case .requestLine: 6
    case .latency: 7
    case .vendor: 8
    case .host: 9
    case .service: 10
    case .requestID: 11
    case .identifier: 12
    case .consumer: 13
    case .retryAfter: 14
    case .body: 15
    case .answer: 16
    case .latencyPart: 17
    case .started: 18
    case .ended: 19
    case .wire: 20
    case .code: 21
    case .reset: 22
    case .remaining: 23
    case .quota: 24
    case .exchange: 25
    case .grpcStatus: 26
    case .headerMessage: 27
    }
  }
}
