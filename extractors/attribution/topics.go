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
func (r *resolver) startTopics() {
	n := len(r.Units)
	t := &r.topics
	t.of, t.since, t.section, t.speaks = make([]int32, n), make([]int32, n), make([]int32, n), make([]int32, n)
	t.gender = make([]annot.Gender, len(r.D.Entities)+1)
	section, paragraph := int32(0), -1
	for u, unit := range r.Units {
		for ; paragraph < unit.Paragraph; paragraph++ {
			if !strings.ContainsFunc(r.D.Slice(r.D.Paragraphs[paragraph+1].Span), unicode.IsLetter) {
				section++
			}
		}
		t.section[u], t.speaks[u] = section, -1
	}
	for i := len(r.said) - 1; i >= 0; i-- {
		if src := &r.said[i]; src.end > src.first && src.first >= 0 {
			t.speaks[r.unit[src.first]] = int32(i)
		}
	}
}

// readTopics reads the topics of the units before unit end. The person who spoke last is last, or 0.
func (r *resolver) readTopics(end, last int) {
	t := &r.topics
	for ; t.read < end; t.read++ {
		u := t.read
		topic, since := r.topicBefore(u)
		since++
		src, ok := r.unitSubjectOf(u, int(t.speaks[u]))
		inverted := r.inverted(u)
		switch {
		case inverted >= 0:
			topic, since = r.D.Mentions[inverted].Entity, 0
		case !ok:
		case src.form == named && len(src.mentions) == 1 && r.hasPerson(src):
			topic, since = r.D.Mentions[r.headed(src.mentions[0])].Entity, 0
		case src.form == pronoun && r.Is(src.first, rules.PronounMale|rules.PronounFemale):
			if c := r.referents(src.first, last); len(c) > 0 {
				topic, since = c[0].entity, 0
			}
		case src.form == nominal && r.definitePerson(src):
			if id := r.byRole(strings.ToLower(r.Word(src.head)), src); id > 0 {
				topic, since = id, 0
			} else if topic > 0 && r.agrees(r.D.Entities[topic-1], src.head) {
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
func (r *clauseReader) inverted(u int) int {
	unit := r.Units[u]
	for i := unit.First + 1; i < unit.End; i++ {
		m := int(r.mention[i])
		if m < 0 || r.D.Mentions[m].Type != annot.PER || r.D.Mentions[m].Entity == 0 || r.quoted(i) || i > r.firstTok[m] || r.endTok[m] < unit.End && r.possessiveMark(r.endTok[m]) {
			continue
		}
		if e := r.endTok[m]; e < unit.End && r.verbCue(e) && r.Cue[e].Class == rules.Say && (r.quoted(i-1) || r.Word(i-1) == ",") {
			return m
		}
		k := i - 1
		for ; k > unit.First && i-k < 7 && !r.quoted(k) && !r.verbCue(k); k-- {
			if r.mention[k] < 0 && !r.possessiveMark(k) && !r.Upper(k) && !r.Is(k, people|rules.Determiner) {
				break
			}
		}
		if k > unit.First && r.verbCue(k) && (r.quoted(k-1) || r.Word(k-1) == ",") && r.Cue[k].Class == rules.Say {
			return m
		}
	}
	return -1
}

// headed returns the mention of the person whom the words behind mention m lead to, or m: Cole communication director |
// Ray Dunn.
func (r *clauseReader) headed(m int) int {
	k := r.endTok[m]
	end := r.Units[r.unit[r.firstTok[m]]].End
	for n := 0; k < end && n < 5 && !r.quoted(k) && r.mention[k] < 0 && r.noun(k); n++ {
		k++
	}
	if k > r.endTok[m] && k < end && r.mention[k] >= 0 && !r.quoted(k) && r.D.Mentions[r.mention[k]].Type == annot.PER && r.D.Mentions[r.mention[k]].Entity > 0 {
		return int(r.mention[k])
	}
	return m
}

// unitSubjectOf returns the subject of unit u: the speaker of the quote k that begins in it, or that of its main clause.
func (r *resolver) unitSubjectOf(u, k int) (source, bool) {
	unit := r.Units[u]
	i := unit.First
	for i < unit.End && r.mention[i] < 0 && (r.Is(i, rules.TimeWord|rules.Weekday|rules.Month|rules.NumberWord) || digitFirst(r.Word(i)) || i < unit.First+3 && r.Is(i, rules.Preposition|rules.Determiner)) {
		i++ // On Monday evening | Cole spoke
	}
	if i > unit.First+1 && i < unit.End && r.mention[i] >= 0 && r.D.Mentions[r.mention[i]].Type == annot.PER && !r.quoted(i) && r.Is(i-1, rules.TimeWord|rules.Weekday|rules.Month) {
		return source{form: named, tokens: tokens{i, r.endTok[r.mention[i]]}, mentions: []int{int(r.mention[i])}, affiliation: -1, head: i}, true
	}
	src, ok := r.mainSubject(unit.First, min(unit.End, unit.First+maxLook))
	switch {
	case ok && !(src.form == named && r.D.Mentions[src.mentions[0]].Type == annot.LOC):
		return src, true
	case k >= 0:
		return r.said[k], true
	}
	// Harbour County (Ohio) Sheriff | Ann Cole, one of the loudest, spoke
	for i := unit.First; i < min(unit.End, unit.First+maxLook) && !r.verb(i) && !r.quoted(i); i++ {
		if m := int(r.mention[i]); m >= 0 && r.firstTok[m] == i && i > unit.First && r.D.Mentions[m].Type == annot.PER && r.D.Mentions[m].Entity > 0 && !r.Is(i-1, rules.Preposition) && !r.possessiveMark(min(r.endTok[m], len(r.mention)-1)) {
			return source{form: named, tokens: tokens{i, r.endTok[m]}, mentions: []int{m}, affiliation: -1, head: i}, true
		}
	}
	return src, ok
}

// definitePerson reports whether a description is that of one certain person: the mayor, her lawyer.
func (r *clauseReader) definitePerson(src source) bool {
	return r.Is(src.first, rules.Determiner|rules.Possessive) && !strings.EqualFold(r.Word(src.first), "a") && !strings.EqualFold(r.Word(src.first), "an") &&
		r.Is(src.head, people) && !r.Is(src.head, rules.RolePlural|rules.HumanPlural|rules.SpokesNoun)
}

// agrees reports whether the noun at token i may describe entity e by its gender.
func (r *resolver) agrees(e annot.Entity, i int) bool {
	return !(r.Is(i, rules.RoleMale) && e.Gender == annot.Female || r.Is(i, rules.RoleFemale) && e.Gender == annot.Male)
}

// topicBefore returns the person whom the narrative is about before unit u in its section, or 0, and for how many units it
// was not the subject.
func (r *resolver) topicBefore(u int) (entity, since int) {
	if u == 0 || r.topics.section[u-1] != r.topics.section[u] {
		return 0, 0
	}
	return int(r.topics.of[u-1]), int(r.topics.since[u-1])
}
