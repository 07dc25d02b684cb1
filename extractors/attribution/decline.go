package attribution

import (
	"strings"

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
		if p := w.parts[q][0]; p.first-1 > w.around(p.first).first && w.Word(p.first-1) == ":" {
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

// cite puts the words of the tokens in marks, at most eight of them.
func (r *clauseReader) cite(t tokens) string {
	more := ""
	if t.end-t.first > 8 {
		t.end, more = t.first+8, " …"
	}
	return "“" + strings.Join(strings.Fields(r.text(t)), " ") + more + "”"
}

// noCueBehind says why nothing is attributed right behind the quote.
func (w *work) noCueBehind(q int) string {
	p := w.parts[q][len(w.parts[q])-1]
	around := w.around(p.end - 1)
	i, punct := w.skipPunctuation(p.end, around.end)
	switch {
	case i >= around.end:
		return "nothing follows the quote in its sentence"
	case strings.Contains(punct, "."):
		return "a full stop stands behind the quote"
	case w.quoted(i):
		return "another quote follows at once"
	case w.verbCue(i):
		cue := w.cite(tokens{i, w.cueEnd(i)})
		src, _, ok := w.nounPhrase(w.cueEnd(i), around.end)
		switch {
		case !ok:
			return cue + " stands behind the quote, but no subject follows it"
		case src.form == impersonal:
			return cue + " stands behind the quote, but " + w.cite(src.tokens) + " names nobody"
		}
		return cue + " stands behind the quote, but " + w.cite(src.tokens) + " is no subject of it"
	}
	src, _, ok := w.nounPhrase(i, around.end)
	switch {
	case !ok:
		return w.cite(tokens{i, i + 1}) + " follows the quote, which is neither a verb of speech nor a subject"
	case src.form == impersonal:
		return w.cite(src.tokens) + " follows the quote, which names nobody"
	}
	return w.cite(src.tokens) + " follows the quote, but no verb of speech belongs to it"
}

// noCueBefore says why no cue right before the quote leads to a subject.
func (w *work) noCueBefore(q int) string {
	p := w.parts[q][0]
	around := w.around(p.first)
	if p.first == around.first {
		return "the quote opens its sentence"
	}
	t, ok := w.cueBefore(p.first, around, 0)
	switch {
	case !ok && w.quoted(p.first-1):
		return "another quote stands right before it"
	case !ok:
		return "no verb of speech stands right before the quote: it follows " + w.cite(tokens{max(around.first, p.first-4), p.first})
	}
	return w.cite(tokens{t, w.cueEnd(t)}) + " stands before the quote, but no subject of it can speak"
}

// noSourceOfPhrase says that a phrase like according to names no source.
func (w *work) noSourceOfPhrase(q int) string {
	around := w.around(w.parts[q][0].first)
	for i := around.first; i < min(around.end, around.first+2*maxLook); i++ {
		if c := w.cueAt(i); c != nil && c.Class == rules.Phrase && w.mention[i] < 0 {
			return w.cite(tokens{i, w.cueEnd(i)}) + " is in the sentence, but no source follows it"
		}
	}
	return ""
}

// noSubjectBefore names the verb of speech before the quote that has no subject.
func (w *work) noSubjectBefore(q int) string {
	p := w.parts[q][0]
	around := w.around(p.first)
	for k := p.first - 1; k >= max(around.first, p.first-2*maxLook); k-- {
		if !w.verbCue(k) || w.cueEnd(k) > p.first {
			continue
		}
		cue := w.cite(tokens{k, w.cueEnd(k)})
		switch {
		case w.nominalUse(k, around):
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
	p := w.parts[q][0]
	u := int(w.unit[p.first])
	unit := w.Units[u]
	opens := u == 0 || w.Units[u-1].Paragraph != unit.Paragraph
	switch sieve {
	case "same-paragraph":
		b := q - 1
		if b < 0 || !w.usable(b) {
			return ""
		}
		last := w.parts[b][len(w.parts[b])-1]
		if w.Units[w.unit[last.end-1]].Paragraph == unit.Paragraph {
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
		case !opens || p.first != unit.First:
			return "the quote does not open its paragraph"
		case w.D.Paragraphs[w.Units[u-1].Paragraph].Zone != annot.Body:
			return "the paragraph before is not part of the story’s body"
		}
	}
	return ""
}
