package attribution

import (
	"strings"
	"unicode"

	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// topics follows whom the narrative is about: the person who is the subject of a sentence, and stays the topic while the
// next ones begin with he, she or a description such as the mayor. It is read once, unit by unit, as the quotes are.
type topics struct {
	// of holds for each unit the person whom the narrative is about behind it, or 0.
	of []int32
	// since holds for each unit how many units ago the topic was last a subject.
	since []int32
	// read is the first unit that was not read yet.
	read int
	// section holds the section of each unit. The entries of a live blog are parted by lines without a letter.
	section []int32
	// speaks holds for each unit the first quote whose speaker's words stand in it, or -1.
	speaks []int32
	// roles holds for each person the words that the article describes them with.
	roles []map[string]bool
	// documents are the artifacts that the narrative names, in order.
	documents []document
	// gender holds for each entity the gender by which pronouns of the article took it up.
	gender []annot.Gender
	// signatures are the mentions that are a paragraph of their own; nil before they were looked for.
	signatures []int
	// byline is the person of the byline, if it was read; severalBylines says that there are several.
	byline                     int
	bylineRead, severalBylines bool
	// spoke is the speaker of the quote before, whose words stand in unit spokeUnit.
	spoke     *annot.Speaker
	spokeUnit int
	// bodies holds the longest names of the bodies that are named after persons.
	bodies map[bodyKey]string
}

// fades is the number of sentences that a topic outlives without being named.
const fades = 4

// startTopics prepares the reading of the topics.
func (w *work) startTopics() {
	n := len(w.v.Units)
	t := &w.topics
	t.of, t.since, t.section, t.speaks = make([]int32, n), make([]int32, n), make([]int32, n), make([]int32, n)
	t.gender = make([]annot.Gender, len(w.d.Entities)+1)
	section, paragraph := int32(0), -1
	for u, unit := range w.v.Units {
		for ; paragraph < unit.Paragraph; paragraph++ {
			if !strings.ContainsFunc(w.d.Slice(w.d.Paragraphs[paragraph+1].Span), unicode.IsLetter) {
				section++
			}
		}
		t.section[u], t.speaks[u] = section, -1
	}
	for i := len(w.answers) - 1; i >= 0; i-- {
		if a := w.answers[i]; a.src.end > a.src.first && a.src.first >= 0 {
			t.speaks[w.unit[a.src.first]] = int32(i)
		}
	}
}

// readTopics reads the topics of the units before unit end. The person who spoke last is last, or 0.
func (w *work) readTopics(end, last int) {
	t := &w.topics
	for ; t.read < end; t.read++ {
		u := t.read
		topic, since := w.topicBefore(u)
		since++
		src, ok := w.unitSubjectOf(u, int(t.speaks[u]))
		inverted := w.inverted(u)
		switch {
		case inverted >= 0:
			topic, since = w.d.Mentions[inverted].Entity, 0
		case !ok:
		case src.form == named && len(src.mentions) == 1 && w.hasPerson(src):
			topic, since = w.d.Mentions[w.headed(src.mentions[0])].Entity, 0
		case src.form == pronoun && w.v.Is(src.first, rules.PronounMale|rules.PronounFemale):
			if c := w.referents(src.first, last); len(c) > 0 {
				topic, since = c[0].entity, 0
			}
		case src.form == nominal && w.definitePerson(src):
			if id := w.byRole(strings.ToLower(w.v.Word(src.head)), src); id > 0 {
				topic, since = id, 0
			} else if topic > 0 && w.agrees(w.d.Entities[topic-1], src.head) {
				since = 0
			}
		}
		if since > fades {
			topic = 0
		}
		t.of[u], t.since[u] = int32(topic), int32(since)
	}
}

// inverted returns the mention of the person who stands beside a verb of speech at the end of what is said in unit u, or -1:
// debates matter little, | noted the Ledger’s Ann Cole; the mayor plans to leave, | Ann Cole said.
func (w *work) inverted(u int) int {
	unit := w.v.Units[u]
	for i := unit.First + 1; i < unit.End; i++ {
		m := int(w.mention[i])
		if m < 0 || w.d.Mentions[m].Type != annot.PER || w.d.Mentions[m].Entity == 0 || w.quoted(i) || i > w.firstTok[m] || w.endTok[m] < unit.End && w.possessiveMark(w.endTok[m]) {
			continue
		}
		if e := w.endTok[m]; e < unit.End && w.verbCue(e) && w.v.Cue[e].Class == rules.Say && (w.quoted(i-1) || w.v.Word(i-1) == ",") {
			return m
		}
		k := i - 1
		for ; k > unit.First && i-k < 7 && !w.quoted(k) && !w.verbCue(k); k-- {
			if w.mention[k] < 0 && !w.possessiveMark(k) && !w.v.Upper(k) && !w.v.Is(k, people|rules.Determiner) {
				break
			}
		}
		if k > unit.First && w.verbCue(k) && (w.quoted(k-1) || w.v.Word(k-1) == ",") && w.v.Cue[k].Class == rules.Say {
			return m
		}
	}
	return -1
}

// headed returns the mention of the person whom the words behind mention m lead to, or m: Cole communication director |
// Ray Dunn.
func (w *work) headed(m int) int {
	k := w.endTok[m]
	end := w.v.Units[w.unit[w.firstTok[m]]].End
	for n := 0; k < end && n < 5 && !w.quoted(k) && w.mention[k] < 0 && w.noun(k); n++ {
		k++
	}
	if k > w.endTok[m] && k < end && w.mention[k] >= 0 && !w.quoted(k) && w.d.Mentions[w.mention[k]].Type == annot.PER && w.d.Mentions[w.mention[k]].Entity > 0 {
		return int(w.mention[k])
	}
	return m
}

// unitSubjectOf returns the subject of unit u: the speaker of the quote k that begins in it, or that of its main clause.
func (w *work) unitSubjectOf(u, k int) (source, bool) {
	unit := w.v.Units[u]
	i := unit.First
	for i < unit.End && w.mention[i] < 0 && (w.v.Is(i, rules.TimeWord|rules.Weekday|rules.Month|rules.NumberWord) || digitFirst(w.v.Word(i)) || i < unit.First+3 && w.v.Is(i, rules.Preposition|rules.Determiner)) {
		i++ // On Monday evening | Cole spoke
	}
	if i > unit.First+1 && i < unit.End && w.mention[i] >= 0 && w.d.Mentions[w.mention[i]].Type == annot.PER && !w.quoted(i) && w.v.Is(i-1, rules.TimeWord|rules.Weekday|rules.Month) {
		return source{form: named, tokens: tokens{i, w.endTok[w.mention[i]]}, mentions: []int{int(w.mention[i])}, affiliation: -1, head: i}, true
	}
	src, ok := w.mainSubject(unit.First, min(unit.End, unit.First+maxLook))
	switch {
	case ok && !(src.form == named && w.d.Mentions[src.mentions[0]].Type == annot.LOC):
		return src, true
	case k >= 0:
		return w.answers[k].src, true
	}
	// Harbour County (Ohio) Sheriff | Ann Cole, one of the loudest, spoke
	for i := unit.First; i < min(unit.End, unit.First+maxLook) && !w.verb(i) && !w.quoted(i); i++ {
		if m := int(w.mention[i]); m >= 0 && w.firstTok[m] == i && i > unit.First && w.d.Mentions[m].Type == annot.PER && w.d.Mentions[m].Entity > 0 && !w.v.Is(i-1, rules.Preposition) && !w.possessiveMark(min(w.endTok[m], len(w.mention)-1)) {
			return source{form: named, tokens: tokens{i, w.endTok[m]}, mentions: []int{m}, affiliation: -1, head: i}, true
		}
	}
	return src, ok
}

// definitePerson reports whether a description is that of one certain person: the mayor, her lawyer.
func (w *work) definitePerson(src source) bool {
	return w.v.Is(src.first, rules.Determiner|rules.Possessive) && !strings.EqualFold(w.v.Word(src.first), "a") && !strings.EqualFold(w.v.Word(src.first), "an") &&
		w.v.Is(src.head, people) && !w.v.Is(src.head, rules.RolePlural|rules.HumanPlural|rules.SpokesNoun)
}

// agrees reports whether the noun at token i may describe entity e by its gender.
func (w *work) agrees(e annot.Entity, i int) bool {
	return !(w.v.Is(i, rules.RoleMale) && e.Gender == annot.Female || w.v.Is(i, rules.RoleFemale) && e.Gender == annot.Male)
}

// topicBefore returns the person whom the narrative is about before unit u in its section, or 0, and for how many units it
// was not the subject.
func (w *work) topicBefore(u int) (entity, since int) {
	if u == 0 || w.topics.section[u-1] != w.topics.section[u] {
		return 0, 0
	}
	return int(w.topics.of[u-1]), int(w.topics.since[u-1])
}
