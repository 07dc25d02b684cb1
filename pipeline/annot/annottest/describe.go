package annottest

import (
	"fmt"
	"strings"

	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// Describe returns every quote of d with its attribution on a line of its own, for golden files:
//
//	direct attributed | “We are ready,” <- she = Ann Lee (mayor) [said] by quote-then-cue/say, pronoun; flags
//
// the kind, the status, the parts, the words that stand for the speaker, the name that they lead to with the role, the
// cue, the sieve and rule that decided, how the name was found, the flags. Candidates of an ambiguous speaker follow
// as name?; the type of a speaker who is no person stands before the name.
func Describe(d *annot.Document) string {
	if len(d.Quotes) == 0 {
		return "none"
	}
	var b strings.Builder
	for _, q := range d.Quotes {
		fmt.Fprintf(&b, "%s %s", q.Kind, q.Status)
		for _, p := range q.Parts {
			b.WriteString(" | " + strings.ReplaceAll(d.Slice(p), "\n", "⏎"))
		}
		b.WriteString(speaker(d, q))
		fmt.Fprintf(&b, " [%s] by %s", d.Slice(q.Cue), q.By)
		if r := q.Speaker.ResolvedBy; r != "" {
			b.WriteString(", " + r)
		}
		if flags := q.Flags.Names(); len(flags) > 0 {
			b.WriteString("; " + strings.Join(flags, " "))
		}
		b.WriteString("\n")
	}
	return b.String()
}

func speaker(d *annot.Document, q annot.Quote) string {
	sp := q.Speaker
	s := " <- "
	if sp.Mention.IsZero() {
		s += "nobody"
	} else {
		s += d.Slice(sp.Mention)
	}
	if sp.Type != annot.NoSpeaker {
		s += " ="
		if sp.Type != annot.Person {
			s += " " + sp.Type.String()
		}
		if sp.Name != "" {
			s += " " + sp.Name
		}
	}
	if sp.Role != "" {
		s += " (" + sp.Role + ")"
	}
	if sp.Affiliation != "" {
		s += " of " + sp.Affiliation
	}
	for _, c := range sp.Candidates {
		s += " " + c.Name + "?"
	}
	return s
}
