package quotes

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/quoth-nlp/quoth/extractors/boost"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

func TestFeatureNames(t *testing.T) {
	if len(featureNames) != featureCount {
		t.Fatalf("%d names for %d features", len(featureNames), featureCount)
	}
	names := slices.Sorted(slices.Values(featureNames))
	if n := len(slices.Compact(names)); n != featureCount {
		t.Errorf("%d features share a name with another", featureCount-n)
	}
}

func TestOpenJudge(t *testing.T) {
	j, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(j.bytes(), embedded) {
		t.Error("the embedded judge is not written as it was read")
	}
	for n := range len(embedded) {
		if n > 64 && n%997 != 0 { // each length near the start, some of the rest
			continue
		}
		if _, err := Open(embedded[:n]); err == nil {
			t.Errorf("a judge cut off at byte %d was opened", n)
		}
	}
	for _, i := range []int{0, len(judgeMagic), len(judgeMagic) + 5, 1000, len(embedded) / 2, len(embedded) - 1} {
		bad := bytes.Clone(embedded)
		bad[i] ^= 1
		if _, err := Open(bad); err == nil {
			t.Errorf("a judge with byte %d damaged was opened", i)
		}
	}
	// The trees inside are checked too, for a judge of other features has a right checksum.
	other := bytes.Clone(embedded[:len(judgeMagic)+12+1<<clueBits])
	rows := boost.Rows{Names: []string{"one"}, X: []float32{0, 1}, Right: []bool{false, true}}
	m, err := boost.Train(&rows, boost.Options{Trees: 1})
	if err != nil {
		t.Fatal(err)
	}
	other = append(other, m.Bytes()...)
	binary.LittleEndian.PutUint32(other[len(judgeMagic):], crc32.ChecksumIEEE(other[len(judgeMagic)+4:]))
	if _, err := Open(other); err == nil || !strings.Contains(err.Error(), "other features") {
		t.Errorf("a judge of other features: error %v", err)
	}
}

// english makes the rules and the stage before once for all tests.
var english = sync.OnceValues(func() (*rules.Set, *segment.Stage) {
	set := rules.MustEnglish()
	return set, segment.New(set)
})

// ruled returns the work of the rules on a text.
func ruled(tb testing.TB, text string) *finder {
	tb.Helper()
	set, before := english()
	d := annot.New("", text)
	if err := before.Process(d); err != nil {
		tb.Fatal(err)
	}
	return New(set).rule(d, new(segment.Tables))
}

// What the rules are certain of is not for the judge to decide.
func TestDoubtful(t *testing.T) {
	for _, c := range []struct {
		text string
		want []bool
	}{
		{"“We went home before noon,” Ada Moor said.", []bool{false}},
		{"“Ninety-eight.”", []bool{false}},
		{"Leonard “Rocky” Dace won the fight.", []bool{false}},
		{"The so-called “experts” had left.", []bool{false}},
		{"The word “memory” appears once in the paper.", []bool{false}},
		{"Ada Moor used the words “a slow flood” in her letter.", []bool{true}},
		{"Her cheap “castle” has two rooms.", []bool{true}},
		{"Ada Moor called the plan “a slow flood”.", []bool{true}},
		{"They sang “A Slow Flood” in the hall.", []bool{true}},
		{"She spoke of “a “slow” flood”.", []bool{true, false}},
	} {
		f := ruled(t, c.text)
		var got []bool
		for k := range f.verdict {
			got = append(got, f.doubtful(k))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: doubtful %v, want %v", c.text, got, c.want)
		}
	}
}

func TestJoint(t *testing.T) {
	for text, want := range map[string]float32{
		"He called it “slow” and “cold”.":              1,
		"He called it a “slow” and a “cold” one.":      1,
		"He called it “slow”, “cold” and the like.":    1,
		"He called it “slow” while others “ran”.":      0,
		"He called it “slow” and ran to the “castle”.": 0,
	} {
		f := ruled(t, text)
		var x [featureCount]float32
		f.features(&x, f.article(), 1)
		if x[pJoint] != want {
			t.Errorf("%s: joint %v, want %v", text, x[pJoint], want)
		}
	}
}

