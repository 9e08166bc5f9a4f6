import Glibc

/// `Fuzzer TARGET CORPUS… -FLAG=VALUE…`: libFuzzer with one of the targets.
@main
struct Fuzzer {
  private nonisolated(unsafe) static var target = FuzzTarget.lines

  static func main() {
    guard let name = CommandLine.arguments.dropFirst().first, let named = FuzzTarget(rawValue: name)
    else {
      print("usage: Fuzzer TARGET CORPUS…; targets: \(FuzzTarget.allCases.map(\.rawValue))")
      exit(2)
    }
    target = named
    // libFuzzer takes the target's name for its own.
    var count = CommandLine.argc - 1
    var arguments = CommandLine.unsafeArgv + 1
    exit(
      runDriver(&count, &arguments) { bytes, count in
        Fuzzer.target.run(UnsafeBufferPointer(start: bytes, count: bytes == nil ? 0 : count))
        return 0
      })
  }
}

/// <https://llvm.org/docs/LibFuzzer.html#using-libfuzzer-as-a-library>
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<Int32>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt
