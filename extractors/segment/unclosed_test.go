package segment

import (
	"strings"
	"testing"

	"github.com/quoth-nlp/quoth/rules"
)

// An unclosed stretch ends at the comma before its attribution, and only there.
func TestUnclosed(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"name and cue", "“We will appeal, Orr said. He left.", "“We will appeal,"},
		{"cue and name", "“We will appeal, said Judge Orr. He left.", "“We will appeal,"},
		{"title and name", "“We will appeal, Judge Ann Orr said. He left.", "“We will appeal,"},
		{"pronoun", "“We will appeal, she said. He left.", "“We will appeal,"},
		{"role", "“We will appeal, the mayor said. He left.", "“We will appeal,"},
		{"second comma", "“If we lose, we will appeal, Orr said. He left.", "“If we lose, we will appeal,"},
		{"no attribution", "“We will appeal, and we will win. He left.", "“We will appeal, and we will win. He left."},
		{"no comma", "“We will appeal and Orr said so.", "“We will appeal and Orr said so."},
		{"comma at the end", "“We will appeal,", "“We will appeal,"},
		{"cue at the end", "“We will appeal, said", "“We will appeal, said"},
		{"too far", "“We will appeal" + strings.Repeat(" again and", maxUnclosed) + " on, Orr said.", "“We will appeal" + strings.Repeat(" again and", maxUnclosed) + " on, Orr said."},
		{"closed", "“We will appeal, Orr said.”", "“We will appeal, Orr said.”"},
	}
	s := New(rules.MustEnglish())
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := process(t, s, tt.text)
			if err := d.Validate(); err != nil {
				t.Fatal(err)
			}
			if len(d.Marked) != 1 {
				t.Fatalf("want 1 stretch, got %d", len(d.Marked))
			}
			if got := d.Slice(d.Marked[0].Span); got != tt.want {
				t.Errorf("want %q, got %q", tt.want, got)
			}
		})
	}
}

// What lies in an unclosed stretch neither crosses its end nor loses the stretch around it.
func TestUnclosedNested(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"comma in a closed stretch", "“We heard \"it is late, Ann Orr said\" and left.",
			"“We heard \"it is late, Ann Orr said\" and left.|  \"it is late, Ann Orr said\""},
		{"comma in closed guillemets", "“We heard «it is late, Ann Orr said» and left.",
			"“We heard «it is late, Ann Orr said» and left.|  «it is late, Ann Orr said»"},
		{"comma after a closed stretch", "“We heard \"it is late\" twice, Ann Orr said.", "“We heard \"it is late\" twice,|  \"it is late\""},
		{"same comma", "“We heard \"it is late, Ann Orr said.", "“We heard \"it is late,|  \"it is late,"},
		{"same comma of three", "“We heard «she knows \"it is late, Ann Orr said.", "“We heard «she knows \"it is late,|  «she knows \"it is late,|    \"it is late,"},
		{"single mark that is dropped", "“He `asked, ‘Are you in?’” Orr said. “She said, ‘No.’ They left.",
			"“He `asked, ‘Are you in?’”|  ‘Are you in?’|“She said, ‘No.’ They left.|  ‘No.’"},
	}
	s := New(rules.MustEnglish())
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := process(t, s, tt.text)
			if err := d.Validate(); err != nil {
				t.Fatal(err)
			}
			var list []string
			depth := make([]int, len(d.Marked))
			for k, m := range d.Marked {
				if m.Parent >= 0 {
					depth[k] = depth[m.Parent] + 1
				}
				list = append(list, strings.Repeat("  ", depth[k])+d.Slice(m.Span))
			}
			if got := strings.Join(list, "|"); got != tt.want {
				t.Errorf("want %q, got %q", tt.want, got)
			}
		})
	}
}
