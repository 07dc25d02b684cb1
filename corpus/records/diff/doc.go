// Package diff compares what two runs made of the same articles: which quotes, speakers and entities were added, lost or
// changed.
//
// Records compares two records and is a pure function. Join finds the records that belong together in two files, whatever
// their order, with little memory.
package diff
