package export_test

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/quoth-nlp/quoth/corpus/records/export"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/pipeline/output"
)

// Records come from files that anybody may have edited: any of them is exported soundly or is an error.
func FuzzRecord(f *testing.F) {
	for _, unit := range []output.Unit{output.Codepoint, output.Byte, output.UTF16} {
		data, err := json.Marshal(ferryRecord(unit))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte(`{"schema":"quoth/document/1","offsets":"codepoint","text":"a","entities":[{"type":"PER","mentions":[{"start":0,"end":1,"text":"a"}]}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := output.NewReader(bytes.NewReader(data)).Read()
		if err != nil {
			return
		}
		for _, format := range export.Formats() {
			if write(format, options, r) != nil {
				continue
			}
			for name, b := range exported(t, r, format, options) {
				if !utf8.Valid(b.Bytes()) {
					t.Fatalf("%s: %s is no UTF-8", format, name)
				}
			}
			if parse := parsers(value(r.Text))[format]; parse != nil && r.Text != nil {
				parse(t, exported(t, r, format, options))
			}
		}
	})
}

func value(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// brat's configuration knows every kind and status that there is.
func TestBratKnowsEnums(t *testing.T) {
	conf := string(export.Config(export.Brat, export.Options{})[0].Data)
	known := func(name string) bool {
		if _, err := strconv.Atoi(name); err == nil {
			return false // there are no more
		}
		if !strings.Contains(conf, name) {
			t.Errorf("annotation.conf lacks %s", name)
		}
		return true
	}
	n := 0
	for k := annot.Kind(1); known(k.String()); k++ {
		n++
	}
	for s := annot.Status(1); known(s.String()); s++ {
		n++
	}
	if n < 6 {
		t.Errorf("only %d kinds and statuses", n)
	}
	r := ferryRecord(output.Codepoint)
	r.Quotes[0].Kind = "a\nb"
	if err := write(export.Brat, options, r); err == nil || !strings.Contains(err.Error(), `quote q1 is "a\nb" and "attributed"`) {
		t.Errorf("got %v", err)
	}
}
