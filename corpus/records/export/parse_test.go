package export_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf16"

	"github.com/quoth-nlp/quoth/corpus/records/export"
	"github.com/quoth-nlp/quoth/pipeline/output"
	"pgregory.net/rapid"
)

// A span is what a consumer sees of a mark, in its own unit.
type span struct {
	label      string
	start, end int
}

// A parsed export is what a consumer makes of one record.
type parsed struct {
	spans []span
	links map[string]int // of each label
}

// memory holds the files of a folder. It refuses a second file of a name, as NewFolder asks.
type memory map[string]*bytes.Buffer

type closer struct{ *bytes.Buffer }

func (closer) Close() error { return nil }

func (m memory) create(name string) (io.WriteCloser, error) {
	if m[name] != nil {
		return nil, fmt.Errorf("%s was written before", name)
	}
	m[name] = new(bytes.Buffer)
	return closer{m[name]}, nil
}

// exported writes one record and returns its files; a stream is the file "".
func exported(t rapid.TB, r *output.Record, f export.Format, opt export.Options) memory {
	t.Helper()
	files := memory{}
	var w output.Writer
	if f.Folder() {
		w = export.NewFolder(files.create, f, opt)
	} else {
		out, _ := files.create("")
		w = export.NewWriter(out, f, opt)
	}
	if err := w.Write(r); err != nil {
		t.Fatalf("%s: %v", f, err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return files
}

// decode reads JSON and allows no unknown key, so that a key that a consumer does not know is noticed.
func decode(t rapid.TB, data []byte, v any) {
	t.Helper()
	dec := json.NewDecoder(bytes.NewReader(data))
	if err := dec.Decode(v); err != nil {
		t.Fatalf("%v\n%s", err, data)
	}
	if dec.More() {
		t.Fatalf("more than one value: %s", data)
	}
}

// slice returns the text from start to end as a consumer that counts code points does.
func slice(t rapid.TB, text string, start, end int) string {
	t.Helper()
	runes := []rune(text)
	if start < 0 || start >= end || end > len(runes) {
		t.Fatalf("[%d,%d) is no span of a text of %d", start, end, len(runes))
	}
	return string(runes[start:end])
}

func parseBrat(t rapid.TB, files memory) parsed {
	var text, ann string
	for name, b := range files {
		switch {
		case strings.HasSuffix(name, ".txt"):
			text = b.String()
		case strings.HasSuffix(name, ".ann"):
			ann = b.String()
		}
	}
	conf := files["annotation.conf"].String()
	p := parsed{links: map[string]int{}}
	labels := map[string]string{}
	ids := map[string]bool{}
	// Python's splitlines, which brat's reader uses.
	lines := strings.FieldsFunc(ann, func(r rune) bool { return strings.ContainsRune("\n\v\f\r\x1c\x1d\x1e\u0085\u2028\u2029", r) })
	if len(lines) != strings.Count(ann, "\n") {
		t.Fatalf("lines end within themselves:\n%q", ann)
	}
	for _, line := range lines {
		columns := strings.Split(line, "\t")
		id := columns[0]
		if ids[id] {
			t.Fatalf("two with the id %s", id)
		}
		ids[id] = true
		words := strings.Split(columns[1], " ")
		switch id[0] {
		case 'T':
			if len(columns) != 3 {
				t.Fatalf("%d columns: %q", len(columns), line)
			}
			if !strings.Contains(conf, words[0]+"\n") {
				t.Fatalf("annotation.conf lacks %s", words[0])
			}
			labels[id] = words[0]
			var texts []string
			before := -1
			for i, place := range strings.Split(strings.TrimPrefix(columns[1], words[0]+" "), ";") {
				var start, end int
				if _, err := fmt.Sscanf(place, "%d %d", &start, &end); err != nil {
					t.Fatalf("%q: %v", line, err)
				}
				if start <= before {
					t.Fatalf("fragments out of order: %q", line)
				}
				before = end
				texts = append(texts, slice(t, text, start, end))
				if words[0] == "Content" || i == 0 {
					p.spans = append(p.spans, span{words[0], start, end})
				} else {
					p.spans[len(p.spans)-1].end = end
				}
			}
			if got := strings.Join(texts, " "); got != columns[2] || strings.TrimSpace(got) == "" {
				t.Fatalf("%q is not %q", columns[2], got)
			}
		case 'R':
			if words[1] == strings.Replace(words[2], "Arg2", "Arg1", 1) {
				t.Fatalf("a relation to itself: %q", line)
			}
			for _, arg := range words[1:] {
				if labels[arg[5:]] == "" {
					t.Fatalf("no argument %s", arg)
				}
			}
			p.links[words[0]]++
		case 'A', '#':
			if labels[words[1]] == "" {
				t.Fatalf("no target: %q", line)
			}
		default:
			t.Fatalf("brat knows no %q", line)
		}
	}
	return p
}

func parseProdigy(t rapid.TB, files memory) parsed {
	type spanned struct {
		Start, End int
		TokenStart int `json:"token_start"`
		TokenEnd   int `json:"token_end"`
		Label      string
	}
	var task struct {
		Text   string
		Tokens []struct {
			Text           string
			Start, End, ID int
			WS             bool
		}
		Spans     []spanned
		Relations []struct {
			Head, Child int
			HeadSpan    spanned `json:"head_span"`
			ChildSpan   spanned `json:"child_span"`
			Label       string
		}
		Meta map[string]any
	}
	decode(t, files[""].Bytes(), &task)
	var whole strings.Builder // as spaCy's Doc(words, spaces) is made
	for i, tok := range task.Tokens {
		if tok.ID != i || slice(t, task.Text, tok.Start, tok.End) != tok.Text {
			t.Fatalf("token %d is %+v", i, tok)
		}
		whole.WriteString(tok.Text)
		if tok.WS {
			whole.WriteByte(' ')
		}
	}
	if whole.String() != task.Text {
		t.Fatalf("the tokens are %q, the text %q", whole.String(), task.Text)
	}
	p := parsed{links: map[string]int{}}
	for i, s := range task.Spans {
		if task.Tokens[s.TokenStart].Start != s.Start || task.Tokens[s.TokenEnd].End != s.End {
			t.Fatalf("%+v does not lie on tokens", s)
		}
		if i > 0 && s.Start < task.Spans[i-1].Start {
			t.Fatal("spans are not sorted")
		}
		p.spans = append(p.spans, span{s.Label, s.Start, s.End})
	}
	for _, r := range task.Relations {
		if r.HeadSpan == r.ChildSpan || r.Head != r.HeadSpan.TokenEnd || r.Child != r.ChildSpan.TokenEnd || !slices.Contains(task.Spans, r.HeadSpan) || !slices.Contains(task.Spans, r.ChildSpan) {
			t.Fatalf("relation %+v", r)
		}
		p.links[r.Label]++
	}
	return p
}

func parseLabelStudio(t rapid.TB, files memory) parsed {
	var tasks []struct {
		Data        struct{ Text string }
		Predictions []struct {
			ModelVersion string `json:"model_version"`
			Score        float64
			Result       []struct {
				ID       string
				FromName string `json:"from_name"`
				ToName   string `json:"to_name"`
				Type     string
				Value    struct {
					Start, End int
					Text       string
					Labels     []string
				}
				FromID    string `json:"from_id"`
				ToID      string `json:"to_id"`
				Direction string
				Labels    []string
			}
		}
	}
	decode(t, files[""].Bytes(), &tasks)
	if len(tasks) != 1 || len(tasks[0].Predictions) != 1 || tasks[0].Predictions[0].ModelVersion == "" {
		t.Fatalf("tasks %+v", tasks)
	}
	p := parsed{links: map[string]int{}}
	ids := map[string]bool{}
	for _, r := range tasks[0].Predictions[0].Result {
		switch r.Type {
		case "labels":
			if ids[r.ID] || r.ID == "" || r.FromName != "label" || r.ToName != "text" || len(r.Value.Labels) != 1 {
				t.Fatalf("region %+v", r)
			}
			ids[r.ID] = true
			if got := slice(t, tasks[0].Data.Text, r.Value.Start, r.Value.End); got != r.Value.Text {
				t.Fatalf("%q is not %q", r.Value.Text, got)
			}
			p.spans = append(p.spans, span{r.Value.Labels[0], r.Value.Start, r.Value.End})
		case "relation":
			if r.FromID == r.ToID || !ids[r.FromID] || !ids[r.ToID] || len(r.Labels) != 1 || r.Direction != "right" {
				t.Fatalf("relation %+v", r)
			}
			p.links[r.Labels[0]]++
		default:
			t.Fatalf("type %q", r.Type)
		}
	}
	return p
}

func parseDoccano(t rapid.TB, files memory) parsed {
	var task struct {
		Text     string
		Entities []struct {
			ID          *int
			StartOffset int `json:"start_offset"`
			EndOffset   int `json:"end_offset"`
			Label       string
		}
		Relations []struct {
			FromID int `json:"from_id"`
			ToID   int `json:"to_id"`
			Type   string
		}
	}
	decode(t, files[""].Bytes(), &task)
	p := parsed{links: map[string]int{}}
	ids := map[int]bool{}
	for _, e := range task.Entities {
		if e.ID == nil || ids[*e.ID] || e.Label == "" {
			t.Fatalf("entity %+v", e)
		}
		ids[*e.ID] = true
		slice(t, task.Text, e.StartOffset, e.EndOffset)
		p.spans = append(p.spans, span{e.Label, e.StartOffset, e.EndOffset})
	}
	for _, r := range task.Relations {
		if r.FromID == r.ToID || !ids[r.FromID] || !ids[r.ToID] {
			t.Fatalf("relation %+v", r)
		}
		p.links[r.Type]++
	}
	return p
}

func parseDoccanoSequence(t rapid.TB, files memory) parsed {
	var task struct {
		Text  string
		Label [][]any
	}
	decode(t, files[""].Bytes(), &task)
	var p parsed
	for _, l := range task.Label {
		start, end := int(l[0].(float64)), int(l[1].(float64))
		slice(t, task.Text, start, end)
		p.spans = append(p.spans, span{l[2].(string), start, end})
	}
	return p
}

type webItem struct {
	Context    string `json:"@context"`
	ID         string
	Type       string
	Motivation string
	Body       []struct{ Type, Value, Source, Purpose string }
	Target     json.RawMessage
}

func parseWebAnnotation(text string) func(rapid.TB, memory) parsed {
	return func(t rapid.TB, files memory) parsed {
		var items []webItem
		for line := range bytes.Lines(files[""].Bytes()) {
			var item webItem
			decode(t, line, &item)
			if item.Context != "http://www.w3.org/ns/anno.jsonld" {
				t.Fatalf("context %q", item.Context)
			}
			items = append(items, item)
		}
		return parseWeb(t, text, items)
	}
}

func parseCollection(text string) func(rapid.TB, memory) parsed {
	return func(t rapid.TB, files memory) parsed {
		var c struct {
			Context string `json:"@context"`
			Type    string
			Total   int
			First   struct {
				Type  string
				Items []webItem
			}
		}
		decode(t, files[""].Bytes(), &c)
		if c.Context == "" || c.Type != "AnnotationCollection" || c.First.Type != "AnnotationPage" || c.Total != len(c.First.Items) || c.First.Items == nil {
			t.Fatalf("collection %+v", c)
		}
		return parseWeb(t, text, c.First.Items)
	}
}

func parseWeb(t rapid.TB, text string, items []webItem) parsed {
	p := parsed{links: map[string]int{}}
	ids := map[string]bool{}
	for _, item := range items {
		if u, err := url.Parse(item.ID); err != nil || !u.IsAbs() || ids[item.ID] || item.Type != "Annotation" {
			t.Fatalf("annotation %+v: %v", item, err)
		}
		ids[item.ID] = true
		if item.Motivation == "linking" {
			var target string
			decode(t, item.Target, &target)
			if target == item.Body[0].Source || !ids[target] || !ids[item.Body[0].Source] {
				t.Fatalf("link %+v", item)
			}
			p.links[item.Body[1].Value]++
			continue
		}
		var target struct {
			Source   string
			Selector []struct {
				Type, Exact, Prefix, Suffix string
				Start, End                  int
			}
		}
		decode(t, item.Target, &target)
		quote, position := target.Selector[0], target.Selector[1]
		if quote.Type != "TextQuoteSelector" || position.Type != "TextPositionSelector" || target.Source == "" {
			t.Fatalf("target %+v", target)
		}
		if got := slice(t, text, position.Start, position.End); got != quote.Exact {
			t.Fatalf("%q is not %q", quote.Exact, got)
		}
		runes := []rune(text)
		if !strings.HasSuffix(string(runes[:position.Start]), quote.Prefix) || !strings.HasPrefix(string(runes[position.End:]), quote.Suffix) {
			t.Fatalf("prefix %q and suffix %q are not around %q", quote.Prefix, quote.Suffix, quote.Exact)
		}
		p.spans = append(p.spans, span{item.Body[0].Value, position.Start, position.End})
	}
	return p
}

func parseInception(t rapid.TB, files memory) parsed {
	var data []byte
	for name, b := range files {
		if strings.HasSuffix(name, ".json") {
			data = b.Bytes()
		}
	}
	var doc struct {
		Types map[string]any   `json:"%TYPES"`
		All   []map[string]any `json:"%FEATURE_STRUCTURES"`
		Views map[string]struct {
			Sofa    int   `json:"%SOFA"`
			Members []int `json:"%MEMBERS"`
		} `json:"%VIEWS"`
	}
	decode(t, data, &doc)
	number := func(v any) int { return int(v.(float64)) }
	byID := map[int]map[string]any{}
	for _, fs := range doc.All {
		id := number(fs["%ID"])
		if id < 1 || byID[id] != nil {
			t.Fatalf("id %d", id)
		}
		byID[id] = fs
	}
	view := doc.Views["_InitialView"]
	if doc.All[0]["%TYPE"] != "uima.cas.Sofa" || number(doc.All[0]["%ID"]) != view.Sofa {
		t.Fatalf("the sofa is not first: %v", doc.All[0])
	}
	units := utf16.Encode([]rune(doc.All[0]["sofaString"].(string)))
	p := parsed{links: map[string]int{}}
	for _, id := range view.Members {
		fs := byID[id]
		start, end := number(fs["begin"]), number(fs["end"])
		typ := fs["%TYPE"].(string)
		if start < 0 || end > len(units) || start >= end && typ != "uima.tcas.DocumentAnnotation" || number(fs["@sofa"]) != view.Sofa {
			t.Fatalf("annotation %v", fs)
		}
		if end < len(units) && units[end] >= 0xDC00 && units[end] < 0xE000 {
			t.Fatalf("%v cuts a surrogate pair", fs)
		}
		switch {
		case strings.HasSuffix(typ, "NamedEntity"):
			p.spans = append(p.spans, span{fs["value"].(string), start, end})
		case typ == "webanno.custom.Quote":
			p.spans = append(p.spans, span{fs["part"].(string), start, end})
			if fs["@links"] == nil {
				break
			}
			for _, e := range byID[number(fs["@links"])]["%ELEMENTS"].([]any) {
				link := byID[number(e)]
				if target := number(link["@target"]); target == id || byID[target]["%TYPE"] != typ {
					t.Fatalf("link %v", link)
				}
				p.links[link["role"].(string)]++
			}
		}
		if doc.Types[typ] == nil && !strings.HasPrefix(typ, "uima.") {
			t.Fatalf("%%TYPES lacks %s", typ)
		}
	}
	return p
}

// parsers are the consumers of all formats with offsets.
func parsers(text string) map[export.Format]func(rapid.TB, memory) parsed {
	return map[export.Format]func(rapid.TB, memory) parsed{
		export.Brat: parseBrat, export.Prodigy: parseProdigy, export.LabelStudio: parseLabelStudio, export.Doccano: parseDoccano,
		export.DoccanoSequence: parseDoccanoSequence, export.WebAnnotation: parseWebAnnotation(text), export.AnnotationCollection: parseCollection(text),
		export.INCEpTION: parseInception,
	}
}

// expected returns the spans and links that a record holds, in code points or, for INCEpTION, UTF-16.
func expected(t rapid.TB, r *output.Record, f export.Format) parsed {
	t.Helper()
	unit := output.Codepoint
	if f == export.INCEpTION {
		unit = output.UTF16
	}
	r, err := output.Convert(r, unit)
	if err != nil {
		t.Fatal(err)
	}
	p := parsed{links: map[string]int{}}
	for _, e := range r.Entities {
		for _, m := range e.Mentions {
			p.spans = append(p.spans, span{e.Type, m.Start, m.End})
		}
	}
	shared := func(label string, s *output.Span) {
		if s == nil {
			return
		}
		if one := (span{label, s.Start, s.End}); !slices.Contains(p.spans, one) {
			p.spans = append(p.spans, one)
		}
		p.links[map[string]string{"Source": "SpokenBy", "Cue": "CuedBy"}[label]]++
	}
	for _, q := range r.Quotes {
		for i, part := range q.Parts {
			p.spans = append(p.spans, span{"Content", part.Start, part.End})
			if i > 0 && f != export.Brat {
				p.links["Continues"]++
			}
		}
		if q.Speaker != nil {
			shared("Source", q.Speaker.Mention)
		}
		shared("Cue", q.Cue)
		if q.ParentID != nil {
			p.links["Within"]++
		}
	}
	return p
}

// fragments cuts the contents at the ends of lines, as brat does, and joins its other marks again.
func fragments(t rapid.TB, text string, spans []span) []span {
	var out []span
	runes := []rune(text)
	for _, s := range spans {
		if s.label != "Content" {
			out = append(out, s)
			continue
		}
		from := s.start
		for i := s.start; i <= s.end; i++ {
			if i < s.end && !strings.ContainsRune("\t\n\v\f\r\x1c\x1d\x1e\u0085\u2028\u2029", runes[i]) {
				continue
			}
			words := string(runes[from:i])
			left := len([]rune(words)) - len([]rune(strings.TrimLeft(words, " \u00a0")))
			right := len([]rune(words)) - len([]rune(strings.TrimRight(words, " \u00a0")))
			if left < i-from {
				out = append(out, span{s.label, from + left, i - right})
			}
			from = i + 1
		}
	}
	return out
}

func order(a, b span) int {
	return strings.Compare(fmt.Sprintf("%06d %06d %s", a.start, a.end, a.label), fmt.Sprintf("%06d %06d %s", b.start, b.end, b.label))
}

// check exports the record in all formats, reads them back and compares.
func check(t rapid.TB, r *output.Record) {
	t.Helper()
	for f, parse := range parsers(*r.Text) {
		got, want := parse(t, exported(t, r, f, options)), expected(t, r, f)
		if f == export.Brat {
			want.spans = fragments(t, *r.Text, want.spans)
		}
		slices.SortFunc(got.spans, order)
		slices.SortFunc(want.spans, order)
		if !slices.Equal(got.spans, want.spans) {
			t.Fatalf("%s: spans\n%v, want\n%v", f, got.spans, want.spans)
		}
		if f == export.DoccanoSequence {
			continue
		}
		if fmt.Sprint(got.links) != fmt.Sprint(want.links) {
			t.Fatalf("%s: links %v, want %v", f, got.links, want.links)
		}
	}
	checkCoNLL(t, r)
}

// checkCoNLL reads the tokens back: they are those of the text, and the tags are sound.
func checkCoNLL(t rapid.TB, r *output.Record) {
	t.Helper()
	opt := options
	opt.Columns = true
	var got []string
	before := []string{"O", "O"}
	for line := range bytes.Lines(exported(t, r, export.CoNLL, opt)[""].Bytes()) {
		columns := strings.Split(strings.TrimSuffix(string(line), "\n"), " ")
		if len(columns) == 1 {
			if columns[0] != "" {
				t.Fatalf("line %q", line)
			}
			before = []string{"O", "O"}
			continue
		}
		if len(columns) != 3 || len(strings.Fields(string(line))) != 3 {
			t.Fatalf("not three columns: %q", line)
		}
		got = append(got, columns[0])
		for i, tag := range columns[1:] {
			if label, inside := strings.CutPrefix(tag, "I-"); inside && before[i] != "B-"+label && before[i] != tag {
				t.Fatalf("%s after %s", tag, before[i])
			}
			before[i] = tag
		}
	}
	var want []string
	for _, tok := range tokenize(*r.Text) {
		want = append(want, strings.Map(func(r rune) rune {
			if unicode.IsSpace(r) || unicode.IsControl(r) {
				return '_'
			}
			return r
		}, (*r.Text)[tok[0]:tok[1]]))
	}
	if !slices.Equal(got, want) {
		t.Fatalf("tokens %q, want %q", got, want)
	}
}

func TestFerry(t *testing.T) {
	for _, unit := range []output.Unit{output.Codepoint, output.Byte, output.UTF16} {
		t.Run(unit.String(), func(t *testing.T) { check(t, ferryRecord(unit)) })
	}
}

func TestRandom(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { check(t, randomRecord(t)) })
}
