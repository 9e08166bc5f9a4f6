internal import Answers
internal import Arguments
internal import Ingest
internal import Rendering

// What `gateways` and `vendors` do with a single profile: print it, and read its samples.

extension Operand {
  /// What is asked about a profile, and its name.
  static func profiles(besides others: [String]) -> [Operand] {
    let choices = others + ["profile", "check"]
    return [
      Operand(
        "ACTION", usage: "[\(choices.joined(separator: "|"))]", isRequired: false, choices: choices),
      Operand("NAME", isRequired: false),
    ]
  }
}

extension Invocation {
  /// The name that must follow what is asked; `what` is what it names.
  func profileName(of what: String, known: [String]) throws -> String {
    if let name = operands.dropFirst().first { return name }
    throw UsageError(
      "\(operands[0]) needs the name of \(what)",
      hint: "Known are \(known.sorted().joined(separator: ", ")).")
  }

  /// Prints a profile as the file it is.
  func print(profile contents: [UInt8]) throws {
    for option in [Option.format, .color] where has(option) {
      throw UsageError(
        "\(operands[0]) has no option \(option.flag)",
        hint: "A profile is printed as the file it is; -o writes it to a file.")
    }
    var output = Output()
    contents.withUnsafeBufferPointer { output.write($0) }
    try destination.write(output)
  }

  /// Shows how the samples of some profiles were read.
  func show(_ profiles: [ProfileSamples]) throws -> ExitCode {
    guard profiles.contains(where: { $0.check.samples > 0 }) else {
      throw UsageError(
        "there are no samples to read",
        hint: "They stand under “samples” in a profile: see “errata help gateway-profile”.")
    }
    try show(comparison(of: profiles))
    return profiles.allSatisfy(\.check.differences.isEmpty) ? .ok : .failure
  }
}

/// A profile's name, and how its samples were read.
struct ProfileSamples {
  let name: String
  let check: SampleCheck
}

/// What samples say, beside what was read of them, where the two differ.
private func comparison(of profiles: [ProfileSamples]) -> Answer {
  let found = profiles.flatMap { profile in profile.check.differences.map { (profile.name, $0) } }
  let count = profiles.reduce(0) { $0 + $1.check.samples }
  let samples = count == 1 ? "1 sample" : "\(count) samples"
  return Answer(
    title: found.isEmpty
      ? "\(samples), read as the profile\(profiles.count == 1 ? " says" : "s say")"
      : "Not every sample is read as its profile says",
    notes: found.isEmpty ? [] : ["of \(samples)"],
    sections: found.isEmpty
      ? []
      : [
        Section(
          .table(
            Table(
              columns: ["profile", Column("sample", .trailing), "field", "expected", "read"],
              rows: found.map { name, difference in
                [
                  Cell(.text(name)), Cell(difference.sample), Cell(.text(difference.field)),
                  Cell(.text(difference.expected)), Cell(.text(difference.found)),
                ]
              })))
      ],
    value: [
      "samples": Value(count),
      "differences": .array(
        found.map { name, difference in
          [
            "profile": .text(name), "sample": Value(difference.sample),
            "field": .text(difference.field), "expected": .text(difference.expected),
            "read": .text(difference.found),
          ]
        }),
    ],
    rows: "differences")
}
