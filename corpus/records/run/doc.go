// Package run keeps the output of one extraction in a folder, so that nothing is lost or written twice whatever
// happens: a run can be killed at any moment and resumed, and its output is then the same, byte for byte, as that of a
// run that nothing disturbed.
//
// A finished folder holds
//
//	documents.jsonl  the records, in the order of the input
//	errors.jsonl     the error records, in the same order; empty if there are none
//	journal.jsonl    what became of each article, and where its record is: an Entry per line
//	run.json         the Manifest: what made the run, with which options, and its counts
//
// While a run is under way, or after it was interrupted, there is a folder partial besides. In it results are appended
// to a log in whatever order they come, and each is noted in a journal once it is there. When all are done the output
// is put together from the log in the order of the input, synced, and moved to its place in one step; until then a
// finished output of an earlier run stays as it was. What the log holds beyond its journal is cut off when the run is
// resumed, and a record that is not what the journal noted is made again.
//
// A folder is locked while a run writes to it.
package run
