package export

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/quoth-nlp/quoth/pipeline/output"
)

// A Format is the form that a tool reads.
type Format uint8

// The formats. All are streams but Brat and INCEpTION, which are folders.
const (
	NoFormat             Format = iota
	Brat                        // standoff: X.txt and X.ann for each record, and the configuration
	CoNLL                       // CoNLL-2002: one line per token, with its tag
	Prodigy                     // JSON Lines of Prodigy, which spaCy's users convert to DocBin
	LabelStudio                 // one JSON array of tasks with predictions
	Doccano                     // JSON Lines with entities and relations
	DoccanoSequence             // JSON Lines for sequence labelling: labels without relations
	WebAnnotation               // W3C Web Annotation, one annotation per line
	AnnotationCollection        // W3C Web Annotation, one AnnotationCollection
	INCEpTION                   // UIMA CAS JSON 0.4.0, a file for each record
)

var formatNames = [...]string{"", "brat", "conll", "prodigy", "labelstudio", "doccano", "doccano-sequence",
	"webannotation", "webannotation-collection", "inception"}

// String returns the format's name.
func (f Format) String() string {
	if int(f) < len(formatNames) {
		return formatNames[f]
	}
	return strconv.Itoa(int(f))
}

// Formats returns all formats.
func Formats() []Format {
	all := make([]Format, 0, len(formatNames)-1)
	for f := Brat; int(f) < len(formatNames); f++ {
		all = append(all, f)
	}
	return all
}

// ParseFormat returns the format of that name.
func ParseFormat(s string) (Format, bool) {
	for _, f := range Formats() {
		if s == f.String() {
			return f, true
		}
	}
	return NoFormat, false
}

// Names returns the names of all formats, joined by commas, for messages.
func Names() string {
	var names []string
	for _, f := range Formats() {
		names = append(names, f.String())
	}
	return strings.Join(names, ", ")
}

// Folder reports whether the format is a folder of files, which NewFolder writes; NewWriter writes the others.
func (f Format) Folder() bool { return f == Brat || f == INCEpTION }

// Tokens reports whether the format needs Options.Tokenize.
func (f Format) Tokens() bool { return f == CoNLL || f == Prodigy || f == INCEpTION }

// unit is what offsets of the format count.
func (f Format) unit() output.Unit {
	if f == INCEpTION {
		return output.UTF16
	}
	return output.Codepoint
}

// Options choose what is exported and how. The zero value exports everything, but does for formats that need no tokens
// only.
type Options struct {
	// Layers are the kinds of marks that are exported; 0 stands for all.
	Layers Layers
	// Tokenize returns the tokens of a text as ranges of bytes, in order and without overlap, with only white space
	// between them. Formats with tokens need it; see Format.Tokens. It is called by one goroutine at a time.
	Tokenize func(text string) [][2]int
	// Per is what becomes one task of Prodigy, LabelStudio, Doccano and DoccanoSequence.
	Per Per
	// Columns adds to CoNLL a column with the tags of quotes.
	Columns bool
	// Tab sets the columns of CoNLL apart by a tab, as doccano wants it, and not by a space.
	Tab bool
	// DocStart begins each record of CoNLL with a line -DOCSTART-.
	DocStart bool
	// IRI is what the identifiers of Web Annotations begin with; "" stands for urn:x-quoth:.
	IRI string
}

// Layers is a set of kinds of marks.
type Layers uint8

// The layers.
const (
	Entities Layers = 1 << iota // mentions of entities
	Quotes                      // contents, sources, cues and what links them
)

// ParseLayers returns the layers of a list such as "entities,quotes".
func ParseLayers(s string) (Layers, bool) {
	var l Layers
	for name := range strings.SplitSeq(s, ",") {
		switch strings.TrimSpace(name) {
		case "entities":
			l |= Entities
		case "quotes":
			l |= Quotes
		default:
			return 0, false
		}
	}
	return l, true
}

// check returns o with its defaults, or what is wrong with it for the format.
func (o Options) check(f Format) (Options, error) {
	if o.Layers == 0 {
		o.Layers = Entities | Quotes
	}
	if o.IRI == "" {
		o.IRI = "urn:x-quoth:"
	}
	if o.Per != Document && !f.Tasks() {
		return o, fmt.Errorf("format %s exports whole records only", f)
	}
	if f.Tokens() && o.Tokenize == nil {
		return o, fmt.Errorf("format %s needs tokens; set Options.Tokenize", f)
	}
	if f == CoNLL && o.Layers&Entities == 0 && !o.Columns {
		return o, fmt.Errorf("format %s has quotes only in the column that Options.Columns adds", f)
	}
	return o, nil
}

