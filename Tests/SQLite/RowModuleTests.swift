import SQLite
import Testing

@Suite struct RowModuleTests {
  /// Squares, with the names of some.
  private final class Squares: RowSource {
    let name = "squares"
    let columns = ["n", "square", "name"]
    var count = 0
    private let four = Array("four".utf8)

    func write(row: Int, column: Int, into cell: RowCell) {
      switch column {
      case 0: cell.integer(Int64(row))
      case 1: cell.integer(Int64(row * row))
      default:
        if row == 2 { four.withUnsafeBufferPointer { cell.text($0) } } else { cell.null() }
      }
    }
  }

  @Test func `rows in memory are a table, as many as there are at the time`() throws {
    let scratch = try Scratch()
    let squares = Squares()
    try scratch.connection.register(squares)
    let sum = try scratch.connection.prepare("SELECT COUNT(*), SUM(square), MAX(name) FROM squares")
    for (count, total, name) in [(0, 0, nil), (4, 14, "four"), (3, 5, "four")]
      as [(Int, Int64, String?)]
    {
      squares.count = count
      #expect(try sum.step())
      #expect((sum.integer(0), sum.integer(1)) == (Int64(count), total))
      #expect(sum.text(2) == name)
      sum.reset()
    }
  }

  @Test func `they can be joined with themselves and copied`() throws {
    let scratch = try Scratch()
    let squares = Squares()
    squares.count = 5
    try scratch.connection.register(squares)
    #expect(
      try scratch.connection.integer(
        "SELECT COUNT(*) FROM squares a JOIN squares b ON a.n = b.square") == 3)
    try scratch.connection.execute("CREATE TABLE t(n, square, name)")
    try scratch.connection.execute("INSERT INTO t SELECT * FROM squares")
    #expect(try scratch.connection.integer("SELECT SUM(n) FROM t") == 10)
  }
}
