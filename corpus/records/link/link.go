// Package link fills in speakers from one article to another. Where several articles have the same quote and one of
// them tells for sure who said it, the others are given that name. It takes two passes over the records: Collect, then
// Fill, with Decide between them. The quotes lie on disk meanwhile, so that memory does not grow with their number.
package link

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/quoth-nlp/quoth/corpus/records/scratch"
	"github.com/quoth-nlp/quoth/pipeline/output"
)

// What docs/duplicates.md measures.
const (
	// Give is the confidence from which an attribution is given to copies, Keep the one from which it is never changed,
	// and contradicts others. A name below Keep gives way to another one only if its confidence is below Yield.
	Give, Keep, Yield = 0.98, 0.9, 0.75
	// Length is how long a quote is at least, marks included, in the unit of the record's offsets. Shorter ones, as “Everything
	// is on the table”, are said by many.
	Length = 45
	// Once and Twice are the confidence of what was filled in because one other article says so, or several.
	Once, Twice = 0.95, 0.97
)

const batch = 1 << 15 // quotes in memory before they go to the disk

// The tables on disk.
const (
	quoteTable = "quotes" // fingerprint, article, quote: the speaker, if it is sure
	groupTable = "groups" // fingerprint: the speaker of all copies, or nothing if they contradict each other
)

// A speaker is what one quote gives to its copies.
type speaker struct {
	Name     string  `json:"n"`
	Type     string  `json:"t"`
	Role     *string `json:"r,omitempty"`
	Articles int     `json:"a"` // that say so
	Give     bool    `json:"g"` // one of them is sure enough to give it
	last     uint32  // of them, while they are counted
}

// A Summary counts what came out.
type Summary struct {
	Groups    int // quotes that more than one article has
	Conflicts int // groups whose sure speakers differ; nothing is filled in
	Filled    int // quotes that were given a name
	Confirmed int // quotes whose name, which was not sure, is that of the copies
	Kept      int // quotes that keep a name other than that of the copies, though it is not sure
}

// A Linker is for one goroutine and one run.
type Linker struct {
	disk     *scratch.File
	pairs    []scratch.Pair
	articles uint32
	summary  Summary
}

// New returns a Linker that keeps its data in a file without a name in the folder; "" is the system's folder for such files.
func New(folder string) (*Linker, error) {
	disk, err := scratch.New(folder)
	if err != nil {
		return nil, err
	}
	return &Linker{disk: disk}, nil
}

// Close gives the disk space back.
func (l *Linker) Close() error { return l.disk.Close() }

// Collect takes in the quotes of the next record.
func (l *Linker) Collect(r *output.Record) error {
	l.articles++
	for i := range r.Quotes {
		q := &r.Quotes[i]
		key, ok := group(q)
		if !ok {
			continue
		}
		var value []byte
		if sure(q) {
			var err error
			if value, err = json.Marshal(speaker{Name: *q.Speaker.Name, Type: q.Speaker.Type, Role: q.Speaker.Role, Give: gives(q)}); err != nil {
				return err
			}
		}
		key = binary.BigEndian.AppendUint32(key, l.articles)
		key = binary.BigEndian.AppendUint32(key, uint32(i))
		l.pairs = append(l.pairs, scratch.Pair{Key: key, Value: value})
	}
	if len(l.pairs) < batch {
		return nil
	}
	return l.flush(quoteTable)
}

func (l *Linker) flush(table string) error {
	slices.SortFunc(l.pairs, func(a, b scratch.Pair) int { return bytes.Compare(a.Key, b.Key) })
	err := l.disk.Put(table, l.pairs)
	l.pairs = nil
	return err
}

// group returns the key of the group that a quote belongs to; false if it is too short for one, or nobody said it.
func group(q *output.Quote) ([]byte, bool) {
	if q.Fingerprint == nil || slices.Contains(q.Flags, "negated") || slices.Contains(q.Flags, "hypothetical") {
		return nil, false
	}
	length := 0
	for _, p := range q.Parts {
		length += p.End - p.Start
	}
	if length < Length {
		return nil, false
	}
	key, err := hex.DecodeString(strings.TrimPrefix(*q.Fingerprint, "f_"))
	return key, err == nil && len(key) == 8
}

