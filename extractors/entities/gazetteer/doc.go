// Package gazetteer answers what is known about names and words before an article is read: which phrases name places,
// organizations and people, which words are first names and surnames, how often a word is written in lower case, and
// which words a capitalised phrase is used with in news.
//
// The tables are one embedded flat file that is used in place: nothing is decoded, so that Default costs microseconds.
// Keys are not stored, only 32-bit fingerprints of them in buckets of about four: a lookup of something that is not
// listed is answered wrongly with a probability below 1e-9. The command cmd/mklexicon builds the file; NOTICE.md names
// the sources and their licences.
//
// Phrases are looked up by a hash that grows token by token:
//
//	h := gazetteer.Seed
//	for j := i; j < len(tokens); j++ {
//		h = gazetteer.Extend(h, tokens[j])
//		e, ok := table.Phrase(h)
//		if ok {
//			// tokens[i:j+1] is listed
//		}
//		if !e.More {
//			break
//		}
//	}
//
// No phrase has more than MaxTokens tokens, so that such a scan is linear in the text.
package gazetteer
