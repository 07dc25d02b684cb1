package naming

import (
	"strings"
	"unicode"

	"github.com/quoth-nlp/quoth/extractors/clause"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// topics follows whom the narrative is about: the person who is the subject of a sentence, and stays the topic while the
// next ones begin with he, she or a description such as the mayor. It is read once, unit by unit, as the quotes are.
type topics struct {
	// of holds for each unit the person whom the narrative is about after it, or 0; strangers have numbers below 0.
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
	// places holds for each person the places and bodies in their descriptions.
	places [][]string
	// documents are the artifacts that the narrative names, in order.
	documents []document
	// asking is how many documents ask for their authors at the moment, each for the sake of the one before.
	asking int
	// gender holds for each entity the gender by which pronouns of the article took it up.
	gender []annot.Gender
	// told holds for each unit how many units before it hold words of the narrative, and toldParagraphs the same of paragraphs.
	told, toldParagraphs []int32
	// reporters holds for each unit twice the person whose speech it reports, and 1; 0 if it was not read yet.
	reporters []int32
	// spoke is the speaker of the quote before, whose words stand in unit spokeUnit.
	spoke     *annot.Speaker
	spokeUnit int
	// bodies holds the longest names of the bodies that are named after persons.
	bodies map[bodyKey]string
	// bodyWords holds for each body the words of its name and those that the article describes it with.
	bodyWords []map[string]bool
	// byBodyWord maps those words to the bodies, ascending.
	byBodyWord map[string][]int
	// unnamed holds for each noun the tokens where it brings up a body without a name.
	unnamed map[string][]int
	// body holds for each unit the body that the narrative is about after it, bodySince how many units ago it was last a subject.
	body      []author
	bodySince []int32
}

// fades is the number of sentences that a topic outlives without being named.
const fades = 4

// startTopics prepares the reading of the topics.
func (r *Resolver) startTopics() {
	n := len(r.Units)
	t := &r.topics
	t.of, t.since, t.section, t.speaks, t.reporters = make([]int32, n), make([]int32, n), make([]int32, n), make([]int32, n), make([]int32, n)
	t.body, t.bodySince = make([]author, n), make([]int32, n)
	r.countTold()
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
		if src := &r.said[i]; src.End > src.First && src.First >= 0 {
			t.speaks[r.UnitOf[src.First]] = int32(i)
		}
	}
}

// countTold counts the units and paragraphs that hold words outside of quotes.
func (r *Resolver) countTold() {
	t := &r.topics
	n := len(r.Units)
	t.told, t.toldParagraphs = make([]int32, n+1), make([]int32, n+1)
	last := -1
	for u, unit := range r.Units {
		t.told[u+1], t.toldParagraphs[u+1] = t.told[u], t.toldParagraphs[u]
		for i := unit.First; i < unit.End; i++ {
			if r.Letter(i) && !r.Quoted(i) {
				t.told[u+1]++
				if unit.Paragraph != last {
					t.toldParagraphs[u+1]++
					last = unit.Paragraph
				}
				break
			}
		}
	}
}

// readTopics reads the topics of the units before unit end.
func (r *Resolver) readTopics(end int) {
	t := &r.topics
	for ; t.read < end; t.read++ {
		u := t.read
		topic, since := r.topicBefore(u)
		src, ok := r.unitSubjectOf(u, int(t.speaks[u]))
		r.readBody(u, src, ok)
		if t.told[u+1] == t.told[u] { // a quote alone
			t.of[u], t.since[u] = int32(topic), int32(since)
			continue
		}
		since++
		inverted, says := r.Inverted(u), r.saysPronoun(u)
		switch {
		case inverted >= 0:
			topic, since = r.D.Mentions[inverted].Entity, 0
		case says >= 0:
			if c := r.referents(says, r.last); len(c) > 0 {
				topic, since = c[0].entity, 0
			}
		case !ok:
			if who := r.reporter(u); who != 0 {
				topic, since = who, 0
			}
		case src.Form == clause.Named && len(src.Mentions) == 1 && r.HasPerson(src):
			topic, since = r.D.Mentions[r.Headed(src.Mentions[0])].Entity, 0
		case src.Form == clause.Pronoun && r.Is(src.First, rules.PronounMale|rules.PronounFemale):
			if c := r.referents(src.First, r.last); len(c) > 0 {
				topic, since = c[0].entity, 0
			}
		case src.Form == clause.Nominal && (r.DefinitePerson(src) || r.strangerAt(src.Head) > 0):
			if id := r.byRole(src); id > 0 && r.DefinitePerson(src) && !r.strangerSince(id, src) {
				topic, since = id, 0
			} else if who := r.strangerAt(src.Head); who > 0 {
				topic, since = -who, 0
			} else if topic > 0 && r.agrees(r.D.Entities[topic-1], src.Head) {
				since = 0
			}
		}
		if since > fades {
			topic = 0
		}
		t.of[u], t.since[u] = int32(topic), int32(since)
	}
}

