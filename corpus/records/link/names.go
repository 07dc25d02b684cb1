package link

import (
	"golang.org/x/text/unicode/norm"

	"github.com/quoth-nlp/quoth/pipeline/names"
)

// words returns the words of a name, without accents.
func words(name string) []string { return names.Words(norm.NFKD.String(name)) }

// agree reports whether two names of speakers of the same words may well be one, accents aside.
func agree(a, b string) bool { return names.Agree(norm.NFKD.String(a), norm.NFKD.String(b)) }
