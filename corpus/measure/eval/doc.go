// Package eval measures annotated documents against gold annotation. A Scorer counts article by article, a
// TaxonomyScorer case by case; both end in a Report of named figures, which can be printed, written as JSON and held
// against floors. The package runs no pipeline: callers bring the documents.
//
// A part of a gold quote counts as found if one predicted part, or a run of neighbouring parts of one quote with only
// white space between them, covers at least 80 % of it with at most 20 % outside it, in code points. Precision counts
// the predicted parts that lie in a gold quote of any kind by half. Indirect quotes count for neither; an
// IndirectScorer scores them.
//
// A speaker is right if the predicted mention overlaps that of the gold; a name if it equals that of the gold without
// regard to case, full stops, commas, a leading "the" and a trailing possessive. For both, a quote that was not found
// counts as wrong; the kind, status and cue are judged of the quotes that were found.
//
// A mention of an entity is right if its span and its type are exactly those of the gold.
package eval
