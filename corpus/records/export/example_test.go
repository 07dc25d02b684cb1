package export_test

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/quoth-nlp/quoth/corpus/records/export"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/pipeline/output"
)

// pier is a record as quoth makes it.
func pier() *output.Record {
	d := annot.New("pier", "“No 🚢 today,” said Mara Ellison.")
	at := func(s string) annot.Span {
		i := strings.Index(d.Text, s)
		return annot.Span{Start: i, End: i + len(s)}
	}
	d.Mentions = []annot.Mention{{Span: at("Mara Ellison"), Type: annot.PER, Entity: 1, By: "model/crf", Confidence: 0.99}}
	d.Entities = []annot.Entity{{ID: 1, Type: annot.PER, Name: "Mara Ellison", Mentions: []int{0}}}
	d.Quotes = []annot.Quote{{ID: 1, Parts: []annot.Span{at("“No 🚢 today,”")}, Kind: annot.Direct, Zone: annot.Body,
		Attribution: annot.Attribution{Status: annot.Attributed, Cue: at("said"), By: "quote-cue/say", Confidence: 0.98,
			Speaker: annot.Speaker{Type: annot.Person, Name: "Mara Ellison", Entities: []int{1}, Mention: at("Mara Ellison"), ResolvedBy: "name"}}}}
	return output.New(d, output.Input{Source: output.Source{Path: "pier.txt"}}, output.Options{Tool: output.Tool{Name: "quoth", Version: "v1.0.0"}})
}

func ExampleNewWriter() {
	w := export.NewWriter(os.Stdout, export.DoccanoSequence, export.Options{})
	if err := w.Write(pier()); err != nil {
		fmt.Println(err)
	}
	if err := w.Close(); err != nil {
		fmt.Println(err)
	}
	// Output:
	// {"text":"“No 🚢 today,” said Mara Ellison.","label":[[0,13,"Content"],[14,18,"Cue"],[19,31,"PER"],[19,31,"Source"]],"doc_id":"d_1e8d0d9271db602f","path":"pier.txt","title":"","date":"","url":"","start":0}
}

// A file that prints what is written to it.
type printed struct{ io.Writer }

func (printed) Close() error { return nil }

func ExampleNewFolder() {
	create := func(name string) (io.WriteCloser, error) {
		if !strings.HasSuffix(name, ".ann") {
			return printed{io.Discard}, nil
		}
		fmt.Println(name)
		return printed{os.Stdout}, nil
	}
	w := export.NewFolder(create, export.Brat, export.Options{Layers: export.Entities})
	if err := w.Write(pier()); err != nil {
		fmt.Println(err)
	}
	if err := w.Close(); err != nil {
		fmt.Println(err)
	}
	// Output:
	// pier_d_1e8d0d9271db602f.ann
	// T1	PER 19 31	Mara Ellison
	// #1	AnnotatorNotes T1	entity_id=e1; name=Mara Ellison; by=model/crf; confidence=0.99
}

// Tokens come from outside: the models of quoth know those of package segment.
func ExampleOptions() {
	opt := export.Options{Layers: export.Entities, Tokenize: func(text string) (ranges [][2]int) {
		for _, tok := range segment.Tokenize(text, nil) {
			ranges = append(ranges, [2]int{tok.Start, tok.End})
		}
		return ranges
	}}
	w := export.NewWriter(os.Stdout, export.CoNLL, opt)
	if err := w.Write(pier()); err != nil {
		fmt.Println(err)
	}
	// Output:
	// “ O
	// No O
	// 🚢 O
	// today O
	// , O
	// ” O
	// said O
	// Mara B-PER
	// Ellison I-PER
	// . O
}

func ExampleConfig() {
	for _, f := range export.Config(export.LabelStudio, export.Options{Layers: export.Entities}) {
		fmt.Printf("%s:\n%s", f.Name, f.Data)
	}
	// Output:
	// labelstudio.xml:
	// <View>
	//   <Style>.htx-text{white-space:pre-wrap;}</Style>
	//   <Labels name="label" toName="text">
	//     <Label value="PER" background="#a6cee3"/>
	//     <Label value="LOC" background="#b2df8a"/>
	//     <Label value="ORG" background="#fdbf6f"/>
	//     <Label value="MISC" background="#d9d9d9"/>
	//   </Labels>
	//   <Text name="text" value="$text"/>
	// </View>
}

func ExampleParseFormat() {
	f, ok := export.ParseFormat("inception")
	fmt.Println(f, ok, f.Folder(), f.Tokens())
	_, ok = export.ParseFormat("word")
	fmt.Println(ok, export.Names())
	// Output:
	// inception true true true
	// false brat, conll, prodigy, labelstudio, doccano, doccano-sequence, webannotation, webannotation-collection, inception
}

func ExampleParseLayers() {
	layers, ok := export.ParseLayers("entities,quotes")
	fmt.Println(layers == export.Entities|export.Quotes, ok)
	// Output: true true
}

func ExampleFormats() {
	for _, f := range export.Formats() {
		if f.Folder() {
			fmt.Println(f)
		}
	}
	// Output:
	// brat
	// inception
}
