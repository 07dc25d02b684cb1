package diff_test

import (
	"bytes"
	"fmt"

	"github.com/quoth-nlp/quoth/corpus/records/diff"
	"github.com/quoth-nlp/quoth/pipeline/output"
)

func ExampleRecords() {
	a, b := record(article, all, output.Options{}), record(article, all[1:], output.Options{Offsets: output.UTF16})
	b.Quotes[0].Speaker.Name = output.Optional("Robert Dole")
	d, err := diff.Records(a, b, diff.Options{Tolerance: 0.05})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range d.Quotes {
		switch c.Kind {
		case diff.Lost:
			fmt.Println(c.Kind, *c.A.Text)
		case diff.Changed:
			fmt.Println(c.Kind, *c.A.Text, c.Fields, *c.A.Speaker.Name, "->", *c.B.Speaker.Name)
		}
	}
	// Output:
	// lost “We left É 🚢,”
	// changed “No,” [speaker] Bob Dole -> Robert Dole
}

func ExampleJoin() {
	one := []byte(`{"schema":"quoth/document/1","doc_id":"d_1","source":{"path":"a.txt"}}` + "\n")
	two := []byte(`{"schema":"quoth/document/1","doc_id":"d_2","source":{"path":"a.txt"}}` + "\n" + `{"schema":"quoth/document/1","doc_id":"d_3","source":{"path":"b.txt"}}` + "\n")
	a := diff.NewFile("one.jsonl", bytes.NewReader(one), int64(len(one)))
	b := diff.NewFile("two.jsonl", bytes.NewReader(two), int64(len(two)))
	for p, err := range diff.Join(a, b, "") {
		switch {
		case err != nil:
			fmt.Println(err)
		case p.A == nil:
			fmt.Println("only in two:", p.B.DocID)
		default:
			fmt.Println(p.A.DocID, p.B.DocID, "by", p.By)
		}
	}
	// Output:
	// d_1 d_2 by path
	// only in two: d_3
}

func ExampleTotals() {
	a, b := record(article, all, output.Options{}), record(article, all[:2], output.Options{})
	d, err := diff.Records(a, b, diff.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	totals := diff.NewTotals()
	totals.Add(a, b, d)
	totals.Add(nil, b, nil)
	fmt.Println(totals.Documents.Both, totals.Documents.Added, totals.Quotes.Same, totals.Quotes.Lost, totals.Same())
	// Output: 1 1 2 1 false
}
