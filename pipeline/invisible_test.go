package pipeline_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/quoth-nlp/quoth/pipeline"
	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// Characters that nobody sees, anywhere in a quote, change neither the speaker nor the soundness of the document.
func TestInvisibleCharacters(t *testing.T) {
	p, err := pipeline.Default()
	if err != nil {
		t.Fatal(err)
	}
	const before, quote, after = "The council met on Monday.\n\n", "“We will rebuild the bridge, and soon,”", " said Mayor Ann Lee. Nobody asked why.\n"
	for _, c := range []struct {
		name string
		char rune
	}{
		{"byte order mark", '\uFEFF'}, {"zero width space", '\u200B'}, {"soft hyphen", '\u00AD'}, {"no-break space", '\u00A0'}, {"word joiner", '\u2060'},
		{"left-to-right mark", '\u200E'}, {"right-to-left embedding", '\u202B'}, {"pop directional formatting", '\u202C'}, {"first strong isolate", '\u2068'},
	} {
		var wrong []string
		for i := 0; i <= len(quote); i++ {
			if i < len(quote) && quote[i]&0xC0 == 0x80 {
				continue
			}
			d := annot.New("", before+quote[:i]+string(c.char)+quote[i:]+after)
			if err := p.Process(d); err != nil {
				t.Fatal(err)
			}
			if err := d.Validate(); err != nil {
				t.Errorf("%s at %d: %v", c.name, i, err)
			}
			if len(d.Quotes) != 1 || d.Quotes[0].Speaker.Name != "Ann Lee" {
				wrong = append(wrong, fmt.Sprintf("%d", i))
			}
		}
		if wrong != nil {
			t.Errorf("%s: not one quote by Ann Lee at %s", c.name, strings.Join(wrong, ", "))
		}
	}
}
