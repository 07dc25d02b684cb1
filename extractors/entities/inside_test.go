package entities

import (
	"strings"
	"testing"

	"github.com/quoth-nlp/quoth/extractors/entities/gazetteer"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// proposed makes mentions of a text in which names stand in brackets with their types: [PER Ann Cole] left.
func proposed(t *testing.T, marked string) (*segment.View, []annot.Mention) {
	t.Helper()
	var text strings.Builder
	var ms []annot.Mention
	for {
		before, rest, ok := strings.Cut(marked, "[")
		text.WriteString(before)
		if !ok {
			break
		}
		name, after, _ := strings.Cut(rest, "]")
		typ, name, _ := strings.Cut(name, " ")
		m := annot.Mention{Span: annot.Span{Start: text.Len(), End: text.Len() + len(name)}, By: "test/x", Confidence: 0.9}
		switch strings.TrimRight(typ, "?!") {
		case "PER":
			m.Type = annot.PER
		case "LOC":
			m.Type = annot.LOC
		case "ORG":
			m.Type = annot.ORG
		default:
			t.Fatalf("no type %q", typ)
		}
		if strings.HasSuffix(typ, "?") {
			m.Confidence = 0.4
		}
		if strings.HasSuffix(typ, "!") {
			m.By, m.Confidence = byUser, 1
		}
		ms = append(ms, m)
		text.WriteString(name)
		marked = after
	}
	d := annot.New("", text.String())
	set := rules.MustEnglish()
	if err := segment.New(set).Process(d); err != nil {
		t.Fatal(err)
	}
	return segment.NewView(d, set, nil), ms
}

// shown is the reverse of proposed, without the text between.
func shown(d *annot.Document, ms []annot.Mention) string {
	var all []string
	for _, m := range ms {
		all = append(all, m.Type.String()+" "+d.Slice(m.Span))
	}
	return strings.Join(all, "; ")
}

// What the recognizers proposed is in brackets; a question mark says that they were unsure, an exclamation mark that a user's list
// has it.
func TestInside(t *testing.T) {
	table, err := gazetteer.Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ text, want string }{
		// a name and a modifier
		{"A Canada-based firm and a NATO-led force met.", "LOC Canada; ORG NATO"},
		{"A New Zealand-based firm left.", "LOC New Zealand"},
		{"The World Bank-funded bridge opened.", "ORG World Bank"},
		{"[PER Dublin-born Ida Rook] sang.", "LOC Dublin; PER Ida Rook"},
		{"[PER Orrin-born Ida Rook] sang.", "LOC Orrin; PER Ida Rook"},
		{"[ORG Lake Orrin-based Moss Ltd] fell.", "LOC Lake Orrin; ORG Moss Ltd"},
		{"[ORG OSX-listed Moss Ltd] fell.", "ORG Moss Ltd"},
		{"The [ORG Democrat-led House] sat.", "ORG House"},
		{"[LOC? Google-owned] maps failed.", "ORG Google"},
		{"[PER Ida Rook] won; a Rook-backed plan passed.", "PER Ida Rook; PER Rook"},
		{"[PER Oscar-winning Ida Rook] sang.", "PER Ida Rook"},
		{"The Moss-style plan failed.", ""},
		{"A web-based form and a Web-based form failed.", ""},
		// before the name
		{"The anti-NATO march and Pro-Canada posters were seen.", "ORG NATO; LOC Canada"},
		{"A pro-Hong Kong group met.", "LOC Hong Kong"},
		{"An anti-fascist and an anti-Semite met.", ""},
		// two names
		{"The Canada-Mexico talks failed.", "LOC Canada; LOC Mexico"},
		{"The New Zealand-Canada talks failed.", "LOC New Zealand; LOC Canada"},
		{"The [LOC? Ankara-Cairo] talks failed.", "LOC Ankara; LOC Cairo"},
		{"[PER Ida Rook] met [PER Tom Moss]. The [PER Rook-Moss] talks failed.", "PER Ida Rook; PER Tom Moss; PER Rook; PER Moss"},
		{"[PER Ida Rook] met [PER Tom Rook-Moss].", "PER Ida Rook; PER Tom Rook-Moss"},
		{"[ORG NATO-Toronto] and [LOC? NATO-Canada] met.", "ORG NATO-Toronto; ORG NATO; LOC Canada"},
		{"The Iran-Arab talks failed.", "LOC Iran"},
		// names themselves
		{"Anglo-American firms fell in Guinea-Bissau.", ""},
		{"[LOC Stratford-upon-Avon] is far from Chester-le-Street.", "LOC Stratford-upon-Avon"},
		{"[ORG Canada-Mexico Trade Council] met.", "ORG Canada-Mexico Trade Council"},
		{"The T-Mobile F-16 flew.", ""},
		{"See https://a.example/Canada-Mexico and @Canada-based.", ""},
		// a user's names
		{"[PER! Dublin-born] Ida won.", "PER Dublin-born"},
	} {
		v, ms := proposed(t, test.text)
		if got := shown(v.D, inside(v, rules.MustEnglish(), table, ms)); got != test.want {
			t.Errorf("%s\nwant %s\n got %s", test.text, test.want, got)
		}
	}
}

func TestPartyTags(t *testing.T) {
	table, err := gazetteer.Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ text, want string }{
		{"[PER Ida Rook], R-Ohio, left.", "PER Ida Rook; LOC Ohio"},
		{"[PER Ida Rook] ([ORG? D-N.J.]) left.", "PER Ida Rook; LOC N.J."},
		{"[PER Ida Rook]’s, D-N.J., plan failed.", "PER Ida Rook; LOC N.J."},
		{"[PER Ida Rook] ([PER D-San Orrin]) left.", "PER Ida Rook; LOC San Orrin"},
		{"[PER Ida Rook, D-San Orrin], left.", "PER Ida Rook; LOC San Orrin"},
		{"[PER Ida Rook] (R-OH-07) left.", "PER Ida Rook; LOC OH"},
		{"[PER Ida Rook] ([ORG R-7th]) left.", "PER Ida Rook"},
		{"[PER Ida Rook] (D – Ohio) left.", "PER Ida Rook; LOC Ohio"},
		{"[PER Ida Rook] ([LOC PN-Orrin]) left.", "PER Ida Rook; ORG PN; LOC Orrin"},
		{"[PER Ida Rook] (Lab-Orrin) left.", "PER Ida Rook; LOC Orrin"},
		{"[PER Ida Rook], PFL-Moss Lake, left.", "PER Ida Rook; ORG PFL; LOC Moss Lake"},
		{"[PER Ida Rook], PFL-Moss Lake envoy, left.", "PER Ida Rook"},
		{"[ORG Torres Rook] (R-Ohio) left.", "ORG Torres Rook; LOC Ohio"},
		{"He bought a phone (T-Mobile) and a car, E-Class, in May.", ""},
		{"[PER Ida Rook] (PLAN-Orrin) left.", "PER Ida Rook; ORG PLAN; LOC Orrin"},
		{"[PER! Ida Rook], [LOC! R-Ohio], left.", "PER Ida Rook; LOC R-Ohio"},
	} {
		v, ms := proposed(t, test.text)
		if got := shown(v.D, inside(v, rules.MustEnglish(), table, ms)); got != test.want {
			t.Errorf("%s\nwant %s\n got %s", test.text, test.want, got)
		}
	}
}
