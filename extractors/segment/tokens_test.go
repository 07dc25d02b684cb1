package segment

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func tokenTexts(text string) []string {
	var list []string
	for _, tok := range Tokenize(text, nil) {
		list = append(list, text[tok.Start:tok.End])
	}
	return list
}

func TestTokenize(t *testing.T) {
	// Tokens are separated by one space, so that every row can be read.
	tests := []struct{ name, text, want string }{
		{"nothing", "", ""},
		{"only space", " \n\t\u00a0", ""},
		{"comma", "Ada, Bo", "Ada , Bo"},
		{"possessive", "Ada’s Ada's ADA'S 1990's", "Ada ’s Ada 's ADA 'S 1990 's"},
		{"negation", "don't DON’T ain't can't", "do n't DO N’T ai n't ca n't"},
		{"plural possessive", "the players' hats", "the players ' hats"},
		{"modifier apostrophe", "Smithʼs ʼtis donʼt ʼ OʼNeill ʼAda playersʼ", "Smith ʼs ʼtis do nʼt ʼ OʼNeill ʼ Ada players ʼ"},
		{"apostrophe inside", "O'Neill d’etat o'clock Sana’a", "O'Neill d’etat o'clock Sana’a"},
		{"clitic after a mark", "“Ada”’s", "“ Ada ” ’s"},
		{"opening single mark", "said 'so' and ‘s’", "said ' so ' and ‘ s ’"},
		{"doubled clitics", "couldn't've", "could n't 've"},
		{"country", "the U.S. and U.S.-led U.N.’s", "the U.S. and U.S.-led U.N. ’s"},
		{"country at the end", "in the U.S.", "in the U.S."},
		{"initial at the end", "There is no plan B.", "There is no plan B ."},
		{"initials A and Z", "A. Poe and Z. Rowe", "A. Poe and Z. Rowe"},
		{"pronoun at the end", "as tall as I. Poe left", "as tall as I . Poe left"},
		{"glued initials", "J.K.Rowe met S.Hale", "J.K. Rowe met S. Hale"},
		{"number sign", "No. 5 and no.", "No. 5 and no ."},
		{"versus", "Poe vs. Rowe", "Poe vs. Rowe"},
		{"degree", "a Ph.D. in law", "a Ph.D. in law"},
		{"company", "at Lowe Inc., he", "at Lowe Inc. , he"},
		{"ellipsis", "so ... or.. or . . . or…", "so ... or .. or . . . or …"},
		{"currency", "$5 US$1.5bn £3m 4%", "$ 5 US $ 1.5bn £ 3m 4 %"},
		{"list of digits", "1,2 and 1,234,567", "1 , 2 and 1,234,567"},
		{"score", "won 2-1, 3:0 or 6/4", "won 2-1 , 3:0 or 6/4"},
		{"dashes", "a—b a–b a--b a - b", "a — b a – b a -- b a - b"},
		{"slash", "and/or", "and / or"},
		{"ampersand", "AT&T and R&D, A & B", "AT&T and R&D , A & B"},
		{"bleeped", "bulls*** or sh*t", "bulls *** or sh*t"},
		{"brackets", "(laughs) [sic]", "( laughs ) [ sic ]"},
		{"no e-mail", "a@b and @", "a @ b and @"},
		{"e-mail", "Mail ada.poe@example.org.", "Mail ada.poe@example.org ."},
		{"host", "on Example.com, he", "on Example.com , he"},
		{"no URL", "http://!", "http : / / !"},
		{"combining accent", "Jose\u0301 said", "Jose\u0301 said"},
		{"Chinese", "蔡英文 said", "蔡英文 said"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(strings.Fields(tt.want), tokenTexts(tt.text)); len(tt.want) > 0 && diff != "" {
				t.Errorf("%q (-want +got):\n%s", tt.text, diff)
			} else if tt.want == "" && tokenTexts(tt.text) != nil {
				t.Errorf("%q has tokens", tt.text)
			}
		})
	}
}

func TestTokenizeDoesNotAllocate(t *testing.T) {
	text := strings.Repeat("Gov. P. L. Marsh Jr. doesn’t know; “the U.S. is big,” she said of $1.5bn (on example.org). ", 20)
	dst := Tokenize(text, nil)
	if n := testing.AllocsPerRun(20, func() { dst = Tokenize(text, dst[:0]) }); n != 0 {
		t.Errorf("%v allocations for a text with room for its tokens, want 0", n)
	}
}
