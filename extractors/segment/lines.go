package segment

import (
	"bytes"
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// lineMatcher finds the first rule that matches a line. Most lines match none, so each rule has cheap tests that a line
// must pass before its regular expression runs: which bytes it may begin with, and a literal text.
type lineMatcher struct {
	byFirst [256][]*lineRule // the rules that a line with this first byte may match, in order
}

// prefixLen is how many bytes at the start of a line are compared with what an anchored rule allows there.
const prefixLen = 8

type lineRule struct {
	regexp   *regexp.Regexp
	zone     annot.Zone
	anchored bool
	prefix   [utf8.RuneSelf]uint8 // bit i is set if the byte may stand at place i of a match
	first    []*syntax.Inst       // what takes the first code point of a match; nil if anything may stand there
	fold     bool                 // the literals are in lower case, and so must the line be
	literals []literal            // one of them must occur in the line; nil for no such test
}

func newLineMatcher(list []rules.BoilerplateRule) *lineMatcher {
	m := &lineMatcher{}
	for _, b := range list {
		zone, ok := annot.ParseZone(b.Zone)
		if !ok {
			continue // the loader refuses such a rule
		}
		r := &lineRule{regexp: b.Regexp, zone: zone}
		if re, err := syntax.Parse(b.Regexp.String(), syntax.Perl); err == nil {
			r.analyse(re)
		}
		for c := range m.byFirst {
			if !r.anchored || c >= utf8.RuneSelf || r.prefix[c]&1 != 0 {
				m.byFirst[c] = append(m.byFirst[c], r)
			}
		}
	}
	return m
}

func (r *lineRule) analyse(re *syntax.Regexp) {
	re = re.Simplify()
	r.fold = folds(re)
	for _, l := range required(re, r.fold) {
		r.literals = append(r.literals, newLiteral(l))
	}
	if prog, err := syntax.Compile(re); err == nil && anchored(re) {
		r.anchored = true
		r.prefixes(prog)
	}
}

// match returns the zone of the first rule that matches line and the end of the match, which is 0 unless the match
// starts with the line.
func (m *lineMatcher) match(line string) (annot.Zone, int) {
	if line == "" || len(line) > maxLine {
		return annot.NoZone, 0
	}
	var exact, lower [maxLine]byte // on the stack: most lines need both
	copy(exact[:], line)
	var seen pairs
	last := byte(0)
	for i := range len(line) {
		c := line[i]
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		lower[i] = c
		seen.add(pairOf(last, c))
		last = c
	}
	dated := maybeDateline(line)
	for _, r := range m.byFirst[line[0]] {
		text := exact[:len(line)]
		if r.fold {
			text = lower[:len(line)]
		}
		if r.zone == annot.Dateline && !dated || !r.mayBegin(line) || !r.mayHold(text, &seen) {
			continue
		}
		if loc := r.regexp.FindStringIndex(line); loc != nil {
			if loc[0] > 0 {
				loc[1] = 0
			}
			return r.zone, loc[1]
		}
	}
	return annot.NoZone, 0
}

// dateline returns what the rules for datelines match at the start of text, which may be longer than a line.
func (m *lineMatcher) dateline(text string) (annot.Zone, int) {
	if len(text) <= maxLine {
		return annot.NoZone, 0 // match has tried them
	}
	text = text[:maxLine]
	for _, r := range m.byFirst[text[0]] {
		if r.zone != annot.Dateline || !r.mayBegin(text) {
			continue
		}
		if loc := r.regexp.FindStringIndex(text); loc != nil && loc[0] == 0 {
			return r.zone, loc[1]
		}
	}
	return annot.NoZone, 0
}

// maybeDateline reports whether line begins with words in capitals or capitalised and then a bracket, dash or colon. Rules
// for datelines are tried on no other line.
func maybeDateline(line string) bool {
	start := true // of a word
	for i := 0; i < len(line) && i < maxDateline; i++ {
		switch c := line[i]; {
		case c == '(' || c == ':' || strings.HasPrefix(line[i:], "—") || strings.HasPrefix(line[i:], "–") || strings.HasPrefix(line[i:], "―"):
			return true
		case c == '-' && (start || line[i-1] == '-'):
			return true
		case start && c >= 'a' && c <= 'z':
			return false
		default:
			start = c == ' '
		}
	}
	return false
}

// mayBegin reports whether a match may begin like line.
func (r *lineRule) mayBegin(line string) bool {
	if !r.anchored {
		return true
	}
	for i := 0; i < len(line) && i < prefixLen && line[i] < utf8.RuneSelf; i++ {
		if r.prefix[line[i]]&(1<<i) == 0 {
			return false
		}
	}
	if line[0] < utf8.RuneSelf || r.first == nil {
		return true
	}
	first, _ := utf8.DecodeRuneInString(line)
	return slices.ContainsFunc(r.first, func(in *syntax.Inst) bool { return in.MatchRune(first) })
}

// mayHold reports whether line, in lower case if r folds, holds what every match holds.
func (r *lineRule) mayHold(line []byte, seen *pairs) bool {
	if r.literals == nil {
		return true
	}
	for i := range r.literals {
		if l := &r.literals[i]; seen.hasAll(l.pairs) && bytes.Contains(line, l.text) {
			return true
		}
	}
	return false
}

// pairs is a set of pairs of neighbouring bytes in lower case. It may hold more than was added: pairs share places.
type pairs [32]uint64

func pairOf(a, b byte) uint16 { return (uint16(a)*37 + uint16(b)) % (32 * 64) }

func (p *pairs) add(pair uint16) { p[pair/64] |= 1 << (pair % 64) }

func (p *pairs) hasAll(list [4]uint16) bool {
	for _, pair := range list {
		if p[pair/64]&(1<<(pair%64)) == 0 {
			return false
		}
	}
	return true
}

// literal is a text that a line must hold, with four pairs of its bytes for a first look.
type literal struct {
	text  []byte
	pairs [4]uint16
}

func newLiteral(s string) literal {
	l := literal{text: []byte(s)}
	lower := asciiLower(s)
	for i := range l.pairs {
		j := i * (len(s) - 2) / (len(l.pairs) - 1) // spread over the text
		l.pairs[i] = pairOf(lower[j], lower[j+1])
	}
	return l
}

func asciiLower(s string) string {
	b := []byte(s)
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			b[i] += 'a' - 'A'
		}
	}
	return string(b)
}

