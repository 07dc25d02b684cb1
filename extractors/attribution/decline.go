package attribution

import (
	"strings"

	"github.com/quoth-nlp/quoth/extractors/clause"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// declines says of each sieve why it declines, where nothing closer can be said.
var declines = map[string]string{
	"label":            "the quote is no labelled turn, as in SMITH: We never saw the memo.",
	"quote-cue":        "no verb of speech with its subject stands right behind the quote",
	"cue-quote":        "no verb of speech with its subject stands right before the quote",
	"according-to":     "no phrase such as “according to” is in the sentence",
	"governing-cue":    "no verb of speech stands before the quote in its sentence",
	"trailing-cue":     "no verb of speech with its subject follows a comma later in the sentence",
	"next-sentence":    "no sentence such as “Smith said on Monday.” follows the quote in the paragraph",
	"colon":            "no colon stands before the quote",
	"dash":             "no dash and name follow the quote",
	"source-line":      "the paragraph does not go on with a name and nothing else",
	"noun-cue":         "no noun of speech, such as message or verdict, leads to the quote",
	"headline":         "the quote is in no headline",
	"lead-in-line":     "no line that ends with a colon stands before the quote",
	"same-sentence":    "no other quote in the sentence has a speaker to share",
	"same-paragraph":   "no quote with a speaker stands before it in the paragraph",
	"lead-in":          "no sentence before it in the paragraph is about a person",
	"look-ahead":       "no quote with a speaker follows in the paragraph",
	"carry-forward":    "the paragraph before leaves no speaker that could go on",
	"sentence-subject": "no person is the subject of the sentence",
	"no-source":        "it always answers",
}

// decline says why the sieve of that name declines quote q: as closely as the words around it tell, else as declines says.
func (w *work) decline(sieve string, q int) string {
	reason := ""
	switch sieve {
	case "quote-cue":
		reason = w.noCueBehind(q)
	case "cue-quote":
		reason = w.noCueBefore(q)
	case "according-to":
		reason = w.noSourceOfPhrase(q)
	case "governing-cue":
		reason = w.noSubjectBefore(q)
	case "colon":
		if p := w.Parts[q][0]; p.First-1 > w.Around(p.First).First && w.Word(p.First-1) == ":" {
			reason = "a colon stands before the quote, but the words before it name nobody who speaks"
		}
	case "headline":
		if w.D.Quotes[q].Zone == annot.Headline {
			reason = "the headline does not begin with a name and a colon"
		}
	case "same-paragraph", "lead-in", "look-ahead", "carry-forward":
		reason = w.notHandedOn(sieve, q)
	case "sentence-subject":
		if w.standsAlone(q) {
			reason = "nothing but the quote is in its sentence"
		}
	}
	if reason == "" {
		reason = declines[sieve]
	}
	if reason == "" {
		reason = "it found nothing that it is sure of"
	}
	return reason
}

// noCueBehind says why nothing is attributed right behind the quote.
func (w *work) noCueBehind(q int) string {
	p := w.Parts[q][len(w.Parts[q])-1]
	around := w.Around(p.End - 1)
	i, punct := w.SkipPunctuation(p.End, around.End)
	switch {
	case i >= around.End:
		return "nothing follows the quote in its sentence"
	case strings.Contains(punct, "."):
		return "a full stop stands behind the quote"
	case w.Quoted(i):
		return "another quote follows at once"
	case w.VerbCue(i):
		cue := w.Cite(clause.Range(i, w.CueEnd(i)))
		src, _, ok := w.NounPhrase(w.CueEnd(i), around.End)
		switch {
		case !ok:
			return cue + " stands behind the quote, but no subject follows it"
		case src.Form == clause.Impersonal:
			return cue + " stands behind the quote, but " + w.Cite(src.Tokens) + " names nobody"
		}
		return cue + " stands behind the quote, but " + w.Cite(src.Tokens) + " is no subject of it"
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

// notHandedOn says why the speaker of the sentence or quote beside it is not taken over.
func (w *work) notHandedOn(sieve string, q int) string {
	if sieve != "same-paragraph" && !w.standsAlone(q) {
		return "the quote is no sentence by itself"
	}
	p := w.Parts[q][0]
	u := int(w.UnitOf[p.First])
	unit := w.Units[u]
	opens := u == 0 || w.Units[u-1].Paragraph != unit.Paragraph
	switch sieve {
	case "same-paragraph":
		b := q - 1
		if b < 0 || !w.usable(b) {
			return ""
		}
		last := w.Parts[b][len(w.Parts[b])-1]
		if w.Units[w.UnitOf[last.End-1]].Paragraph == unit.Paragraph {
			return "somebody else has become the subject since the quote before"
		}
	case "lead-in":
		if opens {
			return "no sentence stands before it in its paragraph"
		}
	case "carry-forward":
		switch {
		case u == 0:
			return "nothing stands before it"
		case !opens || p.First != unit.First:
			return "the quote does not open its paragraph"
		case w.D.Paragraphs[w.Units[u-1].Paragraph].Zone != annot.Body:
			return "the paragraph before is not part of the story’s body"
		}
	}
	return ""
}
