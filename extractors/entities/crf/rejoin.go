package crf

import "strings"

// Rejoin returns the data set with the full stop of an abbreviation back in its token where the annotation has both in a
// name, as in U.S | . of some sets: quoth never splits it off, and a model must not learn that it does.
func Rejoin(set Dataset) Dataset {
	docs := set.Docs
	set.Docs = make([]Sample, len(docs))
	for k, d := range docs {
		if d.Odds != nil { // a model gave them for quoth's own tokens
			set.Docs[k] = d
			continue
		}
		out := Sample{Doc: Doc{Tokens: make([]string, 0, len(d.Tokens))}, Labels: make([]Label, 0, len(d.Labels))}
		d.sentences(func(first, end int) {
			for i := first; i < end; i++ {
				l := d.Labels[i]
				if n := len(out.Tokens) - 1; i > first && d.Tokens[i] == "." && initials(d.Tokens[i-1]) && (l.Part() == Inside || l.Part() == Last) {
					out.Tokens[n] += "."
					if l.Part() == Last {
						out.Labels[n] = endAt(out.Labels[n])
					}
					continue
				}
				out.Tokens = append(out.Tokens, d.Tokens[i])
				out.Labels = append(out.Labels, l)
			}
			out.Sentences = append(out.Sentences, len(out.Tokens))
		})
		set.Docs[k] = out
	}
	return set
}

// endAt returns the label of a token that l begins or goes on with if it is the last one.
func endAt(l Label) Label {
	if l.Part() == Begin {
		return Make(Unit, l.Type())
	}
	return Make(Last, l.Type())
}

// initials reports whether w is letters with full stops between and none at the end: U.S, D.C.
func initials(w string) bool {
	parts := strings.Split(w, ".")
	for _, p := range parts {
		if len(p) != 1 || !hasUpper(p) {
			return false
		}
	}
	return len(parts) > 1
}

func hasUpper(w string) bool {
	f := foldWord(w)
	return f.upper
}
