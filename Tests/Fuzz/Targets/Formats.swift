import Formats
import Ingest
import JSON

@testable import Profiles

private nonisolated(unsafe) let parser = JSONParser()

/// Configurations of gateways, and formats alone: what is learnt of one is a profile, and what cannot be
/// learnt is refused in words.
func fuzzFormats(_ input: UnsafeBufferPointer<UInt8>) {
  let text = String(decoding: input, as: UTF8.self)
  do throws(FormatError) {
    let formats = try Configuration.formats(in: text)
    let draft = try ProfileDraft(name: "fuzz", of: formats.formats, known: nil)
    var bytes = Array(draft.text.utf8)
    bytes.append(contentsOf: repeatElement(0, count: JSONParser.padding))
    let count = draft.text.utf8.count
    bytes.withUnsafeBufferPointer { bytes in
      do {
        let value = try parser.parse(padded: UnsafeBufferPointer(rebasing: bytes[..<count]))
        _ = try GatewayProfile(value, file: "Gateways/fuzz.json")
      } catch {
        require(false, "what is learnt is a profile: \(error): \(draft.text)")
      }
    }
  } catch {
    require(!error.message.isEmpty && !error.hint.isEmpty, "a refusal says why")
  }
}
