package corpus

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"iter"
	"slices"
	"strings"
)

// The reasons why a file or member is not read.
const (
	SkippedEnding   = "ending"         // none of Options.Extensions
	SkippedHidden   = "hidden"         // its name, or that of a folder in an archive, starts with a full stop
	SkippedExcluded = "excluded"       // by Options.Include and Options.Exclude
	SkippedShard    = "other shard"    // a file of one article that belongs to another shard
	SkippedLink     = "link to folder" // without Options.Follow
	SkippedFolder   = "run of quoth"   // Options.SkipFolder
	SkippedSeen     = "listed before"  // named twice, or reached through two links
)

// Planned is a file or member, and what reading it would mean.
type Planned struct {
	// Path and Member are as in Article.
	Path, Member string
	// Format is the name of the format that the file would be read as, or "" for standard input, whose first bytes tell.
	Format string
	// Encoding is what the first 64 KiB look like; Fields how the fields of the first object are understood, as in
	// text=body title=headline.
	Encoding, Fields string
	// Bytes is the size of the file or member, or -1 if only unpacking it would tell.
	Bytes int64
	// Skipped is why the file is not read, one of the constants, or "".
	Skipped string
	// Err is why it cannot be read, as far as its first bytes tell, or nil.
	Err *Error
}

// Plan returns, in the order of Items, what would be read and how it would be understood, and what is passed over and
// why. It reads the beginnings of files and goes through archives, but makes no articles. It lists the paths again, and
// it does not read standard input.
func (c *Collection) Plan(ctx context.Context) iter.Seq[Planned] {
	return func(yield func(Planned) bool) {
		l := newLister(ctx, c.paths, c.opt)
		l.keep = true
		for _, path := range c.paths {
			l.add(path) // what is gone by now is listed without it
		}
		for _, s := range l.sources {
			r := newReader(ctx, s, &c.opt, nil)
			r.plan = yield
			r.out = func(item Item) bool {
				e := item.Err
				return yield(Planned{Path: e.Path, Member: e.Member, Format: r.format, Bytes: -1, Err: e})
			}
			if ctx.Err() != nil || !r.planSource() {
				return
			}
		}
	}
}

func (r *reader) planSource() bool {
	switch {
	case r.skipped != "":
		return r.skip(r.skipped)
	case r.file == stdin:
		return r.plan(Planned{Path: r.path, Bytes: -1})
	case r.err == nil && r.whole() && !r.inShard(0):
		return r.skip(SkippedShard)
	}
	return r.read()
}

// skip tells that the file or member is not read.
func (r *reader) skip(why string) bool {
	if r.plan == nil {
		return true
	}
	return r.plan(Planned{Path: r.path, Member: r.name, Bytes: r.size, Skipped: why})
}

// headSize is how much of a file is read to tell what it is.
const headSize = 64 << 10

// planLeaf tells how a file would be understood.
func (r *reader) planLeaf(f format, in io.Reader) bool {
	p := Planned{Path: r.path, Member: r.name, Format: f.name, Bytes: r.size}
	if wholeFormat(f.name) && !r.inShard(0) {
		return r.skip(SkippedShard)
	}
	head := make([]byte, headSize)
	n, err := io.ReadFull(in, head)
	head = head[:n]
	var broken *fault
	switch {
	case errors.As(err, &broken):
		return r.report(broken)
	case err != nil && err != io.EOF && err != io.ErrUnexpectedEOF:
		return r.fail(0, 0, code(err), reason(err))
	case f.name == "text" && r.size > r.max:
		return r.tooLarge(0, 0)
	}
	if why := binaryReason(head); f.name == "text" && why != "" && !(r.opt.Encoding != "" && why == controlReason) {
		return r.fail(0, 0, CodeBinary, why)
	}
	if why := refusal(f.name); why != "" {
		return r.fail(0, 0, CodeUnsupported, why)
	}
	if p.Encoding, p.Fields, err = r.opt.describe(f.name, head); err != nil {
		code := CodeNoText
		if n == 0 {
			code = CodeBadTable
		}
		return r.fail(0, min(n, 1), code, err.Error())
	}
	return r.plan(p)
}

// describe tells the encoding and the fields of a file of the format by its first bytes. The error is that no column of
// a table holds an article.
func (o *Options) describe(format string, head []byte) (encoding, fields string, err error) {
	switch format {
	case "json", "jsonl":
		text, encoding, _ := Decode(trimPartial(head))
		return encoding, o.jsonFields([]byte(text)), nil
	case "csv", "tsv":
		text, encoding, _ := o.decode(trimPartial(head))
		fields, err = o.tableFields(text, format)
		return encoding, fields, err
	case "text":
		text, encoding, _ := o.decode(trimPartial(head))
		if l := o.layoutOf(text); l != nil {
			fields = "layout=" + l.Name
		}
		return encoding, fields, nil
	case "docx", "warc":
		return "", "", nil
	}
	_, encoding, _ = o.decode(trimPartial(head))
	return encoding, "", nil
}

// trimPartial cuts off what the end of a head may have torn apart.
func trimPartial(head []byte) []byte {
	if len(head) < headSize {
		return head
	}
	if i := bytes.LastIndexAny(head, " \n"); i > 0 {
		return head[:i&^1] // an even number, for UTF-16
	}
	return head
}

// jsonFields tells which fields of the first object would be its text, title and so on.
func (o *Options) jsonFields(head []byte) string {
	d := json.NewDecoder(bytes.NewReader(head))
	token, err := d.Token()
	if token == json.Delim('[') && err == nil {
		token, err = d.Token()
	}
	if token != json.Delim('{') || err != nil {
		return ""
	}
	var names []string
	for d.More() {
		name, err := d.Token()
		if err != nil {
			break
		}
		var value json.RawMessage
		if d.Decode(&value) != nil && !slices.Contains(fields.text, name.(string)) { // a long text goes beyond the head
			break
		}
		names = append(names, name.(string))
	}
	return o.fieldNames(func(field string, usual []string) string {
		if p, ok := o.mapping[field]; ok {
			return p.text
		}
		if i := slices.IndexFunc(usual, func(name string) bool { return slices.Contains(names, name) }); i >= 0 {
			return usual[i]
		}
		return ""
	})
}

// tableFields tells which columns of a table would be its text, title and so on.
func (o *Options) tableFields(head, format string) (string, error) {
	b := bufio.NewReader(strings.NewReader(head))
	var rows rowReader = &tabRows{b: b, max: headSize}
	if format != "tsv" {
		rows = newCSVRows(b, []byte(head), headSize, "")
	}
	t, _, err := readHeader(context.Background(), rows, o.mapping)
	if err != nil {
		return "", err
	}
	columns := map[string]int{"text": t.text, "title": t.title, "date": t.date, "url": t.url, "authors": t.author, "id": t.id}
	return o.fieldNames(func(field string, _ []string) string {
		if i := columns[field]; i >= 0 {
			return t.names[i]
		}
		return ""
	}), nil
}

// fieldNames lists the fields with the names that the function gives for them.
func (o *Options) fieldNames(name func(field string, usual []string) string) string {
	var found []string
	for i, usual := range [][]string{fields.text, fields.title, fields.date, fields.url, fields.authors, fields.id} {
		field := MapFields()[i]
		if name := name(field, usual); name != "" {
			found = append(found, field+"="+name)
		}
	}
	return strings.Join(found, " ")
}
