package validate_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing/fstest"

	"github.com/quoth-nlp/quoth/corpus/records/validate"
	"github.com/quoth-nlp/quoth/pipeline/output"
)

func ExampleFile() {
	const text = `{"schema":"quoth/error/1","source":{"path":"notes.doc","member":null,"index":0,"sha256":null,"bytes":null,"encoding":null,"repairs":[]},"code":"Binary","message":"not text","phase":"read"}
{"schema":"quoth/doc`
	file := validate.NewFile("out.jsonl")
	frames := output.NewScanner(file.Reader(strings.NewReader(text)))
	for {
		frame, err := frames.Next()
		if err != nil {
			list, fault := file.End(err)
			show(list)
			if fault != nil || !errors.Is(err, io.EOF) {
				fmt.Println(fault, err)
			}
			return
		}
		show(file.Add(validate.Record(frame)))
	}
	// Output:
	// out.jsonl:1: /code: 'Binary' does not match pattern '^[a-z][a-z0-9_]*$'
	// out.jsonl:2: the record is cut off
	// out.jsonl:2: the last line has no end; the file may be cut off
}

func show(list []validate.Finding) {
	for _, f := range list {
		fmt.Println(f)
	}
}

func ExampleRun() {
	folder := fstest.MapFS{"run.json": {Data: []byte(`{"schema":"quoth/run/1","complete":true,"counts":{"documents":3}}`)}}
	list, err := validate.Run(folder, validate.Counts{Documents: 2})
	if err != nil {
		fmt.Println(err)
	}
	show(list)
	// Output: run.json: counts.documents is 3, but the records have 2
}

func ExampleDataset() {
	folder := fstest.MapFS{
		"datapackage.json": {Data: []byte(`{"resources":[{"name":"quotes","path":"quotes.csv","format":"csv","bytes":20,"schema":{"fields":[{"name":"quote_id"}],"primaryKey":["quote_id"]}}]}`)},
		"quotes.csv":       {Data: []byte("quote_id\nq1\nq1\n")},
	}
	rows, err := validate.Dataset(folder, func(f validate.Finding) error {
		fmt.Println(f)
		return nil
	})
	fmt.Println(rows, err)
	// Output:
	// quotes.csv: row 2 has the quote_id of an earlier row
	// quotes.csv: 15 bytes, but datapackage.json says 20
	// 2 <nil>
}
