package crf

import (
	"unicode"
	"unicode/utf8"

	"github.com/quoth-nlp/quoth/extractors/entities/gazetteer"
)

// folded is a word without its typography: marks are plain, digits are 0.
type folded struct {
	exact, lower uint64   // hashes with the case kept and not
	form         [48]byte // the beginning in lower case
	n            int      // of form
	shape        uint8
	upper        bool // has a capital letter
	letter       bool
	hyphen       int // index of the last hyphen in form, or -1
}

// The shapes.
const (
	shapeNone  = iota
	shapeLower // word
	shapeTitle // Word
	shapeUpper // WORD
	shapeInitial
	shapeMixed  // McDonald, iPhone
	shapeNumber // 1,000
	shapeAlnum  // G20
	shapeTitleHyphen
	shapeMark
	shapeDotted // U.S.
	shapeWeb
)

const (
	prime = 0x100000001B3 // of FNV-1a
	seed  = 0xCBF29CE484222325
)

// foldWord reads a word.
func foldWord(w string) folded {
	f := folded{hyphen: -1}
	exact, lower := uint64(seed), uint64(seed)
	var n runeCounts
	for i := 0; i < len(w); {
		r, size := rune(w[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(w[i:])
			r = plainMark(r)
		}
		if r == '-' {
			f.hyphen = f.n
		}
		r, l := n.count(r)
		exact = (exact ^ uint64(r)) * prime
		lower = (lower ^ uint64(l)) * prime
		if f.n+utf8.UTFMax <= len(f.form) {
			f.n += utf8.EncodeRune(f.form[f.n:], l)
		}
		i += size
	}
	if f.hyphen >= f.n-1 {
		f.hyphen = -1
	}
	f.exact, f.lower = mix(exact), mix(lower)
	f.upper, f.letter = n.uppers > 0, n.letters() > 0
	f.shape = n.shape(w, f.hyphen > 0)
	return f
}

// plainMark returns the ASCII mark for a curly one or a dash.
func plainMark(r rune) rune {
	switch r {
	case '‘', '’', 'ʼ':
		return '\''
	case '“', '”', '„', '«', '»':
		return '"'
	case '‐', '‑', '‒', '–':
		return '-'
	}
	return r
}

// runeCounts are how many runes of each kind a word has.
type runeCounts struct {
	uppers, lowers, digits, dots int
	firstUpper                   bool // the first letter is a capital
}

func (n *runeCounts) letters() int { return n.uppers + n.lowers }

// count counts r, and returns it with every digit as 0, as it is and in lower case.
func (n *runeCounts) count(r rune) (exact, lower rune) {
	switch {
	case 'a' <= r && r <= 'z':
		n.lowers++
		return r, r
	case 'A' <= r && r <= 'Z':
		n.upper()
		return r, r + 'a' - 'A'
	case '0' <= r && r <= '9':
		n.digits++
		return '0', '0'
	case r == '.':
		n.dots++
	case r >= utf8.RuneSelf && unicode.IsLetter(r):
		if l := unicode.ToLower(r); l != r {
			n.upper()
			return r, l
		}
		n.lowers++
	}
	return r, r
}

func (n *runeCounts) upper() {
	n.firstUpper = n.firstUpper || n.letters() == 0
	n.uppers++
}

// shape returns the shape of the word w that was counted.
func (n *runeCounts) shape(w string, hyphen bool) uint8 {
	switch {
	case w == "":
		return shapeNone
	case n.letters() == 0 && n.digits > 0:
		return shapeNumber
	case n.letters() == 0:
		return shapeMark
	case len(w) > 1 && (w[0] == '@' || w[0] == '#') || len(w) > 7 && (w[:4] == "http" || w[:4] == "www."):
		return shapeWeb
	case n.digits > 0:
		return shapeAlnum
	case n.uppers == 0:
		return shapeLower
	case n.letters() == 1:
		return shapeInitial
	case n.lowers == 0 && n.dots > 0:
		return shapeDotted
	case n.lowers == 0:
		return shapeUpper
	case n.firstUpper && hyphen:
		return shapeTitleHyphen
	case n.firstUpper && n.uppers == 1:
		return shapeTitle
	}
	return shapeMixed
}

// mix spreads every bit of h over all of them.
func mix(h uint64) uint64 {
	h ^= h >> 32
	h *= 0xD6E8FEB86659FD93
	h ^= h >> 32
	h *= 0xD6E8FEB86659FD93
	return h ^ h>>32
}

// A word is what is known of a word wherever it is.
type word struct {
	raw, exact, lower uint64
	entry             gazetteer.Entry
	more              bool // a longer phrase of the gazetteer starts with it
	shape             uint8
	upper, letter     bool
	caseBin           uint8
	first, surname    uint8
	short             bool // of at most four letters
	initial           byte // the first byte in lower case
	group             [maxClusterings][levels]uint16
}

// A family is the place from which a word bears on a token; each has weights of its own.
type family uint8

// The families.
const (
	famLeft2 family = iota
	famLeft1
	famSelf
	famForm // the token's own letters, apart from what is known of the word
	famRight1
	famRight2
	famRunBefore // the word before the run of capitalised words that the token is in
	famRunAfter
	famRunFirst
	famRunLast
	famElseBefore // the word before another occurrence of the token in the document
	famElseAfter
	famElseRunBefore // the word before the run of another occurrence
	famElseRunAfter
	famAcronym   // the last word of a name with the token's letters as initials
	famLongFirst // the first and the last word of a longer name in the document that holds the token
	famLongLast
	famPrevRun // the last word of the run before the token's, if it is near, and the first word of the run after it
	famNextRun
	famLeft3
	famRight3
	families
)

// The templates of the features of one word.
const (
	tBias = iota
	tExact
	tLower
	tSuffix2
	tSuffix3
	tSuffix4
	tPrefix2
	tPrefix3
	tPrefix4
	tShape
	tCase
	tFirst
	tSurname
	tNames
	tEntry
	tEntryBest
	tEntryBig
	tTitle
	tSay
	tLoc
	tThe
	tPoss
	tOrgSuffix
	tLocSuffix
	tSeqN
	tHead
	tTail
	tTailGroup
	tGroup     // + clustering * levels + level
	tGroupCase = tGroup + maxClusterings*levels
	tWordEnd   = tGroupCase + maxClusterings
)

// feature returns the hash of a feature.
func feature(template int, value uint64) uint64 {
	return mix(value*0x9E3779B97F4A7C15 + uint64(template)*0xC2B2AE3D27D4EB4F + 0x165667B19E3779F9)
}

// study fills in what is known of the word w.
func (m *Model) study(w string) (word, folded) {
	f := foldWord(w)
	x := word{raw: gazetteer.Extend(gazetteer.Seed, w), exact: f.exact, lower: f.lower, shape: f.shape, upper: f.upper, letter: f.letter}
	x.short = f.n <= 4
	x.initial = f.form[0]
	for i := range m.clusters {
		h := f.exact
		if m.clusters[i].fold {
			h = f.lower
		}
		x.group[i] = m.clusters[i].find(h)
	}
	if !f.letter {
		return x, f
	}
	ratio, known := m.names.Case(w)
	x.caseBin = caseBin(ratio, known)
	if f.upper {
		x.entry, _ = m.names.Phrase(x.raw)
		x.more = x.entry.More
	}
	if n, ok := m.names.FirstName(w); ok {
		x.first = 1 + min(n.Common, 20)/4
		if n.AlsoPlace {
			x.first += 8
		}
	}
	if n, ok := m.names.Surname(w); ok {
		x.surname = 1 + min(n.News, 12)/3
		if n.AlsoPlace {
			x.surname += 8
		}
	}
	return x, f
}

func caseBin(ratio float32, known bool) uint8 {
	switch {
	case !known:
		return 0
	case ratio < 0.02:
		return 1
	case ratio < 0.1:
		return 2
	case ratio < 0.3:
		return 3
	case ratio < 0.6:
		return 4
	case ratio < 0.9:
		return 5
	}
	return 6
}

// shareBin puts a share into one of five classes.
func shareBin(r float32) uint64 {
	switch {
	case r <= 0.005:
		return 0
	case r < 0.03:
		return 1
	case r < 0.1:
		return 2
	case r < 0.3:
		return 3
	}
	return 4
}

// wordFeatures appends the hashes of the features that the word has in a family.
func (m *Model) wordFeatures(fam family, x *word, f *folded, dst []uint64) []uint64 {
	base := int(fam+1) * 256
	put := func(t int, v uint64) { dst = append(dst, feature(base+t, v)) }
	near := fam >= famLeft1 && fam <= famRight1
	self := fam == famSelf
	if self {
		put(tBias, 0)
	} else {
		put(tLower, x.lower)
	}
	if fam == famForm {
		if f.upper {
			put(tExact, x.exact)
		}
		if f.letter {
			affixes(f, put)
		}
		return dst
	}
	coarse := 0
	if fam >= famRunBefore || fam == famLeft2 || fam == famRight2 {
		coarse = 1
		if fam == famLeft3 || fam == famRight3 {
			coarse = 2
		}
	}
	for i := range m.clusters {
		for l := coarse; l < levels; l++ {
			if g := x.group[i][l]; g != 0 {
				put(tGroup+i*levels+l, uint64(g))
			}
		}
		if near {
			put(tGroupCase+i, uint64(x.group[i][2])<<8|uint64(x.shape))
		}
	}
	put(tShape, uint64(x.shape))
	if !f.letter {
		return dst
	}
	if x.first > 0 {
		put(tFirst, uint64(x.first)<<8|uint64(x.shape))
	}
	if fam == famRunBefore || fam == famRunAfter || fam >= famLeft3 {
		return dst
	}
	if x.surname > 0 {
		put(tSurname, uint64(x.surname)<<8|uint64(x.shape))
	}
	if fam == famLeft2 || fam == famRight2 {
		return dst
	}
	put(tCase, uint64(x.caseBin)<<8|uint64(x.shape))
	if f.upper {
		put(tNames, uint64(x.first)<<16|uint64(x.surname)<<8|uint64(x.caseBin))
		if x.entry.Types != 0 {
			put(tEntry, uint64(x.entry.Types)<<8|bit(x.entry.Ambiguous))
			put(tEntryBest, uint64(x.entry.Best)<<8|uint64(x.entry.Weight)<<1|bit(x.entry.Ambiguous))
		}
		if self || near {
			m.company(base, x.raw, put)
		}
	}
	if fam >= famElseBefore && fam <= famElseRunAfter {
		return dst
	}
	if !self && f.n > 3 {
		put(tSuffix3, affix(f.form[f.n-3:f.n]))
	}
	return dst
}

// affixes adds features of the beginning and the end of the word, and of its parts at a hyphen.
func affixes(f *folded, put func(int, uint64)) {
	for k, t := range [...]int{tSuffix2, tSuffix3, tSuffix4} {
		if n := k + 2; f.n > n {
			put(t, affix(f.form[f.n-n:f.n]))
		}
	}
	for k, t := range [...]int{tPrefix2, tPrefix3, tPrefix4} {
		if n := k + 2; f.n > n {
			put(t, affix(f.form[:n]))
		}
	}
	if f.hyphen > 0 {
		put(tHead, affix(f.form[:f.hyphen]))
		put(tTail, affix(f.form[f.hyphen+1:f.n]))
	}
}

// company adds features of the words around a capitalised phrase in news.
func (m *Model) company(base int, h uint64, put func(int, uint64)) {
	c, ok := m.names.CapSeq(h)
	if !ok {
		return
	}
	put(tSeqN, uint64(min(c.N, 20)/2))
	put(tTitle, shareBin(c.TitleBefore))
	put(tSay, shareBin(c.SayAfter))
	put(tLoc, shareBin(c.LocPrepBefore))
	put(tThe, shareBin(c.TheBefore))
	put(tPoss, shareBin(c.PossAfter))
	if c.OrgSuffix > 0.005 {
		put(tOrgSuffix, shareBin(c.OrgSuffix))
	}
	if c.LocSuffix > 0.005 {
		put(tLocSuffix, shareBin(c.LocSuffix))
	}
}

func affix(b []byte) uint64 {
	h := uint64(seed)
	for _, c := range b {
		h = (h ^ uint64(c)) * prime
	}
	return h
}

func bit(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}
