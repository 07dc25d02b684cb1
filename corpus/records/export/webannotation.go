package export

import (
	"bytes"
	"fmt"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

const webContext = "http://www.w3.org/ns/anno.jsonld"

type webAnnotation struct {
	Context    string    `json:"@context,omitempty"`
	ID         string    `json:"id"`
	Type       string    `json:"type"`
	Motivation string    `json:"motivation"`
	Generator  webAgent  `json:"generator"`
	Body       []webBody `json:"body"`
	Target     any       `json:"target"`
}

type webAgent struct {
	Type string `json:"type"`
	Name string `json:"name"`
}

// A webBody is a text, or the annotation that another one is linked to.
type webBody struct {
	Type    string `json:"type"`
	Source  string `json:"source,omitempty"`
	Value   string `json:"value,omitempty"`
	Format  string `json:"format,omitempty"`
	Purpose string `json:"purpose"`
}

type webTarget struct {
	Type     string `json:"type"`
	Source   string `json:"source"`
	Scope    string `json:"scope,omitempty"` // the page that the text was taken from
	Selector []any  `json:"selector"`
}

type webQuote struct {
	Type   string `json:"type"`
	Exact  string `json:"exact"`
	Prefix string `json:"prefix"`
	Suffix string `json:"suffix"`
}

type webPosition struct {
	Type  string `json:"type"`
	Start int    `json:"start"`
	End   int    `json:"end"`
}

// webAnnotations returns a line for each mark and each link.
func webAnnotations(a *article) (encoded, error) { return a.web(webContext, "\n", "\n") }

// webAnnotationItems returns the items of a collection, which has the context.
func webAnnotationItems(a *article) (encoded, error) { return a.web("", ",\n", "") }

// collectionOpen is the beginning of an AnnotationCollection, whose total is written at its end.
func collectionOpen(iri string) string {
	head, _ := jsonOf(map[string]string{"id": iri + "collection"})
	page, _ := jsonOf(map[string]string{"id": iri + "collection/1", "partOf": iri + "collection"})
	return fmt.Sprintf("{\"@context\":%q,%s,\"type\":\"AnnotationCollection\",\"label\":\"quoth\",\n\"first\":{%s,\"type\":\"AnnotationPage\",\"startIndex\":0,\"items\":[\n",
		webContext, inside(head), inside(page))
}

func inside(object []byte) string { return string(object[1 : len(object)-1]) }

func (a *article) web(context, between, end string) (encoded, error) {
	document := a.opt.IRI + url.PathEscape(a.r.DocID)
	page := ""
	if u, err := url.Parse(value(a.r.Meta.URL)); err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" {
		page = u.String()
	}
	id := func(mark int) string { return fmt.Sprintf("%s/m%d", document, mark+1) }
	by := webAgent{"Software", strings.TrimSpace(a.r.Tool.Name + " " + a.r.Tool.Version)}
	var b bytes.Buffer
	var failed error
	add := func(w webAnnotation) {
		w.Context, w.Type, w.Generator = context, "Annotation", by
		data, err := jsonOf(w)
		if err != nil {
			failed = err
		}
		if b.Len() > 0 {
			b.WriteString(between)
		}
		b.Write(data)
	}
	for i, m := range a.marks {
		w := webAnnotation{ID: id(i), Motivation: "highlighting", Body: []webBody{{Type: "TextualBody", Value: m.label, Purpose: "tagging"}}}
		if m.mention != nil {
			w.Motivation = "identifying"
			w.Body = append(w.Body, webBody{Type: "TextualBody", Value: m.entity.Name, Purpose: "identifying"})
		}
		if list := m.fields(); len(list) > 0 {
			w.Body = append(w.Body, webBody{Type: "TextualBody", Value: note(list), Format: "text/plain", Purpose: "describing"})
		}
		w.Target = webTarget{"SpecificResource", document, page, a.selectors(m)}
		add(w)
	}
	for i, l := range a.links {
		add(webAnnotation{ID: fmt.Sprintf("%s/l%d", document, i+1), Motivation: "linking", Target: id(l.from), Body: []webBody{
			{Type: "SpecificResource", Source: id(l.to), Purpose: "linking"}, {Type: "TextualBody", Value: l.label, Purpose: "tagging"}}})
	}
	if b.Len() > 0 {
		b.WriteString(end)
	}
	return encoded{b.Bytes(), len(a.marks) + len(a.links)}, failed
}

// selectors returns the place by its words, if the record has them, and by its position.
func (a *article) selectors(m mark) []any {
	position := webPosition{"TextPositionSelector", a.at(m.start), a.at(m.end)}
	if a.units == nil {
		return []any{position}
	}
	return []any{webQuote{"TextQuoteSelector", a.textOf(m), a.prefix(m.start), a.suffix(m.end)}, position}
}

// around is how many bytes of text a TextQuoteSelector has before and after its words at most.
const around = 40

// prefix returns some words before the offset. It starts after white space, so that it cuts no cluster of code points.
func (a *article) prefix(offset int) string {
	from := max(0, offset-around)
	if from == 0 {
		return a.text[:offset]
	}
	for !utf8.RuneStart(a.text[from]) {
		from++
	}
	s := a.text[from:offset]
	i := strings.IndexFunc(s, unicode.IsSpace)
	if i < 0 {
		return ""
	}
	return s[i+len(firstRune(s[i:])):]
}

// suffix returns some words after the offset. It ends before white space.
func (a *article) suffix(offset int) string {
	to := min(len(a.text), offset+around)
	if to == len(a.text) {
		return a.text[offset:]
	}
	for !utf8.RuneStart(a.text[to]) {
		to--
	}
	s := a.text[offset:to]
	return s[:max(0, strings.LastIndexFunc(s, unicode.IsSpace))]
}
