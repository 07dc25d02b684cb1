// Package duplicates finds the articles of a corpus that are copies of earlier ones: the same text, or wire copy with
// another headline, other marks, a paragraph more or less.
//
// A Fingerprint stands for the text of an article in 76 bytes; two of them tell how alike two texts are. An Index holds
// the fingerprints of all articles so far and answers which of them the next one copies. Its memory does not grow with
// the number of articles: past some thousand of them it keeps a file.
package duplicates
