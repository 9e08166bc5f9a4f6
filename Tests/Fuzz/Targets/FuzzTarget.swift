/// What may be given any bytes whatever: it neither traps nor breaks its promises.
///
/// `make fuzz` feeds them to libFuzzer; the normal tests replay what it found.
enum FuzzTarget: String, CaseIterable, Sendable {
  case lines, records, bodies, phrases, times, profiles, formats, arguments, json, rendering, rules,
    stores

  func run(_ input: UnsafeBufferPointer<UInt8>) {
    switch self {
    case .lines: fuzzLines(input)
    case .records: fuzzRecords(input)
    case .bodies: fuzzBodies(input)
    case .phrases: fuzzPhrases(input)
    case .times: fuzzTimes(input)
    case .profiles: fuzzProfiles(input)
    case .formats: fuzzFormats(input)
    case .arguments: fuzzArguments(input)
    case .json: fuzzJSON(input)
    case .rendering: fuzzRendering(input)
    case .rules: fuzzRules(input)
    case .stores: fuzzStores(input)
    }
  }
}

/// Ends the run, and so makes the input a finding.
func require(_ holds: Bool, _ promise: @autoclosure () -> String) {
  if !holds { preconditionFailure(promise()) }
}
