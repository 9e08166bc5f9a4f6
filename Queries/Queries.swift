/// The questions, one a file, as they stand in this folder.
package enum Queries {}
