package gazetteer

import (
	"cmp"
	"encoding/binary"
	"math/bits"
	"slices"
)

// A Builder collects lists and writes them as a file for Open. What is added first stays: a second value for the same
// key is ignored, except that a phrase keeps its More. The zero Builder is ready for use; it is for one goroutine.
type Builder struct {
	// Notice is the text about sources and licences that the file carries.
	Notice string

	values [sections]map[uint64][]byte
}

func (b *Builder) add(section int, h uint64, v []byte) {
	if b.values[section] == nil {
		b.values[section] = map[uint64][]byte{}
	}
	if _, there := b.values[section][h]; !there {
		b.values[section][h] = v
	}
}

// AddPhrase lists the phrase of tokens, and for text in capital letters too if fold is set. It reports whether it did: a
// phrase of no tokens or of more than MaxTokens cannot be listed. e.More is ignored.
func (b *Builder) AddPhrase(tokens []string, e Entry, fold bool) bool {
	if len(tokens) == 0 || len(tokens) > MaxTokens || !e.Types.Has(e.Best) {
		return false
	}
	b.addPhrase(tokens, e, Seed, Extend)
	if fold {
		b.addPhrase(tokens, e, SeedFold, ExtendFold)
	}
	return true
}

func (b *Builder) addPhrase(tokens []string, e Entry, h uint64, extend func(uint64, string) uint64) {
	for i, tok := range tokens {
		h = extend(h, tok)
		next := Entry{More: true}
		if i == len(tokens)-1 {
			next = e
			next.More = false
		}
		v, there := b.values[phraseSection][h]
		if there {
			old := unpackEntry([2]byte(v))
			if old.Types != 0 {
				more := old.More || next.More
				next = old
				next.More = more
			} else {
				next.More = next.More || old.More
			}
			packed := packEntry(next)
			b.values[phraseSection][h] = packed[:]
			continue
		}
		packed := packEntry(next)
		b.add(phraseSection, h, packed[:])
	}
}

// AddFirstName lists a given name.
func (b *Builder) AddFirstName(name string, f FirstName) {
	v := packFirstName(f)
	b.add(firstSection, hashWord(name), v[:])
}

// AddSurname lists a family name.
func (b *Builder) AddSurname(name string, s Surname) {
	v := packSurname(s)
	b.add(surnameSection, hashWord(name), v[:])
}

// AddCase lists the share of a word's occurrences that are in lower case.
func (b *Builder) AddCase(word string, lowerRatio float32) {
	b.add(caseSection, hashWord(word), []byte{byte(255*max(0, min(1, lowerRatio)) + 0.5)})
}

// AddCapSeq lists the company of a capitalised phrase.
func (b *Builder) AddCapSeq(tokens []string, c CapSeq) {
	v := packCapSeq(c)
	b.add(capseqSection, Hash(tokens...), v[:])
}

// Bytes returns the file. The same additions give the same bytes.
func (b *Builder) Bytes() []byte {
	out := append([]byte{}, magic...)
	out = binary.LittleEndian.AppendUint32(out, version)
	out = binary.LittleEndian.AppendUint32(out, uint32(len(b.Notice)))
	for i, values := range b.values {
		out = binary.LittleEndian.AppendUint32(out, uint32(len(values)))
		out = binary.LittleEndian.AppendUint32(out, bucketBits(len(values)))
		out = binary.LittleEndian.AppendUint32(out, uint32(valueSizes[i]))
	}
	out = append(out, b.Notice...)
	for _, values := range b.values {
		out = appendSection(out, values)
	}
	return out
}

// bucketBits makes buckets of two to four keys.
func bucketBits(n int) uint32 { return uint32(bits.Len(uint(n / 4))) }

func appendSection(out []byte, values map[uint64][]byte) []byte {
	shift := 64 - bucketBits(len(values))
	keys := make([]uint64, 0, len(values))
	for h := range values {
		keys = append(keys, h)
	}
	slices.SortFunc(keys, func(x, y uint64) int { return cmp.Compare(x, y) })
	next := 0
	for bucket := range uint64(1) << (64 - shift) {
		out = binary.LittleEndian.AppendUint32(out, uint32(next))
		for next < len(keys) && keys[next]>>shift == bucket {
			next++
		}
	}
	out = binary.LittleEndian.AppendUint32(out, uint32(len(keys)))
	for _, h := range keys {
		out = binary.LittleEndian.AppendUint32(out, uint32(h))
	}
	for _, h := range keys {
		out = append(out, values[h]...)
	}
	return out
}
