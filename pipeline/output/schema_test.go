package output_test

import (
	"bytes"
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/quoth-nlp/quoth/pipeline/output"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

var compiled = sync.OnceValues(func() (*jsonschema.Schema, error) {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(output.Schema()))
	if err != nil {
		return nil, err
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("urn:quoth:schema:1", doc); err != nil {
		return nil, err
	}
	return c.Compile("urn:quoth:schema:1")
})

func validate(t testing.TB, text []byte) error {
	t.Helper()
	s, err := compiled()
	if err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return err
	}
	return s.Validate(value)
}

func valid(t testing.TB, r *output.Record) {
	t.Helper()
	if err := validate(t, written(t, output.JSONL, r)); err != nil {
		t.Error(err)
	}
}

func TestSchemaAccepts(t *testing.T) {
	for _, unit := range []output.Unit{output.Codepoint, output.Byte, output.UTF16} {
		for _, text := range []output.TextMode{output.TextFull, output.TextNone} {
			for _, misc := range []bool{false, true} {
				valid(t, output.New(annotated(t), input(), output.Options{Offsets: unit, Text: text, Misc: misc, Tool: tool}))
			}
		}
	}
	elsewhere := output.New(annotated(t), input(), output.Options{Tool: tool})
	elsewhere.Quotes[1].Speaker.Mention, elsewhere.Quotes[1].Flags = nil, []string{"by_redundancy"} // another article names the speaker
	valid(t, elsewhere)
	var b bytes.Buffer
	e := output.NewError(output.Source{Path: "a.txt"}, "unreadable", "no permission; make the file readable", "read")
	if err := output.WriteError(&b, e); err != nil {
		t.Fatal(err)
	}
	const want = `{"schema":"quoth/error/1","source":{"path":"a.txt","member":null,"index":0,"sha256":null,"bytes":null,"encoding":null,"repairs":[]},` +
		`"code":"unreadable","message":"no permission; make the file readable","phase":"read"}` + "\n"
	if b.String() != want {
		t.Errorf("want %s, got %s", want, &b)
	}
	if err := validate(t, b.Bytes()); err != nil {
		t.Error(err)
	}
}

// Each key of a record that is taken away, renamed or given a value of another type is noticed, however deep it lies.
func TestSchemaRefuses(t *testing.T) {
	r := output.New(annotated(t), input(), output.Options{Tool: tool})
	line := written(t, output.JSONL, r)
	n := 0
	var visit func(root, v any, path string)
	refuse := func(root any, what string) {
		n++
		b, err := json.Marshal(root)
		if err != nil {
			t.Fatal(err)
		}
		if validate(t, b) == nil {
			t.Errorf("accepted: %s", what)
		}
	}
	visit = func(root, v any, path string) {
		switch v := v.(type) {
		case []any:
			for _, e := range v {
				visit(root, e, path+"[]")
			}
		case map[string]any:
			for key, value := range v {
				where := path + "." + key
				if path == ".meta" && !strings.Contains("id title date url authors", key) {
					continue // the input's own
				}
				delete(v, key)
				refuse(root, "without "+where)
				v[key] = struct{}{}
				refuse(root, "an empty object at "+where)
				v[key] = value
				if path != ".meta" {
					v["x_"+key] = value
					refuse(root, "a new key beside "+where)
					delete(v, "x_"+key)
				}
				visit(root, value, where)
			}
		}
	}
	var root any
	if err := json.Unmarshal(line, &root); err != nil {
		t.Fatal(err)
	}
	visit(root, root, "")
	if n < 300 {
		t.Errorf("only %d damaged records were tried", n)
	}
}

