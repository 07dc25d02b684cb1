package corpus

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
)

// docxRatio bounds how much longer the unpacked document of a DOCX file may be than the longest article.
const docxRatio = 16

// docx reads a Word document: the articles that a layout finds in it, or one article. Paragraphs are set apart by blank
// lines; deleted text, fields and alternatives for old programs are left out.
func (r *reader) docx(in io.Reader) bool {
	if !r.inShard(0) {
		return true
	}
	raw, err := io.ReadAll(io.LimitReader(in, r.max+1))
	switch {
	case err != nil:
		return r.fail(0, 0, code(err), reason(err))
	case int64(len(raw)) > r.max:
		return r.tooLarge(0, 0)
	case bytes.HasPrefix(raw, []byte("\xD0\xCF\x11\xE0")):
		return r.fail(0, 0, CodeBadDOCX, "an old or encrypted Word file; save it as DOCX without a password")
	}
	text, err := docxText(raw, r.max)
	switch {
	case errors.Is(err, errLimit):
		return r.tooLarge(0, 0)
	case err != nil:
		return r.fail(0, 0, CodeBadDOCX, "bad DOCX: "+shorten(err.Error()))
	}
	a := &Article{Path: r.path, Bytes: int64(len(raw)), SHA256: hash(raw), Encoding: "utf-8"}
	b := newBuilder(len(text))
	b.decodeUTF8([]byte(text))
	a.Text, a.Repairs = b.finish("utf-8")
	if done, more := r.byLayout(a); done {
		return more
	}
	return r.yield(Item{Article: a})
}

func docxText(raw []byte, max int64) (string, error) {
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return "", fmt.Errorf("no ZIP archive (%w)", err)
	}
	for _, f := range z.File {
		if f.Name != "word/document.xml" {
			continue
		}
		part, err := f.Open()
		if err != nil {
			return "", err
		}
		defer part.Close()
		p := docxParser{d: xml.NewDecoder(&limitedReader{part, docxRatio * max}), max: max}
		return p.parse()
	}
	return "", errors.New("no word/document.xml in it")
}

// A docxParser collects the paragraphs.
type docxParser struct {
	d    *xml.Decoder
	max  int64
	text strings.Builder
	// stack are the paragraphs that are open: those of a text box lie within the one that it is anchored in.
	stack []*strings.Builder
	size  int64
}

// wordprocessing reports whether the name is one of WordprocessingML, of which there are a transitional and a strict
// namespace.
func wordprocessing(n xml.Name) bool {
	return strings.HasSuffix(n.Space, "/wordprocessingml/2006/main") || strings.HasSuffix(n.Space, "/wordprocessingml/main")
}

func (p *docxParser) parse() (string, error) {
	depth, inText := 0, false
	for {
		token, err := p.d.Token()
		switch {
		case err == io.EOF:
			return strings.TrimRight(p.text.String(), "\n"), nil
		case errors.Is(err, errLimit):
			return "", errLimit
		case err != nil:
			return "", err
		}
		switch t := token.(type) {
		case xml.StartElement:
			if leftOut(t.Name) {
				if err := p.skip(); err != nil {
					return "", err
				}
				continue
			}
			if depth++; depth > maxXMLDepth {
				return "", fmt.Errorf("more than %d elements within each other", maxXMLDepth)
			}
			if wordprocessing(t.Name) {
				inText = t.Name.Local == "t"
				p.open(t)
			}
		case xml.EndElement:
			depth--
			inText = false
			if wordprocessing(t.Name) && t.Name.Local == "p" {
				p.close()
			}
		case xml.CharData:
			if inText {
				p.add(string(t))
			}
		}
		if p.size > p.max {
			return "", errLimit
		}
	}
}

// leftOut reports whether an element is no text of the document as it is now.
func leftOut(n xml.Name) bool {
	switch n.Local {
	case "Fallback":
		return true
	case "del", "moveFrom", "instrText":
		return wordprocessing(n)
	}
	return false
}

// skip reads to the end of the element, without recursion.
func (p *docxParser) skip() error {
	for depth := 1; depth > 0; {
		token, err := p.d.Token()
		if err != nil {
			return err
		}
		switch token.(type) {
		case xml.StartElement:
			if depth++; depth > maxXMLDepth {
				return fmt.Errorf("more than %d elements within each other", maxXMLDepth)
			}
		case xml.EndElement:
			depth--
		}
	}
	return nil
}

func (p *docxParser) open(t xml.StartElement) {
	switch t.Name.Local {
	case "p":
		p.stack = append(p.stack, &strings.Builder{})
	case "tab":
		p.add("\t")
	case "br", "cr":
		p.add("\n")
	case "noBreakHyphen":
		p.add("\u2011")
	case "softHyphen":
		p.add("\u00AD")
	}
}

func (p *docxParser) add(text string) {
	if len(p.stack) > 0 { // tabs are also listed in the properties of paragraphs, before any text
		p.stack[len(p.stack)-1].WriteString(text)
		p.size += int64(len(text))
	}
}

// close ends the innermost paragraph.
func (p *docxParser) close() {
	if len(p.stack) == 0 {
		return
	}
	paragraph := strings.Trim(p.stack[len(p.stack)-1].String(), " \t\n")
	p.stack = p.stack[:len(p.stack)-1]
	if paragraph != "" {
		p.text.WriteString(paragraph)
		p.text.WriteString("\n\n")
	}
}