// prefixes fills r.prefix: it follows the program of the regular expression over the first places and notes the bytes
// that any of its states takes there, whatever came before. Only lines in ASCII up to a place are judged by it.
func (r *lineRule) prefixes(prog *syntax.Prog) {
	takes := make([]*[utf8.RuneSelf]bool, len(prog.Inst)) // the ASCII characters that an instruction takes
	states := []uint32{uint32(prog.Start)}
	for i := range prefixLen {
		var next []uint32
		free := false // a match may end here: what follows is not bound
		seen := make([]bool, len(prog.Inst))
		for len(states) > 0 {
			pc := states[len(states)-1]
			states = states[:len(states)-1]
			if seen[pc] {
				continue
			}
			seen[pc] = true
			switch in := &prog.Inst[pc]; in.Op {
			case syntax.InstAlt, syntax.InstAltMatch:
				states = append(states, in.Out, in.Arg)
			case syntax.InstCapture, syntax.InstNop, syntax.InstEmptyWidth:
				states = append(states, in.Out)
			case syntax.InstMatch:
				free = true
			case syntax.InstFail:
			default:
				next = append(next, in.Out)
				if i == 0 {
					r.first = append(r.first, in)
				}
				if takes[pc] == nil {
					takes[pc] = asciiOf(in)
				}
				for c, ok := range takes[pc] {
					if ok {
						r.prefix[c] |= 1 << i
					}
				}
			}
		}
		if free {
			if i == 0 {
				r.first = nil
			}
			for c := range r.prefix {
				r.prefix[c] |= ^uint8(0) << i
			}
			return
		}
		states = next
	}
}

func asciiOf(in *syntax.Inst) *[utf8.RuneSelf]bool {
	set := new([utf8.RuneSelf]bool)
	for c := range set {
		set[c] = in.MatchRune(rune(c))
	}
	return set
}

// folds reports whether any part of re ignores case.
func folds(re *syntax.Regexp) bool {
	return re.Flags&syntax.FoldCase != 0 || slices.ContainsFunc(re.Sub, folds)
}

