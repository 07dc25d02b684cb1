package corpus

import (
	"fmt"
	"slices"
	"strings"
)

// A unit is what the patterns of a layout match: a line, or a block of wrapped lines.
type unit struct {
	start, end int    // in the text
	key        string // with single spaces
}

// byLayout yields the articles of a text that is laid out as one of the layouts says; done is false if it is not.
func (r *reader) byLayout(whole *Article) (done, more bool) {
	l := r.opt.layoutOf(whole.Text)
	if l == nil {
		return false, true
	}
	return true, r.laidOut(l, whole, unitsOf(whole.Text, l.Wrapped))
}

// layoutOf returns the first layout that a text has, or nil.
func (o *Options) layoutOf(text string) *layout {
	for i := range o.Layouts.list {
		l := &o.Layouts.list[i]
		if slices.ContainsFunc(l.Detect, func(words string) bool { return strings.Contains(text, words) }) && l.fits(unitsOf(text, l.Wrapped)) {
			return l
		}
	}
	return nil
}

// fits reports whether the text has the lines that set articles apart, and a body.
func (l *layout) fits(units []unit) bool {
	start, end, body := len(l.Start) == 0, len(l.End) == 0, false
	for _, u := range units {
		start = start || matches(l.Start, u.key)
		end = end || matches(l.End, u.key)
		body = body || matches(l.Body, u.key)
		if start && end && body {
			return true
		}
	}
	return false
}

func matches(patterns []pattern, line string) bool {
	if len(line) > maxWARCLine { // a paragraph
		return false
	}
	return slices.ContainsFunc(patterns, func(p pattern) bool { return p.MatchString(line) })
}

// unitsOf returns the lines that are not blank, or the blocks of them.
func unitsOf(text string, wrapped bool) []unit {
	var units []unit
	at, open := 0, false
	for line := range strings.Lines(text) {
		start := at
		at += len(line)
		key := strings.Join(strings.Fields(strings.TrimPrefix(line, "\uFEFF")), " ") // a no-break space is one of the spaces
		if key == "" {
			open = false
			continue
		}
		end := start + len(strings.TrimRight(line, "\n"))
		if wrapped && open {
			u := &units[len(units)-1]
			u.end = end
			continue
		}
		units = append(units, unit{start, end, key})
		open = true
	}
	if wrapped {
		for i, u := range units {
			units[i].key = strings.Join(strings.Fields(text[u.start:u.end]), " ")
		}
	}
	return units
}

// laidOut yields the articles between the markers.
func (r *reader) laidOut(l *layout, whole *Article, units []unit) bool {
	index, first := 0, 0
	began := len(l.Start) == 0 // what comes before the first start is a cover page
	flush := func(last int, ended bool) bool {
		if first >= last || !began {
			return true
		}
		a, missing := l.article(whole, units[first:last])
		if a == nil {
			if !r.fail(index, 0, CodeNoText, missing) {
				return false
			}
			index++
			return true
		}
		if !ended {
			a.Warnings = append(a.Warnings, warn(WarnCutOff, "the file ends before the line that ends an article"))
		}
		a.Index = index
		index++
		return r.yield(Item{Article: a})
	}
	for i, u := range units {
		switch {
		case matches(l.Start, u.key):
			if !flush(i, len(l.End) == 0) {
				return false
			}
			began, first = true, i+1
		case matches(l.End, u.key):
			if !flush(i, true) {
				return false
			}
			began, first = len(l.Start) == 0, i+1
		}
		if r.ctx.Err() != nil {
			return false
		}
	}
	return flush(len(units), len(l.End) == 0)
}

// article makes an article of the units between two markers; missing says why there is none.
func (l *layout) article(whole *Article, units []unit) (a *Article, missing string) {
	body := slices.IndexFunc(units, func(u unit) bool { return matches(l.Body, u.key) })
	if body < 0 {
		return nil, fmt.Sprintf("layout %s: no line that begins the text of the article after %q; see its body patterns", l.Name, shorten(units[0].key))
	}
	tail := len(units)
	for i := body + 1; i < len(units); i++ {
		if matches(l.Tail, units[i].key) {
			tail = i
			break
		}
	}
	raw := whole.Text[units[0].start:units[len(units)-1].end]
	a = &Article{Path: whole.Path, Member: whole.Member, Bytes: int64(len(raw)), SHA256: hash([]byte(raw)), Encoding: whole.Encoding}
	if body+1 < tail {
		a.Text = whole.Text[units[body+1].start:units[tail-1].end]
	}
	a.Repairs = inherit(whole.Repairs, a.Text)
	l.meta(&a.Meta, units[:body+1], units[tail:])
	return a, ""
}

// meta takes the fields from the units before the body (the line that begins it included) and after it.
func (l *layout) meta(m *Meta, head, tail []unit) {
	m.Extra = map[string]any{"layout": l.Name}
	next := 0
	for i, u := range head {
		if l.labelled(m, u) || matches(l.Ignore, u.key) || i == len(head)-1 {
			continue
		}
		if next < len(l.Head) { // a line that is not like the field is none of them, and the next line may be
			if h := l.Head[next]; h.Like == nil || h.Like.MatchString(u.key) {
				setField(m, string(h.Field), u.key)
				next++
			}
		}
	}
	for _, u := range tail {
		l.labelled(m, u)
	}
}

// labelled takes the field of a line that begins with a label.
func (l *layout) labelled(m *Meta, u unit) bool {
	for _, one := range l.Meta {
		if text, ok := strings.CutPrefix(u.key, one.Label); ok {
			setField(m, string(one.Field), strings.TrimSpace(text))
			return true
		}
	}
	return false
}

// setField sets a field that has no value yet.
func setField(m *Meta, field, text string) {
	if text == "" {
		return
	}
	put := func(p **string) {
		if *p == nil {
			*p = &text
		}
	}
	switch field {
	case "title":
		put(&m.Title)
	case "date":
		put(&m.Date)
	case "url":
		put(&m.URL)
	case "id":
		put(&m.ID)
	case "authors":
		for name := range strings.SplitSeq(text, ";") {
			if name = strings.TrimSpace(name); name != "" {
				m.Authors = append(m.Authors, name)
			}
		}
	default:
		if _, ok := m.Extra[field]; !ok {
			m.Extra[field] = text
		}
	}
}
