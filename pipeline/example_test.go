package pipeline_test

import (
	"cmp"
	"context"
	"fmt"
	"log"
	"slices"
	"strings"

	"github.com/quoth-nlp/quoth/extractors/attribution"
	"github.com/quoth-nlp/quoth/extractors/entities"
	"github.com/quoth-nlp/quoth/pipeline"
	"github.com/quoth-nlp/quoth/pipeline/annot"
)

func ExampleDefault() {
	p, err := pipeline.Default()
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(p.Stages())
	// Output: [segment entities quotes attribution]
}

func ExamplePipeline_Process() {
	p, err := pipeline.Default()
	if err != nil {
		log.Fatal(err)
	}
	d := annot.New("", "The bridge opened on Monday. “It took nine years,” said Mayor Ann Lee.")
	if err := p.Process(d); err != nil {
		log.Fatal(err)
	}
	for _, q := range d.Quotes {
		fmt.Println(q.Speaker.Name, "said", d.Slice(q.Parts[0]))
	}
	// Output: Ann Lee said “It took nine years,”
}

// vessels is a recognizer of ships by their prefix: MV Halcyon.
type vessels struct{}

func (vessels) Name() string { return "vessels" }

func (vessels) Recognize(d *annot.Document) (found []annot.Mention) {
	for i := 0; i+1 < len(d.Tokens); i++ {
		if d.Slice(d.Tokens[i].Span) == "MV" {
			span := annot.Span{Start: d.Tokens[i].Start, End: d.Tokens[i+1].End}
			found = append(found, annot.Mention{Span: span, Type: annot.MISC, By: "vessels/prefix", Confidence: 0.95})
		}
	}
	return found
}

// A recognizer of one's own is asked before the built-in ones, which fill the gaps.
func ExampleOptions_recognizers() {
	p, err := pipeline.NewDefault(pipeline.Options{Recognizers: []entities.Recognizer{vessels{}}})
	if err != nil {
		log.Fatal(err)
	}
	d := annot.New("", "The MV Halcyon left Oslo on Monday.")
	if err := p.Process(d); err != nil {
		log.Fatal(err)
	}
	for _, m := range d.Mentions {
		fmt.Println(m.Type, d.Slice(m.Span), m.By)
	}
	// Output:
	// MISC MV Halcyon vessels/prefix
	// LOC Oslo model/crf
}

// interview is a sieve for articles that are interviews with one person, who says all that is quoted.
type interview struct{ with string }

func (s interview) Name() string { return "interview" }

func (s interview) Attribute(d *annot.Document, q annot.Quote) (annot.Attribution, bool) {
	for _, e := range d.Entities {
		if e.Name == s.with {
			return annot.Attribution{
				Status: annot.Attributed,
				Speaker: annot.Speaker{
					Type: annot.Person, Name: e.Name, Entities: []int{e.ID},
					Mention: d.Mentions[e.Mentions[0]].Span,
				},
				By: "interview/only-person", Confidence: 0.9,
			}, true
		}
	}
	return annot.Attribution{}, false // the built-in sieves decide
}

// A sieve of one's own is asked before the built-in ones, and its answer is final.
func ExampleOptions_sieves() {
	p, err := pipeline.NewDefault(pipeline.Options{Sieves: []attribution.Sieve{interview{with: "Ann Lee"}}})
	if err != nil {
		log.Fatal(err)
	}
	d := annot.New("", "Ann Lee sat down with us and looked back. “It took nine years.” Her brother Bo Lee nodded.")
	if err := p.Process(d); err != nil {
		log.Fatal(err)
	}
	for _, q := range d.Quotes {
		fmt.Println(q.Speaker.Name, "said", d.Slice(q.Parts[0]), "by", q.By)
	}
	// Output: Ann Lee said “It took nine years.” by interview/only-person
}

// public is a stage that withholds the names of persons who have no role.
type public struct{}

func (public) Name() string { return "public" }

func (public) Layers() (reads, writes annot.Layers) {
	return annot.Entities | annot.Quotes | annot.Attributions, annot.Attributions
}

func (public) Process(d *annot.Document) error {
	for i := range d.Quotes {
		q := &d.Quotes[i]
		if q.Speaker.Type == annot.Person && q.Speaker.Role == "" {
			q.Status, q.Speaker = annot.Unattributed, annot.Speaker{}
		}
	}
	return nil
}

// A stage of one's own runs after all others and may change what they found.
func ExampleOptions_then() {
	p, err := pipeline.NewDefault(pipeline.Options{Then: []pipeline.Stage{public{}}})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(p.Stages())
	d := annot.New("", "“It took nine years,” said Mayor Ann Lee. “Too long,” said Bo Lind.")
	if err := p.Process(d); err != nil {
		log.Fatal(err)
	}
	for _, q := range d.Quotes {
		fmt.Printf("%s said %s\n", cmp.Or(q.Speaker.Name, "somebody"), d.Slice(q.Parts[0]))
	}
	// Output:
	// [segment entities quotes attribution public]
	// Ann Lee said “It took nine years,”
	// somebody said “Too long,”
}

func ExamplePipeline_Models() {
	p, err := pipeline.Default()
	if err != nil {
		log.Fatal(err)
	}
	for _, id := range p.Models() {
		name, _, _ := strings.Cut(id, "-") // what follows is the checksum of the model's file
		fmt.Println(name)
	}
	// Output:
	// crf
	// judge
	// ranker
}

func ExampleRun() {
	p, err := pipeline.Default()
	if err != nil {
		log.Fatal(err)
	}
	articles := []string{"One sentence.", "Two sentences. Here is the other.", ""}
	process := func(text string) *annot.Document {
		d := annot.New("", text)
		if err := p.Process(d); err != nil {
			log.Print(err)
		}
		return d
	}
	err = pipeline.Run(context.Background(), slices.Values(articles), 2, process, func(d *annot.Document) error {
		fmt.Println(len(d.Sentences))
		return nil
	})
	if err != nil {
		log.Fatal(err)
	}
	// Output:
	// 1
	// 2
	// 0
}
