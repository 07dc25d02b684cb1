package attribution

import (
	"strings"

	"github.com/quoth-nlp/quoth/extractors/clause"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// The features of a proposal. What the quote, the candidate's words, its place and its cue look like, in the spirit of
// O'Keefe et al. 2012 ("A Sequence Labelling Approach to Quote Attribution") and of Pareti 2015 (PARC 3.0).
const (
	fSieve       = iota                  // … fSieve+sieveSlots-1: the sieve proposes it
	fCollected   = iota + sieveSlots - 1 // … the ways to collect candidates
	fVoice       = iota + voices - 2     // the first sieve that proposes it
	fFirstVoice                          // … and the first that proposes anything for the quote
	fIsFirst                             // it is what the sieves would answer
	fVoices                              // how many propose it
	fProposals                           // how many candidates the quote has
	fNone                                // the answer that there is no speaker
	qMixed                               // the quote is a fragment
	qWords                               // its length in tokens
	qUpper                               // it begins with a capital
	qEnds                                // what stands before its closing mark: 1 comma, 2 full stop, 3 ? or !
	qAlone                               // nothing but it is in its sentence
	qParts                               // its pieces
	qOpens                               // it opens its paragraph
	qHeadline                            // it is in a headline
	qBefore                              // what stands before it: a class of before
	qAfter                               // … and after it
	cForm                                // the form of the candidate
	cPerson                              // it is the name of a person
	cBody                                // … of a body
	cPlace                               // … of a place
	cPeople                              // it is a description of people
	cGroup                               // … of a body
	cArtifact                            // … of a text
	cPlural                              // it is plural
	cFirst                               // it is I or we
	cWords                               // its length in tokens
	cUpper                               // it begins with a capital
	cPossessive                          // 's stands after it, or it is his, her
	cPreposition                         // a preposition stands before it
	cObject                              // a verb of speech stands before it
	cSubject                             // a verb stands after it
	cColon                               // a colon stands after it
	cOpens                               // it opens its sentence
	cCount                               // how often the article names the entity
	pSide                                // 1 before the quote in its sentence, 2 after it, 3 in a sentence before, 4 in a later one
	pTokens                              // tokens between it and the quote
	pUnits                               // sentences between
	pParagraphs                          // paragraphs between
	pQuotes                              // tokens of other quotes between
	pPersons                             // names of people between
	pCommas                              // commas between
	pRelative                            // a relative pronoun between
	pSubordinate                         // a subordinator or "that" between
	pLast                                // it is the entity that spoke last, or the same pronoun
	kNone                                // it has no cue
	kSay
	kTell
	kAsk
	kWrite
	kCall
	kManner
	kThink
	kReadOut
	kNoun
	kPhrase
	kWeight   // of the cue
	kSide     // 1 before the quote, 2 after it
	kTokens   // tokens between cue and quote
	kWords    // … that are words
	kStrong   // verbs of speech between cue and quote
	kOuter    // verbs of speech before the cue in the sentence
	kThat     // "that" follows the cue
	kInverted // the cue stands before its subject
	kGerund   // it ends in -ing
	kFlags    // the cue is negated or hypothetical
	aBefore   // … aBefore+anchorCount-1: the nearest verb of speech before the quote, and how the candidate stands to it
)

const (
	aAfter       = aBefore + anchorCount // the same after the quote
	qFired       = aAfter + anchorCount  // … qFired+sieveSlots-1: the sieve proposes anything for the quote
	featureCount = qFired + sieveSlots
)

// The features of an anchor: a verb of speech beside the quote, whoever its subject is.
const (
	anClass = iota
	anWeight
	anTokens // between it and the quote
	anGerund
	anPassive
	anSide   // of the candidate: 1 before it, 2 after it
	anGap    // tokens between it and the candidate
	anCommas // commas between
	anVerbs  // verbs between
	anPersons
	anchorCount
)

// featureNames are the names of the features in a model: what they are, in order. A change of their meaning must change
// them, so that no model is used with features that it was not trained with.
var featureNames = func() []string {
	names := make([]string, 0, featureCount)
	for i := range sieveSlots {
		name := "sieve"
		if i < sieveCount {
			name = sieveName(i)
		}
		names = append(names, name)
	}
	names = append(names, "cue", "subject", "mention", "neighbor", "unit", "reported")
	names = append(names, strings.Fields(`voice first-voice is-first voices proposals none
		mixed words upper ends alone parts opens in-headline before after
		form person body place people group artifact plural first c-words c-upper possessive preposition object c-subject c-colon c-opens count
		side tokens units paragraphs quotes persons commas relative subordinate last
		no-cue say tell ask write call manner think read-out noun phrase weight k-side k-tokens k-words strong outer that inverted gerund flags`)...)
	for _, side := range []string{"before", "after"} {
		for _, name := range strings.Fields("class weight tokens gerund passive side gap commas verbs persons") {
			names = append(names, side+"-"+name)
		}
	}
	for i := range sieveSlots {
		names = append(names, "fired-"+names[i])
	}
	return names
}()

func sieveName(n int) string {
	for _, pass := range sieves {
		if n < len(pass) {
			return pass[n].name
		}
		n -= len(pass)
	}
	return ""
}

// row is the features of one proposal.
type row [featureCount]float32

func (r *row) flag(i int, on bool) {
	if on {
		r[i] = 1
	}
}

func (r *row) count(i, n, limit int) { r[i] = float32(min(max(n, 0), limit)) }

// quoteRow fills in what all proposals of quote q share.
func (w *ranking) quoteRow(q int, list []proposal) (r row) {
	v := w.View
	quote := &w.D.Quotes[q]
	first, last := w.Parts[q][0], w.Parts[q][len(w.Parts[q])-1]
	voice := sieveCount
	for i := range list {
		voice = min(voice, list[i].voice())
	}
	r[fFirstVoice] = float32(voice)
	for i := range list {
		for k := range sieveSlots {
			if list[i].by>>k&1 != 0 {
				r[qFired+k] = 1
			}
		}
	}
	w.anchors[0], w.anchors[1] = w.anchor(first.First, -1), w.anchor(last.End, 1)
	for n, k := range w.anchors {
		if k < 0 {
			continue
		}
		at := aBefore + n*anchorCount
		c := v.Cue[k]
		r[at+anClass], r[at+anWeight] = float32(c.Class), float32(c.Weight)
		if n == 0 {
			r.count(at+anTokens, first.First-w.CueEnd(k), 60)
		} else {
			r.count(at+anTokens, k-last.End, 60)
		}
		r.flag(at+anGerund, strings.HasSuffix(v.Word(w.CueEnd(k)-1), "ing"))
		_, _, passive := w.VerbGroup(k, v.Units[w.UnitOf[k]].First)
		r.flag(at+anPassive, passive)
	}
	r.count(fProposals, len(list), maxProposals)
	r.flag(qMixed, quote.Kind == annot.Mixed)
	r.count(qWords, last.End-first.First, 60)
	i := first.First
	for i < first.End-1 && !v.Letter(i) {
		i++
	}
	r.flag(qUpper, v.Upper(i))
	i = last.End - 1
	for i > last.First && !v.Letter(i) && r[qEnds] == 0 {
		switch v.Word(i) {
		case ",":
			r[qEnds] = 1
		case ".", "…", "...":
			r[qEnds] = 2
		case "?", "!":
			r[qEnds] = 3
		}
		i--
	}
	r.flag(qAlone, w.standsAlone(q))
	r.count(qParts, len(quote.Parts), 4)
	r.flag(qOpens, first.First == v.Units[w.UnitOf[first.First]].First && w.opensParagraph(q))
	r.flag(qHeadline, quote.Zone == annot.Headline)
	r[qBefore] = 1
	if around := w.Around(first.First); first.First > around.First {
		r[qBefore] = w.sort(first.First - 1)
	}
	r[qAfter] = 1
	if around := w.Around(last.End - 1); last.End < around.End {
		r[qAfter] = w.sort(last.End)
	}
	return r
}

// anchor returns the nearest verb of speech to one side of the quote in its sentence: before token i, or from it on; or -1.
func (w *ranking) anchor(i, step int) int {
	k := i
	if step < 0 {
		k = i - 1
	}
	around := clause.Tokens{}
	if k >= 0 && k < len(w.UnitOf) {
		around = w.Around(k)
	}
	// The quote itself is in the same sentence.
	if step > 0 && (i == 0 || i >= len(w.UnitOf) || w.UnitOf[i-1] != w.UnitOf[i]) ||
		step < 0 && (i >= len(w.UnitOf) || k < 0 || w.UnitOf[i] != w.UnitOf[k]) {
		return -1
	}
	for n := 0; n < clause.MaxLook && k >= around.First && k < around.End; n++ {
		if w.VerbCue(k) && !w.NominalUse(k, around) {
			return k
		}
		k += step
	}
	return -1
}

// anchorFeatures tells how the candidate at the tokens src stands to the verbs of speech beside the quote.
func (w *ranking) anchorFeatures(r *row, src clause.Tokens) {
	for n, k := range w.anchors {
		if k < 0 {
			continue
		}
		at := aBefore + n*anchorCount
		from, to := src.End, k
		r[at+anSide] = 1
		if src.First >= k {
			from, to = w.CueEnd(k), src.First
			r[at+anSide] = 2
		}
		r.count(at+anGap, to-from, 60)
		last := int32(-1)
		for i := max(from, to-clause.MaxLook); i < to; i++ {
			switch {
			case w.Quoted(i):
			case w.MentionOf[i] >= 0:
				if w.MentionOf[i] != last && w.D.Mentions[w.MentionOf[i]].Type == annot.PER {
					r[at+anPersons]++
				}
				last = w.MentionOf[i]
			case w.Word(i) == ",":
				r[at+anCommas]++
			case w.Verb(i), w.Is(i, rules.Auxiliary):
				r[at+anVerbs]++
			}
		}
	}
}

// sort sorts a token beside a quote into a few kinds, from the ones that set a quote apart to those that tie it in.
func (w *ranking) sort(i int) float32 {
	v := w.View
	c := v.Class[i]
	switch word := v.Word(i); {
	case w.Quoted(i):
		return 2
	case word == ":":
		return 3
	case word == ",":
		return 4
	case !v.Letter(i):
		return 5
	case w.MentionOf[i] >= 0:
		return 6
	case w.VerbCue(i):
		return 7
	case c&clause.Personal != 0:
		return 8
	case c&rules.Conjunction != 0:
		return 9
	case word == "that":
		return 10
	case word == "as":
		return 11
	case c&rules.Preposition != 0:
		return 12
	case c&rules.Be != 0:
		return 13
	case c&(rules.Determiner|rules.Possessive) != 0:
		return 14
	}
	return 15
}

// features fills in the features of proposal p of quote q, beginning with those of the quote. last is the entity that
// spoke last, or 0.
func (w *ranking) features(r *row, q int, p *proposal, last int) {
	voice := p.voice()
	for i := range voices {
		if p.by>>i&1 != 0 {
			r[fSieve+i] = 1
			r[fVoices]++
		}
	}
	r[fVoice] = float32(voice)
	r.flag(fIsFirst, voice < sieveCount && r[fVoice] == r[fFirstVoice])
	r.flag(kFlags, p.Flags&(annot.Negated|annot.Hypothetical) != 0)
	w.cueFeatures(r, q, p)
	if p.Source.Form == clause.NoForm {
		r[fNone] = 1
		return
	}
	w.sourceFeatures(r, p, last)
	w.placeFeatures(r, q, p)
	w.anchorFeatures(r, p.Source.Tokens)
}

func (w *ranking) sourceFeatures(r *row, p *proposal, last int) {
	v, src := w.View, &p.Source
	r[cForm] = float32(src.Form)
	head := src.Head
	if head < 0 || head >= len(v.Class) {
		head = src.End - 1
	}
	c := v.Class[head]
	switch src.Form {
	case clause.Named:
		m := w.D.Mentions[src.Mentions[0]]
		r.flag(cPerson, m.Type == annot.PER)
		r.flag(cBody, m.Type == annot.ORG)
		r.flag(cPlace, m.Type == annot.LOC)
		r.flag(cPlural, len(src.Mentions) > 1)
		if m.Entity > 0 {
			r.count(cCount, len(w.D.Entities[m.Entity-1].Mentions), 20)
			r.flag(pLast, m.Entity == last)
		}
	case clause.Nominal:
		r.flag(cPeople, c&clause.People != 0)
		r.flag(cGroup, c&rules.GroupNoun != 0)
		r.flag(cArtifact, c&rules.ArtifactNoun != 0)
		r.flag(cPlural, c&(rules.RolePlural|rules.HumanPlural) != 0)
	case clause.Pronoun:
		r.flag(cFirst, c&rules.PronounFirst != 0)
		r.flag(cPlural, c&rules.PronounPlural != 0)
		r.flag(cPeople, c&(rules.PronounMale|rules.PronounFemale) != 0)
		r.flag(pLast, last > 0 && w.names.Fits(w.D.Entities[last-1], head))
	}
	r.count(cWords, src.End-src.First, 20)
	r.flag(cUpper, v.Upper(src.First))
	unit := v.Units[w.UnitOf[src.First]]
	if src.End < unit.End {
		e := src.End
		r.flag(cPossessive, w.PossessiveMark(e) || src.Form == clause.Pronoun && c&rules.Possessive != 0 && w.Noun(e))
		r.flag(cColon, v.Word(e) == ":")
		for n := 0; n < 3 && e < unit.End-1 && w.MentionOf[e] < 0 && v.Is(e, rules.Adverb|rules.Auxiliary|rules.Modal|rules.Negation); n++ {
			e++
			r[cSubject] = 1
		}
		r.flag(cSubject, r[cSubject] == 1 || w.Verb(e) || w.VerbCue(e))
	}
	b := src.First - 1
	for n := 0; n < 3 && b > unit.First && !w.Quoted(b) && w.MentionOf[b] < 0 &&
		v.Is(b, rules.Determiner|rules.TitleWord|rules.RoleNoun|rules.Possessive); n++ {
		b--
	}
	r.flag(cOpens, b < unit.First)
	if b >= unit.First {
		r.flag(cPreposition, w.MentionOf[b] < 0 && v.Is(b, rules.Preposition))
		r.flag(cObject, w.VerbCue(b))
	}
}

func (w *ranking) placeFeatures(r *row, q int, p *proposal) {
	v := w.View
	first, last := w.Parts[q][0], w.Parts[q][len(w.Parts[q])-1]
	src := p.Source.Tokens
	var from, to int
	switch us, uq := w.UnitOf[src.First], w.UnitOf[first.First]; {
	case src.End <= first.First:
		from, to = src.End, first.First
		r[pSide] = 1
		if us != uq {
			r[pSide] = 3
		}
		r.count(pUnits, int(uq-us), 10)
		r.count(pParagraphs, v.Units[uq].Paragraph-v.Units[us].Paragraph, 5)
	case src.First >= last.End:
		ul := w.UnitOf[last.End-1]
		from, to = last.End, src.First
		r[pSide] = 2
		if us != ul {
			r[pSide] = 4
		}
		r.count(pUnits, int(us-ul), 10)
		r.count(pParagraphs, v.Units[us].Paragraph-v.Units[ul].Paragraph, 5)
	default: // between two parts
		r[pSide] = 2
		return
	}
	r.count(pTokens, to-from, 100)
	if to-from > 2*clause.MaxLook {
		from = to - 2*clause.MaxLook
	}
	persons := int32(-1)
	for i := from; i < to; i++ {
		switch {
		case w.Quoted(i):
			r[pQuotes]++
		case w.MentionOf[i] >= 0:
			if w.MentionOf[i] != persons && w.D.Mentions[w.MentionOf[i]].Type == annot.PER {
				r[pPersons]++
			}
			persons = w.MentionOf[i]
		case v.Word(i) == ",":
			r[pCommas]++
		case v.Is(i, rules.PronounRelative) && v.Word(i) != "that":
			r[pRelative] = 1
		case v.Is(i, rules.Subordinator) || v.Word(i) == "that":
			r[pSubordinate] = 1
		}
	}
}

func (w *ranking) cueFeatures(r *row, q int, p *proposal) {
	v := w.View
	k := p.Cue
	if k.End <= k.First || v.Cue[k.First] == nil {
		r[kNone] = 1
		return
	}
	c := v.Cue[k.First]
	if c.Class >= rules.Say && c.Class <= rules.Phrase {
		r[kSay+int(c.Class-rules.Say)] = 1
	}
	r[kWeight] = float32(c.Weight)
	first, last := w.Parts[q][0], w.Parts[q][len(w.Parts[q])-1]
	from, to := k.End, first.First
	r[kSide] = 1
	if k.First >= first.End {
		from, to = last.End, k.First
		r[kSide] = 2
		if from > to { // between two parts
			from = to
		}
	}
	r.count(kTokens, to-from, 60)
	for i := max(from, to-clause.MaxLook); i < to; i++ {
		if v.Letter(i) && !w.Quoted(i) {
			r[kWords]++
		}
	}
	r.count(kStrong, w.strongCues(from, to), 5)
	r.count(kOuter, w.strongCues(v.Units[w.UnitOf[k.First]].First, k.First), 5)
	r.flag(kThat, k.End < len(v.Class) && v.Word(k.End) == "that")
	r.flag(kInverted, p.Source.Form != clause.NoForm && p.Source.First >= k.End)
	r.flag(kGerund, strings.HasSuffix(v.Word(k.End-1), "ing"))
}
