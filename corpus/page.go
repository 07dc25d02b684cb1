package corpus

import (
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"

	"github.com/quoth-nlp/quoth/corpus/html"
)

// html reads a file that is a web page, or a piece of one.
func (r *reader) html(in io.Reader) bool {
	raw, ok, more := r.readWhole(in)
	if !ok {
		return more
	}
	a := &Article{Path: r.path, Bytes: int64(len(raw)), SHA256: hash(raw)}
	a.readPage(raw, "")
	return r.yield(Item{Article: a})
}

// pageArticle makes an article of a page of HTML. contentType is what the server said of it, or "". The article has no
// place; an error has only Code and Message.
func pageArticle(raw []byte, contentType string) (*Article, *Error) {
	if why := binaryReason(raw); why != "" {
		return nil, &Error{Code: CodeBinary, Message: why}
	}
	a := &Article{Bytes: int64(len(raw)), SHA256: hash(raw)}
	a.readPage(raw, contentType)
	return a, nil
}

// readPage fills in what the bytes of a page hold.
func (a *Article) readPage(raw []byte, contentType string) {
	markup := ""
	markup, a.Encoding, a.Repairs = decodeHTML(raw, contentType)
	a.readHTML(markup, !html.IsPage(markup))
}

// decodeHTML decodes a page: by its byte order mark, as UTF-8 if it is that, by what the server (contentType, or "") or it
// itself says, or as Decode does.
func decodeHTML(raw []byte, contentType string) (markup, encoding string, repairs []Repair) {
	encoding = guess(raw)
	if !utf8.Valid(raw) && !strings.HasPrefix(encoding, "utf-16") && !strings.HasPrefix(encoding, "utf-32") {
		// Without a declaration the answer is one of these two.
		if _, declared, _ := charset.DetermineEncoding(raw, contentType); declared != "utf-8" && declared != fallback && declared != "replacement" {
			encoding = declared
		}
	}
	b := newBuilder(len(raw))
	b.decode(raw, encoding)
	markup, repairs = b.finish(encoding)
	return markup, encoding, repairs
}

// readHTML fills in the text, the structure and what is said of the article, which is the whole of the markup or a part of
// it. White space of the markup is not the text's, so line endings are no repairs, and places of other repairs are not
// known.
func (a *Article) readHTML(markup string, whole bool) {
	var repairs []Repair
	for _, r := range a.Repairs {
		if r.Kind != RepairCRLF && r.Kind != RepairCR {
			repairs = append(repairs, Repair{Kind: r.Kind, Count: r.Count})
		}
	}
	page := html.Read(markup, whole)
	if page.Tangled {
		repairs = append(repairs, Repair{Kind: RepairMarkup, Count: 1})
	}
	a.Text, a.Elements, a.Repairs = page.Text, page.Elements, repairs
	m := page.Meta
	a.Meta.merge(Meta{Title: m.Title, Date: m.Date, URL: m.URL, Authors: m.Authors, Extra: m.Extra})
}
