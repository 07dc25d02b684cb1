package dataset_test

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/quoth-nlp/quoth/corpus/records/dataset"
	"github.com/quoth-nlp/quoth/pipeline/output"
)

// open returns the record of a test.
func open() *output.Record {
	f, err := os.Open("../../../pipeline/output/testdata/codepoint.jsonl")
	if err != nil {
		panic(err)
	}
	defer f.Close()
	r, err := output.NewReader(f).Read()
	if err != nil {
		panic(err)
	}
	return r
}

func ExampleCreate() {
	parent, err := os.MkdirTemp("", "")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(parent)
	dir := filepath.Join(parent, "set")
	b, err := dataset.Create(dir, dataset.Options{Formats: []dataset.Format{dataset.SQLiteDatabase}})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer b.Discard()
	if err := b.Write(open()); err != nil {
		fmt.Println(err)
		return
	}
	if err := b.Close(); err != nil {
		fmt.Println(err)
		return
	}
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		fmt.Println(e.Name())
	}
	fmt.Println(b.Summary())
	// Output:
	// README.md
	// datapackage.json
	// quoth.db
	// 1 3 0
}

func ExampleNewFlat() {
	w, err := dataset.NewFlat(os.Stdout, "quote_parts", dataset.TSV)
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := w.Write(open()); err != nil {
		fmt.Println(err)
	}
	if err := w.Close(); err != nil {
		fmt.Println(err)
	}
	// Output:
	// quote_id	part	doc_id	sentence_id	start	end	text
	// d_a64ab3f81700c536_q1	1	d_a64ab3f81700c536	d_a64ab3f81700c536_s1	6	18	“runs again”
	// d_a64ab3f81700c536_q2	1	d_a64ab3f81700c536	d_a64ab3f81700c536_s2	22	46	“The 🚢 sails on Friday,”
	// d_a64ab3f81700c536_q2	2	d_a64ab3f81700c536	d_a64ab3f81700c536_s3	83	97	“Bring a coat.
	// d_a64ab3f81700c536_q2	3	d_a64ab3f81700c536	d_a64ab3f81700c536_s4	99	123	“And tea <hot & sweet>.”
	// d_a64ab3f81700c536_q3	1	d_a64ab3f81700c536	d_a64ab3f81700c536_s5	125	130	“No,”
}

func ExampleTables() {
	for _, t := range dataset.Tables() {
		if t.Name == "quote_speakers" {
			for _, c := range t.Columns {
				fmt.Println(c.Name, c.Type, c.Required)
			}
		}
	}
	// Output:
	// quote_id string true
	// position integer true
	// doc_id string true
	// entity_id string true
}

func ExampleFlatTables() {
	fmt.Println(dataset.FlatTables()[:3])
	// Output: [documents authors repairs]
}

func ExampleParseFormats() {
	formats, err := dataset.ParseFormats([]string{"sqlite", "csv"})
	fmt.Println(formats, err)
	// Output: [csv sqlite] <nil>
}

func ExampleParseFlatFormat() {
	f, ok := dataset.ParseFlatFormat("tsv")
	fmt.Println(f == dataset.TSV, ok)
	// Output: true true
}

func ExampleReadAbout() {
	a, err := dataset.ReadAbout(strings.NewReader("title: Quotes about a ferry\nlicenses: [{name: CC-BY-4.0}]\n"), "about.yaml")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(a.Title, a.MissingForCroissant())
	_, err = dataset.ReadAbout(io.LimitReader(strings.NewReader("licence: free"), 100), "about.yaml")
	fmt.Println(err)
	// Output:
	// Quotes about a ferry [description url published creators]
	// about.yaml:1: unknown key "licence"; see docs/dataset.md for the keys
}