func TestSchemaRefusesValues(t *testing.T) {
	tests := []struct {
		name   string
		damage func(r *output.Record)
	}{
		{"schema", func(r *output.Record) { r.Schema = "quoth/document/2" }},
		{"doc_id", func(r *output.Record) { r.DocID = "3f9c" }},
		{"hash", func(r *output.Record) { r.TextSHA256 = "0" }},
		{"offsets", func(r *output.Record) { r.Offsets = "bytes" }},
		{"negative", func(r *output.Record) { r.Paragraphs[0].Start = -1 }},
		{"zone", func(r *output.Record) { r.Sentences[0].Zone = "" }},
		{"sentence id", func(r *output.Record) { r.Sentences[0].SentenceID = "s0" }},
		{"type", func(r *output.Record) { r.Entities[0].Type = "GPE" }},
		{"gender", func(r *output.Record) { r.Entities[0].Gender = new("f") }},
		{"no mention", func(r *output.Record) { r.Entities[0].Mentions = []output.Mention{} }},
		{"confidence", func(r *output.Record) { r.Entities[0].Mentions[0].Confidence = 1.01 }},
		{"kind", func(r *output.Record) { r.Quotes[0].Kind = "scare" }},
		{"status", func(r *output.Record) { r.Quotes[0].Status = "" }},
		{"no part", func(r *output.Record) { r.Quotes[0].Parts = []output.Part{} }},
		{"flags", func(r *output.Record) { r.Quotes[0].Flags = []string{"no_cue", "no_cue"} }},
		{"flags null", func(r *output.Record) { r.Quotes[0].Flags = nil }},
		{"attributed to nobody", func(r *output.Record) { r.Quotes[1].Speaker = nil }},
		{"attributed without mention", func(r *output.Record) { r.Quotes[1].Speaker.Mention = nil }},
		{"ambiguous with a name", func(r *output.Record) { r.Quotes[2].Speaker.Name = new("A") }},
		{"ambiguous with one candidate", func(r *output.Record) { r.Quotes[2].Speaker.Candidates = r.Quotes[2].Speaker.Candidates[:1] }},
		{"speaker type", func(r *output.Record) { r.Quotes[1].Speaker.Type = "PER" }},
		{"fingerprint", func(r *output.Record) { r.Quotes[1].Fingerprint = new("0123456789abcdef") }},
		{"by_redundancy without speaker", func(r *output.Record) {
			r.Quotes[1].Speaker, r.Quotes[1].Flags = nil, []string{"by_redundancy"}
		}},
		{"why", func(r *output.Record) { r.QuotedSpans[0].Why = "because" }},
		{"repairs null", func(r *output.Record) { r.Source.Repairs = nil }},
		{"source hash", func(r *output.Record) { r.Source.SHA256 = nil }},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			r := output.New(annotated(t), input(), output.Options{Tool: tool})
			test.damage(r)
			if validate(t, written(t, output.JSONL, r)) == nil {
				t.Error("accepted")
			}
		})
	}
}

var fence = regexp.MustCompile("(?s)```json\n(.*?)```")

// The examples of docs/output.md are records as quoth writes them: valid, sound, and with keys in our order.
func TestDocumentedExamples(t *testing.T) {
	text, err := os.ReadFile("../../docs/output.md")
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, m := range fence.FindAllSubmatch(text, -1) {
		var compact bytes.Buffer
		if err := json.Compact(&compact, m[1]); err != nil {
			t.Errorf("%s\n%v", m[1], err)
			continue
		}
		if !bytes.HasPrefix(compact.Bytes(), []byte(`{"schema"`)) {
			continue
		}
		n++
		if err := validate(t, compact.Bytes()); err != nil {
			t.Errorf("%s\n%v", m[1], err)
		}
		if bytes.Contains(compact.Bytes(), []byte(output.ErrorSchema)) {
			continue
		}
		var r output.Record
		if err := json.Unmarshal(compact.Bytes(), &r); err != nil {
			t.Fatal(err)
		}
		if err := output.Check(&r); err != nil {
			t.Error(err)
		}
		if r.DocID != output.DocID(r.Source) {
			t.Errorf("the doc_id of the example is to be %s", output.DocID(r.Source))
		}
		compact.WriteByte('\n')
		if got := written(t, output.JSONL, &r); got == nil || !bytes.Equal(compact.Bytes(), got) {
			t.Errorf("read and written again, the example is\n%s", got)
		}
	}
	if n < 2 {
		t.Errorf("%d examples", n)
	}
}

// Every value that the Go code can write for an enum is in the schema and in docs/output.md, and the other way round.
func TestEnumsAgree(t *testing.T) {
	var s struct {
		Defs map[string]struct {
			Enum       []string
			Properties map[string]struct{ Enum []any }
		} `json:"$defs"`
	}
	if err := json.Unmarshal(output.Schema(), &s); err != nil {
		t.Fatal(err)
	}
	doc, err := os.ReadFile("../../docs/output.md")
	if err != nil {
		t.Fatal(err)
	}
	strs := func(def, property string) []string {
		out := []string{}
		for _, v := range s.Defs[def].Properties[property].Enum {
			if v, ok := v.(string); ok {
				out = append(out, v)
			}
		}
		return out
	}
	for name, test := range map[string]struct{ want, got []string }{
		"zone":    {zones(), s.Defs["zone"].Enum},
		"kind":    {kinds(), strs("quote", "kind")},
		"status":  {statuses(), strs("quote", "status")},
		"speaker": {speakerTypes(), strs("speaker", "type")},
		"why":     {whys(), strs("quoted_span", "why")},
		"type":    {types(), strs("entity", "type")},
	} {
		if strings.Join(test.want, " ") != strings.Join(test.got, " ") {
			t.Errorf("%s: want %v, got %v", name, test.want, test.got)
		}
		for _, value := range test.want {
			if !bytes.Contains(doc, []byte("`"+value+"`")) {
				t.Errorf("docs/output.md does not explain `%s`", value)
			}
		}
	}
	for _, flag := range flags() {
		if !bytes.Contains(doc, []byte("`"+flag+"`")) {
			t.Errorf("docs/output.md does not explain the flag `%s`", flag)
		}
	}
}
