import Foundation
import Testing

// More logs than files may be open, and what is no log in a log's place.
extension FollowTests {
  @Test func `more logs than files may be open, through appends, rotation and compression`() throws
  {
    let outcome = try follow(
      "logs",
      """
      wait_for 400
      for k in {1..400}; do line "b$k" >> logs/$k.log; done; wait_for 800
      for k in {1..40}; do line "c$k" >> logs/$k.log; mv logs/$k.log logs/$k.log.1; line "d$k" > logs/$k.log; done
      wait_for 880
      for k in {1..20}; do line "e$k" >> logs/$k.log.1; done; wait_for 900
      for k in {41..80}; do line "f$k" | gzip > logs/$k.gz; done; wait_for 940
      for k in {1..40}; do : > logs/$k.log; line "g$k" >> logs/$k.log; done; wait_for 980
      ls /proc/$pid/fd | wc -l
      """,
      before: "for k in {1..400}; do line a$k > logs/$k.log; done", files: 64)
    #expect(outcome.status == 143)
    let open = try #require(Int(outcome.output.trimmingCharacters(in: .whitespacesAndNewlines)))
    #expect(open <= 64)
    let expected =
      (1...400).flatMap { ["a\($0)", "b\($0)"] }
      + (1...40).flatMap { ["c\($0)", "d\($0)", "g\($0)"] }
      + (1...20).map { "e\($0)" } + (41...80).map { "f\($0)" }
    #expect(try ids() == expected.sorted())
    try expectSound()
  }

  @Test func `the soft limit of open files is raised`() throws {
    let outcome = try sandbox.run(
      """
      mkdir many; for k in {1..200}; do printf '{"status":500,"request_id":"r%s"}\\n' $k > many/$k.log; done
      (ulimit -Sn 64; exec errata import --follow many) & pid=$!
      for i in {1..200}; do
        [ "$(errata query 'select count(*) as n from events' --format csv 2>/dev/null | tail -1)" = 200 ] && break
        sleep 0.05
      done
      grep 'open files' /proc/$pid/limits | awk '{print $4 == $5}'; kill $pid; wait $pid
      """)
    #expect(outcome.output == "1\n")
  }

  @Test(arguments: [
    ("mkfifo", "is a named pipe, which cannot be followed"),
    ("mkdir", "is a folder now, whose files are followed"),
    ("ln -s /dev/null", "is no file"),
  ])
  func `what is no log in a log's place is said, and followed past`(
    make: String, words: String
  ) throws {
    let outcome = try follow(
      "logs/a.log logs/b.log",
      """
      line a1 > logs/a.log; line b1 > logs/b.log; wait_for 2
      line a2 >> logs/a.log; mv logs/a.log logs/a.log.1; \(make) logs/a.log; line b2 >> logs/b.log; wait_for 4
      line a3 >> logs/a.log.1; wait_for 5
      for i in {1..100}; do rm -r logs/a.log && break; done; line a4 > logs/a.log; wait_for 6
      """)
    #expect(outcome.status == 143)
    #expect(outcome.output == "")
    #expect(outcome.complaint.components(separatedBy: "logs/a.log: \(words)").count == 2)
    #expect(try ids() == ["a1", "a2", "a3", "a4", "b1", "b2"])
    try expectSound()
  }

  @Test func `pipes, sockets and devices in a folder are left out, and said`() throws {
    let outcome = try sandbox.run(
      """
      printf '{"status":500,"request_id":"request-1"}\\n' > logs/a.log; mkfifo logs/b.log
      mkfifo logs/c.log; errata import logs
      """, seconds: 20)
    #expect(outcome.status == 0)
    #expect(outcome.complaint.contains("logs/b.log: is a named pipe, and is left out"))
    #expect(outcome.complaint.contains("logs/c.log: is a named pipe, and is left out"))
    #expect(try ids() == ["1"])
  }

  @Test func `an import opens one log at a time`() throws {
    let outcome = try sandbox.run(
      """
      for k in {1..100}; do printf '{"status":500,"request_id":"request-%s"}\\n' $k > logs/$k.log; done
      ulimit -n 24; errata import -q logs
      """)
    #expect(outcome.status == 0)
    #expect(try ids().count == 100)
  }
}
