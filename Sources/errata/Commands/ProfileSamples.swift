internal import Answers
internal import Arguments
internal import Ingest
internal import Rendering

// What `gateways` and `vendors` do with a single profile: print it, and read its samples.

extension Operand {
  /// What is asked about a profile, and what it is asked about.
  static func profiles(besides others: [String], _ subject: String = "NAME") -> [Operand] {
    let choices = others + ["profile", "check"]
    return [
      Operand(
        "ACTION", usage: "[\(choices.joined(separator: "|"))]", isRequired: false, choices: choices),
      Operand(subject, isRequired: false, completion: subject == "NAME" ? .nothing : .files),
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
    for option in [Option.format, .color, .plain, .wide] where isGiven(option.name) {
      throw UsageError(
        "\(operands[0]) has no option \(option.flag)",
        hint: "A profile is printed as the file it is; -o writes it to a file.")
    }
    var output = Output()
    contents.withUnsafeBufferPointer { output.write($0) }
    try show(output)
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
  let answer = SampleAnswer(of: profiles)
  let differences = answer.differences
  let samples = counted(answer.samples, "sample")
  let fields = SampleDifference.fields
  return Answer(
    title: differences.isEmpty
      ? "\(samples), read as the profile\(profiles.count == 1 ? " says" : "s say")"
      : "Not every sample is read as its profile says",
    notes: differences.isEmpty ? [] : ["of \(samples)"],
    sections: differences.isEmpty
      ? []
      : [
        Section(
          .table(
            Table(
              of: differences,
              [
                fields.column("profile"), fields.column("sample"), fields.column("field"),
                fields.column("expected"), fields.column("read"),
              ])))
      ],
    value: answer.value, rows: "differences", header: fields.names)
}

/// What `vendors check` and `gateways check` answer.
struct SampleAnswer: Described {
  var samples: Int
  var differences: [SampleDifference]

  init(of profiles: [ProfileSamples]) {
    samples = profiles.reduce(0) { $0 + $1.check.samples }
    differences = profiles.flatMap { profile in
      profile.check.differences.map { SampleDifference(profile: profile.name, difference: $0) }
    }
  }

  static let fields: Fields<SampleAnswer> = [
    Field("samples", "how many samples were read") { $0.samples },
    Field("differences", "what was not read as a profile says") { $0.differences },
  ]
}

/// A field that was not read as a sample says.
struct SampleDifference: Described {
  var profile: String
  var difference: SampleCheck.Difference

  static let fields: Fields<SampleDifference> = [
    Field("profile", "the profile's name") { $0.profile },
    Field("sample", "the sample's place in its profile, from 1") { $0.difference.sample },
    Field("field", "the field that differs") { $0.difference.field },
    Field("expected", "what the sample says, in words for people") { $0.difference.expected },
    Field("read", "what was read, in words for people") { $0.difference.found },
  ]
}
