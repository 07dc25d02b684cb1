// Package validate checks whether files are what quoth writes: records in any of their formats, the folder of a run,
// and the tables of a data set. It tells all that is wrong rather than the first fault, and reads each file once, front to
// back.
//
// Record checks one record by itself and may run on many at once; a File checks what goes beyond one record, in their
// order. Memory is that of a few records and of the ids: about 30 bytes per record.
package validate