// anchored reports whether re matches only at the start of the text.
func anchored(re *syntax.Regexp) bool {
	switch re.Op {
	case syntax.OpBeginText:
		return true
	case syntax.OpConcat, syntax.OpCapture:
		return len(re.Sub) > 0 && anchored(re.Sub[0])
	case syntax.OpAlternate:
		for _, sub := range re.Sub {
			if !anchored(sub) {
				return false
			}
		}
		return true
	}
	return false
}

// maxLiterals is how many literals a rule's test may have.
const maxLiterals = 48

// required returns literals of which every match of re holds at least one, in lower case if fold is set; nil if there are
// none that help.
func required(re *syntax.Regexp, fold bool) []string {
	switch re.Op {
	case syntax.OpCapture, syntax.OpPlus:
		return required(re.Sub[0], fold)
	case syntax.OpRepeat:
		if re.Min > 0 {
			return required(re.Sub[0], fold)
		}
		return nil
	case syntax.OpConcat:
		var best []string
		run := []string{""} // all texts that the parts since the last one without such a list may match
		for _, sub := range re.Sub {
			if longer := product(run, texts(sub, fold)); longer != nil {
				run = longer
				continue
			}
			best = better(best, run)
			best = better(best, required(sub, fold))
			run = []string{""}
		}
		return better(best, run)
	case syntax.OpAlternate:
		if l := texts(re, fold); l != nil {
			return better(nil, l)
		}
		var all []string
		for _, sub := range re.Sub {
			l := required(sub, fold)
			if l == nil || len(all)+len(l) > maxLiterals {
				return nil
			}
			all = append(all, l...)
		}
		return all
	}
	return better(nil, texts(re, fold))
}

// texts returns all texts that re may match, in lower case if fold is set; nil if they are too many.
func texts(re *syntax.Regexp, fold bool) []string {
	switch re.Op {
	case syntax.OpEmptyMatch, syntax.OpBeginText, syntax.OpEndText, syntax.OpWordBoundary, syntax.OpNoWordBoundary:
		return []string{""}
	case syntax.OpLiteral:
		l := string(re.Rune)
		if fold {
			// K and S have a third form each under folding, the Kelvin sign and the long s.
			if l = asciiLower(l); re.Flags&syntax.FoldCase != 0 && strings.IndexFunc(l, notFoldable) >= 0 {
				return nil
			}
		}
		return []string{l}
	case syntax.OpCharClass:
		var all []string
		for i := 0; i+1 < len(re.Rune); i += 2 {
			for r := re.Rune[i]; r <= re.Rune[i+1]; r++ {
				if len(all) == 6 {
					return nil
				}
				l := string(r)
				if fold {
					l = asciiLower(l)
				}
				all = append(all, l)
			}
		}
		return all
	case syntax.OpCapture:
		return texts(re.Sub[0], fold)
	case syntax.OpQuest:
		return union([]string{""}, texts(re.Sub[0], fold))
	case syntax.OpConcat:
		all := []string{""}
		for _, sub := range re.Sub {
			all = product(all, texts(sub, fold))
		}
		return all
	case syntax.OpAlternate:
		all := texts(re.Sub[0], fold)
		for _, sub := range re.Sub[1:] {
			all = union(all, texts(sub, fold))
		}
		return all
	}
	return nil
}

func notFoldable(r rune) bool { return r >= utf8.RuneSelf || r == 'k' || r == 's' }

// product returns every text of a followed by every one of b, nil if either is nil or they are too many.
func product(a, b []string) []string {
	if a == nil || b == nil || len(a)*len(b) > maxLiterals {
		return nil
	}
	var all []string
	for _, x := range a {
		for _, y := range b {
			all = append(all, x+y)
		}
	}
	return all
}

// union returns the texts of a and b, nil if either is nil or they are too many.
func union(a, b []string) []string {
	if a == nil || b == nil || len(a)+len(b) > maxLiterals {
		return nil
	}
	return slices.Concat(a, b)
}

// better returns the sharper test of a and b: the one whose shortest literal is longer. Literals of fewer than two bytes,
// and of two without a capital, are no test.
func better(a, b []string) []string {
	if shortest(b) > max(shortest(a), 1) {
		return b
	}
	return a
}

func shortest(list []string) int {
	if len(list) == 0 {
		return 0
	}
	n := len(list[0])
	for _, l := range list {
		if n = min(n, len(l)); len(l) == 2 && strings.ToLower(l) == l {
			return 0
		}
	}
	return n
}
