package gazetteer

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Seed is the hash of no tokens, to be extended by Extend.
const Seed uint64 = 0x9E3779B97F4A7C15

// SeedFold is the hash of no tokens, to be extended by ExtendFold.
const SeedFold uint64 = 0xC2B2AE3D27D4EB4F

const (
	seedWord uint64 = 0x165667B19E3779F9
	prime    uint64 = 0x100000001B3 // of FNV-1a
)

// Extend returns the hash of the tokens that h stands for followed by tok. Case counts. Curly and straight apostrophes
// are the same, and so are the hyphens of typography and "-".
func Extend(h uint64, tok string) uint64 {
	for i := 0; i < len(tok); i++ {
		c := tok[i]
		if c == 0xE2 && i+2 < len(tok) && tok[i+1] == 0x80 {
			if p := plain(tok[i+2]); p != 0 {
				c = p
				i += 2
			}
		} else if c == 0xCA && i+1 < len(tok) && tok[i+1] == 0xBC { // ʼ
			c = '\''
			i++
		}
		h = (h ^ uint64(c)) * prime
	}
	return mix(h)
}

// plain returns the ASCII form of the punctuation mark U+2000 + (last - 0x80), or 0.
func plain(last byte) byte {
	switch last {
	case 0x98, 0x99: // ‘ ’
		return '\''
	case 0x90, 0x91, 0x92, 0x93: // hyphens, en dash
		return '-'
	}
	return 0
}

// ExtendFold is Extend for text in capital letters, to be started from SeedFold: tok counts as if in upper case. Only
// phrases of some weight are listed for it.
func ExtendFold(h uint64, tok string) uint64 {
	for i := 0; i < len(tok); {
		r, n := rune(tok[i]), 1
		switch {
		case 'a' <= r && r <= 'z':
			r -= 'a' - 'A'
		case r == 0xE2 && i+2 < len(tok) && tok[i+1] == 0x80 && plain(tok[i+2]) != 0:
			r, n = rune(plain(tok[i+2])), 3
		case r == 0xCA && i+1 < len(tok) && tok[i+1] == 0xBC:
			r, n = '\'', 2
		case r >= utf8.RuneSelf:
			r, n = utf8.DecodeRuneInString(tok[i:])
			r = unicode.ToUpper(r)
		}
		h = (h ^ uint64(r)) * prime
		i += n
	}
	return mix(h)
}

// base holds the small letters without accents of U+00C0 to U+017F.
const base = "aaaaaaaceeeeiiiidnoooooxouuuuytsaaaaaaaceeeeiiiidnooooo-ouuuuyty" +
	"aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll" +
	"lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs"

// hashWord returns the key of a single word, whatever its case and its accents: José is Jose.
func hashWord(word string) uint64 {
	h := seedWord
	for i := 0; i < len(word); {
		r, n := rune(word[i]), 1
		switch {
		case 'A' <= r && r <= 'Z':
			r += 'a' - 'A'
		case r == 0xE2 && i+2 < len(word) && word[i+1] == 0x80 && plain(word[i+2]) != 0:
			r, n = rune(plain(word[i+2])), 3
		case r >= utf8.RuneSelf:
			r, n = utf8.DecodeRuneInString(word[i:])
			if r >= 0xC0 && r < 0xC0+rune(len(base)) {
				r = rune(base[r-0xC0])
			} else {
				r = unicode.ToLower(r)
			}
		}
		h = (h ^ uint64(r)) * prime
		i += n
	}
	return mix(h)
}

// mix spreads every bit of h over all of them: buckets go by the upper bits, fingerprints by the lower ones.
func mix(h uint64) uint64 {
	h ^= h >> 32
	h *= 0xD6E8FEB86659FD93
	h ^= h >> 32
	h *= 0xD6E8FEB86659FD93
	return h ^ h>>32
}

// Hash returns the hash of tokens.
func Hash(tokens ...string) uint64 {
	h := Seed
	for _, tok := range tokens {
		h = Extend(h, tok)
	}
	return h
}

// HashFold returns the hash of tokens in whatever case for Table.Phrase, as ExtendFold makes it.
func HashFold(tokens ...string) uint64 {
	h := SeedFold
	for _, tok := range tokens {
		h = ExtendFold(h, tok)
	}
	return h
}

// Split divides a name into the tokens under which it is listed: at white space, with possessive endings, commas,
// brackets, exclamation and question marks, colons and slashes apart, and with full stops and hyphens kept.
func Split(name string) []string {
	var tokens []string
	for _, word := range strings.Fields(name) {
		tokens = splitWord(tokens, word)
	}
	return tokens
}

func splitWord(tokens []string, word string) []string {
	const apart = ",;:!?()[]/\"“”"
	for word != "" {
		if i := strings.IndexAny(word, apart); i >= 0 {
			_, n := utf8.DecodeRuneInString(word[i:])
			if i > 0 {
				tokens = splitPossessive(tokens, word[:i])
			}
			tokens = append(tokens, word[i:i+n])
			word = word[i+n:]
			continue
		}
		return splitPossessive(tokens, word)
	}
	return tokens
}

// splitPossessive sets the ending of "McDonald's" and of "Lloyds'" apart.
func splitPossessive(tokens []string, word string) []string {
	for _, ending := range []string{"'s", "’s", "ʼs", "'S", "’S", "ʼS", "'", "’", "ʼ"} {
		if stem, ok := strings.CutSuffix(word, ending); ok && stem != "" {
			return append(tokens, stem, ending)
		}
	}
	return append(tokens, word)
}
