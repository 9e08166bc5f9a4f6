import Foundation
import Testing

@testable import Channels

@Suite struct MailTests {
  private func mail(subject: String = "errata: a", text: String = "a\n", page: String = "<p>\n")
    -> String
  {
    String(
      decoding: Mail(
        to: "ops@example.org", subject: subject, key: "0f", host: "h", date: 1_795_996_800,
        text: text, page: page
      ).bytes, as: UTF8.self)
  }

  @Test func `a letter has a text and a page`() {
    #expect(
      mail() == """
        To: ops@example.org
        Subject: errata: a
        Date: Mon, 30 Nov 2026 00:00:00 +0000
        Message-ID: <0f@h>
        Auto-Submitted: auto-generated
        MIME-Version: 1.0
        Content-Type: multipart/alternative; boundary="=_0f"

        --=_0f
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: quoted-printable

        a

        --=_0f
        Content-Type: text/html; charset=utf-8
        Content-Transfer-Encoding: quoted-printable

        <p>

        --=_0f--

        """)
  }

  @Test(arguments: [
    "a\nBcc: evil@example.org", "a\r\nBcc: evil@example.org", "a\u{2028}Bcc: evil@example.org",
    "a\n\n<script>", "a\u{0}\u{85}b\u{0B}c", String(repeating: "lang ", count: 300),
    String(repeating: "x", count: 2000), "ünï 🧨 " + String(repeating: "é", count: 200),
    "=?utf-8?B?QmNj?=", "",
  ])
  func `nothing in a subject becomes a header, and no line is long`(subject: String) {
    let letter = mail(subject: subject)
    let head = letter.components(separatedBy: "\n\n")[0]
    let lines = head.split(separator: "\n", omittingEmptySubsequences: false)
    let names = lines.filter { !$0.hasPrefix(" ") }.map { $0.prefix { $0 != ":" } }
    #expect(
      names == [
        "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type",
      ])
    #expect(letter.split(separator: "\n").allSatisfy { $0.utf8.count <= 78 })
    #expect(letter.utf8.allSatisfy { $0 == 0x0A || (0x20..<0x7F).contains($0) })
  }

  @Test(arguments: [
    "", "a", "a\n", "a b \t\nFrom here\n.\n..\n=\n", "ü — █▓░ 🧨\n", "\u{0}\u{1}\r\n",
    String(repeating: "a b", count: 100), String(repeating: "€", count: 100),
    "ends in a blank \n\n\n", String(repeating: "x", count: 75), String(repeating: "x", count: 76),
  ])
  func `what is written in it is read as it was`(text: String) {
    let written = quotedPrintable(text)
    #expect(written.split(separator: "\n").allSatisfy { $0.utf8.count <= 76 })
    #expect(!written.split(separator: "\n").contains { $0.hasSuffix(" ") || $0.hasPrefix("From ") })
    #expect(read(quotedPrintable: written) == text)
  }

  @Test func `bytes are base64 as others have it`() {
    for count in 0..<20 {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 91 &+ 200) }
      #expect(base64(bytes) == Data(bytes).base64EncodedString())
    }
  }

  /// After RFC 2045.
  private func read(quotedPrintable text: String) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte != UInt8(ascii: "=") {
        bytes.append(byte)
      } else if rest.first == UInt8(ascii: "\n") {
        rest.removeFirst()
      } else {
        bytes.append(UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16) ?? 0)
        rest = rest.dropFirst(2)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