// NewWriter returns a Writer to w in a format that is a stream. Each record is one call of w.Write. Close ends the output
// and does not close w. A record that cannot be exported, because it has no text (output.ErrNoText) or is at fault, is an
// error of that record and nothing of it is written; others may follow. After an error of w all calls return that error. A
// Writer holds one record in memory and is for one goroutine at a time.
func NewWriter(w io.Writer, f Format, opt Options) output.Writer {
	opt, err := opt.check(f)
	if f.Folder() || f == NoFormat || int(f) >= len(formatNames) {
		err = fmt.Errorf("format %q is no stream", f)
	}
	s := &stream{w: w, format: f, opt: opt, err: err}
	switch f {
	case CoNLL:
		s.encode = conll
	case Prodigy:
		s.encode = prodigy
	case LabelStudio:
		s.encode, s.open, s.between, s.end = labelStudio, "[\n", ",\n", "\n]\n"
	case Doccano:
		s.encode = doccano
	case DoccanoSequence:
		s.encode = doccanoSequence
	case WebAnnotation:
		s.encode = webAnnotations
	case AnnotationCollection:
		s.encode, s.open, s.between, s.end = webAnnotationItems, collectionOpen(opt.IRI), ",\n", "\n]}"
		s.tail = func() string { return fmt.Sprintf(",\"total\":%d}\n", s.items) }
	}
	return s
}

// A stream writes what encode makes of each record.
type stream struct {
	w                  io.Writer
	format             Format
	opt                Options
	encode             func(*article) (encoded, error)
	open, between, end string
	tail               func() string
	items              int // written so far
	opened, closed     bool
	err                error
}

// encoded is a record in its format and how many items it holds; none stands for nothing to write.
type encoded struct {
	data  []byte
	items int
}

func (s *stream) Write(r *output.Record) error {
	if s.err != nil {
		return s.err
	}
	a, err := newArticle(r, s.format, s.opt)
	if err != nil {
		return err
	}
	parts, err := a.split()
	if err != nil {
		return a.fault(err)
	}
	var data []byte
	items := 0
	for _, part := range parts {
		e, err := s.encode(part)
		if err != nil {
			return a.fault(err)
		}
		if len(e.data) > 0 {
			data = append(append(data, s.before(items)...), e.data...)
			items += e.items
		}
	}
	return s.write(data, items)
}

// before is what comes before the next item, if that many wait to be written.
func (s *stream) before(waiting int) string {
	switch {
	case !s.opened && waiting == 0:
		return s.open
	case s.items+waiting > 0:
		return s.between
	}
	return ""
}

func (s *stream) write(data []byte, items int) error {
	if s.err != nil || len(data) == 0 {
		return s.err
	}
	n, err := s.w.Write(data)
	if err == nil && n < len(data) {
		err = io.ErrShortWrite
	}
	s.opened, s.items, s.err = true, s.items+items, err
	return err
}

func (s *stream) Close() error {
	if s.err != nil || s.closed {
		return s.err
	}
	s.closed = true
	end := s.end
	if !s.opened {
		end = s.open + strings.TrimPrefix(end, "\n")
	}
	if s.tail != nil {
		end += s.tail()
	}
	return s.write([]byte(end), 0)
}

// NewFolder returns a Writer of a format that is a folder: it calls create for each file and closes what create returns.
// Names have no folders in them, are the same on every system and different for different doc_ids; create must refuse a
// name that it was given before, which means that two records have one doc_id. Close writes the files of Config. Errors are
// those of NewWriter; after one of create or of a file, all calls return it.
func NewFolder(create func(name string) (io.WriteCloser, error), f Format, opt Options) output.Writer {
	opt, err := opt.check(f)
	d := &folder{create: create, format: f, opt: opt, err: err}
	switch f {
	case Brat:
		d.encode = brat
	case INCEpTION:
		d.encode = inception
	default:
		d.err = fmt.Errorf("format %q is no folder", f)
	}
	return d
}

// A File is a file of an export.
type File struct {
	Name string
	Data []byte
}

// A folder writes the files that encode makes of each record.
type folder struct {
	create func(string) (io.WriteCloser, error)
	format Format
	opt    Options
	encode func(*article) ([]File, error)
	closed bool
	err    error
}

func (d *folder) Write(r *output.Record) error {
	if d.err != nil {
		return d.err
	}
	a, err := newArticle(r, d.format, d.opt)
	if err != nil {
		return err
	}
	files, err := d.encode(a)
	if err != nil {
		return a.fault(err)
	}
	return d.write(files)
}

func (d *folder) write(files []File) error {
	for _, f := range files {
		if d.err = writeFile(d.create, f); d.err != nil {
			return d.err
		}
	}
	return nil
}

func writeFile(create func(string) (io.WriteCloser, error), f File) error {
	w, err := create(f.Name)
	if err != nil {
		return err
	}
	n, err := w.Write(f.Data)
	if err == nil && n < len(f.Data) {
		err = io.ErrShortWrite
	}
	if closed := w.Close(); err == nil {
		err = closed
	}
	return err
}

func (d *folder) Close() error {
	if d.err != nil || d.closed {
		return d.err
	}
	d.closed = true
	return d.write(Config(d.format, d.opt))
}
