package corpus

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	entities "html"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/mmcdole/gofeed"
	"github.com/mmcdole/gofeed/atom"
	feedjson "github.com/mmcdole/gofeed/json"
	"golang.org/x/text/encoding/htmlindex"

	"github.com/quoth-nlp/quoth/corpus/html"
)

// maxXMLDepth bounds how deep elements of a feed or document may lie in each other; gofeed goes down by recursion.
const maxXMLDepth = 200

// feed reads RSS and Atom: each entry is an article. A fault in the syntax costs the whole file, as does more than max
// bytes.
func (r *reader) feed(in io.Reader) bool {
	raw, err := io.ReadAll(io.LimitReader(in, r.max+1))
	switch {
	case err != nil:
		return r.fail(0, 0, code(err), reason(err))
	case int64(len(raw)) > r.max:
		return r.tooLarge(0, 0)
	}
	if why := binaryReason(raw); why != "" {
		return r.fail(0, 0, CodeBinary, why)
	}
	text, encoding, repairs := decodeXML(raw)
	switch gofeed.DetectFeedType(strings.NewReader(text[:min(len(text), 1<<12)])) {
	case gofeed.FeedTypeRSS, gofeed.FeedTypeAtom:
	default:
		return r.fail(0, 0, CodeUnsupported, "no RSS or Atom feed; quoth reads no other XML, convert it to JSON Lines or text")
	}
	if depth(text) > maxXMLDepth {
		return r.fail(0, 0, CodeBadFeed, fmt.Sprintf("more than %d elements within each other", maxXMLDepth))
	}
	f, err := parseFeed(text)
	if err != nil {
		return r.fail(0, 0, CodeBadFeed, feedFault(err))
	}
	return r.entries(f, 0, encoding, repairs)
}

func feedFault(err error) string {
	return "bad feed: " + strings.TrimSpace(err.Error()) + "; nothing of it is read"
}

// isJSONFeed reports whether a JSON object is a feed of jsonfeed.org.
func isJSONFeed(raw []byte) bool {
	if !bytes.Contains(raw, []byte("jsonfeed.org")) || !bytes.Contains(raw, []byte(`"items"`)) {
		return false
	}
	o, err := parseObject(raw)
	if err != nil {
		return false
	}
	version, items := o.find("version"), o.find("items")
	if version < 0 || items < 0 || o.values[items][0] != '[' {
		return false
	}
	name, ok := value(o.values[version]).(string)
	return ok && strings.Contains(name, "://jsonfeed.org/version/")
}

// jsonFeed reads the entries of a JSON feed, as articles from index on.
func (r *reader) jsonFeed(raw []byte, index int) bool {
	raw, encoding := utf8Row(raw, "")
	f, err := parseFeed(string(raw))
	if err != nil {
		return r.fail(index, 0, CodeBadFeed, feedFault(err))
	}
	var repairs []Repair
	if encoding != "utf-8" {
		repairs = []Repair{{Kind: RepairEncoding, Count: 1}}
	}
	return r.entries(f, index, encoding, repairs)
}

// parseFeed turns a panic of the parser into an error: it is not ours, and gets bytes from anywhere.
func parseFeed(text string) (f *gofeed.Feed, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			f, err = nil, fmt.Errorf("the parser gave up: %v", cause)
		}
	}()
	p := gofeed.NewParser()
	p.KeepOriginalFeed = true // says of what type a text is
	if f, err = p.ParseString(text); err == nil && f == nil {
		err = errors.New("no feed")
	}
	return f, err
}

func (r *reader) entries(f *gofeed.Feed, index int, encoding string, repairs []Repair) bool {
	for i, item := range f.Items {
		if item == nil {
			continue
		}
		content, plain := contentOf(f, i)
		if strings.TrimSpace(content) == "" {
			if !r.fail(index+i, 0, CodeNoText, "the entry has neither content nor description") {
				return false
			}
			continue
		}
		a := &Article{Path: r.path, Index: index + i, Bytes: int64(len(content)), SHA256: hash([]byte(content)), Encoding: encoding}
		b := newBuilder(len(content))
		b.decodeUTF8([]byte(content))
		content, a.Repairs = b.finish("utf-8")
		a.Text = content
		if !plain && hasTag(content) {
			a.Text, a.Elements = html.Text(content)
			a.Text = strings.ReplaceAll(a.Text, "\r", "\n") // from &#13;
		} else if !plain {
			a.Text = strings.ReplaceAll(entities.UnescapeString(content), "\r", "\n")
		}
		cutFooter(a)
		a.Repairs = inherit(repairs, a.Text)
		a.Meta = feedMeta(f, item)
		if !r.yield(Item{Article: a}) {
			return false
		}
		if r.ctx.Err() != nil {
			return false
		}
	}
	return true
}

// contentOf returns the text of an entry, which is HTML unless it is plain: the content if there is one, and otherwise
// the description.
func contentOf(f *gofeed.Feed, i int) (text string, plain bool) {
	item := f.Items[i]
	switch original := f.OriginalFeed().(type) {
	case *atom.Feed:
		if i < len(original.Entries) && original.Entries[i].Content != nil {
			c := original.Entries[i].Content
			t := strings.ToLower(c.Type)
			if strings.TrimSpace(c.Value) != "" {
				return c.Value, t == "" || t == "text" || t == "text/plain"
			}
		}
	case *feedjson.Feed:
		if i < len(original.Items) && original.Items[i] != nil {
			switch o := original.Items[i]; {
			case strings.TrimSpace(o.ContentHTML) != "":
				return o.ContentHTML, false
			case strings.TrimSpace(o.ContentText) != "":
				return o.ContentText, true
			default:
				return o.Summary, true
			}
		}
	}
	if strings.TrimSpace(item.Content) != "" {
		return item.Content, false
	}
	return item.Description, false
}

