package gazetteer

import (
	"math"

	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// An Entry is what is known about a phrase.
type Entry struct {
	// Types are the types that some list gives the phrase; MISC stands for nationalities, adherents and the like.
	Types TypeSet
	// Best is the most likely of Types.
	Best annot.Type
	// Weight says how prominent the phrase is as Best: 7 as countries and the best known bodies, 5 to 6 as large cities
	// and often named companies, 3 to 4 well known in its field, 1 to 2 small, 0 hardly ever in the news.
	Weight uint8
	// Ambiguous says that the phrase is also a common word, or the first name or surname of people in the news.
	Ambiguous bool
	// More says that a longer listed phrase starts with these tokens.
	More bool
}

// Phrase returns the entry of the phrase with hash h. If the phrase is not listed it returns false, but the entry's More
// still tells whether a longer one is.
func (t *Table) Phrase(h uint64) (Entry, bool) {
	v := t.section[phraseSection].find(h)
	if v == nil {
		return Entry{}, false
	}
	e := unpackEntry([2]byte(v))
	return e, e.Types != 0
}

func packEntry(e Entry) [2]byte {
	return [2]byte{
		byte(e.Types>>1)&15 | byte(e.Best&7)<<4 | bit(e.Ambiguous)<<7,
		min(e.Weight, 7) | bit(e.More)<<3,
	}
}

func unpackEntry(v [2]byte) Entry {
	e := Entry{
		Types: TypeSet(v[0]&15) << 1, Best: annot.Type(v[0] >> 4 & 7), Weight: v[1] & 7,
		Ambiguous: v[0]>>7 == 1, More: v[1]>>3&1 == 1,
	}
	if !e.Types.Has(e.Best) { // only in a damaged file: Best is always one of Types
		e.Best = annot.NoType
		e.Types = 0
	}
	return e
}

// A FirstName is what is known about a given name.
type FirstName struct {
	// Gender is the gender of at least 95 % of the people who bear it, or UnknownGender.
	Gender annot.Gender
	// Common is the binary logarithm of the number of people counted, rounded up; 0 if nobody was.
	Common uint8
	// NewsCap is the share of the word's occurrences in news that are capitalised, out of 255; 255 if it did not occur.
	NewsCap uint8
	// AlsoPlace says that it is the name of a place too.
	AlsoPlace bool
}

// FirstName returns what is known about a given name, in whatever case.
func (t *Table) FirstName(name string) (FirstName, bool) {
	v := t.section[firstSection].find(hashWord(name))
	if v == nil {
		return FirstName{}, false
	}
	f := FirstName{Gender: annot.Gender(v[0] & 3), Common: v[0] >> 3, NewsCap: v[1], AlsoPlace: v[0]>>2&1 == 1}
	if f.Gender > annot.Male {
		f.Gender = annot.UnknownGender
	}
	return f, true
}

func packFirstName(f FirstName) [2]byte {
	return [2]byte{byte(f.Gender)&3 | bit(f.AlsoPlace)<<2 | min(f.Common, 31)<<3, f.NewsCap}
}

// A Surname is what is known about a family name.
type Surname struct {
	// News is the binary logarithm of how often it came after a first name in news, rounded up; 0 if never.
	News uint8
	// LowerRatio is the share of the word's occurrences in news that are in lower case, out of 255.
	LowerRatio uint8
	// AlsoPlace says that it is the name of a place too.
	AlsoPlace bool
}

// Surname returns what is known about a family name, in whatever case.
func (t *Table) Surname(name string) (Surname, bool) {
	v := t.section[surnameSection].find(hashWord(name))
	if v == nil {
		return Surname{}, false
	}
	return Surname{News: v[0] >> 1, LowerRatio: v[1], AlsoPlace: v[0]&1 == 1}, true
}

func packSurname(s Surname) [2]byte {
	return [2]byte{bit(s.AlsoPlace) | min(s.News, 127)<<1, s.LowerRatio}
}

// Case returns the share of the word's occurrences within sentences of news that are in lower case, and whether the word
// is known. It is near 0 for names, so that a capital at the start of a sentence means one, and near 1 for other words.
func (t *Table) Case(word string) (lowerRatio float32, known bool) {
	v := t.section[caseSection].find(hashWord(word))
	if v == nil {
		return 0, false
	}
	return float32(v[0]) / 255, true
}

// A CapSeq says which words a capitalised phrase is used with in 43 million tokens of news. The ratios are shares of its
// occurrences.
type CapSeq struct {
	// N is the binary logarithm of how often it occurred, rounded up.
	N uint8
	// TitleBefore: after a title, as in "Sen. Warren"; a person.
	TitleBefore float32
	// SayAfter: before a verb of saying; a person, or a body that speaks.
	SayAfter float32
	// LocPrepBefore: after "in", "at", "from" and the like; a place.
	LocPrepBefore float32
	// TheBefore: after "the"; a body or a thing, hardly a person.
	TheBefore float32
	// PossAfter: before "'s".
	PossAfter float32
	// OrgSuffix: before a word such as "Inc."; an organization.
	OrgSuffix float32
	// LocSuffix: before a word such as "County"; a place.
	LocSuffix float32
}

// CapSeq returns the company of the phrase with hash h, as Hash makes it.
func (t *Table) CapSeq(h uint64) (CapSeq, bool) {
	v := t.section[capseqSection].find(h)
	if v == nil {
		return CapSeq{}, false
	}
	return CapSeq{
		N: v[0], TitleBefore: unpackRatio(v[1]), SayAfter: unpackRatio(v[2]), LocPrepBefore: unpackRatio(v[3]),
		TheBefore: unpackRatio(v[4]), PossAfter: unpackRatio(v[5]), OrgSuffix: unpackRatio(v[6]), LocSuffix: unpackRatio(v[7]),
	}, true
}

func packCapSeq(c CapSeq) [8]byte {
	return [8]byte{
		c.N, packRatio(c.TitleBefore), packRatio(c.SayAfter), packRatio(c.LocPrepBefore),
		packRatio(c.TheBefore), packRatio(c.PossAfter), packRatio(c.OrgSuffix), packRatio(c.LocSuffix),
	}
}

// packRatio keeps the square root: most shares are small, and it is the small ones that must be told apart.
func packRatio(r float32) byte { return byte(math.Round(255 * math.Sqrt(max(0, min(1, float64(r)))))) }

func unpackRatio(b byte) float32 { return float32(b) / 255 * float32(b) / 255 }

func bit(b bool) byte {
	if b {
		return 1
	}
	return 0
}
