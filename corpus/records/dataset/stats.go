package dataset

import (
	"cmp"
	"regexp"
	"slices"

	"github.com/quoth-nlp/quoth/pipeline/output"
)

// Beyond these limits the data card counts no further, so that memory stays bounded.
const (
	maxSpeakers = 100_000
	maxTools    = 20
)

// stats are the counts for the data card.
type stats struct {
	rows       []int // of each table
	documents  int
	duplicates int
	texts      int // articles with their text
	quotes     int
	named      int               // quotes whose speaker has a name
	kinds      map[[2]string]int // quotes by kind and status
	speakers   map[[2]string]int // quotes by name and type of the speaker; nil if there are too many
	codes      map[string]int    // errors
	errors     int
	units      map[string]struct{}
	tools      []output.Tool // the different ones
	first      string        // the earliest date and the latest
	last       string
}

func newStats() stats {
	return stats{rows: make([]int, len(tables())), kinds: map[[2]string]int{}, speakers: map[[2]string]int{},
		codes: map[string]int{}, units: map[string]struct{}{}}
}

// isoDate fits what sorts as dates do.
var isoDate = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}`)

func (s *stats) add(r *output.Record) {
	s.documents++
	s.units[r.Offsets] = struct{}{}
	if r.DuplicateOf != nil {
		s.duplicates++
	}
	if r.Text != nil {
		s.texts++
	}
	if d := r.Meta.Date; d != nil {
		if day := isoDate.FindString(*d); day != "" {
			if s.first == "" || day < s.first {
				s.first = day
			}
			s.last = max(s.last, day)
		}
	}
	s.quotes += len(r.Quotes)
	for i := range r.Quotes {
		q := &r.Quotes[i]
		s.kinds[[2]string{q.Kind, q.Status}]++
		if q.Speaker != nil && q.Speaker.Name != nil {
			s.named++
			s.speaker(*q.Speaker.Name, q.Speaker.Type)
		}
	}
	s.tool(r.Tool)
}

func (s *stats) speaker(name, typ string) {
	if s.speakers == nil {
		return
	}
	s.speakers[[2]string{name, typ}]++
	if len(s.speakers) > maxSpeakers {
		s.speakers = nil
	}
}

func (s *stats) tool(t output.Tool) {
	same := func(u output.Tool) bool {
		return t.Name == u.Name && t.Version == u.Version && optional(t.RulesSHA256) == optional(u.RulesSHA256) && optional(t.Model) == optional(u.Model)
	}
	if len(s.tools) < maxTools && !slices.ContainsFunc(s.tools, same) {
		s.tools = append(s.tools, t)
	}
}

func (s *stats) addError(e *output.Error) {
	s.errors++
	s.codes[e.Code]++
}

// A counted is a key of a map of counts.
type counted[K any] struct {
	key K
	n   int
}

// ranked returns the entries of m, the most frequent first, those that are equally frequent in the order of less.
func ranked[K comparable](m map[K]int, compare func(a, b K) int) []counted[K] {
	var out []counted[K]
	for k, n := range m {
		out = append(out, counted[K]{k, n})
	}
	slices.SortFunc(out, func(a, b counted[K]) int { return cmp.Or(b.n-a.n, compare(a.key, b.key)) })
	return out
}

func comparePairs(a, b [2]string) int {
	return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1]))
}
