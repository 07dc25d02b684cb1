package segment

import "testing"

// Which mark each text begins with, and what of the text it is.
func TestGlyphAt(t *testing.T) {
	for _, c := range []struct {
		text, mark string
		r          rune
	}{
		{`"We`, `"`, '"'}, {"’s", "’", '’'}, {"❝We", "❝", '“'}, {"″We", "″", '"'}, {"＂We", "＂", '"'}, {"´s", "´", '\''},
		{`\"We`, `\"`, '"'}, {`\\\"We`, `\\\"`, '"'}, {`\“We`, `\“`, '“'}, {`\u201cWe`, `\u201c`, '“'}, {`\\u0022We`, `\\u0022`, '"'},
		{"&quot;We", "&quot;", '"'}, {"&#8220;We", "&#8220;", '“'}, {"&#x201C;We", "&#x201C;", '“'}, {"&amp;ldquo;We", "&amp;ldquo;", '“'},
		{",,We", ",,", '„'},
		{`\\\\"We`, "", 0}, {`\u00e9`, "", 0}, {`\u2`, "", 0}, {`\n`, "", 0}, {`\`, "", 0}, {`\,,We`, "", 0},
		{"&amp;", "", 0}, {"&amp;amp;", "", 0}, {"&T;", "", 0}, {"&quot We", "", 0}, {"&#34We; x", "", 0}, {"&", "", 0}, {"&;", "", 0},
		{",,", "", 0}, {",, We", "", 0}, {", We", "", 0}, {"é", "", 0}, {"—", "", 0},
	} {
		g := glyphAt(c.text, 0)
		if g.r != c.r || c.text[:g.len] != c.mark || g.escaped != (g.len > 0 && (c.text[0] == '\\' || c.text[0] == '&')) {
			t.Errorf("%s: %q for %q, escaped %v, want %q for %q", c.text, c.text[:g.len], g.r, g.escaped, c.mark, c.r)
		}
	}
}

// Which marks of a run are one mark with the next.
func TestPairAt(t *testing.T) {
	for text, want := range map[string]string{
		`""We`: "2 ", ` ""`: " 2 ", `lost."" `: "     2  ", `lost.""We`: "     11  ", `"""We`: "12   ", `lost."""`: "     2 1", `""""`: "2 2 ",
		`"""""`: "11111", "We": "  ",
	} {
		got := []byte(want)
		for i := range got {
			got[i] = ' '
		}
		for i := 0; i < len(text); {
			g := glyphAt(text, i)
			switch {
			case g.len == 0:
				i++
				continue
			case pairAt(text, i, g):
				got[i] = '2'
				i += 2
			default:
				got[i] = '1'
				i++
			}
		}
		if string(got) != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

// Which mark each text ends with.
func TestMarkBefore(t *testing.T) {
	for text, want := range map[string]string{
		`lost."`: `"`, "lost.❞": "❞", `lost.\"`: `\"`, `lost.\\"`: `\\"`, `lost.\\\"`: `\\\"`, `lost.\\u201d`: `\\u201d`,
		"lost.&quot;": "&quot;", "lost.&amp;#8221;": "&amp;#8221;", `lost.\"\"`: `\"`,
		"": "", "lost.": "", "AT&T;": "", "lost": "", `lost\`: "", "\xe2\x80": "",
	} {
		if n := markBefore(text); text[len(text)-n:] != want {
			t.Errorf("%s: %q, want %q", text, text[len(text)-n:], want)
		}
	}
}
