package validate_test

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/quoth-nlp/quoth/corpus/records/validate"
)

// set returns the folder of a data set of two articles; the description is made of the files once damage has edited them.
func set(damage func(folder fstest.MapFS)) fstest.MapFS {
	folder := fstest.MapFS{}
	for name, text := range map[string]string{
		"documents.csv": "doc_id,offsets,n_quotes,text\nd_1,codepoint,2,\"“É,” he said. “No.”\"\nd_2,byte,1,\"“É,”\n\nshe said.\"\n",
		"quotes.csv":    "quote_id,doc_id,parent_id,start,end,n_parts,text\nq1,d_1,,0,4,1,\"“É,”\"\nq2,d_1,q1,0,18,2,\"“É,” “No.”\"\nq3,d_2,,0,9,1,\"“É,”\"\n",
		"quotes.tsv":    "quote_id\nq1\n",
	} {
		folder[name] = &fstest.MapFile{Data: []byte(text)}
	}
	if damage != nil {
		damage(folder)
	}
	describe(folder)
	return folder
}

func describe(folder fstest.MapFS) {
	resource := func(path, format, schema string) string {
		data := folder[path].Data
		return fmt.Sprintf(`{"name":%q,"path":%q,"format":%q,"bytes":%d,"hash":"sha256:%x","schema":%s}`, strings.Replace(path, ".csv", "", 1), path, format, len(data), sha256.Sum256(data), schema)
	}
	fields := func(names string) string {
		var list []string
		for _, name := range strings.Split(names, ",") {
			list = append(list, fmt.Sprintf(`{"name":%q,"constraints":{"required":%t}}`, name, name == "offsets"))
		}
		return "[" + strings.Join(list, ",") + "]"
	}
	folder["datapackage.json"] = &fstest.MapFile{Data: []byte(`{"resources":[` + strings.Join([]string{
		resource("quotes.csv", "csv", `{"fields":`+fields("quote_id,doc_id,parent_id,start,end,n_parts,text")+`,"primaryKey":["quote_id"],"foreignKeys":[`+
			`{"fields":["doc_id"],"reference":{"resource":"documents","fields":["doc_id"]}},{"fields":"parent_id","reference":{"fields":"quote_id"}}]}`),
		resource("documents.csv", "csv", `{"fields":`+fields("doc_id,offsets,n_quotes,text")+`,"primaryKey":"doc_id"}`),
		resource("quotes.tsv", "tsv", `{"fields":[]}`),
	}, ",") + `]}`)}
}

func TestDataset(t *testing.T) {
	edit := func(name, old, now string) func(fstest.MapFS) {
		return func(folder fstest.MapFS) {
			text := string(folder[name].Data)
			if !strings.Contains(text, old) {
				t.Fatalf("no %q in %s", old, name)
			}
			folder[name].Data = []byte(strings.Replace(text, old, now, 1))
		}
	}
	tests := []struct {
		name          string
		before, after func(fstest.MapFS) // the description is made
		want          string
	}{
		{"sound", nil, nil, ""},
		{"hash", nil, edit("quotes.tsv", "q1", "q2"), "quotes.tsv: its SHA-256 is not the one of datapackage.json"},
		{"bytes", nil, edit("quotes.tsv", "q1", "q12"), "quotes.tsv: 13 bytes, but datapackage.json says 12\nquotes.tsv: its SHA-256 is not the one of datapackage.json"},
		{"missing", nil, func(f fstest.MapFS) { delete(f, "quotes.tsv") }, "quotes.tsv: file does not exist"},
		{"outside", nil, edit("datapackage.json", `"path":"quotes.tsv"`, `"path":"../x"`), `datapackage.json: resource quotes.tsv: path "../x" does not lead to a file of the folder`},
		{"header", edit("quotes.csv", "n_parts,text", "text,n_parts"), nil, "quotes.csv:1: the header is quote_id,doc_id,parent_id,start,end,text,n_parts, but datapackage.json says quote_id,doc_id,parent_id,start,end,n_parts,text"},
		{"cells", edit("quotes.csv", "q2,", ""), nil, "quotes.csv:3: no CSV: wrong number of fields"},
		{"empty", edit("documents.csv", "byte", ""), nil, "documents.csv:3: offsets is empty, but is required"},
		{"key", edit("quotes.csv", "q3", "q2"), nil, "quotes.csv: row 3 has the quote_id of an earlier row"},
		{"reference", edit("quotes.csv", "d_2", "d_3"), nil, "quotes.csv:4: documents.csv has no row with doc_id d_3"},
		{"own reference", edit("quotes.csv", ",q1,", ",q7,"), nil, "quotes.csv:3: quotes.csv has no row with quote_id q7"},
		{"span", edit("quotes.csv", "0,9,1", "0,8,1"), nil, "quotes.csv:4: d_2: the text is not that of its article from 0 to 8"},
		{"span outside", edit("quotes.csv", "0,4,1", "0,99,1"), nil, "quotes.csv:2: d_1: the text is not that of its article from 0 to 99"},
		{"rows", edit("documents.csv", "codepoint,2", "codepoint,3"), nil, "quotes.csv: 3 rows, but the column n_quotes of documents.csv adds up to 4"},
		{"order", func(f fstest.MapFS) {
			f["documents.csv"].Data = []byte("doc_id,offsets,n_quotes,text\nd_2,byte,1,\"“É,” she\"\nd_1,codepoint,2,\"“É,” he said. “No.”\"\n")
		}, nil, "quotes.csv: its rows are not in the order of documents.csv; texts were not compared"},
		{"no package", nil, func(f fstest.MapFS) { f["datapackage.json"].Data = []byte("[]") }, "datapackage.json: no data package: json: cannot unmarshal array into Go value of type validate.dataset"},
		{"no files", nil, func(f fstest.MapFS) { f["datapackage.json"].Data = []byte("{}") }, "datapackage.json: the data package lists no files"},
		{"null", nil, func(f fstest.MapFS) { f["datapackage.json"].Data = []byte(`{"resources":[null]}`) }, ""},
		{"no column", nil, edit("datapackage.json", `"fields":["doc_id"],`, `"fields":["doc"],`), "datapackage.json: resource quotes: the foreign key doc leads to no columns of documents"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			folder := set(test.before)
			if test.after != nil {
				test.after(folder)
			}
			var got []string
			_, err := validate.Dataset(folder, func(f validate.Finding) error {
				if f.Code != validate.CodeDataset {
					t.Errorf("code %s", f.Code)
				}
				got = append(got, f.String())
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			if strings.Join(got, "\n") != test.want {
				t.Errorf("want %s\ngot %s", test.want, strings.Join(got, "\n"))
			}
		})
	}
}
