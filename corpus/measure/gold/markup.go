package gold

import (
	"regexp"
	"strings"

	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// opener is the start of a mark-up, as in {PER:Ada Moor|Moor}. Other braces are the article's own.
var opener = regexp.MustCompile(`\{([A-Z]{2,}):`)

// strip takes the mark-up out of an article's text and returns the mentions that it stood for.
func strip(marked string, f *faults) (string, []Mention) {
	var text strings.Builder
	var mentions []Mention
	for {
		at := opener.FindStringSubmatchIndex(marked)
		if at == nil {
			text.WriteString(marked)
			return text.String(), mentions
		}
		text.WriteString(marked[:at[0]])
		typeName, rest := marked[at[2]:at[3]], marked[at[1]:]
		end := strings.IndexByte(rest, '}')
		if end < 0 || strings.ContainsAny(rest[:end], "{\n") {
			f.add("%q is not closed on its line; add } after the name, and do not put one mark-up into another", clip(marked[at[0]:]))
			end = 0
			marked = rest
			continue
		}
		canonical, surface, both := strings.Cut(rest[:end], "|")
		if !both {
			surface = canonical
		}
		t, ok := annot.ParseType(typeName)
		switch {
		case !ok:
			f.add("unknown entity type %q in %q; use PER, LOC, ORG or MISC", typeName, clip(marked[at[0]:]))
		case canonical == "" || surface == "" || canonical != strings.TrimSpace(canonical) || surface != strings.TrimSpace(surface):
			f.add("empty name, or space at its ends, in %q; write {%s:Name} or {%s:Name|words}", clip(marked[at[0]:]), typeName, typeName)
		default:
			mentions = append(mentions, Mention{annot.Span{Start: text.Len(), End: text.Len() + len(surface)}, t, canonical})
		}
		text.WriteString(surface)
		marked = rest[end+1:]
	}
}

// clip shortens s for a message.
func clip(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}
