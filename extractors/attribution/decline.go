package attribution

import (
	"strings"

	"github.com/quoth-nlp/quoth/extractors/clause"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// noCueAfter says why nothing is attributed right after the quote.
func (w *work) noCueAfter(q int) string {
	p := w.Parts[q][len(w.Parts[q])-1]
	around := w.Around(p.End - 1)
	i, punct := w.SkipPunctuation(p.End, around.End)
	switch {
	case i >= around.End:
		return "nothing follows the quote in its sentence"
	case strings.Contains(punct, "."):
		return "a full stop stands after the quote"
	case w.Quoted(i):
		return "another quote follows at once"
	case w.VerbCue(i):
		cue := w.Cite(clause.Range(i, w.CueEnd(i)))
		src, _, ok := w.NounPhrase(w.CueEnd(i), around.End)
		switch {
		case !ok:
			return cue + " stands after the quote, but no subject follows it"
		case src.Form == clause.Impersonal:
			return cue + " stands after the quote, but " + w.Cite(src.Tokens) + " names nobody"
		}
		return cue + " stands after the quote, but " + w.Cite(src.Tokens) + " is no subject of it"
	}
	src, _, ok := w.NounPhrase(i, around.End)
	switch {
	case !ok:
		return w.Cite(clause.Range(i, i+1)) + " follows the quote, which is neither a verb of speech nor a subject"
	case src.Form == clause.Impersonal:
		return w.Cite(src.Tokens) + " follows the quote, which names nobody"
	}
	return w.Cite(src.Tokens) + " follows the quote, but no verb of speech belongs to it"
}

// noCueBefore says why no cue right before the quote leads to a subject.
func (w *work) noCueBefore(q int) string {
	p := w.Parts[q][0]
	around := w.Around(p.First)
	if p.First == around.First {
		return "the quote opens its sentence"
	}
	t, ok := w.cueBefore(p.First, around, 0)
	switch {
	case !ok && w.Quoted(p.First-1):
		return "another quote stands right before it"
	case !ok:
		return "no verb of speech stands right before the quote: it follows " + w.Cite(clause.Range(max(around.First, p.First-4), p.First))
	}
	return w.Cite(clause.Range(t, w.CueEnd(t))) + " stands before the quote, but no subject of it can speak"
}

// noSourceOfPhrase says that a phrase like according to names no source.
func (w *work) noSourceOfPhrase(q int) string {
	around := w.Around(w.Parts[q][0].First)
	for i := around.First; i < min(around.End, around.First+2*clause.MaxLook); i++ {
		if c := w.CueAt(i); c != nil && c.Class == rules.Phrase && w.MentionOf[i] < 0 {
			return w.Cite(clause.Range(i, w.CueEnd(i))) + " is in the sentence, but no source follows it"
		}
	}
	return ""
}

// noSubjectBefore names the verb of speech before the quote that has no subject.
func (w *work) noSubjectBefore(q int) string {
	p := w.Parts[q][0]
	around := w.Around(p.First)
	for k := p.First - 1; k >= max(around.First, p.First-2*clause.MaxLook); k-- {
		if !w.VerbCue(k) || w.CueEnd(k) > p.First {
			continue
		}
		cue := w.Cite(clause.Range(k, w.CueEnd(k)))
		switch {
		case w.NominalUse(k, around):
			return cue + " stands before the quote as a noun or adjective, not as a verb of speech"
		case w.Cue[k].Weight < 0.4:
			return cue + " stands before the quote, which seldom reports speech"
		}
		return cue + " stands before the quote, but no subject of it can speak"
	}
	return ""
}

// noneBeforeColon says that the words before the colon name nobody.
func (w *work) noneBeforeColon(q int) string {
	if p := w.Parts[q][0]; p.First-1 > w.Around(p.First).First && w.Word(p.First-1) == ":" {
		return "a colon stands before the quote, but the words before it name nobody who speaks"
	}
	return ""
}

// noLabelOfHeadline says that the headline does not say who speaks.
func (w *work) noLabelOfHeadline(q int) string {
	if w.D.Quotes[q].Zone == annot.Headline {
		return "the headline does not begin with a name and a colon"
	}
	return ""
}

// onlyQuote says that the sentence has no subject outside of the quote.
func (w *work) onlyQuote(q int) string {
	if w.standsAlone(q) {
		return "nothing but the quote is in its sentence"
	}
	return ""
}

// notSameParagraph says why the speaker of the quote before is not taken over.
func (w *work) notSameParagraph(q int) string {
	b := q - 1
	if b < 0 || !w.usable(b) {
		return ""
	}
	last := w.Parts[b][len(w.Parts[b])-1]
	if w.Units[w.UnitOf[last.End-1]].Paragraph == w.Units[w.UnitOf[w.Parts[q][0].First]].Paragraph {
		return "somebody else has become the subject since the quote before"
	}
	return ""
}

// notAlone says that the quote is but a part of its sentence.
func (w *work) notAlone(q int) string {
	if !w.standsAlone(q) {
		return "the quote is no sentence by itself"
	}
	return ""
}

// notLedIn says why the sentence before does not tell who speaks.
func (w *work) notLedIn(q int) string {
	if reason := w.notAlone(q); reason != "" {
		return reason
	}
	if w.opensParagraph(q) {
		return "no sentence stands before it in its paragraph"
	}
	return ""
}

// notCarriedForward says why the speaker of the paragraph before does not go on.
func (w *work) notCarriedForward(q int) string {
	if reason := w.notAlone(q); reason != "" {
		return reason
	}
	first := w.Parts[q][0].First
	u := int(w.UnitOf[first])
	switch {
	case u == 0:
		return "nothing stands before it"
	case !w.opensParagraph(q) || first != w.Units[u].First:
		return "the quote does not open its paragraph"
	case w.D.Paragraphs[w.Units[u-1].Paragraph].Zone != annot.Body:
		return "the paragraph before is not part of the story’s body"
	}
	return ""
}
