extension Schema {
  /// Format 7: pruning may be about some vendors alone.
  static let seventh = """
    -- The vendors that a pruning was about; none where it was about all.
    CREATE TABLE pruned_vendor(
      pruning INTEGER NOT NULL REFERENCES pruning, vendor TEXT NOT NULL,
      PRIMARY KEY(pruning, vendor)) STRICT, WITHOUT ROWID;
    -- Vendors of which nothing was left once: who asks for one has not misspelt it.
    CREATE TABLE former_vendor(text TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
    """
}
