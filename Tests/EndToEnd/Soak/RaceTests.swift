import Foundation
import Testing

extension SoakTests {
  /// Four importers bring the same twenty files into one store, eight readers ask it all the while.
  struct RaceTests {
    static let questions = [
      "rates --every 1d --by vendor", "find req_1", "report", "verify", "bursts", "spikes",
      "query top-messages", "query 'select count(*) from events where status = 429'",
    ]
    /// The most that a write-ahead log may come to, in bytes.
    static let mostLog = 64 << 20

    @Test func `importers and readers at once do not fail, nor store anything twice`() throws {
      let rounds = SoakTests.kills.map { max(2, $0 / 100) } ?? 1
      var imports = 0
      var answers = 0
      var largestLog = 0
      for round in 0..<rounds {
        let sandbox = try Sandbox()
        try sandbox.writeGrowingLogs(
          lines: SoakTests.isLong ? 20_000 : 1_500, seed: SoakTests.seed &+ UInt64(round))
        try sandbox.write(Self.script(questions: Self.questions), to: "race.sh")
        let outcome = try sandbox.run("bash race.sh", seconds: 600)
        #expect(outcome.status == 0)
        // What any of them said on standard error, and how it ended.
        let complaints = try sandbox.output("cat complaints")
        #expect(complaints.isEmpty, "round \(round): \(complaints.prefix(2000))")
        imports += try sandbox.output("cat imports").count
        answers += try sandbox.output("cat answers").count
        let logs = try sandbox.output("cat sizes").split(separator: "\n").compactMap { Int($0) }
        largestLog = max(largestLog, logs.max() ?? 0)
        #expect(try sandbox.unsoundness() == nil)
        try sandbox.dump(to: "found", places: false)
        try sandbox.expect(from: "errata import -q logs", places: false)
        let difference = try sandbox.differenceOfDumps()
        #expect(difference == nil, "round \(round)")
      }
      #expect(largestLog <= Self.mostLog)
      SoakTests.say(
        "raced \(rounds) times: \(imports) imports of 20 files and \(answers) answers beside them, "
          + "write-ahead log at most \(largestLog) bytes")
    }

    /// Importers go over the files twice, each from another one on, while half of the files grow;
    /// readers ask until the importers are done. A last import takes what the others have missed.
    private static func script(questions: [String]) -> String {
      // A status of 4: nothing was found, as it should be.
      let readers = questions.enumerated().map { number, question in
        """
        while [ ! -e done ]; do
          errata \(question) > /dev/null 2> reader\(number); status=$?
          if [ $status != 0 ] && [ $status != 4 ]; then
            { echo "\(question.prefix(9)) ended with $status"; cat reader\(number); } >> complaints
          fi
          printf . >> answers
          stat -c %s \(Sandbox.store)-wal >> sizes 2> /dev/null
        done &
        """
      }
      return """
        touch complaints imports answers sizes
        files=(logs/*)
        errata import -q ${files[0]}
        \(readers.joined(separator: "\n"))
        importers=()
        for first in 0 5 10 15; do
          for round in 1 2; do
            errata import -q "${files[@]:first}" "${files[@]:0:first}" 2> importer$first \\
              || { echo "import ended with $?"; cat importer$first; } >> complaints
            printf . >> imports
          done &
          importers+=($!)
        done
        for step in 1 2 3 4; do
          for file in growth/*; do split -n $step/4 $file >> logs/${file##*/}; done
          sleep 0.1
        done
        wait ${importers[@]}
        touch done
        wait
        errata import -q logs 2>> complaints
        """
    }
  }
}

extension Sandbox {
  /// Twenty logs in `logs`: five with a compressed copy of each, five that are compressed only, and
  /// five that `growth` holds the rest of, cut anywhere.
  fileprivate func writeGrowingLogs(lines: Int, seed: UInt64) throws {
    try output("mkdir logs growth")
    for number in 0..<15 {
      let log = SoakLog(lines: lines, seed: seed &+ UInt64(number) &* 1000).bytes
      let written = number < 10 ? log.count : log.count / 2 + number
      try log.prefix(written).write(to: folder.appendingPathComponent("logs/\(number).log"))
      if written < log.count {
        let rest = folder.appendingPathComponent("growth/\(number).log")
        try log.dropFirst(written).write(to: rest)
      }
    }
    try output("gzip -1k logs/[0-4].log; gzip -1 logs/[5-9].log")
  }
}
