package clause

import (
	"strings"

	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// NamedSource returns mention k as a source.
func (r *Reader) NamedSource(k int) Source {
	return Source{Form: Named, Tokens: Tokens{r.FirstToken[k], r.EndToken[k]}, Mentions: []int{k}, Affiliation: -1, Head: r.EndToken[k] - 1}
}

// IsSubject reports whether mention k begins its sentence's subject or stands before a verb group of its own.
func (r *Reader) IsSubject(k int) bool { return r.Subject(Tokens{r.FirstToken[k], r.EndToken[k]}) }

// Subject reports whether the words begin their sentence's subject or stand before a verb group of their own.
func (r *Reader) Subject(words Tokens) bool {
	t, e := words.First, words.End
	u := r.Units[r.UnitOf[t]]
	for i := u.First; i < t && i < u.First+30; i++ {
		if r.Verb(i) || r.VerbCue(i) {
			// a subordinate subject still counts if a verb follows at once: when De la Fuente was asked
			return e < u.End && !r.PossessiveMark(e) && (r.Is(e, rules.Auxiliary) || r.Verb(e) || strings.HasSuffix(r.Word(e), "ed"))
		}
	}
	if t > u.First && (r.PossessiveMark(min(e, len(r.MentionOf)-1)) || r.Is(t-1, rules.Preposition)) {
		return false
	}
	return e >= len(r.MentionOf) || !r.PossessiveMark(e)
}

// Inverted returns the mention of the person who stands beside a verb of speech at the end of what is said in unit u, or -1:
// debates matter little, | noted the Ledger’s Ann Cole; the mayor plans to leave, | Ann Cole said.
func (r *Reader) Inverted(u int) int {
	unit := r.Units[u]
	for i := unit.First + 1; i < unit.End; i++ {
		m := int(r.MentionOf[i])
		if m < 0 || r.D.Mentions[m].Type != annot.PER || r.D.Mentions[m].Entity == 0 || r.Quoted(i) || i > r.FirstToken[m] ||
			r.EndToken[m] < unit.End && r.PossessiveMark(r.EndToken[m]) {
			continue
		}
		if e := r.EndToken[m]; e < unit.End && r.VerbCue(e) && r.Cue[e].Class == rules.Say && (r.Quoted(i-1) || r.Word(i-1) == ",") {
			return m
		}
		k := i - 1
		for ; k > unit.First && i-k < 7 && !r.Quoted(k) && !r.VerbCue(k); k-- {
			if r.MentionOf[k] < 0 && !r.PossessiveMark(k) && !r.Upper(k) && !r.Is(k, People|rules.Determiner) || r.Is(k, rules.Subordinator) {
				break // he left, saying that | Cole
			}
		}
		if k > unit.First && r.VerbCue(k) && (r.Quoted(k-1) || r.Word(k-1) == ",") && r.Cue[k].Class == rules.Say {
			return m
		}
	}
	return -1
}

// Headed returns the mention of the person whom the words after mention m lead to, or m: Cole communication director |
// Ray Dunn.
func (r *Reader) Headed(m int) int {
	k := r.EndToken[m]
	end := r.Units[r.UnitOf[r.FirstToken[m]]].End
	for n := 0; k < end && n < 5 && !r.Quoted(k) && r.MentionOf[k] < 0 && r.Noun(k); n++ {
		k++
	}
	if k > r.EndToken[m] && k < end && r.MentionOf[k] >= 0 && !r.Quoted(k) && r.D.Mentions[r.MentionOf[k]].Type == annot.PER &&
		r.D.Mentions[r.MentionOf[k]].Entity > 0 {
		return int(r.MentionOf[k])
	}
	return m
}

// ApposedBefore returns the mention of the person whose apposition ends before the relative pronoun at token i, or -1: Cole
// met Ray Dunn, now the majority leader, | who said.
func (r *Reader) ApposedBefore(i int) int {
	first := r.Units[r.UnitOf[i]].First
	i--
	if i <= first || r.Word(i) != "," {
		return -1
	}
	for k := i - 1; k > first && i-k < 12 && !r.Quoted(k); k-- {
		if r.MentionOf[k] >= 0 && r.D.Mentions[r.MentionOf[k]].Type != annot.PER {
			continue // the | Senate | majority leader
		}
		if r.MentionOf[k] >= 0 {
			return -1
		}
		if r.Word(k) == "," {
			k = r.BeforeBrackets(k - 1) // Cole (D-Ohio), | the mayor of Lund, who said
			m := int(r.MentionOf[k])
			if m < 0 || r.D.Mentions[m].Type != annot.PER || r.D.Mentions[m].Entity == 0 || r.Quoted(k) {
				return -1
			}
			return m
		}
		if r.Verb(k) || r.Is(k, rules.Be|rules.Auxiliary) {
			return -1
		}
	}
	return -1
}

// BeforeBrackets returns the token before the brackets that close at token k, or k where none do.
func (r *Reader) BeforeBrackets(k int) int {
	if r.Word(k) != ")" {
		return k
	}
	for i := k - 1; i > max(0, k-maxBracketed); i-- {
		if r.Word(i) == "(" {
			return i - 1
		}
	}
	return k
}

// maxBracketed bounds the tokens in the brackets after a name.
const maxBracketed = 8
