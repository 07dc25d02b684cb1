package eval_test

import (
	"fmt"

	"github.com/quoth-nlp/quoth/corpus/measure/eval"
	"github.com/quoth-nlp/quoth/corpus/measure/gold"
	"github.com/quoth-nlp/quoth/pipeline/annot"
)

func ExampleScorer() {
	a, err := gold.Parse("strike", []byte(`-- text --
“We stay,” said {PER:Ada Moor} in {LOC:Rye}.
-- quotes --
- {parts: ["“We stay,”"], kind: direct, status: attributed, speaker: {mention: Ada Moor, name: Ada Moor, type: person}, cue: said}
`))
	if err != nil {
		fmt.Println(err)
		return
	}
	d := annot.New(a.Name, a.Text)
	// A pipeline would do this; here it finds the quote and nobody to say it.
	d.Quotes = []annot.Quote{{ID: 1, Parts: a.Quotes[0].Parts, Kind: annot.Direct, Zone: annot.Body}}

	s := eval.NewScorer(1)
	s.Add(&a, d)
	var r eval.Report
	s.Report(&r)
	for _, name := range []string{"quotes.recall.direct", "speaker.direct", "entities.plo.recall"} {
		f, _ := r.Figure(name)
		fmt.Printf("%s %.0f %% of %d\n", f.Name, f.Value(), f.Of)
	}
	// Output:
	// quotes.recall.direct 100 % of 1
	// speaker.direct 0 % of 1
	// entities.plo.recall 0 % of 2
}
