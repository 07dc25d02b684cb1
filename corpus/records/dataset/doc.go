// Package dataset turns records into tables that statistics programs, databases and spreadsheets open at once.
//
// Tables describes the tables: each column's name, type, meaning and constraints, and how it is taken from a record.
// Everything else follows from that one description: CSV, TSV, Parquet, SQLite, the script of SQL, datapackage.json,
// croissant.json, the data card and the documentation.
//
// Create writes a whole data set into a folder, which appears under its name only when it is complete. NewFlat writes
// the rows of one table to a stream.
//
// The same records and options give the same bytes in every format. A Builder holds one record in memory, with what the
// formats buffer, and eight bytes for each article, by which it knows ids that come twice.
package dataset