func TestRepeats(t *testing.T) {
	f := ruled(t, "A slow flood came. The “Slow flood” went on. They feared a slow flood. It was a “slow flood”, a “fast flood” of slow floods.")
	got := f.repeats().of
	want := []repeat{
		{marked: 1, before: 0, plain: 2, plainFirst: true},
		{marked: 1, before: 1, plain: 2, plainFirst: true},
		{},
	}
	for k := range got {
		got[k].quotes = 0
	}
	if !slices.Equal(got, want) {
		t.Errorf("repeats\n%+v, want\n%+v", got, want)
	}
}

// Scoring a stretch allocates nothing, however many there are.
func TestScoringAllocatesNothing(t *testing.T) {
	j, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	f := ruled(t, "Ada Moor called the plan “a slow flood” and a “cold” one, and her cheap “castle” has two rooms.")
	a := f.article()
	var x [featureCount]float32
	var c clues
	score := func() {
		for k := range f.verdict {
			f.features(&x, a, k)
			c.gather(f, k)
			j.clues.score(&x, &c)
			j.model.Score(x[:])
		}
	}
	score() // the clues grow to their size
	if n := testing.AllocsPerRun(10, score); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

// A judge that was trained to call the terms of an article quotes does so, twice with the same bytes.
func TestTrainer(t *testing.T) {
	train := func() []byte {
		set, _ := english()
		trainer := NewTrainer(set)
		for i := range 40 {
			text := "The mill had a “castle” in the yard. Ada Moor called it a “flood” on Monday."
			f := ruled(t, text)
			quotes := []annot.Span{f.d.Marked[0].Span}
			if i%3 == 2 {
				quotes = nil // a third of the articles say that neither is one
			}
			trainer.Add(f.d, quotes, nil, 1)
		}
		model, out, err := trainer.Train(boost.Options{Trees: 20, MinRows: 1}, 2, 0.4)
		if err != nil {
			t.Fatal(err)
		}
		if out.Doubtful != 80 || out.Judge.Right+out.Judge.Missed != 27 {
			t.Errorf("outcome %+v, want 80 doubtful stretches and 27 quotes", out)
		}
		return model
	}
	model := train()
	if !bytes.Equal(model, train()) {
		t.Error("two trainings on the same articles differ")
	}
	j, err := Open(model)
	if err != nil {
		t.Fatal(err)
	}
	f := ruled(t, "The mill had a “castle” in the yard. Ada Moor called it a “flood” on Monday.")
	f.judge(j)
	if f.verdict[0].kind == annot.NoKind || f.verdict[1].kind != annot.NoKind {
		t.Errorf("verdicts %+v, want the first a quote and the second none", f.verdict)
	}
	if _, _, err := NewTrainer(rules.MustEnglish()).Train(boost.Options{}, 2, 0.5); err == nil {
		t.Error("a judge was trained on nothing")
	}
}

// Only the letters A to Z are folded, and the end of a word counts.
func TestKeyFolds(t *testing.T) {
	for _, test := range []struct {
		a, b []string
		same bool
	}{
		{[]string{"AZ"}, []string{"az"}, true},
		{[]string{"Slow", "FLOOD"}, []string{"slow", "flood"}, true},
		{[]string{"@"}, []string{"`"}, false},
		{[]string{"["}, []string{"{"}, false},
		{[]string{"slow", "flood"}, []string{"slowflood"}, false},
		{[]string{"slow", "flood"}, []string{"flood", "slow"}, false},
	} {
		k := func(words []string) key {
			h := noKey
			for _, w := range words {
				h = h.add(w)
			}
			return h
		}
		if got := k(test.a) == k(test.b); got != test.same {
			t.Errorf("%q and %q: the same %v, want %v", test.a, test.b, got, test.same)
		}
	}
}
