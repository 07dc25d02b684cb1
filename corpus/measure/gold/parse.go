package gold

import (
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/tools/txtar"

	"github.com/quoth-nlp/quoth/corpus/strictyaml"
	"github.com/quoth-nlp/quoth/pipeline/annot"
)

type quoteEntry struct {
	Parts   []string      `yaml:"parts"`
	Kind    string        `yaml:"kind"`
	Status  string        `yaml:"status"`
	Speaker *speakerEntry `yaml:"speaker"`
	Cue     string        `yaml:"cue"`
	Flags   []string      `yaml:"flags"`
}

type speakerEntry struct {
	Mention string `yaml:"mention"`
	Name    string `yaml:"name"`
	Type    string `yaml:"type"`
}

type spanEntry struct {
	Text string `yaml:"text"`
	Why  string `yaml:"why"`
}

type zoneEntry struct {
	Start string `yaml:"start"`
	Zone  string `yaml:"zone"`
}

// Parse reads one annotated article. The error joins all faults of the file, each with what to do about it.
func Parse(name string, data []byte) (Article, error) {
	f := &faults{name: name}
	if !utf8.Valid(data) {
		f.add("not valid UTF-8; save the file as UTF-8")
		return Article{}, errors.Join(f.errs...)
	}
	archive := txtar.Parse(data)
	a := Article{Name: name, Comment: strings.TrimSpace(string(archive.Comment))}
	var quotes []quoteEntry
	var spans []spanEntry
	var zones []zoneEntry
	seen := map[string]bool{}
	for _, file := range archive.Files {
		if seen[file.Name] {
			f.add("section %q is there twice; join the two", file.Name)
		}
		seen[file.Name] = true
		switch file.Name {
		case "text":
			a.Text, a.Mentions = strip(string(file.Data), f)
		case "quotes":
			decode(file, &quotes, f)
		case "spans":
			decode(file, &spans, f)
		case "zones":
			decode(file, &zones, f)
		default:
			f.add("unknown section %q; use text, quotes, spans, zones", file.Name)
		}
	}
	if strings.TrimSpace(a.Text) == "" {
		f.add("no text; add a section -- text --")
	}
	r := resolver{a: &a, f: f}
	r.quotes(quotes)
	r.spans(spans)
	r.zones(zones)
	return a, errors.Join(f.errs...)
}

// decode reads a section, strictly: an unknown key is most often a misspelt one.
func decode(file txtar.File, into any, f *faults) {
	if err := strictyaml.Decode(file.Data, into, "corpus/gold/README.md"); err != nil && err != io.EOF {
		f.add("section %s, lines counted from its start: %v", file.Name, err)
	}
}

// A resolver turns the words of the file's sections into spans of the article.
type resolver struct {
	a *Article
	f *faults
}

func (r *resolver) quotes(entries []quoteEntry) {
	// All parts are found before any mention, since a mention is not looked for in the quotes of others.
	from := 0
	var resolved []quoteEntry
	for i, e := range entries {
		q := annot.Quote{Parts: r.parts(i, e.Parts, from)}
		if len(q.Parts) == 0 {
			continue
		}
		from = q.Parts[0].Start + 1
		r.a.Quotes = append(r.a.Quotes, q)
		resolved = append(resolved, e)
	}
	for i := range r.a.Quotes {
		r.attribution(&r.a.Quotes[i], resolved[i])
	}
}

// parts finds the parts of a quote one after the other, the first one at from or later: the file's quotes are in the
// order of the text, so a part that occurs several times is that of the quote which is next.
func (r *resolver) parts(i int, words []string, from int) []annot.Span {
	if len(words) == 0 {
		r.f.add("quote %d has no parts; list its exact words, marks included", i+1)
	}
	var parts []annot.Span
	for _, w := range words {
		// YAML reads [“Go,”] as “Go and ”.
		if strings.IndexFunc(w, wordRune) < 0 {
			r.f.add("quote %d: part %q has no word; put the part in quotation marks of YAML, since a comma splits a list", i+1, w)
			return nil
		}
		s, ok := r.find(w, from)
		if !ok {
			r.f.add("quote %d: part %q is not in the article after the part before it; copy it exactly, marks included, "+
				"and keep the quotes in the order of the text", i+1, clip(w))
			return nil
		}
		parts = append(parts, s)
		from = s.End
	}
	return parts
}

// find returns the first occurrence of words that starts at from or later, or the n-th of all for "words@n".
func (r *resolver) find(words string, from int) (annot.Span, bool) {
	plain, n := numbered(r.a.Text, r.plain(words))
	for i, s := range occurrences(r.a.Text, plain, false) {
		if n == i+1 || n == 0 && s.Start >= from {
			return s, true
		}
	}
	return annot.Span{}, false
}

// plain lets words be copied from the section text with their mark-up, and ignores the line end that YAML's | leaves.
func (r *resolver) plain(words string) string {
	words, _ = strip(strings.TrimSpace(words), r.f)
	return words
}

