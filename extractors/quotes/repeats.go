package quotes

import "unicode/utf8"

// repeats says of each stretch of a few words how often the article has the same words, in marks and without.
type repeats struct{ of []repeat }

type repeat struct {
	marked     int32 // stretches of the same words, this one aside
	before     int32 // of them, before this one
	quotes     int32 // of them, quotes by the rules
	plain      int32 // without marks
	plainFirst bool  // without marks, before this one
}

// longest is the most words of a stretch whose repeats are counted.
const longest = 4

// key is the hash of up to longest words, case and the kind of marks and apostrophes aside.
type key uint64

func (k key) add(w string) key {
	h := uint64(k)
	for i := 0; i < len(w); i++ {
		c := w[i]
		switch {
		case 'A' <= c && c <= 'Z':
			c += 'a' - 'A'
		case c == 0xE2 || c == 0xC2 || c == 0xCA:
			if plain, n := plainMark(w[i:]); n > 0 {
				c = plain
				i += n - 1
			}
		}
		h = (h ^ uint64(c)) * 1099511628211
	}
	return key((h ^ ' ') * 1099511628211)
}

// plainMark returns the straight mark for the curly mark, guillemet or apostrophe that w begins with, and the length of that; or 0, 0.
func plainMark(w string) (byte, int) {
	switch r, n := utf8.DecodeRuneInString(w); r {
	case '‘', '’', 'ʼ':
		return '\'', n
	case '“', '”', '„', '«', '»':
		return '"', n
	}
	return 0, 0
}

const noKey key = 14695981039346656037

func (f *finder) repeats() repeats {
	d, v := f.d, f.v
	type seen struct{ marked, quotes, plain, first int32 } // first: token of the first occurrence without marks, from 1
	r := repeats{make([]repeat, len(d.Marked))}
	keys := make([]key, len(d.Marked))
	all := map[key]*seen{}
	var starts [256]bool // first bytes that a key's first word may begin with, in lower case
	for k := range d.Marked {
		s := f.sight[k].shape
		if d.Marked[k].Parent >= 0 || s.words == 0 || s.words > longest || s.end-s.first > 2*longest {
			continue
		}
		h, first := noKey, true
		for i := s.first; i < s.end; i++ {
			if !v.Letter(i) {
				continue
			}
			h = h.add(v.Word(i))
			if first {
				starts[v.Word(i)[0]|0x20], first = true, false
			}
		}
		keys[k] = h
		if all[h] == nil {
			all[h] = &seen{}
		}
		r.of[k].before = all[h].marked
		all[h].marked++
		if f.verdict[k].kind != 0 {
			all[h].quotes++
		}
	}
	if len(all) == 0 {
		return r
	}
	for i := range d.Tokens {
		if !starts[v.Word(i)[0]|0x20] {
			continue
		}
		h, words := noKey, 0
		for j := i; j < len(d.Tokens) && words < longest && v.Outer[j] < 0; j++ {
			if !v.Letter(j) {
				break
			}
			h = h.add(v.Word(j))
			words++
			if s := all[h]; s != nil {
				s.plain++
				if s.first == 0 {
					s.first = int32(i + 1)
				}
			}
		}
	}
	for k := range keys {
		if s := all[keys[k]]; s != nil && keys[k] != 0 {
			p := &r.of[k]
			p.marked, p.quotes, p.plain = s.marked-1, s.quotes, s.plain
			if f.verdict[k].kind != 0 {
				p.quotes--
			}
			p.plainFirst = s.first > 0 && int(s.first) <= f.sight[k].shape.first
		}
	}
	return r
}
