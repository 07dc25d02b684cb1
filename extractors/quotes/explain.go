package quotes

import (
	"fmt"
	"sort"
	"strings"

	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// reasons says of each Why what it means for the stretch.
var reasons = map[annot.Why]string{
	annot.Scare:           "scare: a few words set apart, and nobody is said to have used them",
	annot.Title:           "title: the name of a work, column or programme, and not somebody’s words",
	annot.Nickname:        "nickname: it stands within a person’s name",
	annot.Motto:           "motto: a slogan, motto or chant that the sentence calls one",
	annot.WordMention:     "mention: the sentence speaks of the word or term itself",
	annot.Measurement:     "measurement: the marks stand for inches, feet, minutes or seconds",
	annot.Name:            "name: what something or somebody is called",
	annot.HeadlineMarks:   "headline: the marks are part of a headline’s style",
	annot.Nested:          "nested: it stands within other words in marks, whose speaker repeats it",
	annot.PullQuote:       "pull_quote: the paragraph repeats a quote of the article, which is counted once",
	annot.ReadMore:        "read_more: it belongs to a link to another article",
	annot.NoOpener:        "no_opener: only a closing mark was found, so it is not known where the words begin",
	annot.Mojibake:        "mojibake: the marks were decoded with the wrong encoding",
	annot.MarksLost:       "marks_lost: question marks stand where quotation marks were",
	annot.DashDialogueOff: "dash_dialogue_off: dialogue after dashes is not read",
	annot.OtherWhy:        "other: the page’s furniture, or marks with no words between them",
}

// An Explainer tells what in a document's words made stretches in marks quotes, or none. It is for one document at a
// time: make one with NewExplainer, and use it from one goroutine.
type Explainer struct {
	f *finder
	// at maps the start of each outer stretch, and of its words if its marks are escapes, to its place in the narration.
	at map[int]place
}

type place struct{ unit, item int }

// NewExplainer returns an explainer for d, which a stage with the same rules has processed.
func NewExplainer(d *annot.Document, set *rules.Set) *Explainer {
	x := &Explainer{&finder{d: d, v: segment.NewView(d, set, nil), set: set}, map[int]place{}}
	for u := range x.f.v.Units {
		for i, it := range x.f.v.Units[u].Items {
			if it.Quoted() {
				m := d.Marked[it.Mark]
				x.at[m.Start], x.at[x.f.part(m).Start] = place{u, i}, place{u, i}
			}
		}
	}
	return x
}

// NoQuote says in one sentence, without its full stop, why s is no quote, and lists what in and around it shows that. The
// sentence begins with the name of s.Why.
func (x *Explainer) NoQuote(s annot.QuotedSpan) (reason string, signs []string) {
	if reason = reasons[s.Why]; reason == "" {
		reason = s.Why.String() + ": not somebody’s words"
	}
	p, outer := x.at[s.Start]
	switch {
	case s.Why == annot.Nested && outer:
		return reason, []string{"within the words of a labelled turn"}
	case s.Why == annot.Nested:
		return reason, x.around(s.Span)
	case !outer:
		return reason, []string{}
	}
	signs, sh := x.shapeSigns(p)
	switch s.Why {
	case annot.Nickname, annot.Motto, annot.WordMention, annot.Name:
		return reason, append(signs, x.f.besideIt(p)...)
	case annot.Title, annot.Scare:
		if x.f.announced(p) {
			return reason, append(signs, x.f.besideIt(p)...)
		}
	}
	return reason, append(signs, x.contextSigns(p, sh)...)
}

// Signs lists what in and around the stretch that is s, or begins where s does, tells quotes from other words in marks. The
// list is empty for what stands in no marks, or within other marks. It costs time in the length of the stretch.
func (x *Explainer) Signs(s annot.Span) []string {
	p, ok := x.at[s.Start]
	if !ok {
		return []string{}
	}
	signs, sh := x.shapeSigns(p)
	return append(signs, x.contextSigns(p, sh)...)
}

// shapeSigns lists what the stretch looks like.
func (x *Explainer) shapeSigns(p place) ([]string, shape) {
	sh := x.f.shape(x.f.v.Units[p.unit].Items[p.item])
	titleCase := sh.titleCase && sh.words > 1
	signs := []string{count(sh.words)}
	add := adder(&signs)
	add(titleCase, "every word but the small ones begins with a capital")
	add(sh.upper && !titleCase, "begins with a capital")
	add(sh.full, "ends like a sentence")
	add(sh.comma, "ends with a comma")
	return signs, sh
}

// contextSigns lists what stands around the stretch.
func (x *Explainer) contextSigns(p place, sh shape) (signs []string) {
	unit := &x.f.v.Units[p.unit]
	c := x.f.context(unit, p.item, sh)
	add := adder(&signs)
	zone := x.f.d.Paragraphs[unit.Paragraph].Zone
	add(zone != annot.Body, zoneSigns[zone])
	add(c.alone, "nothing else is in its sentence")
	add(c.colon, "a colon stands before it")
	add(c.cueBefore, "a verb of speech stands right before it")
	add(c.cueAfter, "a verb of speech follows it")
	add(c.according, "a phrase such as “according to” is in the sentence")
	add(c.as, "“as” stands before it")
	add(c.noun, "a noun of speech leads to it")
	add(c.cue && !c.cueBefore && !c.cueAfter, "a verb of speech is in the sentence, but not beside it")
	add(!c.cue && !c.cueBefore && !c.cueAfter && !c.alone, "no verb of speech is in the sentence")
	return signs
}

// adder returns a function that adds a sign to the list if it is on.
func adder(list *[]string) func(on bool, sign string) {
	return func(on bool, sign string) {
		if on {
			*list = append(*list, sign)
		}
	}
}

// zoneSigns says where a stretch outside of the article's body stands.
var zoneSigns = map[annot.Zone]string{
	annot.NoZone:      "in no known part of the page",
	annot.Headline:    "in the headline",
	annot.Byline:      "in the byline",
	annot.Dateline:    "in the dateline",
	annot.Caption:     "in a caption",
	annot.Related:     "in a link to another article",
	annot.Correction:  "in a correction",
	annot.Boilerplate: "in what the page says of itself",
}

func count(words int) string {
	if words == 1 {
		return "1 word"
	}
	return fmt.Sprintf("%d words", words)
}

// announced reports whether a word right beside the stretch calls it a work or a term, or sets it apart: the film “…”,
// so-called “…”.
func (f *finder) announced(p place) bool {
	const announcing = rules.TermNoun | rules.MottoNoun | rules.WorkNoun | rules.NamedNoun | rules.ScareTrigger
	items := f.v.Units[p.unit].Items
	for _, k := range []int{p.item - 2, p.item - 1, p.item + 1} {
		if k >= 0 && k < len(items) && !items[k].Quoted() && f.v.Is(items[k].First, announcing) {
			return true
		}
	}
	return false
}

// besideIt cites the words beside the stretch.
func (f *finder) besideIt(p place) (signs []string) {
	items, i := f.v.Units[p.unit].Items, p.item
	if k := i - 1; k >= 0 && !items[k].Quoted() {
		first := k
		for first > 0 && k-first < 2 && !items[first-1].Quoted() {
			first--
		}
		signs = append(signs, "after “"+f.cite(items[first].First, items[k].End)+"”")
	}
	if k := i + 1; k < len(items) && !items[k].Quoted() && f.v.Letter(items[k].First) {
		signs = append(signs, "before “"+f.cite(items[k].First, items[k].End)+"”")
	}
	return signs
}

func (f *finder) cite(first, end int) string {
	return strings.Join(strings.Fields(f.d.Slice(f.v.Span(first, end))), " ")
}

// around cites the marks that a nested stretch stands in.
func (x *Explainer) around(s annot.Span) []string {
	d := x.f.d
	k := sort.Search(len(d.Marked), func(k int) bool { return d.Marked[k].Start >= s.Start })
	for ; k < len(d.Marked) && d.Marked[k].Start == s.Start; k++ {
		if parent := d.Marked[k].Parent; parent >= 0 && d.Marked[k].End == s.End {
			words := strings.Fields(d.Slice(d.Marked[parent].Span))
			more := ""
			if len(words) > 8 {
				words, more = words[:8], " …"
			}
			return []string{"within " + strings.Join(words, " ") + more}
		}
	}
	return []string{}
}
