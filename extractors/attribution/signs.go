package attribution

import (
	"fmt"

	"github.com/quoth-nlp/quoth/extractors/clause"
)

// signs puts the most telling features of proposal p of quote q into words.
func (w *ranking) signs(r *row, q int, p *proposal) []string {
	if p.Source.Form == clause.NoForm {
		list := []string{}
		if p.Cue.End > p.Cue.First && p.Nobody && p.Rule != noneRule {
			list = append(list, w.Cite(p.Cue)+" has no subject that can speak")
		}
		return list
	}
	list := []string{kindOf(r, p.Source.Form), w.place(r, q, p)}
	add := func(on bool, text string) {
		if on {
			list = append(list, text)
		}
	}
	if k := p.Cue; k.End > k.First {
		add(w.Cue[k.First] != nil, "speaker of "+w.Cite(k))
	}
	add(r[kNone] == 1 && r[cSubject] == 1, "a verb follows it")
	add(r[cObject] == 1, "a verb of speech stands before it")
	add(r[cPossessive] == 1, "in the possessive")
	add(r[cPreposition] == 1, "after a preposition")
	add(r[pLast] == 1 && p.Source.Form != clause.Pronoun, "the last to speak before")
	add(r[pLast] == 1 && p.Source.Form == clause.Pronoun, "may be the last to speak before")
	add(r[cCount] > 1, fmt.Sprintf("named %d times in the article", int(r[cCount])))
	add(r[kFlags] == 1, "negated or hypothetical")
	return list
}

// kindOf names what the words of a candidate are.
func kindOf(r *row, f clause.Form) string {
	switch f {
	case clause.Pronoun:
		return "pronoun"
	case clause.Relative:
		return "relative pronoun"
	case clause.Possessive:
		return "possessive pronoun"
	case clause.Handle:
		return "handle"
	case clause.Label:
		return "label of a turn"
	case clause.Account:
		return "name that stands with the quotation"
	case clause.Named:
		switch {
		case r[cPlural] == 1:
			return "several names"
		case r[cPerson] == 1:
			return "name of a person"
		case r[cPlace] == 1:
			return "name of a place"
		}
		return "name of a body"
	case clause.Nominal:
		switch {
		case r[cPeople] == 1:
			return "description of people"
		case r[cGroup] == 1:
			return "description of a body"
		case r[cArtifact] == 1:
			return "description of a text"
		}
		return "description"
	}
	return "words that name nobody"
}

// place says where the candidate p stands to quote q.
func (w *ranking) place(r *row, q int, p *proposal) string {
	first, last := w.Parts[q][0], w.Parts[q][len(w.Parts[q])-1]
	side, from, to := "before", p.Source.End, first.First
	switch {
	case p.Source.First >= last.End:
		side, from, to = "after", last.End, p.Source.First
	case p.Source.First >= first.End:
		return "between the pieces of the quote"
	}
	if r[pSide] >= 3 {
		return fmt.Sprintf("%s %s the quote", plural(int(r[pUnits]), "sentence"), side)
	}
	n := 0
	for i := from; i < min(to, from+2*clause.MaxLook); i++ {
		if w.Letter(i) {
			n++
		}
	}
	if n == 0 {
		return "right " + side + " the quote"
	}
	return plural(n, "word") + " " + side + " the quote"
}

func plural(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}
