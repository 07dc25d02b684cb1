package segment

import (
	"strings"
	"testing"

	"github.com/quoth-nlp/quoth/rules"
)

// Each sign for or against a title that ends with a full stop has its weight. The plain title has two signs for it: no
// article, and a longer paragraph after it.
func TestSentenceScore(t *testing.T) {
	z := &zoner{set: rules.MustEnglish()}
	const long = " and much more was told to those who came here that night."
	for _, test := range []struct {
		name, title, next string
		dated             bool
		want              int
	}{
		{"no article", "Rain floods mill yard.", "It was wet" + long, false, 3},
		{"one article", "Rain floods the yard.", "It was wet" + long, false, 1},
		{"two articles", "The rain floods the yard.", "It was wet" + long, false, 0},
		{"dateline", "Rain floods mill yard.", "It was wet" + long, true, 5},
		{"three words", "Rain floods yard.", "It was wet" + long, true, 0},
		{"shorter paragraph", "Rain floods mill yard.", "It was wet and cold.", true, 0},
		{"paragraph of the same length", "Rain floods mill yard.", "It was wet and so cold", false, 2},
		{"paragraph of 3/2 the length", "Rain floods mill yard.", "It was wet and so cold, they told", false, 3},
		{"paragraph just below 3/2", "Rain floods mill yard.", "It was wet and so cold, they tol", false, 2},
		{"single marks that become double ones", "Rain floods ‘mill’ yard.", "It was “wet”" + long, false, 5},
		{"single marks", "Rain floods ‘mill’ yard.", "It was wet" + long, false, 3},
		{"double marks", "Rain floods “mill” yard.", "It was wet" + long, false, 0},
		{"cue in the present", "Mayor says yard floods.", "It was wet" + long, false, 4},
		{"cue in the past", "Mayor said yard floods.", "It was wet" + long, false, 2},
		{"weekday", "Rain floods yard Monday.", "It was wet" + long, false, 1},
		{"pronoun first", "He floods mill yard.", "It was wet" + long, false, 0},
		{"one shared word", "Rain floods mill yard.", "Rain came" + long, false, 3},
		{"two shared words of four", "Rain floods mill yard.", "Rain came to a mill" + long, false, 4},
		{"three shared words of four", "Rain floods mill yard.", "Rain floods came to mill" + long, false, 5},
		{"two shared words of seven", "Rain floods mill yard, barns, roads, lanes.", "Rain came to that old mill" + long, false, 3},
		{"three shared words of seven", "Rain floods mill yard, barns, roads, lanes.", "Rain came to that old mill and yard" + long, false, 4},
		{"three shared words of ten", "Rain floods mill yard, barns, roads, lanes, farms, parks, woods.", "Rain came to that old mill and yard" + long, false, 3},
		{"three shared words of six", "Rain floods mill yard, barns, roads.", "Rain came to that old mill and yard" + long, false, 5},
	} {
		if got := z.count(test.title).sentenceScore(test.next, test.dated); got != test.want {
			t.Errorf("%s: %d, want %d", test.name, got, test.want)
		}
	}
}

func TestOverlap(t *testing.T) {
	for _, test := range []struct {
		title, next     string
		shared, content int
	}{
		{"", "rain", 0, 0},
		{"The old mill", "a mill and the old", 1, 1},      // words of three letters do not count
		{"flooding", "floodiest day", 1, 1},               // the first six letters
		{"flooding", "flood day", 0, 1},                   // of the title's word
		{"“Rain?” (Mill), yard…", "rain mill yard", 1, 3}, // without the marks around; case counts
		{"mill", strings.Repeat("x", maxLine) + "mill", 0, 1},
	} {
		if shared, content := overlap(test.title, test.next); shared != test.shared || content != test.content {
			t.Errorf("%s / %.20s: %d of %d, want %d of %d", test.title, test.next, shared, content, test.shared, test.content)
		}
	}
}

// What the words of a paragraph say about its being a title.
func TestCountWords(t *testing.T) {
	z := &zoner{set: rules.MustEnglish()}
	for text, want := range map[string]words{
		"":                             {},
		"Rain floods the mill":         {all: 4, capitals: 1, plain: 2, articles: 1},
		"Rain, “ … ” floods":           {all: 2, capitals: 1, plain: 1, doubleMarks: true},
		"Rain - and - Mill":            {all: 5, capitals: 2},
		"He is Ada":                    {all: 3, capitals: 2, articles: 1, plain: 1, pronounFirst: true},
		"And Ada":                      {all: 2, capitals: 2, pronounFirst: true},
		"Ada and he":                   {all: 3, capitals: 1, plain: 1},
		"Ada says on Monday: 12 to Bo": {all: 7, capitals: 3, plain: 1, says: true, days: 1},
		"Ada said":                     {all: 2, capitals: 1, plain: 1, said: true},
		"Ada vs Bo":                    {all: 3, capitals: 2},
		"Ada ‘left’":                   {all: 2, capitals: 1, plain: 1, singleMarks: true},
		"Ada 'left'":                   {all: 2, capitals: 1, plain: 1, singleMarks: true},
		"Ada’s 'n' \"left\"":           {all: 3, capitals: 1, plain: 2, doubleMarks: true},
		"Ada ''left''":                 {all: 2, capitals: 1, plain: 1, doubleMarks: true},
	} {
		want.text = text
		if got := z.count(text); got != want {
			t.Errorf("%s\nwant %+v\n got %+v", text, want, got)
		}
	}
}

func TestTitleCase(t *testing.T) {
	for _, test := range []struct {
		w    words
		want bool
	}{
		{words{all: 3, capitals: 3}, true},
		{words{all: 2, capitals: 2}, false},
		{words{all: 6, capitals: 3}, true},
		{words{all: 7, capitals: 3}, false},
		{words{all: 10, capitals: 9, plain: 1}, false},
		{words{all: 11, capitals: 10, plain: 1}, true},
		{words{all: 12, capitals: 10, plain: 2}, false},
	} {
		if got := test.w.titleCase(); got != test.want {
			t.Errorf("%+v: %v, want %v", test.w, got, test.want)
		}
	}
}
