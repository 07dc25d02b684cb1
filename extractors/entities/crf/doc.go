// Package crf tags the people, places, organizations and other names of a document with a linear-chain conditional random
// field.
//
// A label's score is a sum of weights of features: the word and its neighbours at several grains of clusters, what the
// gazetteer lists about words and phrases, how the same word is used elsewhere in the document, in longer names too, and
// how it is written. The occurrences of a name then share their scores. A model may have a second pass, which adds what
// the first one made of the same word elsewhere.
// Features are hashed; there are no strings in the model, which is one flat file that is used in place.
//
// What a word contributes from a given place, say as the left neighbour, depends on nothing but the word. These sums are
// kept from document to document, so that a token costs a dozen additions of vectors and a few look-ups.
//
//	m, err := crf.Default()
//	mentions := m.Mentions(crf.Doc{Tokens: tokens, Sentences: ends}, nil)
//
// Train makes a model of annotated text that ReadCoNLL reads.
package crf
