package eval

import (
	"maps"
	"slices"
)

// A tally is what scorers of all kinds count: figures by name in their fixed order, rules, and errors by kind.
type tally struct {
	keep    int
	figures []Figure
	index   map[string]int
	errors  map[string]*Errors
}

func newTally(names []string, keep int) tally {
	t := tally{keep: keep, index: map[string]int{}, errors: map[string]*Errors{}}
	for _, name := range names {
		t.figure(name)
	}
	return t
}

// figure returns the place of a figure, at the end if it is new.
func (t *tally) figure(name string) *Figure {
	i, ok := t.index[name]
	if !ok {
		i = len(t.figures)
		t.index[name] = i
		t.figures = append(t.figures, Figure{Name: name})
	}
	return &t.figures[i]
}

// count adds one to the figure's Of, and to its Right if right.
func (t *tally) count(name string, right bool) {
	f := t.figure(name)
	f.Of++
	if right {
		f.Right++
	}
}

func (t *tally) error(kind string, e Error) {
	list := t.errors[kind]
	if list == nil {
		list = &Errors{Kind: kind, First: []Error{}}
		t.errors[kind] = list
	}
	list.Count++
	if len(list.First) < t.keep {
		list.First = append(list.First, e)
	}
}

func (t *tally) errorList() []Errors {
	list := []Errors{}
	for _, kind := range slices.Sorted(maps.Keys(t.errors)) {
		list = append(list, *t.errors[kind])
	}
	return list
}

// ruleCounts counts what each rule did.
type ruleCounts map[string]*Rule

func (c ruleCounts) at(by string) *Rule {
	r := c[by]
	if r == nil {
		r = &Rule{By: by}
		c[by] = r
	}
	return r
}

func (r *Rule) judge(v verdict) {
	r.Judged++
	if v.right {
		r.Right++
	}
	if v.named {
		r.Named++
	}
}

func (c ruleCounts) list() []Rule {
	list := []Rule{}
	for _, by := range slices.Sorted(maps.Keys(c)) {
		list = append(list, *c[by])
	}
	return list
}

// clip shortens s, on one line, for a list of errors.
func clip(s string) string {
	r := []rune(s)
	long := len(r) > 80
	if long {
		r = r[:80]
	}
	for i := range r {
		if r[i] == '\n' {
			r[i] = ' '
		}
	}
	if long {
		return string(r) + "…"
	}
	return string(r)
}
