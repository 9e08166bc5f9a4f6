import Answers
import Rendering
import Testing

@Suite struct MarkdownTests {
  @Test func `rates are a pipe table`() {
    #expect(
      rendered(rates, as: .md) == """
        # Error rates

        2026-11-13 00:00 to 2026-11-20 00:00, Europe/Berlin

        | vendor | errors | rate |
        | :-- | --: | --: |
        | flowestate | 1,204,331 | 3.1 % |
        | zof | 7 | \\- |

        """)
  }

  @Test func `a report has headings, lists and fences`() {
    #expect(
      rendered(report, as: .md) == """
        # Week 47

        2026-11-16 to 2026-11-23

        UTC

        ## New

        Two codes were not seen before.

        - quota_exceeded
        - gone

        ## Bursts

        **Of 429s**

        no bursts

        ## An event

        - **id**: req_8f2
        - **status**: 429

        ````
        {"a": 1}
        ```
        ````

        """)
  }

  @Test(arguments: [
    ("[x](javascript:alert(1))", #"\[x\](javascript:alert(1))"#),
    ("![i](http://e.test/p.png)", #"!\[i\](http\://e.test/p.png)"#),
    (
      "https://evil.test www.evil.test a@b.test", #"https\://evil.test www\.evil.test a\@b.test"#
    ),
    ("<img onerror=x> &lt;", #"\<img onerror=x> \&lt;"#),
    ("a|b", #"a\|b"#), ("a\\|b", #"a\\\|b"#),
    ("`code` *b* _i_ ~s~", #"\`code\` \*b\* \_i\_ \~s\~"#),
    ("# h", ##"\# h"##), ("1. one", #"1\. one"#), ("see #12", ##"see \#12"##), ("- x", #"\- x"#),
    ("+ x", #"\+ x"#),
    ("===", #"\==="#),
    ("    code", "code"), ("a\r\n# b\tc\n", ##"a  # b c"##), ("$x$ {y}", #"\$x\$ {y}"#),
    ("\u{1B}[0m", #"\\x1b\[0m"#), ("2026-11-20 14:02 -7.5", #"2026-11-20 14:02 -7.5"#), ("", ""),
    ("Week 2026-W46 (16.3 %)", "Week 2026-W46 (16.3 %)"), ("QUOTA_EXCEEDED", "QUOTA_EXCEEDED"),
    (":tada: 14:02:10 a:b", #"\:tada: 14:02:10 a:b"#), ("1) one", #"1\) one"#),
    ("> quoted", #"\> quoted"#), ("@team, a @ b", #"\@team, a @ b"#), ("R&D & co", #"R\&D & co"#),
    ("MAILTO:a", #"MAILTO\:a"#), ("a_ _b", #"a\_ \_b"#),
  ])
  func `text stays text`(text: String, escaped: String) {
    let answer = Answer(title: "", sections: [Section(.paragraph(text))], value: nil)
    #expect(rendered(answer, as: .md) == escaped + "\n")
  }

  @Test func `a cell cannot end its row`() {
    let table = Table(columns: ["a|b"], rows: [["x|\n| y |"]])
    let answer = Answer(title: "", sections: [Section(.table(table))], value: nil)
    #expect(rendered(answer, as: .md) == "| a\\|b |\n| :-- |\n| x\\| \\| y \\| |\n")
  }
}