// hasTag reports whether the text looks like HTML. A text without tags keeps its lines.
func hasTag(text string) bool { return tag.MatchString(text) }

var tag = regexp.MustCompile(`</?[a-zA-Z][^<>]*>`)

func feedMeta(f *gofeed.Feed, item *gofeed.Item) Meta {
	optional := func(texts ...string) *string {
		for _, text := range texts {
			if text = strings.TrimSpace(cleanCell(text)); text != "" {
				return &text
			}
		}
		return nil
	}
	title := item.Title
	if hasTag(title) {
		title, _ = html.Text(title)
	} else {
		title = entities.UnescapeString(title)
	}
	m := Meta{ID: optional(item.GUID), Title: optional(strings.Join(strings.Fields(title), " ")),
		Date: optional(item.Published, item.Updated), URL: optional(item.Link)}
	if dc := item.DublinCoreExt; dc != nil && len(dc.Creator) > 1 { // gofeed takes the first only
		for _, name := range dc.Creator {
			if name := optional(name); name != nil {
				m.Authors = append(m.Authors, *name)
			}
		}
	} else {
		for _, person := range item.Authors {
			if person != nil {
				if name := optional(person.Name, person.Email); name != nil {
					m.Authors = append(m.Authors, *name)
				}
			}
		}
	}
	m.Extra = map[string]any{}
	if title := optional(f.Title); title != nil {
		m.Extra["feed"] = *title
	}
	if len(item.Categories) > 0 {
		categories := make([]any, len(item.Categories))
		for i, c := range item.Categories {
			categories[i] = cleanCell(c)
		}
		m.Extra["categories"] = categories
	}
	if len(m.Extra) == 0 {
		m.Extra = nil
	}
	return m
}

// cutFooter takes away the line that WordPress puts below each entry: The post … appeared first on ….
func cutFooter(a *Article) {
	text := strings.TrimRight(a.Text, " \t\n\u00A0")
	start := max(strings.LastIndexByte(text, '\n')+1, len(text)-footerSize)
	if strings.Contains(text[start:], "The post") { // else the pattern, which is slow, cannot match
		if m := footer.FindStringSubmatchIndex(text[start:]); m != nil {
			text = text[:start+m[2]]
		}
	}
	a.Text = strings.TrimRight(text, " \t\n\u00A0")
	kept := a.Elements[:0]
	for _, e := range a.Elements {
		if e.End = min(e.End, len(a.Text)); e.Start < e.End {
			kept = append(kept, e)
		}
	}
	a.Elements = kept
}

// footerSize is how much of the end of a text footer looks at.
const footerSize = 800

var footer = regexp.MustCompile(`(?:^|[.!?”"’)] *)(The post .{1,500}? (?:appeared first on|first appeared on) [^\n]{1,200})$`)

// inherit gives an article the repairs of the file that it is a part of, as far as the text shows them.
func inherit(whole []Repair, text string) []Repair {
	var repairs []Repair
	for _, r := range whole {
		switch r.Kind {
		case RepairEncoding:
			repairs = append(repairs, r)
		case RepairNUL, RepairInvalid:
			if n := strings.Count(text, "\uFFFD"); n > 0 {
				repairs = append(repairs, Repair{r.Kind, min(n, r.Count), strings.Index(text, "\uFFFD")})
			}
		case RepairCRLF, RepairCR:
			if n := strings.Count(text, "\n"); n > 0 {
				repairs = append(repairs, Repair{r.Kind, min(n, r.Count), strings.Index(text, "\n")})
			}
		}
	}
	return repairs
}

var xmlDeclaration = regexp.MustCompile(`^\s*<\?xml\b[^>]*\?>`)
var xmlEncoding = regexp.MustCompile(`\bencoding\s*=\s*["']([^"']{1,40})["']`)

// decodeXML turns an XML file into text without its declaration. The encoding is that of the byte order mark or of the
// declaration, unless the bytes are UTF-8 whatever it says.
func decodeXML(raw []byte) (text, encoding string, repairs []Repair) {
	encoding = guess(raw)
	head := xmlDeclaration.Find(raw[:min(len(raw), 1<<10)])
	if declared := xmlEncoding.FindSubmatch(head); declared != nil && !utf8.Valid(raw) && !strings.HasPrefix(encoding, "utf-16") && !strings.HasPrefix(encoding, "utf-32") {
		if enc, err := htmlindex.Get(string(declared[1])); err == nil {
			if name, err := htmlindex.Name(enc); err == nil && !strings.HasPrefix(name, "utf-") && name != "replacement" {
				encoding = name
			}
		}
	}
	b := newBuilder(len(raw))
	b.decode(raw, encoding)
	text, repairs = b.finish(encoding)
	text = text[len(xmlDeclaration.FindString(text[:min(len(text), 1<<10)])):]
	control := 0
	text = strings.Map(func(r rune) rune { // what XML forbids would end the parsing
		if r < ' ' && r != '\t' && r != '\n' || r == '\uFFFE' || r == '\uFFFF' {
			control++
			return utf8.RuneError
		}
		return r
	}, text)
	if control > 0 {
		repairs = append(repairs, Repair{Kind: RepairInvalid, Count: control})
	}
	return text, encoding, repairs
}

// depth returns how deep the elements of a file lie in each other, or some number above the limit.
func depth(text string) int {
	d := xml.NewDecoder(strings.NewReader(text))
	d.Strict = false
	deepest, now := 0, 0
	for deepest <= maxXMLDepth {
		token, err := d.Token()
		if err != nil {
			break
		}
		switch token.(type) {
		case xml.StartElement:
			now++
			deepest = max(deepest, now)
		case xml.EndElement:
			now--
		}
	}
	return deepest
}
