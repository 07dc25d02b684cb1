package corpus

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/quoth-nlp/quoth/corpus/html"
	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// fields are the names that collections of news articles use, the most telling first.
var fields = struct{ text, html, title, date, url, authors, id []string }{
	text:    []string{"text", "body", "content", "article", "maintext", "plaintext", "articleBody"},
	html:    []string{"html", "content_html", "body_html", "rendered"}, // where no text is given
	title:   []string{"title", "headline"},
	date:    []string{"date", "published", "date_publish", "publish_date", "datePublished"},
	url:     []string{"url", "link"},
	authors: []string{"authors", "author", "byline"},
	id:      []string{"id", "uid", "uuid"},
}

// parseArticle makes an article of one JSON object. The error has only Code and Message.
func parseArticle(raw []byte, path string, index int, m mapping) (*Article, *Error) {
	a := &Article{Path: path, Index: index, Bytes: int64(len(raw)), SHA256: hash(raw), Encoding: "utf-8"}
	if !utf8.Valid(raw) {
		if a.Encoding = guess(raw); a.Encoding != "utf-8" {
			b := newBuilder(len(raw))
			b.decode(raw, a.Encoding)
			raw = []byte(b.String())
		}
	}
	object, err := parseObject(raw)
	if err != nil {
		return nil, &Error{Code: CodeBadJSON, Message: err.Error()}
	}
	text, markup, missing := object.text(m)
	if missing != "" {
		return nil, &Error{Code: CodeNoText, Message: missing}
	}
	size := 0
	for _, part := range text {
		size += len(part) + len("\n\n")
	}
	b := newBuilder(size)
	b.paragraphs(text)
	a.Text, a.Repairs = b.finish(a.Encoding)
	a.Meta = object.meta(m)
	a.Warnings = object.warnings
	if markup {
		a.readHTML(a.Text, !html.IsPage(a.Text))
	}
	return a, nil
}

// An object is a JSON object with its members in order. Of two with one name the last counts, as everywhere.
type object struct {
	names    []string
	values   []json.RawMessage
	warnings []annot.Warning
}

func parseObject(raw []byte) (*object, error) {
	var whole json.RawMessage
	if err := json.Unmarshal(raw, &whole); err != nil {
		return nil, jsonError(err)
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	if token, _ := d.Token(); token != json.Delim('{') {
		return nil, errors.New("not a JSON object; each article is one object, as in {\"text\": \"…\"}")
	}
	o := &object{}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return nil, jsonError(err)
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return nil, jsonError(err)
		}
		o.names = append(o.names, name.(string))
		o.values = append(o.values, value)
	}
	o.warnings = duplicates(o.names)
	return o, nil
}

// duplicates warns of each name that is there twice, in the order of the second ones.
func duplicates(names []string) []annot.Warning {
	var warnings []annot.Warning
	times := make(map[string]int, len(names))
	for _, name := range names {
		if times[name]++; times[name] == 2 {
			warnings = append(warnings, warn(WarnDuplicateKey, "the field %q is given more than once; the last one counts", name))
		}
	}
	return warnings
}

func jsonError(err error) error {
	var syntax *json.SyntaxError
	switch {
	case !errors.As(err, &syntax):
		return fmt.Errorf("bad JSON: %w", err)
	case syntax.Error() == "unexpected end of JSON input":
		return errors.New("the JSON object does not end; is the file cut off?")
	case strings.HasSuffix(syntax.Error(), "after top-level value"):
		return fmt.Errorf("more text after the JSON object at byte %d; write one object per line", syntax.Offset)
	}
	return fmt.Errorf("bad JSON at byte %d: %w", syntax.Offset, syntax)
}

// find returns the index of the last member that has the name, or -1.
func (o *object) find(name string) int {
	for i := len(o.names) - 1; i >= 0; i-- {
		if o.names[i] == name {
			return i
		}
	}
	return -1
}

// text returns the JSON strings that are the paragraphs of the article: those where m says, or those of the first text
// field that is a string or a list of strings and not empty, or else of the first such field of HTML, which markup tells.
// Otherwise missing says why.
func (o *object) text(m mapping) (parts []json.RawMessage, markup bool, missing string) {
	if p, ok := m["text"]; ok {
		found, missing := p.find(o)
		if missing != "" {
			return nil, false, missing
		}
		if parts, ok = textParts(found); !ok {
			return nil, false, p.text + " is neither a string nor a list of strings; map text to what holds the article"
		}
		return parts, slices.Contains(fields.html, p.last()), "" // meta takes it out
	}
	parts, ok := o.first(fields.text)
	if !ok {
		if html, found := o.first(fields.html); found {
			return html, true, ""
		}
	}
	if parts == nil {
		for _, name := range slices.Concat(fields.text, fields.html) {
			if i := o.find(name); i >= 0 {
				return nil, false, fmt.Sprintf("the field %s is %s, neither a string nor a list of strings; "+
					"set Options.Map if another holds the article; the fields are %s",
					name, describeValue(value(o.values[i])), nameList(o.names))
			}
		}
		return nil, false, fmt.Sprintf("no field holds the article; name it %s, or set Options.Map to a field; the fields are %s",
			strings.Join(fields.text, ", "), nameList(o.names))
	}
	return parts, false, ""
}

// first takes the first of the named members that is a string or a list of strings and not empty, or else an empty one,
// of which ok is false.
func (o *object) first(names []string) (parts []json.RawMessage, ok bool) {
	for _, name := range names {
		i := o.find(name)
		if i < 0 {
			continue
		}
		list, isText := textParts(o.values[i])
		if !isText {
			continue
		}
		parts = list
		o.drop(name)
		if slices.ContainsFunc(list, func(part json.RawMessage) bool { return len(part) > len(`""`) }) {
			return parts, true
		}
	}
	return parts, false
}

