internal import Events

/// How many errors of one sort a route had in one hour or day. Vendor, gateway and route are the
/// numbers of their rows in the store; 0 stands for none.
struct RouteEntry {
  /// The start of the stretch, in milliseconds since the epoch.
  var time: Int64
  var vendor: Int64
  var gateway: Int64
  var route: Int64
  var sort: RoutePage.Sort
  var counts: RoutePage.Counts

  /// The page that its route belongs to.
  var page: Int64 { route >> RoutePage.routes.trailingZeroBitCount }

  @inline(__always)
  func isAlike(_ other: RouteEntry) -> Bool {
    route == other.route && sort == other.sort && vendor == other.vendor
      && gateway == other.gateway && time == other.time
  }

  func isOnPage(of other: RouteEntry) -> Bool {
    page == other.page && vendor == other.vendor && gateway == other.gateway && time == other.time
  }

  @inline(__always)
  static func precedes(_ one: RouteEntry, _ other: RouteEntry) -> Bool {
    if one.time != other.time { return one.time < other.time }
    if one.vendor != other.vendor { return one.vendor < other.vendor }
    if one.gateway != other.gateway { return one.gateway < other.gateway }
    if one.route != other.route { return one.route < other.route }
    return one.sort < other.sort
  }
}

extension [RouteEntry] {
  /// Puts them in order of time, vendor, gateway, route and sort, and those that are alike
  /// together.
  mutating func settle() {
    sort(by: RouteEntry.precedes)
    var last = startIndex
    for place in indices.dropFirst() {
      if self[place].isAlike(self[last]) {
        self[last].counts &+= self[place].counts
      } else {
        last += 1
        self[last] = self[place]
      }
    }
    if !isEmpty { removeSubrange((last + 1)...) }
  }
}
