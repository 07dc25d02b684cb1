package extract_test

import (
	"bytes"
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"github.com/quoth-nlp/quoth/corpus"
	"github.com/quoth-nlp/quoth/pipeline"
	"github.com/quoth-nlp/quoth/pipeline/extract"
	"github.com/quoth-nlp/quoth/pipeline/output"
)

// A folder of articles becomes records in JSON Lines, as with the command quoth extract. An article that cannot be read or
// processed is a line on standard error.
func Example() {
	ctx := context.Background()
	p, err := pipeline.Default()
	check(err)
	articles, err := corpus.Open(ctx, []string{"testdata/news"}, corpus.Options{})
	check(err)
	var lines bytes.Buffer // or a file
	w := output.NewWriter(&lines, output.JSONL)
	counts, err := extract.New(p, extract.Options{}).Run(ctx, articles.Items(ctx), 0, extract.To(w, os.Stderr))
	check(err)
	check(w.Close())
	fmt.Println(counts.Records, "records,", bytes.Count(lines.Bytes(), []byte("\n")), "lines")
	// Output: 2 records, 2 lines
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

// The records themselves, for a program that goes on with them.
func ExampleExtractor_Run() {
	ctx := context.Background()
	articles, err := corpus.Open(ctx, []string{"testdata/news"}, corpus.Options{})
	check(err)
	p, err := pipeline.Default()
	check(err)
	_, err = extract.New(p, extract.Options{}).Run(ctx, articles.Items(ctx), 0, func(r *extract.Result) error {
		if r.Err != nil {
			return fmt.Errorf("%s: %s", r.Err.Source.Path, r.Err.Message)
		}
		for _, q := range r.Record.Quotes {
			fmt.Println(filepath.Base(r.Source.Path), *q.Speaker.Name, *q.Text)
		}
		return nil
	})
	check(err)
	// Output:
	// bridge.txt Ann Lee “It took nine years,”
	// ferry.txt Mara Ellison “The ferry is late,”
}

// One article, which need not come from a file.
func ExampleExtractor_Item() {
	p, err := pipeline.Default()
	check(err)
	a := &corpus.Article{Path: "fog", Text: "“There is fog,” said Mara Ellison.", Encoding: "utf-8"}
	r := extract.New(p, extract.Options{}).Item(context.Background(), corpus.Item{Article: a})
	fmt.Println(r.Record.DocID, r.Words, *r.Record.Quotes[0].Speaker.Name)
	// Output: d_96c682ea33f95303 6 Mara Ellison
}

// What a pipeline of one's own processes: the article's text with the structure that the input gave.
func ExampleDocument() {
	d := extract.Document(&corpus.Article{Path: "empty.txt", Text: "\n"})
	fmt.Println(d.ID, d.Warnings[0].Message)
	// Output: empty.txt the article has no text
}

func ExampleSource() {
	s := extract.Source(&corpus.Article{Path: "news.zip", Member: "fog.txt", SHA256: "ab12"})
	fmt.Println(s.Path, *s.Member, output.DocID(s))
	// Output: news.zip fog.txt d_3153ece5482228b8
}
