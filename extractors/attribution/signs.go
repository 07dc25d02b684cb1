package attribution

import "fmt"

// signs puts the most telling features of proposal p of quote q into words.
func (w *work) signs(r *row, q int, p *proposal) []string {
	if p.src.form == noForm {
		list := []string{}
		if p.cue.end > p.cue.first && p.none && p.rule != noneRule {
			list = append(list, w.cite(p.cue)+" has no subject that can speak")
		}
		return list
	}
	list := []string{kindOf(r, p.src.form), w.place(r, q, p)}
	add := func(on bool, text string) {
		if on {
			list = append(list, text)
		}
	}
	if k := p.cue; k.end > k.first {
		add(w.Cue[k.first] != nil, "speaker of "+w.cite(k))
	}
	add(r[kNone] == 1 && r[cSubject] == 1, "a verb follows it")
	add(r[cObject] == 1, "a verb of speech stands before it")
	add(r[cPossessive] == 1, "in the possessive")
	add(r[cPreposition] == 1, "behind a preposition")
	add(r[pLast] == 1 && p.src.form != pronoun, "the last to speak before")
	add(r[pLast] == 1 && p.src.form == pronoun, "may be the last to speak before")
	add(r[cCount] > 1, fmt.Sprintf("named %d times in the article", int(r[cCount])))
	add(r[kFlags] == 1, "negated or hypothetical")
	return list
}

// kindOf names what the words of a candidate are.
func kindOf(r *row, f form) string {
	switch f {
	case pronoun:
		return "pronoun"
	case relative:
		return "relative pronoun"
	case possessive:
		return "possessive pronoun"
	case handle:
		return "handle"
	case label:
		return "label of a turn"
	case account:
		return "name that stands with the quotation"
	case named:
		switch {
		case r[cPlural] == 1:
			return "several names"
		case r[cPerson] == 1:
			return "name of a person"
		case r[cPlace] == 1:
			return "name of a place"
		}
		return "name of a body"
	case nominal:
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
func (w *work) place(r *row, q int, p *proposal) string {
	first, last := w.parts[q][0], w.parts[q][len(w.parts[q])-1]
	side, from, to := "before", p.src.end, first.first
	switch {
	case p.src.first >= last.end:
		side, from, to = "behind", last.end, p.src.first
	case p.src.first >= first.end:
		return "between the pieces of the quote"
	}
	if r[pSide] >= 3 {
		return fmt.Sprintf("%s %s the quote", plural(int(r[pUnits]), "sentence"), side)
	}
	n := 0
	for i := from; i < min(to, from+2*maxLook); i++ {
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
