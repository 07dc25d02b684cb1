package entities_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// printed proposes each occurrence of the names that it lists; of two that overlap the longer one wins.
type printed map[annot.Type][]string

func (p printed) Name() string { return "printed" }

func (p printed) Recognize(d *annot.Document) (all []annot.Mention) {
	for t, list := range p {
		for _, name := range list {
			for at := 0; ; {
				k := strings.Index(d.Text[at:], name)
				if k < 0 {
					break
				}
				s := annot.Span{Start: at + k, End: at + k + len(name)}
				whole := slices.ContainsFunc(d.Tokens, func(tok annot.Token) bool { return tok.Start == s.Start }) &&
					slices.ContainsFunc(d.Tokens, func(tok annot.Token) bool { return tok.End == s.End })
				if whole {
					all = append(all, annot.Mention{Span: s, Type: t, By: "printed/x", Confidence: 1})
				}
				at = s.End
			}
		}
	}
	return all
}

// grouped returns the names of the entities of the text, each with its other forms.
func grouped(t *testing.T, text string, p printed) string {
	t.Helper()
	d := annot.New("", text)
	stages(t, p)(t, d)
	if err := d.Validate(); err != nil {
		t.Error(err)
	}
	var all []string
	for _, e := range d.Entities {
		all = append(all, strings.Join(append([]string{e.Name}, e.Aliases...), ", "))
	}
	return strings.Join(all, "; ")
}

func TestFormsOfPersons(t *testing.T) {
	for _, test := range []struct {
		text, names, want string
	}{
		{"Seo Ha-eun won. Seo spoke.", "Seo Ha-eun|Seo", "Seo Ha-eun, Seo"},
		{"Wu Lifen won. Ms. Wu spoke.", "Wu Lifen|Wu", "Wu Lifen, Wu"},
		{"Priya Menon Rao won. Priya spoke.", "Priya Menon Rao|Priya", "Priya Menon Rao, Priya"},
		{"Abdel Karim Yusuf Harun won. Abdel Karim spoke.", "Abdel Karim Yusuf Harun|Abdel Karim", "Abdel Karim Yusuf Harun, Abdel Karim"},
		{"Luis Arrieta Pou won. Arrieta spoke. Luis Arrieta left.", "Luis Arrieta Pou|Arrieta|Luis Arrieta", "Luis Arrieta Pou, Arrieta, Luis Arrieta"},
		{"Luis Tomás Arrieta Pou won. Luis Arrieta spoke.", "Luis Tomás Arrieta Pou|Luis Arrieta", "Luis Tomás Arrieta Pou, Luis Arrieta"},
		{"Seo Ha-eun won. Jan Seo lost. Seo Mi-ran spoke. Seo left.", "Seo Ha-eun|Jan Seo|Seo Mi-ran|Seo", "Seo Ha-eun; Jan Seo; Seo Mi-ran, Seo"},
		{"Kavita Kulkarni-Shah won. KKS spoke.", "Kavita Kulkarni-Shah|KKS", "Kavita Kulkarni-Shah, KKS"},
		{"Kavita Kulkarni-Shah won. Kiran Kumar Sen lost. KKS spoke.", "Kavita Kulkarni-Shah|Kiran Kumar Sen|KKS",
			"Kavita Kulkarni-Shah; Kiran Kumar Sen; KKS"},
		{"João Brandão won. Joao Brandao spoke. Brandao left.", "João Brandão|Joao Brandao|Brandao", "João Brandão, Brandao, Joao Brandao"},
		{"Seo Ha-eun won. Seo Ha Eun spoke.", "Seo Ha-eun|Seo Ha Eun", "Seo Ha-eun, Seo Ha Eun"},
		{"Mohammed Harun won. Muhamad Harun spoke.", "Mohammed Harun|Muhamad Harun", "Mohammed Harun, Muhamad Harun"},
		{"Hasan Harun won. Hussein Harun spoke.", "Hasan Harun|Hussein Harun", "Hasan Harun; Hussein Harun"},
		{"Maria Lindgren won. Mario Lindgren spoke.", "Maria Lindgren|Mario Lindgren", "Maria Lindgren; Mario Lindgren"},
		{"Ann Dorsey won. Ann Dorsy spoke. Ann Dorsey left.", "Ann Dorsey|Ann Dorsy", "Ann Dorsey, Ann Dorsy"},
		{"Ann Phillip won. Philip spoke.", "Ann Phillip|Philip", "Ann Phillip, Philip"},
		{"Ann Lodge won. “No,” Lodges said.", "Ann Lodge|Lodges", "Ann Lodge, Lodges"},
		{"Ann Lodge won. The Lodges left.", "Ann Lodge|Lodges", "Ann Lodge; Lodges"},
		{"Ann Moss, also known as Lady Rook, won. Lady Rook spoke.", "Ann Moss|Lady Rook", "Ann Moss, Rook"},
		{"Xu Lan, known as Xu Lalala, won. Xu spoke.", "Xu Lan|Xu Lalala|Xu", "Xu Lan, Xu, Xu Lalala"},
		{"Ann Moss known as Rook won. Rook spoke.", "Ann Moss|Rook", "Ann Moss, Rook"},
		{"Ann Moss said that he was known as Rook.", "Ann Moss|Rook", "Ann Moss; Rook"},
		{"Ann Moss won. Ann Moss Moss left.", "Ann Moss|Ann Moss Moss", "Ann Moss, Ann Moss Moss"},
		{"Ann Moss Sworn. Ann Moss left.", "Ann Moss Sworn|Ann Moss", "Ann Moss Sworn; Ann Moss"},
		{"Ann Moss & Ray Holm won. Ann Moss left.", "Ann Moss & Ray Holm|Ann Moss", "Ann Moss & Ray Holm; Ann Moss"},
	} {
		if got := grouped(t, test.text, printed{annot.PER: strings.Split(test.names, "|")}); got != test.want {
			t.Errorf("%s\nwant %s\n got %s", test.text, test.want, got)
		}
	}
}