// saysPronoun returns the he or she who says what unit u tells, or -1: the road was closed, | she said.
func (r *Resolver) saysPronoun(u int) int {
	unit := r.Units[u]
	for i := unit.First + 1; i+1 < unit.End; i++ {
		if r.Is(i, rules.PronounMale|rules.PronounFemale) && !r.Quoted(i) && r.VerbCue(i+1) && (r.Quoted(i-1) || r.Word(i-1) == ",") {
			return i
		}
	}
	return -1
}

// unitSubjectOf returns the subject of unit u: the speaker of the quote k that begins in it, or that of its main clause.
func (r *Resolver) unitSubjectOf(u, k int) (clause.Source, bool) {
	unit := r.Units[u]
	i := unit.First
	for i < unit.End && r.MentionOf[i] < 0 && (r.Is(i, rules.TimeWord|rules.Weekday|rules.Month|rules.NumberWord) ||
		clause.DigitFirst(r.Word(i)) || i < unit.First+3 && r.Is(i, rules.Preposition|rules.Determiner)) {
		i++ // On Monday evening | Cole spoke
	}
	if i > unit.First+1 && i < unit.End && r.MentionOf[i] >= 0 && r.D.Mentions[r.MentionOf[i]].Type == annot.PER && !r.Quoted(i) &&
		r.Is(i-1, rules.TimeWord|rules.Weekday|rules.Month) {
		return r.NamedSource(int(r.MentionOf[i])), true
	}
	src, ok := r.MainSubject(unit.First, min(unit.End, unit.First+clause.MaxLook))
	switch {
	case ok && !(src.Form == clause.Named && r.D.Mentions[src.Mentions[0]].Type == annot.LOC):
		return src, true
	case k >= 0:
		return r.said[k], true
	}
	// Harbour County (Ohio) Sheriff | Ann Cole, one of the loudest, spoke
	for i := unit.First; i < min(unit.End, unit.First+clause.MaxLook) && !r.Verb(i) && !r.Quoted(i); i++ {
		if m := int(r.MentionOf[i]); m >= 0 && r.FirstToken[m] == i && i > unit.First && r.D.Mentions[m].Type == annot.PER &&
			r.D.Mentions[m].Entity > 0 && !r.Is(i-1, rules.Preposition) && !r.PossessiveMark(min(r.EndToken[m], len(r.MentionOf)-1)) {
			return r.NamedSource(m), true
		}
	}
	return src, ok
}

// agrees reports whether the noun at token i may describe entity e by its gender.
func (r *Resolver) agrees(e annot.Entity, i int) bool {
	return !(r.Is(i, rules.RoleMale) && e.Gender == annot.Female || r.Is(i, rules.RoleFemale) && e.Gender == annot.Male)
}

// topicBefore returns the person whom the narrative is about before unit u in its section, or 0, and for how many units it
// was not the subject.
func (r *Resolver) topicBefore(u int) (entity, since int) {
	if u == 0 || r.topics.section[u-1] != r.topics.section[u] {
		return 0, 0
	}
	return int(r.topics.of[u-1]), int(r.topics.since[u-1])
}