func (r *resolver) attribution(q *annot.Quote, e quoteEntry) {
	where := clip(r.a.Slice(q.Parts[0]))
	var ok bool
	if q.Kind, ok = annot.ParseKind(e.Kind); !ok {
		r.f.add("quote %q: unknown kind %q; use direct, mixed, transcript, block or indirect", where, e.Kind)
	}
	if q.Status, ok = annot.ParseStatus(e.Status); !ok {
		r.f.add("quote %q: unknown status %q; use attributed, ambiguous or unattributed", where, e.Status)
	}
	for _, name := range e.Flags {
		flag, ok := parseFlag(name)
		if !ok {
			r.f.add("quote %q: unknown flag %q; the flags are listed in the README", where, name)
		}
		q.Flags |= flag
	}
	toParts := func(s annot.Span) int {
		d := distance(s, q.Parts[0])
		for _, p := range q.Parts[1:] {
			d = min(d, distance(s, p))
		}
		return d
	}
	if e.Speaker != nil {
		r.speaker(q, e.Speaker, where, toParts)
	}
	if q.Status == annot.Attributed && (q.Speaker.Mention.IsZero() || q.Speaker.Type == annot.NoSpeaker) {
		r.f.add("quote %q is attributed to nobody; give its speaker a mention and a type, or set another status", where)
	}
	if e.Cue != "" {
		q.Cue = r.beside(q, "cue", e.Cue, where, func(s annot.Span) int {
			if q.Speaker.Mention.IsZero() {
				return toParts(s)
			}
			return toParts(s) + distance(s, q.Speaker.Mention)
		})
	}
}

func (r *resolver) speaker(q *annot.Quote, e *speakerEntry, where string, toParts func(annot.Span) int) {
	if e.Mention != "" {
		q.Speaker.Mention = r.beside(q, "mention", e.Mention, where, toParts)
	}
	q.Speaker.Name = strings.TrimSpace(e.Name)
	var ok bool
	if e.Type != "" {
		if q.Speaker.Type, ok = annot.ParseSpeakerType(e.Type); !ok {
			r.f.add("quote %q: unknown speaker type %q; use person, organization, group, anonymous or unknown", where, e.Type)
		}
	}
	if q.Speaker.Name == "" {
		return
	}
	for _, name := range strings.Split(q.Speaker.Name, ";") {
		name = strings.TrimSpace(name)
		if !strings.Contains(r.a.Text, name) && !slices.ContainsFunc(r.a.Mentions, func(m Mention) bool { return m.Canonical == name }) {
			r.f.add("quote %q: the speaker's name %q is not in the article; write it as it occurs there", where, name)
		}
	}
}

// beside finds a mention or cue: the occurrence that costs least outside of q's own parts and of the quotes of others,
// or the n-th in the article for "words@n".
func (r *resolver) beside(q *annot.Quote, what, words, where string, cost func(annot.Span) int) annot.Span {
	plain, n := numbered(r.a.Text, r.plain(words))
	all := occurrences(r.a.Text, plain, true)
	if n > 0 {
		if n > len(all) {
			r.f.add("quote %q: %s %q occurs %d times in the article; correct the number after @", where, what, plain, len(all))
			return annot.Span{}
		}
		return all[n-1]
	}
	free := slices.DeleteFunc(all, func(s annot.Span) bool { return r.quoted(s, q) })
	if len(free) == 0 {
		r.f.add("quote %q: %s %q is not in the article outside of quotes; copy it exactly, or add @n for its n-th occurrence", where, what, plain)
		return annot.Span{}
	}
	return nearest(free, cost)
}

// quoted reports whether s overlaps a part of q, or of a quote that does not enclose q.
func (r *resolver) quoted(s annot.Span, q *annot.Quote) bool {
	for i := range r.a.Quotes {
		other := &r.a.Quotes[i]
		for _, p := range other.Parts {
			if p.Overlaps(s) && (other == q || !p.Contains(q.Parts[0])) {
				return true
			}
		}
	}
	return false
}

func parseFlag(name string) (annot.Flags, bool) {
	for f := annot.Flags(1); f != 0; f <<= 1 {
		if names := f.Names(); len(names) == 1 && names[0] == name {
			return f, true
		}
	}
	return 0, false
}

// noQuote are the reasons that annot has no name for: they say only that no quote is to be extracted.
var noQuote = map[string]bool{"dateline": true, "byline": true, "credit": true, "contribution": true, "feed_footer": true, "indirect_off": true}

func (r *resolver) spans(entries []spanEntry) {
	from := 0
	for _, e := range entries {
		s, ok := r.find(e.Text, from)
		if !ok {
			s, ok = r.find(e.Text, 0)
		}
		if !ok {
			r.f.add("span %q is not in the article; copy it exactly, marks included", clip(e.Text))
			continue
		}
		from = s.End
		if _, ok := annot.ParseWhy(e.Why); !ok && !noQuote[e.Why] {
			r.f.add("span %q: unknown reason %q; the reasons are listed in the README", clip(e.Text), e.Why)
		}
		r.a.Spans = append(r.a.Spans, Span{s, e.Why})
	}
}

func (r *resolver) zones(entries []zoneEntry) {
	from := 0
	for _, e := range entries {
		s, ok := r.find(e.Start, from)
		if !ok {
			r.f.add("zone start %q is not in the article after the one before it; copy the first words exactly, in the order of the text", clip(e.Start))
			continue
		}
		from = s.End
		z, ok := annot.ParseZone(e.Zone)
		if !ok {
			r.f.add("zone start %q: unknown zone %q; use headline, byline, dateline, body, caption, related, correction or boilerplate", clip(e.Start), e.Zone)
		}
		r.a.Zones = append(r.a.Zones, Zone{s, z})
	}
}
