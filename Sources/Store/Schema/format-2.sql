-- Format 2: gzip files are unpacked from a place inside.

-- From where a gzip file that a source was read from can be unpacked. `file` is the hash of the
-- file's first bytes: of a source only the file read last has points. "offset" bytes precede a
-- point unpacked, `packed` bytes of the file, of the last of which `bits` bits are still to be read.
-- `proof` is the hash of the bytes of the file before it, `window` the unpacked bytes before it, in
-- zlib's format. Without a point, a file is read from its start.
CREATE TABLE restart(
  source INTEGER NOT NULL REFERENCES source, "offset" INTEGER NOT NULL, file INTEGER NOT NULL,
  packed INTEGER NOT NULL, bits INTEGER NOT NULL, proof INTEGER NOT NULL, window BLOB NOT NULL,
  PRIMARY KEY(source, "offset")) STRICT, WITHOUT ROWID;
