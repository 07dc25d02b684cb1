package corpus

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// fields are the names that collections of news articles use, the most telling first.
var fields = struct{ text, html, title, date, url, authors, id []string }{
	text:    []string{"text", "body", "content", "article", "maintext", "plaintext", "articleBody"},
	html:    []string{"html", "content_html", "body_html"}, // where no text is given
	title:   []string{"title", "headline"},
	date:    []string{"date", "published", "date_publish", "publish_date", "datePublished"},
	url:     []string{"url", "link"},
	authors: []string{"authors", "author", "byline"},
	id:      []string{"id", "uid", "uuid"},
}

// parseArticle makes an article of one JSON object. The error has only Code and Message.
func parseArticle(raw []byte, path string, index int) (*Article, *Error) {
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
	text := object.text(fields.text)
	markup := len(text) <= len(`""`)
	if markup {
		if found := object.text(fields.html); found != nil {
			text = found
		} else {
			markup = false
		}
	}
	if text == nil {
		return nil, &Error{Code: CodeNoText, Message: "no field holds the article; name it " + strings.Join(fields.text, ", ")}
	}
	b := newBuilder(len(text))
	b.unquote(text)
	a.Text, a.Repairs = b.finish(a.Encoding)
	a.Meta = object.meta()
	if markup {
		a.readHTML(a.Text, !isPage(a.Text))
	}
	return a, nil
}

// An object is a JSON object with its members in order. Of two with one name the last counts, as everywhere.
type object struct {
	names  []string
	values []json.RawMessage
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
	return o, nil
}

func jsonError(err error) error {
	var syntax *json.SyntaxError
	switch {
	case !errors.As(err, &syntax):
		return fmt.Errorf("bad JSON: %w", err)
	case syntax.Error() == "unexpected end of JSON input":
		return errors.New("the JSON object does not end; is the file cut off?")
	case strings.HasSuffix(syntax.Error(), "after top-level value"):
		return fmt.Errorf("more text after the JSON object at byte %d; write one object a line", syntax.Offset)
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

// text returns the value of the first of the named members that is a string and not empty, or else of an empty one; nil if
// there is none.
func (o *object) text(names []string) (text []byte) {
	for _, name := range names {
		i := o.find(name)
		if i < 0 || o.values[i][0] != '"' {
			continue
		}
		text = o.values[i]
		o.drop(name)
		if len(text) > len(`""`) {
			break
		}
	}
	return text
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

func (o *object) meta() Meta {
	m := Meta{
		ID: o.scalar(fields.id), Title: o.scalar(fields.title), Date: o.scalar(fields.date), URL: o.scalar(fields.url),
		Authors: o.authors(),
	}
	for i, name := range o.names {
		if m.Extra == nil {
			m.Extra = map[string]any{}
		}
		m.Extra[name] = value(o.values[i])
	}
	return m
}

// scalar takes the first of the named members that is a string, number or truth value.
func (o *object) scalar(names []string) *string {
	for _, name := range names {
		i := o.find(name)
		if i < 0 {
			continue
		}
		var text string
		switch v := value(o.values[i]).(type) {
		case string:
			text = v
		case json.Number:
			text = v.String()
		case bool:
			text = strconv.FormatBool(v)
		case nil:
			o.drop(name)
			continue
		default:
			continue
		}
		o.drop(name)
		return &text
	}
	return nil
}

// authors takes the first of the author fields: a name, an object with a name, or a list of these.
func (o *object) authors() []string {
	for _, name := range fields.authors {
		i := o.find(name)
		if i < 0 {
			continue
		}
		if names := authorNames(value(o.values[i])); len(names) > 0 {
			o.drop(name)
			return names
		}
	}
	return nil
}

func authorNames(value any) []string {
	switch v := value.(type) {
	case string:
		if v != "" {
			return []string{v}
		}
	case map[string]any:
		return authorNames(v["name"])
	case []any:
		var names []string
		for _, element := range v {
			if list, ok := element.([]any); !ok || len(list) == 0 { // no lists in lists
				names = append(names, authorNames(element)...)
			}
		}
		return names
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
