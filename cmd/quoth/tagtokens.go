package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/quoth-nlp/quoth/extractors/entities/crf"
	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// docStart opens a document in the CoNLL form.
const docStart = "-DOCSTART-"

// A tokenDoc is a document of tokens and what its lines were.
type tokenDoc struct {
	crf.Doc
	lines []lineKind
	bytes int // of all tokens
}

type lineKind uint8

const (
	blankLine lineKind = iota
	tokenLine
	startLine
)

// The size of a document without a mark of its end: it ends with its sentence at the first two, and anywhere at the last
// two, so that no input fills the memory.
const (
	maxDocSentences = 500
	maxDocTokens    = 20_000
	maxCutTokens    = 50_000
	maxCutBytes     = 8 << 20
)

// errStopped says that no more documents are wanted.
var errStopped = errors.New("stopped")

// eachTokenDoc calls yield with every document of the file; - is stdin.
func eachTokenDoc(path string, stdin io.Reader, yield func(tokenDoc) bool) error {
	if path == "-" {
		return readTokenDocs(stdin, "standard input", yield)
	}
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	return readTokenDocs(f, path, yield)
}

// readTokenDocs calls yield with every document of r. It holds one document in memory and lines of any length. An error
// names the input and the line; what was read before it has been given to yield.
func readTokenDocs(r io.Reader, name string, yield func(tokenDoc) bool) error {
	in := bufio.NewReaderSize(r, 1<<16)
	t := tokenReader{name: name}
	var long []byte
	for first := true; ; first = false {
		line, err := in.ReadSlice('\n')
		if err == bufio.ErrBufferFull {
			long = append(long[:0], line...)
			for err == bufio.ErrBufferFull {
				line, err = in.ReadSlice('\n')
				long = append(long, line...)
			}
			line = long
		}
		if len(line) > 0 {
			if first {
				line = bytes.TrimPrefix(line, []byte("\ufeff"))
			}
			t.line++
			if fault := t.add(line, yield); fault != nil {
				return fault
			}
		}
		switch {
		case err == io.EOF:
			return t.flush(yield)
		case err != nil:
			if flushed := t.flush(yield); flushed != nil {
				return flushed
			}
			return fmt.Errorf("%s:%d: %w", name, t.line+1, err)
		}
		if len(long) > 1<<20 {
			long = nil
		}
	}
}

// A tokenReader puts documents together of lines.
type tokenReader struct {
	name  string
	line  int
	text  []byte // the tokens of the document, without anything between
	ends  []int  // in text
	sents []int
	lines []lineKind
}

func (t *tokenReader) add(line []byte, yield func(tokenDoc) bool) error {
	line = bytes.TrimRight(line, " \t\r\n")
	switch {
	case len(line) == 0:
		t.lines = append(t.lines, blankLine)
		if n := len(t.ends); n > 0 && (len(t.sents) == 0 || t.sents[len(t.sents)-1] < n) {
			t.sents = append(t.sents, n)
		}
		if len(t.sents) >= maxDocSentences || len(t.ends) >= maxDocTokens || len(t.lines) >= maxCutTokens {
			return t.flush(yield)
		}
		return nil
	case bytes.HasPrefix(line, []byte(docStart)):
		if err := t.flush(yield); err != nil {
			return err
		}
		t.lines = append(t.lines, startLine)
		return nil
	}
	// The same as crf.ReadCoNLL: where there are tabs, a token may hold spaces.
	end := bytes.IndexByte(line, '\t')
	if end < 0 {
		end = bytes.IndexByte(line, ' ')
	}
	if end == 0 {
		if err := t.flush(yield); err != nil {
			return err
		}
		return fmt.Errorf("%s:%d: no token in the first column; write the token first, or leave the line empty", t.name, t.line)
	}
	if end > 0 {
		line = line[:end]
	}
	t.text = append(t.text, line...)
	t.ends = append(t.ends, len(t.text))
	t.lines = append(t.lines, tokenLine)
	if len(t.ends) >= maxCutTokens || len(t.text) >= maxCutBytes {
		return t.flush(yield)
	}
	return nil
}

// flush gives the document to yield.
func (t *tokenReader) flush(yield func(tokenDoc) bool) error {
	if len(t.lines) == 0 {
		return nil
	}
	d := tokenDoc{lines: slices.Clone(t.lines), bytes: len(t.text)}
	text := string(t.text)
	d.Tokens = make([]string, len(t.ends))
	from := 0
	for i, end := range t.ends {
		d.Tokens[i] = text[from:end]
		from = end
	}
	d.Sentences = slices.Clone(t.sents)
	t.text, t.ends, t.sents, t.lines = t.text[:0], t.ends[:0], t.sents[:0], t.lines[:0]
	if cap(t.text) > maxCutBytes {
		t.text = nil // a long line must not stay
	}
	if !yield(d) {
		return errStopped
	}
	return nil
}

// documentLines returns the tokens of a segmented document, with a line before it and a blank one after each sentence.
func documentLines(d *annot.Document) tokenDoc {
	doc := tokenDoc{Doc: tokensOf(d), lines: []lineKind{startLine, blankLine}, bytes: len(d.Text)}
	for _, s := range d.Sentences {
		for range s.EndToken - s.FirstToken {
			doc.lines = append(doc.lines, tokenLine)
		}
		doc.lines = append(doc.lines, blankLine)
	}
	return doc
}

// tokensOf returns the tokens and sentences of a segmented document.
func tokensOf(d *annot.Document) crf.Doc {
	var doc crf.Doc
	for _, s := range d.Sentences {
		for _, tok := range d.Tokens[s.FirstToken:s.EndToken] {
			doc.Tokens = append(doc.Tokens, d.Slice(tok.Span))
		}
		doc.Sentences = append(doc.Sentences, len(doc.Tokens))
	}
	return doc
}
