// Package export writes records in the forms of tools in which people look at annotations and correct them, or train
// models on them: brat, CoNLL, Prodigy and spaCy, Label Studio, doccano, W3C Web Annotation and INCEpTION.
//
// Every form carries the same marks: the mentions of entities (PER, LOC, ORG and, where the record has them, MISC) and for
// each quote its content (one mark per part, the quotation marks included), the words that stand for its speaker (Source) and
// its cue (Cue). Links lead from the content to the source (SpokenBy) and to the cue (CuedBy), from each further part of
// a quote to the one before it (Continues) and from a quote to its parent (Within). Offsets count what the tool counts,
// whatever the record counts.
package export
