package pipeline_test

import (
	"context"
	"fmt"
	"log"
	"slices"

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
