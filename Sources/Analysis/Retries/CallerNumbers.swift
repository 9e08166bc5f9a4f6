/// Numbers for callers, from 0 on as they come: a table with open places, several times as fast as a
/// dictionary, as there is one look-up for every error.
package struct CallerNumbers {
  /// Numbers, each plus one; 0 where a place is open.
  private var places: [Int32] = Array(repeating: 0, count: 1024)
  private var callers: [CallerKey] = []

  package init() {}

  /// The number of the caller of a call.
  package mutating func number(of call: FailedCall) -> Int { number(of: CallerKey(of: call)) }

  /// The same by who calls what, each by number; -1 for what is not known.
  package mutating func number(vendor: Int32, consumer: Int32, route: Int32) -> Int {
    number(of: CallerKey(vendor: vendor, consumer: consumer, route: route))
  }

  private mutating func number(of caller: CallerKey) -> Int {
    var place = CallerNumbers.start(of: caller, among: places.count)
    while places[place] != 0 {
      let number = Int(places[place]) - 1
      if callers[number] == caller { return number }
      place = (place + 1) & (places.count - 1)
    }
    callers.append(caller)
    places[place] = Int32(callers.count)
    if callers.count * 2 > places.count { grow() }
    return callers.count - 1
  }

  private mutating func grow() {
    let size = places.count * 4
    places = Array(repeating: 0, count: size)
    for (number, caller) in callers.enumerated() {
      var place = CallerNumbers.start(of: caller, among: size)
      while places[place] != 0 { place = (place + 1) & (size - 1) }
      places[place] = Int32(number + 1)
    }
  }

  /// Knuth's multiplicative hash; `size` is a power of two.
  private static func start(of caller: CallerKey, among size: Int) -> Int {
    Int((caller.word &* 0x9e37_79b9_7f4a_7c15) >> 32) & (size - 1)
  }
}