// named reports whether a quote has the name of a speaker.
func named(q *output.Quote) bool {
	return q.Status == "attributed" && q.Speaker != nil && q.Speaker.Name != nil
}

// gives reports whether the name is sure enough for other articles. What a report says is often quoted from elsewhere, and
// a body that is “it” or “the agency” in one article may be another one.
func gives(q *output.Quote) bool {
	by := ""
	if q.Speaker.ResolvedBy != nil {
		by = *q.Speaker.ResolvedBy
	}
	if by == "document" || q.Speaker.Type == "organization" && slices.Contains([]string{"pronoun", "relative", "role", "description"}, by) {
		return false
	}
	return q.Confidence >= Give
}

// sure reports whether a quote has a speaker that no copy changes.
func sure(q *output.Quote) bool { return named(q) && q.Confidence >= Keep }

// Decide compares the copies of each quote, once all records are collected.
func (l *Linker) Decide() error {
	if err := l.flush(quoteTable); err != nil {
		return err
	}
	from, more := []byte(nil), true
	for more {
		from, more = l.decideSome(from)
		if err := l.flush(groupTable); err != nil {
			return err
		}
	}
	return nil
}

// decideSome decides groups from a key on, as many as are to be in memory, and returns the key that follows.
func (l *Linker) decideSome(from []byte) (next []byte, more bool) {
	var g copies
	for k, v := range l.disk.From(quoteTable, from) {
		if !bytes.Equal(k[:8], g.key) {
			l.decide(&g)
			if len(l.pairs) >= batch {
				return bytes.Clone(k), true
			}
			g = copies{key: bytes.Clone(k[:8])}
		}
		g.add(binary.BigEndian.Uint32(k[8:]), v)
	}
	l.decide(&g)
	return nil, false
}

func (l *Linker) decide(g *copies) {
	if g.articles < 2 {
		return
	}
	l.summary.Groups++
	switch s, ok := g.speaker(); {
	case !ok:
		l.summary.Conflicts++
	case s != nil:
		value, err := json.Marshal(s)
		if err != nil {
			panic("internal error: " + err.Error()) // two strings and a number
		}
		l.pairs = append(l.pairs, scratch.Pair{Key: g.key, Value: value})
	}
}

// copies are a group, while its quotes are read in the order of the articles.
type copies struct {
	key      []byte
	articles int
	last     uint32 // article
	speakers []speaker
	crowd    bool // more names than can be of one person
}

// mostNames is how many spellings of a name are told apart. More are a conflict, which bounds the time.
const mostNames = 32

func (g *copies) add(article uint32, value []byte) {
	if article != g.last {
		g.articles, g.last = g.articles+1, article
	}
	if len(value) == 0 {
		return
	}
	var s speaker
	if json.Unmarshal(value, &s) != nil {
		panic("internal error: bad data on disk")
	}
	i := slices.IndexFunc(g.speakers, func(t speaker) bool { return t.Name == s.Name && t.Type == s.Type })
	if i < 0 {
		if len(g.speakers) == mostNames {
			g.crowd = true
			return
		}
		i, g.speakers = len(g.speakers), append(g.speakers, s)
	}
	t := &g.speakers[i]
	t.Give = t.Give || s.Give
	if t.Role == nil {
		t.Role = s.Role
	}
	if article != t.last {
		t.Articles, t.last = t.Articles+1, article
	}
}