func TestFormsOfBodies(t *testing.T) {
	for _, test := range []struct {
		text, names, want string
	}{
		{"The Anti-Fraud League won. The AFL spoke.", "Anti-Fraud League|AFL", "Anti-Fraud League, AFL"},
		{"The SA Crop Research Board won. SACRB spoke.", "SA Crop Research Board|SACRB", "SA Crop Research Board, SACRB"},
		{"The Bank of Lusania won. The BoL spoke.", "Bank of Lusania|BoL", "Bank of Lusania, BoL"},
		{"The Harbour Centre for Human Dignity (Cehadi) won. Cehadi spoke.", "Harbour Centre for Human Dignity|Cehadi",
			"Harbour Centre for Human Dignity, Cehadi"},
		{"The Harbour Rail Company (Lusania) won. Lusania spoke.", "Harbour Rail Company|Lusania", "Harbour Rail Company; Lusania"},
		{"The Ministry of Fisheries won. The Fisheries Ministry spoke.", "Ministry of Fisheries|Fisheries Ministry",
			"Ministry of Fisheries, Fisheries Ministry"},
		{"The Bowls Federation of Brazil won. The Brazilian Bowls Federation spoke.", "Bowls Federation of Brazil|Brazilian Bowls Federation",
			"Bowls Federation of Brazil, Brazilian Bowls Federation"},
		{"The Bowls Federation of Australia won. The Austrian Bowls Federation spoke.", "Bowls Federation of Australia|Austrian Bowls Federation",
			"Bowls Federation of Australia; Austrian Bowls Federation"},
		{"The University of Velmont won. Velmont University spoke.", "University of Velmont|Velmont University",
			"University of Velmont; Velmont University"},
		{"QXF spoke. The QXF Resale Platform opened.", "QXF|QXF Resale Platform", "QXF; QXF Resale Platform"},
		{"QXF Semiconductors spoke. QXF opened.", "QXF|QXF Semiconductors", "QXF Semiconductors, QXF"},
		{"QXF Ltd won. QXF Ltd Asia opened. QXF spoke.", "QXF Ltd|QXF Ltd Asia|QXF", "QXF Ltd Asia, QXF, QXF Ltd"},
		{"Kestrel Ltd and Kestrel Harbour won. Kestrel spoke.", "Kestrel Ltd|Kestrel Harbour|Kestrel", "Kestrel Ltd, Kestrel; Kestrel Harbour"},
		{"The Harbour Trust for Families won. The Harbour Trust spoke.", "Harbour Trust for Families|Harbour Trust",
			"Harbour Trust for Families, Harbour Trust"},
	} {
		if got := grouped(t, test.text, printed{annot.ORG: strings.Split(test.names, "|")}); got != test.want {
			t.Errorf("%s\nwant %s\n got %s", test.text, test.want, got)
		}
	}
}

// Names have single blanks and no invisible characters; they never reach over the end of a paragraph. Mentions keep the text.
func TestCleanNames(t *testing.T) {
	for _, test := range []struct {
		text, names, want string
	}{
		{"Rex  Moss won. Rex Moss spoke.", "Rex  Moss|Rex Moss", "Rex Moss"},
		{"Rex\nMoss won. Rex\u00a0Moss spoke.", "Rex\nMoss|Rex\u00a0Moss", "Rex Moss"},
		{"Rex Til\u00adling won. Rex Tilling spoke.", "Rex Til\u00adling|Rex Tilling", "Rex Tilling"},
		{"Rex \u202eMoss won.", "Rex \u202eMoss", "Rex Moss"},
		{"Jose\u0301 Moss won. José Moss spoke.", "Jose\u0301 Moss|José Moss", "José Moss"},
		{"A day with Ann\n\nMoss spoke.", "Moss", "Moss"},
		{"A day with Ann Moss, who spoke.", "Moss", "Ann Moss, Moss"},
	} {
		if got := grouped(t, test.text, printed{annot.PER: strings.Split(test.names, "|")}); got != test.want {
			t.Errorf("%q\nwant %s\n got %s", test.text, test.want, got)
		}
	}
}

// A role survives any white space before the name, but no end of a paragraph.
func TestRoleBeforeAnyBlank(t *testing.T) {
	for gap, want := range map[string]string{" ": "Sen.", "  ": "Sen.", "\u00a0": "Sen.", " \u00a0 ": "Sen.", "\t": "Sen.", "\n\n": ""} {
		d := annot.New("", "The bill failed. “No,” said Sen."+gap+"Ann Moss.")
		stages(t, printed{annot.PER: {"Ann Moss"}})(t, d)
		if len(d.Entities) != 1 || d.Entities[0].Role != want {
			t.Errorf("%q: want the role %q, got %v", gap, want, d.Entities)
		}
	}
}