// textParts returns the strings of a string or of a list of them; ok is false for anything else.
func textParts(raw json.RawMessage) (parts []json.RawMessage, ok bool) {
	switch raw[0] {
	case '"':
		return []json.RawMessage{raw}, true
	case '[':
		var list []json.RawMessage
		if json.Unmarshal(raw, &list) != nil {
			return nil, false
		}
		for _, part := range list {
			switch part[0] {
			case '"':
				parts = append(parts, part)
			case 'n': // null
			default:
				return nil, false
			}
		}
		return parts, parts != nil
	}
	return nil, false
}

// drop removes every member of that name.
func (o *object) drop(name string) {
	kept := 0
	for i, n := range o.names {
		if n != name {
			o.names[kept], o.values[kept] = n, o.values[i]
			kept++
		}
	}
	o.names, o.values = o.names[:kept], o.values[:kept]
}

// meta takes the fields out that are named by m or by their usual names; the rest is extra.
func (o *object) meta(m mapping) Meta {
	var meta Meta
	var inside [][]step // where values were taken from within a member
	mapped := map[string]any{}
	for _, field := range MapFields()[1:] {
		p, ok := m[field]
		if !ok {
			continue
		}
		found, missing := p.find(o)
		if missing != "" {
			o.warnings = append(o.warnings, warn(WarnNoField, "%s: %s", field, missing))
			continue
		}
		v := value(found)
		mapped[field] = v
		if !fits(field, v) && !empty(v) {
			o.warnings = append(o.warnings, warn(WarnLeftOut, "%s: %s is %s, which does not fit; it is left out", field, p.text, describeValue(v)))
		}
	}
	for _, field := range MapFields() { // not before: two fields may be mapped to one place
		p, ok := m[field]
		if name := p.member(o); ok && name != "" {
			o.drop(name)
		} else if ok && len(p.steps) > 1 {
			inside = append(inside, p.steps)
		}
	}
	scalar := func(field string, names []string) *string {
		if _, ok := m[field]; ok {
			return scalarOf(mapped[field])
		}
		return o.scalar(names)
	}
	meta.ID, meta.Title = scalar("id", fields.id), scalar("title", fields.title)
	meta.Date, meta.URL = scalar("date", fields.date), scalar("url", fields.url)
	if _, ok := m["authors"]; ok {
		meta.Authors = html.AuthorNames(mapped["authors"])
	} else {
		meta.Authors = o.authors()
	}
	for i, name := range o.names {
		if meta.Extra == nil {
			meta.Extra = map[string]any{}
		}
		meta.Extra[name] = value(o.values[i])
	}
	for _, steps := range inside {
		removeAt(meta.Extra, steps)
	}
	return meta
}

// scalar takes the first of the named members that is a string, number or truth value.
func (o *object) scalar(names []string) *string {
	for _, name := range names {
		i := o.find(name)
		if i < 0 {
			continue
		}
		v := value(o.values[i])
		text := scalarOf(v)
		if text != nil || v == nil {
			o.drop(name)
		}
		if text != nil {
			return text
		}
	}
	return nil
}

// scalarOf returns a string, number or truth value as text, and nil for anything else.
func scalarOf(v any) *string {
	var text string
	switch v := v.(type) {
	case string:
		text = v
	case json.Number:
		text = v.String()
	case bool:
		text = strconv.FormatBool(v)
	default:
		return nil
	}
	return &text
}

// authors takes the first of the author fields: a name, an object with a name, or a list of these.
func (o *object) authors() []string {
	for _, name := range fields.authors {
		i := o.find(name)
		if i < 0 {
			continue
		}
		if names := html.AuthorNames(value(o.values[i])); len(names) > 0 {
			o.drop(name)
			return names
		}
	}
	return nil
}

// value decodes a valid JSON value.
func value(raw json.RawMessage) any {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return nil
	}
	return v
}

// paragraphs appends the values of JSON strings with blank lines between them.
func (b *builder) paragraphs(parts []json.RawMessage) {
	for i, part := range parts {
		if i > 0 {
			b.flushCR()
			b.WriteString("\n\n")
		}
		b.unquote(part)
	}
}

// unquote appends the value of a JSON string, which is valid but for its bytes: encoding/json would replace bad bytes
// and lone surrogates without a word.
func (b *builder) unquote(raw []byte) {
	for raw = raw[1 : len(raw)-1]; len(raw) > 0; {
		if raw[0] != '\\' {
			r, size := utf8.DecodeRune(raw)
			b.add(r, r == utf8.RuneError && size == 1)
			raw = raw[size:]
			continue
		}
		if raw[1] != 'u' {
			b.add(unescape(raw[1]), false)
			raw = raw[2:]
			continue
		}
		r := hex4(raw)
		raw = raw[6:]
		if !utf16.IsSurrogate(r) {
			b.add(r, false)
			continue
		}
		pair := utf8.RuneError
		if len(raw) >= 6 && raw[0] == '\\' && raw[1] == 'u' {
			pair = utf16.DecodeRune(r, hex4(raw))
		}
		b.add(pair, pair == utf8.RuneError)
		if pair != utf8.RuneError {
			raw = raw[6:]
		}
	}
}

// unescape returns what the letter after a backslash stands for.
func unescape(c byte) rune {
	switch c {
	case 'b':
		return '\b'
	case 'f':
		return '\f'
	case 'n':
		return '\n'
	case 'r':
		return '\r'
	case 't':
		return '\t'
	}
	return rune(c)
}

// hex4 returns the code unit of \uXXXX at the start of raw.
func hex4(raw []byte) rune {
	n, _ := strconv.ParseUint(string(raw[2:6]), 16, 16)
	return rune(n)
}