// speaker returns the speaker of the group: of the names that agree the one that most articles have, full ones first. It
// is nil if nobody is sure enough; false if some contradict each other.
func (g *copies) speaker() (*speaker, bool) {
	if g.crowd {
		return nil, false
	}
	if len(g.speakers) == 0 {
		return nil, true
	}
	full := func(s speaker) int { return min(len(words(s.Name)), 2) }
	slices.SortStableFunc(g.speakers, func(a, b speaker) int {
		return cmp.Or(cmp.Compare(full(b), full(a)), cmp.Compare(b.Articles, a.Articles))
	})
	best := g.speakers[0]
	for _, s := range g.speakers[1:] {
		if !agree(best.Name, s.Name) {
			return nil, false
		}
		if best.Role == nil && s.Type == best.Type {
			best.Role = s.Role
		}
		best.Articles += s.Articles
		best.Give = best.Give || s.Give
	}
	if !best.Give {
		return nil, true
	}
	return &best, true
}

// Fill gives the quotes of r the speakers of their copies and reports whether that changed r. A quote that is
// attributed for sure is left as it is.
func (l *Linker) Fill(r *output.Record) bool {
	changed := false
	for i := range r.Quotes {
		q := &r.Quotes[i]
		key, ok := group(q)
		if !ok || sure(q) {
			continue
		}
		value := l.disk.Get(groupTable, key)
		if value == nil {
			continue
		}
		var s speaker
		if json.Unmarshal(value, &s) != nil {
			panic("internal error: bad data on disk")
		}
		same := named(q) && agree(*q.Speaker.Name, s.Name)
		if !same && contradicts(q, &s) {
			l.summary.Kept++
			continue
		}
		l.fill(r, q, &s, same)
		changed = true
	}
	return changed
}

// contradicts reports whether the article of q, which is not sure of a name, tells that the speaker is not s: it has
// another name, or an unnamed speaker who belongs to a body. A spokesman for Kestrel is neither Kestrel nor another body.
func contradicts(q *output.Quote, s *speaker) bool {
	switch {
	case named(q):
		return q.Confidence >= Yield
	case q.Status != "attributed" || q.Speaker == nil || q.Speaker.Affiliation == nil || q.Confidence < Keep:
		return false
	case s.Type == "person":
		return agree(*q.Speaker.Affiliation, s.Name)
	}
	return !agree(*q.Speaker.Affiliation, s.Name)
}

// fill gives q the speaker s, which is the same person as its own or another.
func (l *Linker) fill(r *output.Record, q *output.Quote, s *speaker, same bool) {
	confidence := Once
	if s.Articles > 1 {
		confidence = Twice
	}
	q.Confidence = max(q.Confidence, confidence)
	q.Flags = slices.DeleteFunc(slices.Clone(q.Flags), func(flag string) bool {
		return flag == "anonymous" || flag == "low_confidence" || flag == "by_redundancy"
	})
	q.Flags = append(q.Flags, "by_redundancy")
	if same {
		l.summary.Confirmed++
		return
	}
	l.summary.Filled++
	out := output.Speaker{Name: &s.Name, Type: s.Type, EntityIDs: entities(r, s), Role: s.Role,
		ResolvedBy: output.Optional("redundancy"), Candidates: []output.Candidate{}}
	if q.Speaker != nil {
		out.Mention, out.Affiliation = q.Speaker.Mention, q.Speaker.Affiliation
	}
	q.Speaker, q.Status, q.By, q.Confidence = &out, "attributed", output.Optional("link/fingerprint"), confidence
}

// entities returns the entity of the article that has the name, if there is one and no second.
func entities(r *output.Record, s *speaker) []string {
	kind := map[string]string{"person": "PER", "organization": "ORG"}[s.Type]
	ids := []string{}
	for _, e := range r.Entities {
		if e.Type == kind && agree(e.Name, s.Name) {
			ids = append(ids, e.EntityID)
		}
	}
	if len(ids) > 1 {
		return []string{}
	}
	return ids
}

// Summary returns the counts so far.
func (l *Linker) Summary() Summary { return l.summary }

// String returns the counts on one line.
func (s Summary) String() string {
	return fmt.Sprintf("quotes in several articles: %d; filled in: %d, confirmed: %d, left because of contradictions: %d",
		s.Groups, s.Filled, s.Confirmed, s.Conflicts+s.Kept)
}
