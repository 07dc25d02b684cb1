package pipeline_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/quoth-nlp/quoth/pipeline"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/pipeline/effort"
)

// A stage is a tiny stage for tests.
type stage struct {
	name          string
	reads, writes annot.Layers
	process       func(d *annot.Document) error
}

func (s stage) Name() string                         { return s.name }
func (s stage) Layers() (reads, writes annot.Layers) { return s.reads, s.writes }
func (s stage) Process(d *annot.Document) error {
	if s.process == nil {
		return nil
	}
	return s.process(d)
}

func TestNew(t *testing.T) {
	segments := stage{name: "segment", writes: annot.Sentences | annot.Tokens}
	quotes := stage{name: "quotes", reads: annot.Tokens, writes: annot.Quotes}
	tests := []struct {
		name   string
		stages []pipeline.Stage
		want   string
	}{
		{"none", nil, ""},
		{"good", []pipeline.Stage{segments, quotes}, ""},
		{"order", []pipeline.Stage{quotes, segments}, "stage quotes reads tokens, which no earlier stage writes; put one that does before it"},
		{"own layer", []pipeline.Stage{stage{name: "a", reads: annot.Quotes, writes: annot.Quotes}},
			"stage a reads quotes, which no earlier stage writes; put one that does before it"},
		{"same name", []pipeline.Stage{segments, segments}, "two stages named segment; leave one out or give it another name"},
		{"no name", []pipeline.Stage{segments, stage{}}, "stage 2 has no name; give it one"},
		{"nil", []pipeline.Stage{nil}, "stage 1 has no name; give it one"},
		{"several faults", []pipeline.Stage{stage{}, quotes},
			"stage 1 has no name; give it one\nstage quotes reads tokens, which no earlier stage writes; put one that does before it"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p, err := pipeline.New(test.stages...)
			got := ""
			if err != nil {
				got = err.Error()
			}
			if got != test.want {
				t.Errorf("want %q, got %q", test.want, got)
			}
			if (p == nil) != (err != nil) {
				t.Errorf("pipeline %v with error %v", p, err)
			}
		})
	}
}

func TestProcess(t *testing.T) {
	cause := errors.New("no room")
	var ran []string
	trace := func(name string, err error) stage {
		return stage{name: name, process: func(*annot.Document) error { ran = append(ran, name); return err }}
	}
	tests := []struct {
		name   string
		stage  stage
		text   string
		want   string
		stages string
	}{
		{"good", trace("b", nil), "x", "", "a b c"},
		{"error", trace("b", cause), "x", "stage b: no room", "a b"},
		{"panic", stage{name: "b", process: func(d *annot.Document) error { _ = d.Tokens[3]; return nil }}, "x",
			"stage b: internal error: runtime error: index out of range [3] with length 0", "a"},
		{"changed text", stage{name: "b", process: func(d *annot.Document) error { d.Text = strings.ToUpper(d.Text); return nil }}, "x",
			"stage b: internal error: the stage changed the text", "a"},
		{"bad text", trace("b", nil), "caf\xE9", "the text is not valid UTF-8; decode it first, for example with corpus.Decode", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			ran = nil
			p, err := pipeline.New(trace("a", nil), test.stage, trace("c", nil))
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			if err = p.Process(annot.New("", test.text)); err != nil {
				got = err.Error()
			}
			if got != test.want {
				t.Errorf("want %q, got %q", test.want, got)
			}
			if got := strings.Join(ran, " "); got != test.stages {
				t.Errorf("want stages %q, got %q", test.stages, got)
			}
			if test.name == "error" && !errors.Is(err, cause) {
				t.Errorf("%v does not wrap its cause", err)
			}
		})
	}
}

// Many goroutines share one pipeline, and each document comes out as it does alone.
func TestConcurrent(t *testing.T) {
	p, err := pipeline.Default()
	if err != nil {
		t.Fatal(err)
	}
	process := func(text string) *annot.Document {
		d := annot.New("", text)
		if err := p.Process(d); err != nil {
			t.Error(err)
		}
		return d
	}
	var texts []string
	for i := range 60 {
		texts = append(texts, fmt.Sprintf("OSLO — “We are ready,” said Mayor Ann %c. Lee.\n\n“It took %d years,” she added. “It’s done.”\n", 'A'+i%26, i))
	}
	i := 0
	pipeline.Run(t.Context(), slices.Values(texts), 8, process, func(d *annot.Document) error {
		if diff := cmp.Diff(process(texts[i]), d); diff != "" {
			t.Errorf("article %d (-alone +together):\n%s", i, diff)
		}
		i++
		return nil
	})
	if i != len(texts) {
		t.Errorf("want %d documents, got %d", len(texts), i)
	}
}

// hostile is text that punishes loops which look ahead or back without a bound.
var hostile = map[string]string{
	"straight marks":   `"`,
	"opening marks":    "“",
	"closing marks":    "”",
	"apostrophes":      "'",
	"openers":          "“a ",
	"alternating":      `"a" said `,
	"full stops":       ".",
	"marks and stops":  `"."`,
	"dashes":           "-",
	"no space":         "abc",
	"capitals":         "Ann ",
	"abbreviations":    "Mr. ",
	"initials":         "J.",
	"cues":             "said ",
	"pronouns":         "he said she said, ",
	"names and quotes": "“Yes,” said Ann Lee. ",
	"other names":      "“Yes,” said Q%d Lee. ", // every name is another one
	"running quotes":   "“We go on.\n\n",
	"paragraphs":       "A\n\n",
	"lines":            "a\n",
	"blank lines":      "\n",
	"spaces":           " ",
	"commas":           "Ann, ",
	"nested":           "“‘",
	"colons":           "Ann: yes\n",
	"dateline":         "OSLO — ",
	"links":            "http://a.b/",
	"combining marks":  "e\u0301",
	"emoji":            "👩‍👩‍👧 ",
}

func hostileText(unit string, size int) string {
	var b strings.Builder
	for i := 0; b.Len() < size; i++ {
		b.WriteString(strings.Replace(unit, "%d", fmt.Sprint("x", i), 1))
	}
	return b.String()
}

// The whole pipeline takes time linear in the text, whatever the text.
func TestLinearTime(t *testing.T) {
	p, err := pipeline.Default()
	if err != nil {
		t.Fatal(err)
	}
	for name, unit := range hostile {
		t.Run(name, func(t *testing.T) { linear(t, p, func(size int) string { return hostileText(unit, size) }) })
	}
}

// linear checks that the pipeline takes time linear in texts of one kind, and that their documents are sound.
func linear(t *testing.T, p *pipeline.Pipeline, text func(size int) string) {
	t.Helper()
	var d *annot.Document
	effort.Linear(t, effort.Pick(4_000, 50_000), func(size int) func() {
		article := text(size)
		return func() {
			d = annot.New("", article)
			if err := p.Process(d); err != nil {
				t.Fatal(err)
			}
		}
	})
	if err := d.Validate(); err != nil {
		t.Error(err)
	}
}

// FuzzDefault runs the default pipeline on any text.
func FuzzDefault(f *testing.F) {
	p, err := pipeline.Default()
	if err != nil {
		f.Fatal(err)
	}
	for _, unit := range hostile {
		f.Add(hostileText(unit, 50))
	}
	f.Add("OSLO (AP) — “We are ready,” said Ann Lee, the mayor.\n\n“They’re not,” she added. ‘Never,’ he said.\n")
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "\uFFFD")
		d := annot.New("", text)
		if err := p.Process(d); err != nil {
			t.Fatal(err)
		}
		if err := d.Validate(); err != nil {
			t.Fatal(err)
		}
	})
}
