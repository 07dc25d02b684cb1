package naming_test

import (
	"bufio"
	"encoding/json"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/quoth-nlp/quoth/extractors/attribution"
	"github.com/quoth-nlp/quoth/extractors/clause"
	"github.com/quoth-nlp/quoth/extractors/entities"
	"github.com/quoth-nlp/quoth/extractors/entities/gazetteer"
	"github.com/quoth-nlp/quoth/extractors/naming"
	"github.com/quoth-nlp/quoth/extractors/quotes"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// silver is one pronoun with its candidates, of whom the first is meant.
type silver []naming.Features

// TestFitWeights fits the weights of the candidates of pronouns and prints them. Nobody annotated antecedents: it takes
// each he and she of a quote's speaker where just one person named before is of that gender, by the first name, and
// all others are surely of the other. Who is meant is then known without looking at where the names stand. The
// environment names the articles, one JSON object with "text" a line:
//
//	QUOTH_FIT=articles.jsonl go test -run TestFitWeights -v ./extractors/naming
func TestFitWeights(t *testing.T) {
	path := os.Getenv("QUOTH_FIT")
	if path == "" {
		t.Skip("set QUOTH_FIT to a file of articles")
	}
	var train, held []silver
	for i, s := range collect(t, path) {
		if i%5 == 0 {
			held = append(held, s)
		} else {
			train = append(train, s)
		}
	}
	before := naming.Weights()
	fitted := fit(train)
	t.Logf("%d pronouns; right on %d held out: %.1f %% with the weights of the code, %.1f %% with these:", len(train), len(held), right(held, &before), right(held, &fitted))
	for i, x := range fitted {
		t.Logf("%2d %6.2f", i, x)
	}
}

// collect makes the silver of the articles in the file.
func collect(t *testing.T, path string) (all []silver) {
	for _, d := range collectDocs(t, path) {
		all = append(all, silverOf(d, rules.MustEnglish())...)
	}
	return all
}

func collectDocs(t *testing.T, path string) (all []*annot.Document) {
	set := rules.MustEnglish()
	table, err := gazetteer.Default()
	if err != nil {
		t.Fatal(err)
	}
	names, err := entities.New(set)
	if err != nil {
		t.Fatal(err)
	}
	seg, quo, att := segment.New(set), quotes.New(set), attribution.New(set)
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var a struct{ Text string }
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
			t.Fatal(err)
		}
		d := &annot.Document{Text: a.Text}
		for _, s := range []interface{ Process(*annot.Document) error }{seg, names, quo} {
			if err := s.Process(d); err != nil {
				t.Fatal(err)
			}
		}
		for i := range d.Entities { // the pronouns near a name must not have told its gender
			e := &d.Entities[i]
			e.Gender = annot.UnknownGender
			first, _, ok := strings.Cut(e.Name, " ")
			if n, known := table.FirstName(first); e.Type == annot.PER && ok && known {
				e.Gender = n.Gender
			}
			for _, m := range e.Mentions { // Mr. Cole
				switch before := strings.TrimRight(d.Text[max(0, d.Mentions[m].Start-5):d.Mentions[m].Start], " "); {
				case strings.HasSuffix(before, "Mr."):
					e.Gender = annot.Male
				case strings.HasSuffix(before, "Mrs."), strings.HasSuffix(before, "Ms."):
					e.Gender = annot.Female
				}
			}
		}
		if err := att.Process(d); err != nil {
			t.Fatal(err)
		}
		if len(silverOf(d, set)) > 0 {
			all = append(all, d)
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

func silverOf(d *annot.Document, set *rules.Set) (all []silver) {
	if len(d.Quotes) == 0 {
		return nil
	}
	r := naming.New(clause.New(d, set, new(segment.Tables)), set)
	r.Start(sourcesOf(r.Reader, d))
	k := 0
	for i := range d.Tokens {
		for ; k < len(d.Quotes) && d.Quotes[k].Parts[0].End <= d.Tokens[i].Start; k++ {
			r.Spoke(&d.Quotes[k], -1)
		}
		word := r.Word(i)
		if !segment.EqualFold(word, "he") && !segment.EqualFold(word, "she") || r.Quoted(i) || r.Outer[i] >= 0 {
			continue
		}
		// He said, she added, said he; not those of the rest of the narrative.
		if i+1 < len(d.Tokens) && r.VerbCue(i+1) || i > 0 && r.VerbCue(i-1) ||
			i+2 < len(d.Tokens) && r.Is(i+1, rules.Adverb|rules.Auxiliary) && r.VerbCue(i+2) {
			if s := silverAt(r, i); s != nil {
				all = append(all, s)
			}
		}
	}
	return all
}

// sourcesOf reads again the words that stand for the speakers of the quotes.
func sourcesOf(r *clause.Reader, d *annot.Document) []clause.Source {
	list := make([]clause.Source, len(d.Quotes))
	for k, q := range d.Quotes {
		if m := q.Speaker.Mention; !m.IsZero() {
			list[k], _, _ = r.NounPhrase(r.TokenAt(m.Start), r.TokenAt(m.End))
		}
	}
	return list
}

func silverAt(r *naming.Resolver, i int) silver {
	s := silver{{}}
	meant := 0
	for _, c := range r.Seen(i) {
		if c.Entity < 0 {
			continue // the gender of strangers is seldom known
		}
		e := r.D.Entities[c.Entity-1]
		switch {
		case e.Gender == annot.UnknownGender || meant > 0 && r.Fits(e, i):
			return nil
		case r.Fits(e, i):
			meant, s[0] = c.Entity, c.Features
		default:
			s = append(s, c.Features)
		}
	}
	if meant == 0 || len(s) < 2 {
		return nil
	}
	return s
}

// fit maximises the likelihood of the first of each set of candidates, by gradient ascent.
func fit(train []silver) (weights naming.Features) {
	const steps, decay = 400, 1e-4
	for step := range steps {
		var grad naming.Features
		for _, s := range train {
			p := make([]float64, len(s))
			sum := 0.0
			for j := range s {
				p[j] = math.Exp(s[j].Score(&weights))
				sum += p[j]
			}
			for j := range s {
				d := -p[j] / sum
				if j == 0 {
					d++
				}
				for k, x := range s[j] {
					grad[k] += d * x
				}
			}
		}
		rate := 2 / (1 + float64(step)/100)
		for k := range weights {
			weights[k] += rate * (grad[k]/float64(len(train)) - decay*weights[k])
		}
	}
	return weights
}

// right returns the share of sets, in percent, whose first candidate scores best.
func right(sets []silver, weights *naming.Features) float64 {
	n := 0
	for _, s := range sets {
		best := true
		for _, f := range s[1:] {
			best = best && s[0].Score(weights) > f.Score(weights)
		}
		if best {
			n++
		}
	}
	return 100 * float64(n) / float64(max(1, len(sets)))
}
