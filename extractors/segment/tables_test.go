package segment_test

import (
	"reflect"
	"testing"

	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

const tablesText = "Ann Cole went on to say “he said, according to nobody” and Leonard “Rocky” Dace, according “to” him, said no.\n"

func segmented(t *testing.T, set *rules.Set, text string) *annot.Document {
	t.Helper()
	d := annot.New("", text)
	if err := segment.New(set).Process(d); err != nil {
		t.Fatal(err)
	}
	return d
}

// Cues are those outside of marks, whatever tables the View is made of.
func TestTablesMaskCues(t *testing.T) {
	set := rules.MustEnglish()
	d := segmented(t, set, tablesText)
	var tables segment.Tables
	cues := func(plain func(int) bool) (list []string) {
		v := tables.View(d, set, plain)
		for i, c := range v.Cue {
			if c != nil {
				list = append(list, d.Slice(v.Span(i, i+int(v.CueLen[i]))))
			}
			if (c == nil) != (v.CueLen[i] == 0) {
				t.Errorf("token %d has a cue of %d tokens: %v", i, v.CueLen[i], c)
			}
		}
		return list
	}
	for _, test := range []struct {
		plain func(int) bool
		want  []string
	}{
		{nil, []string{"went on to say", "say", "said"}},
		{func(mark int) bool { return mark == 0 }, []string{"went on to say", "say", "said", "according to", "said"}},
		{func(mark int) bool { return mark == 2 }, []string{"went on to say", "say", "said"}},
		{nil, []string{"went on to say", "say", "said"}},
	} {
		if got := cues(test.plain); !reflect.DeepEqual(got, test.want) {
			t.Errorf("want %q\n got %q", test.want, got)
		}
	}
}

// A View does not depend on what else its tables were used for, and an Overlay is seen by nobody.
func TestTablesShared(t *testing.T) {
	set := rules.MustEnglish()
	d := segmented(t, set, tablesText)
	fresh := func() *segment.View { return segment.NewView(d, set, nil) }
	var tables segment.Tables
	first := tables.View(d, set, nil)
	over := first.Overlay()
	for i := range over.Class {
		over.Class[i], over.Cue[i], over.CueLen[i] = rules.Adverb, &rules.Cue{}, 9
	}
	again := tables.View(d, set, nil)
	for _, v := range []*segment.View{first, again, tables.View(d, set, func(int) bool { return false })} {
		want := fresh()
		if !reflect.DeepEqual(v.Class, want.Class) || !reflect.DeepEqual(v.Cue, want.Cue) || !reflect.DeepEqual(v.CueLen, want.CueLen) ||
			!reflect.DeepEqual(v.Outer, want.Outer) || !reflect.DeepEqual(v.Units, want.Units) {
			t.Error("the View of shared tables is another one than that of its own")
		}
	}
}

// Tables of another document or of other tokens are not used.
func TestTablesStale(t *testing.T) {
	set := rules.MustEnglish()
	var tables segment.Tables
	tables.View(segmented(t, set, "Ann Cole said no.\n"), set, nil)
	d := segmented(t, set, "He was in a hut, she said.\n")
	if v := tables.View(d, set, nil); v.D != d || len(v.Class) != len(d.Tokens) || v.Cue[len(v.Cue)-2] == nil {
		t.Error("tables of the document before")
	}
	d.Tokens = d.Tokens[:3]
	d.Sentences[0].EndToken = 3
	if v := tables.View(d, set, nil); len(v.Class) != 3 {
		t.Errorf("tables of %d tokens for 3", len(v.Class))
	}
}
