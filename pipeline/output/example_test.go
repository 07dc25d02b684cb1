package output_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/pipeline/output"
)

// harbour is a document as the stages of the pipeline make it.
func harbour() *annot.Document {
	d := annot.New("harbour", "“The ferry is late 🚢,” said Mara Ellison.")
	at := func(s string) annot.Span {
		i := strings.Index(d.Text, s)
		return annot.Span{Start: i, End: i + len(s)}
	}
	d.Paragraphs = []annot.Paragraph{{Span: at(d.Text), Zone: annot.Body}}
	d.Mentions = []annot.Mention{{Span: at("Mara Ellison"), Type: annot.PER, Entity: 1, By: "model/crf", Confidence: 0.991}}
	d.Entities = []annot.Entity{{ID: 1, Type: annot.PER, Name: "Mara Ellison", Mentions: []int{0}}}
	d.Quotes = []annot.Quote{{ID: 1, Parts: []annot.Span{at("“The ferry is late 🚢,”")}, Kind: annot.Direct, Zone: annot.Body,
		Attribution: annot.Attribution{Status: annot.Attributed, Cue: at("said"), By: "cue-before-speaker/say", Confidence: 0.98,
			Speaker: annot.Speaker{Type: annot.Person, Name: "Mara Ellison", Entities: []int{1}, Mention: at("Mara Ellison"), ResolvedBy: "name"}}}}
	return d
}

func ExampleNew() {
	for _, unit := range []output.Unit{output.Codepoint, output.Byte, output.UTF16} {
		r := output.New(harbour(), output.Input{}, output.Options{Offsets: unit})
		mention := r.Quotes[0].Speaker.Mention
		fmt.Println(r.Offsets, mention.Start, mention.End, *mention.Text)
	}
	// Output:
	// codepoint 28 40 Mara Ellison
	// byte 35 47 Mara Ellison
	// utf16 29 41 Mara Ellison
}

func ExampleNewWriter() {
	d := annot.New("", "Fog.\nNo ferry.")
	in := output.Input{Source: output.Source{Path: "fog.txt"}, Meta: output.Meta{Title: output.Optional("No")}}
	w := output.NewWriter(os.Stdout, output.YAML)
	if err := w.Write(output.New(d, in, output.Options{Tool: output.Tool{Name: "quoth", Version: "v1.0.0"}})); err != nil {
		fmt.Println(err)
	}
	if err := w.Close(); err != nil {
		fmt.Println(err)
	}
	// Output:
	// ---
	// schema: "quoth/document/1"
	// doc_id: "d_caa25a9120feacbf"
	// source:
	//   path: "fog.txt"
	//   member: null
	//   index: 0
	//   sha256: null
	//   bytes: null
	//   encoding: null
	//   repairs: []
	// meta:
	//   id: null
	//   title: "No"
	//   date: null
	//   url: null
	//   authors: []
	// duplicate_of: null
	// offsets: "codepoint"
	// text: |-
	//   Fog.
	//   No ferry.
	// text_sha256: "c062d1022a13746c81bd20ab12bcebdb2c50bd5ad110939894b3e7f8b6f0f806"
	// paragraphs: []
	// sentences: []
	// entities: []
	// quotes: []
	// quoted_spans: []
	// warnings: []
	// tool:
	//   name: "quoth"
	//   version: "v1.0.0"
	//   rules_sha256: null
	//   model: null
}

func ExampleReader() {
	var b bytes.Buffer
	w := output.NewWriter(&b, output.YAML)
	for _, path := range []string{"fog.txt", "ferry.txt"} {
		if err := w.Write(output.New(harbour(), output.Input{Source: output.Source{Path: path}}, output.Options{})); err != nil {
			fmt.Println(err)
		}
	}
	in := output.NewReader(&b)
	for {
		r, err := in.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(r.Source.Path, *r.Quotes[0].Speaker.Name)
	}
	// Output:
	// fog.txt Mara Ellison
	// ferry.txt Mara Ellison
}

func ExampleScanner() {
	s := output.NewScanner(strings.NewReader("{\"schema\":\"other/1\"}\n{\"sche\n"))
	for {
		f, err := s.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			fmt.Println(err)
			return
		}
		_, err = f.Record()
		fmt.Printf("line %d: %v\n", f.Line, err)
	}
	// Output:
	// line 1: its schema is "other/1", not quoth/document/1
	// line 2: unexpected end of JSON input
}

func ExampleWriteError() {
	e := output.NewError(output.Source{Path: "notes.doc"}, "binary", "not text; convert it first", "read")
	if err := output.WriteError(os.Stdout, e); err != nil {
		fmt.Println(err)
	}
	// Output:
	// {"schema":"quoth/error/1","source":{"path":"notes.doc","member":null,"index":0,"sha256":null,"bytes":null,"encoding":null,"repairs":[]},"code":"binary","message":"not text; convert it first","phase":"read"}
}

func ExampleCheck() {
	r := output.New(harbour(), output.Input{}, output.Options{})
	fmt.Println(output.Check(r))
	r.Quotes[0].Cue.Start++ // as a tool does that counts in another unit
	fmt.Println(output.Check(r))
	// Output:
	// <nil>
	// cue of quote q1: text is "said", but [24,27) is "aid"
}

func ExampleDocID() {
	sum := strings.Repeat("0", 64)
	fmt.Println(output.DocID(output.Source{Path: "a/index.txt", SHA256: &sum}))
	fmt.Println(output.DocID(output.Source{Path: "b/index.txt", SHA256: &sum}))
	// Output:
	// d_4aa4c0229ee6302d
	// d_f3044eb2a916cbc8
}

func ExampleSchema() {
	var s struct{ Title string }
	if err := json.Unmarshal(output.Schema(), &s); err != nil {
		fmt.Println(err)
	}
	fmt.Println(s.Title)
	// Output: quoth records
}

func ExampleConvert() {
	r := output.New(harbour(), output.Input{}, output.Options{})
	utf16, err := output.Convert(r, output.UTF16)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, r := range []*output.Record{r, utf16} {
		fmt.Println(r.Offsets, r.Quotes[0].Speaker.Mention.Start)
	}
	// Output:
	// codepoint 28
	// utf16 29
}

func ExampleFingerprint() {
	a := output.Fingerprint("“We will not,”", "“close the bridge.”")
	b := output.Fingerprint(`"[W]e will not close the bridge [at Mill Street],"`)
	fmt.Println(*a, *a == *b)
	// Output: f_7ae13bb35d19309f true
}
