package attribution

import (
	"sort"
	"strings"

	"github.com/quoth-nlp/quoth/extractors/clause"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// byLabel: SMITH: We never saw the memo.
func (w *work) byLabel(q int) (clause.Attribution, bool) {
	p := w.Parts[q][0]
	if w.D.Quotes[q].Kind != annot.Transcript {
		// "WALLACE: Let’s start with the news."
		if w.Letter(p.First) || p.First+3 >= p.End {
			return clause.Attribution{}, false
		}
		for k := p.First + 1; k < min(p.First+5, p.End-1); k++ {
			if w.Word(k) == ":" && k > p.First+1 {
				return clause.Attribution{Source: clause.Source{Form: clause.Label, Tokens: clause.Range(p.First+1, k), Affiliation: -1}, Rule: "turn"}, true
			}
			if word := w.Word(k); strings.ToUpper(word) != word || !w.Letter(k) {
				break
			}
		}
		return clause.Attribution{}, false
	}
	first, end := w.label(w.D.Quotes[q].Parts[0].Start, p.First)
	if first == end {
		return clause.Attribution{}, false
	}
	return clause.Attribution{Source: clause.Source{Form: clause.Label, Tokens: clause.Range(first, end), Affiliation: -1}, Rule: "turn"}, true
}

// label returns the tokens of the name in the label before the turn whose words begin at start, with token i. The label begins a
// sentence, follows a dash or a bracket within one, or is the paragraph before.
func (w *work) label(start, i int) (first, end int) {
	const reach = 50 // tokens
	d := w.D
	s := sort.Search(len(d.Sentences), func(s int) bool { return d.Sentences[s].Start > start }) - 1
	for k := i - 1; k >= max(0, i-reach); k-- {
		for s >= 0 && d.Sentences[s].FirstToken > k {
			s--
		}
		begins := s >= 0 && d.Sentences[s].FirstToken == k
		if !begins && (k == 0 || !segment.BeforeLabel(w.Word(k-1))) {
			continue
		}
		l, ok := segment.ReadLabel(d.Text[d.Tokens[k].Start:d.Paragraphs[w.Units[w.UnitOf[k]].Paragraph].End], w.set)
		if !ok || d.Tokens[k].Start+l.Words > start || strings.TrimSpace(d.Text[d.Tokens[k].Start+l.Words:start]) != "" {
			continue
		}
		return w.tokensOf(k, i, d.Tokens[k].Start+l.Name.Start, d.Tokens[k].Start+l.Name.End)
	}
	return i, i
}

// tokensOf returns those of the tokens from first to end that lie between two places in the text.
func (w *work) tokensOf(first, end, from, to int) (int, int) {
	for end > first && w.D.Tokens[end-1].Start >= to {
		end--
	}
	for first < end && w.D.Tokens[first].End <= from {
		first++
	}
	return first, end
}

// headline: Rush Limbaugh: Hillary Asking Moderator To Fact Check ‘Reeks of Fear’
func (w *work) headline(q int) (clause.Attribution, bool) {
	if w.D.Quotes[q].Zone != annot.Headline {
		return clause.Attribution{}, false
	}
	p := w.Parts[q][0]
	around := w.Around(p.First)
	src, j, ok := w.NounPhrase(around.First, p.First)
	if !ok || j >= p.First || w.Word(j) != ":" || src.Form != clause.Named {
		return clause.Attribution{}, false
	}
	return clause.Attribution{Source: src, Rule: "label"}, true
}

// colonBefore: Rubio highlighted the cooperation between the two nations: “…”
func (w *work) colonBefore(q int) (clause.Attribution, bool) {
	p := w.Parts[q][0]
	around := w.Around(p.First)
	if p.First-1 <= around.First || w.Word(p.First-1) != ":" {
		return clause.Attribution{}, false
	}
	return w.leadingSubject(clause.Range(around.First, p.First-1), "subject")
}

// leadingSubject finds the source that a lead-in names: the subject of its last cue, of its sentence, or a label.
func (w *work) leadingSubject(t clause.Tokens, rule string) (clause.Attribution, bool) {
	if a, ok := w.nounSource(t); ok {
		return a, true
	}
	// With the council worried, | Mayor Roe has a message:
	if t.End > t.First && w.Is(t.First, rules.Preposition|rules.Subordinator) {
		if src, ok := w.MainSubject(t.First, t.End); ok {
			t.First = src.First
		}
	}
	for k := t.End - 1; k >= t.First && k >= t.End-clause.MaxLook; k-- {
		if w.VerbCue(k) && !w.NominalUse(k, t) {
			if src, flags, ok := w.SubjectBefore(k, t.First, 0); ok && src.Form != clause.Impersonal {
				return clause.Attribution{Source: src, Cue: clause.Range(k, w.CueEnd(k)), Rule: w.Cue[k].ID, Flags: flags | w.Remarks(k, t)}, true
			}
		}
	}
	if src, ok := w.MainSubject(t.First, t.End); ok {
		return clause.Attribution{Source: src, Rule: rule, Flags: annot.NoCue}, true
	}
	return clause.Attribution{}, false
}

// nounSource: her verdict: “…”; the reply from Smith: “…”; and from Commissioner Orton: “…”.
func (w *work) nounSource(t clause.Tokens) (clause.Attribution, bool) {
	v := w.View
	last := t.End - 1
	if last < t.First || w.Quoted(last) {
		return clause.Attribution{}, false
	}
	if c := w.CueAt(last); c != nil && c.Class == rules.Noun && last > t.First {
		a := clause.Attribution{Cue: clause.Range(last, last+1), Rule: c.ID}
		switch {
		case v.Is(last-1, rules.Possessive):
			a.Source = clause.Source{Form: clause.Possessive, Tokens: clause.Range(last-1, last), Affiliation: -1}
			return a, true
		case w.PossessiveMark(last-1) && last-2 >= t.First && w.MentionOf[last-2] >= 0:
			a.Source = w.NamedSource(int(w.MentionOf[last-2]))
			return a, true
		}
	}
	// And from Commissioner Dale Orton:
	for k := last; k >= t.First && k > last-10; k-- {
		if w.MentionOf[k] < 0 && v.Word(k) == "from" || v.Word(k) == "From" {
			if src, e, ok := w.NounPhrase(k+1, t.End); ok && e == t.End && src.Form != clause.Impersonal && k-t.First <= 2 {
				return clause.Attribution{Source: src, Cue: clause.Range(k, k+1), Rule: "from"}, true
			}
		}
	}
	// Minister: ‘No more delays’
	if src, e, ok := w.NounPhrase(t.First, t.End); ok && e == t.End && !w.VerbCue(last) &&
		(src.Form == clause.Named || src.Form == clause.Nominal && v.Is(src.Head, clause.Bodies|rules.TitleWord)) && t.End-t.First <= 6 {
		return clause.Attribution{Source: src, Rule: "label"}, true
	}
	return clause.Attribution{}, false
}

// dashAfter: “Best pie in the county.” — Gil Tran, line cook; “impossible to put down” (The Ledger)
func (w *work) dashAfter(q int) (clause.Attribution, bool) {
	p := w.Parts[q][len(w.Parts[q])-1]
	i := p.End
	if a, ok := w.inBrackets(i); ok {
		return a, true
	}
	headline := w.D.Quotes[q].Zone == annot.Headline
	if i+1 >= len(w.D.Tokens) || w.Quoted(i) || !isDash(w.Word(i)) && !(headline && w.Word(i) == ":") {
		return clause.Attribution{}, false
	}
	end := w.Around(i + 1).End
	src, j, ok := w.NounPhrase(i+1, end)
	if headline && ok && j == end && (src.Form == clause.Named || src.Form == clause.Nominal && w.Is(src.Head, clause.Bodies|clause.People)) {
		return clause.Attribution{Source: src, Cue: clause.Range(i, i+1), Rule: "name"}, true // Cole ‘lied’ – minister
	}
	line := w.UnitOf[i] != w.UnitOf[p.End-1] && w.Units[w.UnitOf[i]].First == i // -- President Obama addressing graduates
	if !ok || src.Form != clause.Named || !w.HasPerson(src) || !line && j < end && w.Word(j) != "," && w.Word(j) != "." && w.Word(j) != "(" {
		return clause.Attribution{}, false
	}
	return clause.Attribution{Source: src, Cue: clause.Range(i, i+1), Rule: "name"}, true
}

// sourceLine: “The results are delayed.” Ian Millhiser, Vox: a name and nothing else follows the quote to the end of the
// paragraph, or is the paragraph after it.
func (w *work) sourceLine(q int) (clause.Attribution, bool) {
	p := w.Parts[q][len(w.Parts[q])-1]
	u := int(w.UnitOf[p.End-1])
	if p.End >= len(w.D.Tokens) || !w.standsAlone(q) {
		return clause.Attribution{}, false
	}
	if w.Units[w.UnitOf[p.End]].Paragraph != w.Units[u].Paragraph {
		return w.sourceBelow(u)
	}
	last := w.Units[w.UnitOf[p.End]]
	if int(w.UnitOf[p.End]) > u+1 || !w.endsParagraph(int(w.UnitOf[p.End])) {
		return clause.Attribution{}, false
	}
	src, _, ok := w.nameLine(p.End, last.End)
	return clause.Attribution{Source: src, Rule: "name", Flags: annot.NoCue}, ok
}

// inBrackets reads the name of a person or body that stands alone in brackets at token i.
func (w *work) inBrackets(i int) (clause.Attribution, bool) {
	if i+1 >= len(w.D.Tokens) || w.Quoted(i) || w.Word(i) != "(" {
		return clause.Attribution{}, false
	}
	src, j, ok := w.NounPhrase(i+1, min(len(w.D.Tokens), i+12))
	if !ok || src.Form != clause.Named || w.D.Mentions[src.Mentions[0]].Type == annot.LOC || j >= len(w.D.Tokens) || w.Word(j) != ")" {
		return clause.Attribution{}, false
	}
	return clause.Attribution{Source: src, Rule: "name", Flags: annot.NoCue}, true
}

// maxQuoted is how many paragraphs that are quotes alone may share the source in the paragraph after them.
const maxQuoted = 4

// sourceBelow reads the source that stands in a paragraph of its own below the quote in unit u, and below the further quotes of
// the same source: Ian Millhiser, Vox.
func (w *work) sourceBelow(u int) (clause.Attribution, bool) {
	if u > 0 && w.Word(w.Units[u-1].End-1) == ":" {
		return clause.Attribution{}, false // the words before the quote say whose it is
	}
	return w.nextSourceLine(u)
}

// nextSourceLine reads the line with a source that stands below unit u, with nothing but quotes between.
func (w *work) nextSourceLine(u int) (clause.Attribution, bool) {
	for v := u + 1; v < min(len(w.Units), u+1+2*maxQuoted) && w.Units[v].Paragraph <= w.Units[u].Paragraph+maxQuoted; v++ {
		if first := w.Units[v].First; w.Quoted(first) {
			if q := int(w.QuoteOf[first]); !w.standsAlone(q) {
				return clause.Attribution{}, false
			}
			continue
		}
		src, ok := w.lineOfSource(v)
		return clause.Attribution{Source: src, Rule: "name", Flags: annot.NoCue}, ok
	}
	return clause.Attribution{}, false
}

// endsParagraph reports whether unit u is the last of its paragraph.
func (w *work) endsParagraph(u int) bool {
	return u+1 == len(w.Units) || w.Units[u+1].Paragraph != w.Units[u].Paragraph
}

// nameLine reads a name with nothing but words in capitals after it up to token end, and the token after the name.
func (w *work) nameLine(first, end int) (clause.Source, int, bool) {
	if end-first > 12 {
		return clause.Source{}, 0, false
	}
	src, rest, ok := w.NounPhrase(first, end)
	if !ok || src.Form != clause.Named {
		return clause.Source{}, 0, false
	}
	for j := rest; j < end; j++ { // , Vox
		if w.MentionOf[j] < 0 && w.Letter(j) && !w.Upper(j) {
			return clause.Source{}, 0, false
		}
	}
	return src, rest, true
}

// nounCue: Smith’s message was “…”.
func (w *work) nounCue(q int) (clause.Attribution, bool) {
	p := w.Parts[q][0]
	around := w.Around(p.First)
	for k := p.First - 1; k >= around.First && k > p.First-6; k-- {
		if w.Quoted(k) {
			return clause.Attribution{}, false
		}
		if c := w.CueAt(k); c != nil && c.Class == rules.Noun {
			return w.nounSource(clause.Range(around.First, k+1))
		}
	}
	return clause.Attribution{}, false
}

// lineBefore: the paragraph or sentence before ends with a colon: Caldwell continued:
func (w *work) lineBefore(q int) (clause.Attribution, bool) {
	u := int(w.UnitOf[w.Parts[q][0].First])
	if u == 0 || w.Parts[q][0].First != w.Units[u].First {
		return clause.Attribution{}, false
	}
	before := w.Units[u-1]
	if before.Paragraph < w.Units[u].Paragraph-1 || w.Word(before.End-1) != ":" || w.Quoted(before.End-1) {
		return clause.Attribution{}, false
	}
	return w.leadingSubject(clause.Range(before.First, before.End-1), "subject")
}
