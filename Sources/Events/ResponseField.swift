/// What responses are picked and told apart by.
package enum ResponseField: String, Sendable, CaseIterable {
  case vendor, status, code, kind, route, consumer
}
