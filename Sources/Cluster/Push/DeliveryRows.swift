internal import CXXHash
internal import Files

/// The rows of one batch for one table. Each begins with the edge, the batch and the number of the
/// delivery, which is written when it is known.
struct DeliveryRows {
  private(set) var rows = RowWriter()
  private var starts: [Int] = []
  /// A hash of all rows but for their beginnings.
  private(set) var content: UInt64 = 0

  private static let loadPlace = 12
  private static let headSize = 20

  mutating func begin(edge: UInt32, batch: Int64) {
    starts.append(rows.bytes.count)
    rows.append(edge)
    rows.append(batch)
    rows.append(UInt64(0))
  }

  mutating func add(_ write: (inout RowWriter) -> Void) { write(&rows) }

  mutating func end() {
    guard let start = starts.last else { return }
    let hash = rows.bytes.withUnsafeBytes { bytes in
      let own = UnsafeRawBufferPointer(rebasing: bytes[(start + DeliveryRows.headSize)...])
      return XXH3_64bits(own.baseAddress, own.count)
    }
    content = mixed(content ^ hash)
  }

  /// In bytes.
  var size: Int { rows.bytes.count }

  /// Appends them as they are sent.
  func append(to bytes: inout [UInt8], load: UInt64) {
    let first = bytes.count
    bytes.append(contentsOf: rows.bytes)
    bytes.withUnsafeMutableBytes { bytes in
      for start in starts {
        bytes.storeBytes(
          of: load.littleEndian, toByteOffset: first + start + DeliveryRows.loadPlace,
          as: UInt64.self)
      }
    }
  }
}

/// ClickHouse's `intHash64`: <https://clickhouse.com/docs/sql-reference/functions/hash-functions#inthash64>.
func mixed(_ number: UInt64) -> UInt64 {
  var hash = number ^ 0x4CF2_D2BA_AE6D_A887
  hash = (hash ^ hash >> 33) &* 0xFF51_AFD7_ED55_8CCD
  hash = (hash ^ hash >> 33) &* 0xC4CE_B9FE_1A85_EC53
  return hash ^ hash >> 33
}
