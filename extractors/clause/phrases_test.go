package clause_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/quoth-nlp/quoth/extractors/clause"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

var (
	english   = sync.OnceValue(rules.MustEnglish)
	segmenter = sync.OnceValue(func() *segment.Stage { return segment.New(english()) })
)

// read returns the reader of a text in which names stand in brackets: {Ann Cole} is a person, [Kestrel] a body, <Lund> a place.
// What stands between “ and ” is a quote.
func read(t *testing.T, marked string) *clause.Reader {
	t.Helper()
	set := english()
	var text strings.Builder
	var mentions []annot.Mention
	for _, c := range marked {
		k := strings.IndexRune("{[<}]>", c)
		switch {
		case k < 0:
			text.WriteRune(c)
		case k < 3:
			mentions = append(mentions, annot.Mention{Span: annot.Span{Start: text.Len()}, Type: []annot.Type{annot.PER, annot.ORG, annot.LOC}[k]})
		default:
			mentions[len(mentions)-1].End = text.Len()
		}
	}
	d := annot.New("", text.String())
	if err := segmenter().Process(d); err != nil {
		t.Fatal(err)
	}
	for _, m := range d.Marked {
		d.Quotes = append(d.Quotes, annot.Quote{ID: len(d.Quotes) + 1, Parts: []annot.Span{m.Span}, Kind: annot.Direct})
	}
	d.Mentions = mentions
	return clause.New(d, set, new(segment.Tables))
}

var forms = map[clause.Form]string{clause.NoForm: "none", clause.Named: "named", clause.Pronoun: "pronoun", clause.Nominal: "nominal", clause.Relative: "relative",
	clause.Possessive: "possessive", clause.Handle: "handle", clause.Label: "label", clause.Impersonal: "impersonal", clause.Account: "account"}

// show writes a source: its form and words, then what is read of it.
func show(r *clause.Reader, src clause.Source) string {
	s := forms[src.Form]
	if src.End > src.First {
		s += " " + r.Text(src.Tokens)
	}
	name := func(m int) string { return r.D.Slice(r.D.Mentions[m].Span) }
	if src.Form == clause.Nominal {
		s += ", head " + r.Word(src.Head)
	}
	if src.Form == clause.Named && len(src.Mentions) > 1 {
		s += fmt.Sprintf(", %d names", len(src.Mentions))
	}
	if src.Affiliation >= 0 && src.Form != clause.NoForm && src.Form != clause.Impersonal {
		s += ", affiliation " + name(src.Affiliation)
	}
	for _, m := range src.Antecedent {
		s += ", antecedent " + name(m)
	}
	if src.Generic {
		s += ", generic"
	}
	return s
}

// lastCue returns the last verb of speech of the text.
func lastCue(t *testing.T, r *clause.Reader) int {
	t.Helper()
	for k := len(r.D.Tokens) - 1; k >= 0; k-- {
		if r.VerbCue(k) {
			return k
		}
	}
	t.Fatalf("%s: no verb of speech", r.D.Text)
	return 0
}

func table(t *testing.T, got func(*testing.T, *clause.Reader) string, rows [][2]string) {
	t.Helper()
	for _, row := range rows {
		if s := got(t, read(t, row[0])); s != row[1] {
			t.Errorf("%s\nwant %s\n got %s", row[0], row[1], s)
		}
	}
}

// What the noun phrase is that a text begins with.
func TestNounPhrase(t *testing.T) {
	table(t, func(t *testing.T, r *clause.Reader) string {
		src, _, ok := r.NounPhrase(0, len(r.D.Tokens))
		if !ok {
			return "no phrase"
		}
		return show(r, src)
	}, [][2]string{
		{"a spokesman for [Kestrel] said", "nominal a spokesman for Kestrel, head spokesman, affiliation Kestrel"},
		{"the director of the institute said", "nominal the director of the institute, head director"},
		{"the mayor of <Lund> told us", "nominal the mayor of Lund, head mayor, affiliation Lund"},
		{"[Kestrel] spokeswoman {Ida Brandt} said", "named Ida Brandt, affiliation Kestrel"},
		{"[Kestrel]’s lawyer said", "nominal Kestrel’s lawyer, head lawyer, affiliation Kestrel"},
		{"{Ida Brandt} said", "named Ida Brandt"},
		{"{Ida Brandt} of [Kestrel] said", "named Ida Brandt"},
		{"{Ida Brandt} from the union said", "named Ida Brandt"},
		{"{Ida Brandt} and {Olav Rehn} said", "named Ida Brandt and Olav Rehn, 2 names"},
		{"{Ida Brandt}, {Olav Rehn} and {Tove Lind} said", "named Ida Brandt, Olav Rehn and Tove Lind, 3 names"},
		{"{Ida Brandt}, {Olav Rehn} said", "named Ida Brandt"},
		{"she said", "pronoun she"},
		{"her lawyer said", "nominal her lawyer, head lawyer"},
		{"her said", "pronoun her"},
		{"they said", "pronoun they"},
		{"it said", "impersonal it"},
		{"this plan said", "nominal this plan, head plan"},
		{"one of the passengers said", "nominal one of the passengers, head passengers"},
		{"another said", "nominal another, head another"},
		{"another official said", "nominal another official, head official"},
		{"several officials said", "nominal several officials, head officials"},
		{"every child said", "nominal every child, head child, generic"},
		{"people said", "nominal people, head people, generic"},
		{"people familiar with the talks said", "nominal people familiar with the talks, head people"},
		{"the report said", "nominal the report, head report"},
		{"a survey by [Kestrel] found", "nominal a survey by Kestrel, head survey, affiliation Kestrel"},
		{"the survey of farmers found", "nominal the survey of farmers, head survey"},
		{"[The Ledger] reports", "named The Ledger"},
		{"the [Kestrel] report said", "nominal the Kestrel report, head report, affiliation Kestrel"},
		{"the [Kestrel] campaign said", "nominal the Kestrel campaign, head campaign, affiliation Kestrel"},
		{"<Lund> {Ida Brandt} said", "named Lund"},
		{"<Lund> mayor {Ida Brandt} said", "named Ida Brandt, affiliation Lund"},
		{"the former first lady and senator said", "nominal the former first lady and senator, head lady"},
		{"the mayor’s office said", "nominal the mayor’s office, head office"},
		{"retired general {Ida Brandt} said", "named Ida Brandt"},
		{"the elected officials said", "nominal the elected officials, head officials"},
		{"protesters marching through <Lund> said", "nominal protesters marching through Lund, head protesters, affiliation Lund"},
		{"@kiki_lund wrote", "handle @kiki_lund"},
		{"who said", "no phrase"},
		{"said {Ida Brandt}", "no phrase"},
		{"of the mayor", "no phrase"},
		{"quickly said", "no phrase"},
		{"two fishermen from <Lund> said", "nominal two fishermen from Lund, head fishermen, affiliation Lund"},
		{"a senior official at the ministry said", "nominal a senior official at the ministry, head official"},
		{"the union [Kestrel] backs the plan", "named Kestrel"},
		{"[Kestrel] backs the plan", "named Kestrel"},
		{"the company’s chairman said", "nominal the company’s chairman, head chairman"},
		{"its chairman said", "nominal its chairman, head chairman"},
		{"no resident said", "nominal no resident, head resident"},
		{"the [Kestrel] board and {Ida Brandt} said", "nominal the Kestrel board, head board, affiliation Kestrel"},
		{"Sen. {Ida Brandt} said", "named Ida Brandt"},
		{"Judge {Ida Brandt} said", "named Ida Brandt"},
		{"the 34-year-old nurse said", "nominal the 34-year-old nurse, head nurse"},
		{"officials in <Lund> said", "nominal officials in Lund, head officials, affiliation Lund"},
		{"a [Kestrel] official said", "nominal a Kestrel official, head official, affiliation Kestrel"},
		{"{Ida Brandt}’s brother said", "nominal Ida Brandt’s brother, head brother, affiliation Ida Brandt"},
		{"the letter to the board said", "nominal the letter to the board, head letter"},
		{"{Ida Brandt} and her colleagues wrote", "named Ida Brandt and her colleagues"},
		{"she and her colleagues wrote", "pronoun she and her colleagues"},
		{"{Ida Brandt} and her car left", "named Ida Brandt"},
		{"[Kestrel] President and CEO {Ida Brandt} said", "named Ida Brandt"},
		{"Secretary for Culture, Sports and Tourism {Ida Brandt} said", "named Ida Brandt"},
		{"the president and {Ida Brandt} said", "nominal the president, head president"},
		{"a senior managing editor said", "nominal a senior managing editor, head editor"},
		{"44% said", "nominal 44%, head %"},
		{"44 per cent of voters said", "nominal 44 per cent of voters, head cent"},
		{"44 voters said", "nominal 44 voters, head voters"},
		{"the states argued", "nominal the states, head states"},
		{"the states of the union", "no phrase"},
	})
}

// Who the subject of the last verb of speech is.
func TestSubjectBefore(t *testing.T) {
	table(t, func(t *testing.T, r *clause.Reader) string {
		src, flags, ok := r.SubjectBefore(lastCue(t, r), 0, 0)
		if !ok {
			return "no subject"
		}
		return strings.Join(append([]string{show(r, src)}, flags.Names()...), "; ")
	}, [][2]string{
		{"{Ida Brandt} said", "named Ida Brandt"},
		{"{Ida Brandt} has repeatedly said", "named Ida Brandt"},
		{"{Ida Brandt} never said", "named Ida Brandt; negated"},
		{"{Ida Brandt} might say", "named Ida Brandt; hypothetical"},
		{"{Ida Brandt}, the mayor of <Lund>, said", "named Ida Brandt"},
		{"the mayor of <Lund>, {Ida Brandt}, said", "named Ida Brandt"},
		{"{Ida Brandt}, who replaced {Olav Rehn} in May, said", "named Ida Brandt"},
		{"{Ida Brandt} (<Lund>) said", "named Ida Brandt"},
		{"{Ida Brandt} – a lawyer – said", "named Ida Brandt"},
		{"{Ida Brandt} smiled and said", "named Ida Brandt"},
		{"{Ida Brandt} issued a statement saying", "named Ida Brandt"},
		{"{Ida Brandt} was quoted by [The Ledger] as saying", "named Ida Brandt; second_hand"},
		{"the plan was described by {Ida Brandt}", "named Ida Brandt"},
		{"the mayor, who said", "relative who"},
		{"{Ida Brandt}, who said", "relative who, antecedent Ida Brandt"},
		{"it was said", "impersonal"},
		{"It continued", "pronoun It"},
		{"when the rain stopped, the farmers said", "nominal the farmers, head farmers"},
		{"On Monday {Ida Brandt} said", "named Ida Brandt"},
		{"{Ida Brandt} on Monday said", "named Ida Brandt"},
		{"another source speaking to [The Ledger] said", "nominal another source, head source"},
		{"the company that was to build a plant near <Lund> said", "nominal the company, head company"},
		{"But {Ida Brandt} said", "named Ida Brandt"},
		{"there said", "no subject"},
		{"{Ida Brandt}, {Olav Rehn} and {Tove Lind} said", "named Ida Brandt, Olav Rehn and Tove Lind, 3 names"},
		{"a lawyer for {Ida Brandt} said", "nominal a lawyer for Ida Brandt, head lawyer, affiliation Ida Brandt"},
		{"{Ida Brandt} told {Olav Rehn} what he called", "pronoun he"},
		{"the plan is considered", "no subject"},
		{"{Ida Brandt} wrote a letter in which she said", "pronoun she"},
		{"said", "no subject"},
		{"{Ida Brandt}, head of the board at [Kestrel] stated", "named Ida Brandt"},
		{"Sen. {Ida Brandt}, the former mayor said", "named Ida Brandt"},
		{"After a talk with {Ida Brandt}, the mayor said", "nominal the mayor, head mayor"},
		{"{Ida Brandt}, the mayor said, left", "nominal the mayor, head mayor"},
		{"{Ida Brandt} from the [Kestrel] office in <Lund> says", "named Ida Brandt"},
		{"{Ida Brandt} at a meeting said", "named Ida Brandt"},
		{"{Ida Brandt} in her letter to the board said", "named Ida Brandt"},
		{"In a letter to {Olav Rehn} the mayor said", "nominal the mayor, head mayor"},
		{"After {Ida Brandt} said", "named Ida Brandt"},
		{"About 40 farmers said", "nominal 40 farmers, head farmers"},
		{"They agreed with what {Ida Brandt} said", "named Ida Brandt"},
		{"{Ida Brandt} who is the head of [Kestrel] said", "named Ida Brandt"},
		{"a nurse who knows something about the clinic said", "nominal a nurse, head nurse"},
		{"residents of a home that provides health services say", "nominal residents of a home, head residents"},
		{"Citing the rules the [Kestrel], which has left the harbour, said", "named Kestrel"},
		{"The group, [Kestrel], said", "named Kestrel"},
		{"[Kestrel], a group, said", "named Kestrel"},
		{"the mayor herself noted", "nominal the mayor, head mayor"},
		{"the mayor this week said", "nominal the mayor, head mayor"},
		{"{Ida Brandt}, who nevertheless warned", "relative who, antecedent Ida Brandt"},
		{"{Olav Rehn} met {Ida Brandt} on April 30, who said", "relative who, antecedent Ida Brandt"},
		{"{Ida Brandt} was quoted as saying", "named Ida Brandt; second_hand"},
		{"After he called it a trap, {Ida Brandt} left, saying", "named Ida Brandt"},
		{"residents slammed the plan saying", "nominal residents, head residents"},
	})
}

// What attribution follows a quote.
func TestAttributionAt(t *testing.T) {
	table(t, func(t *testing.T, r *clause.Reader) string {
		end := r.Parts[0][0].End
		around := r.Around(end - 1)
		i, _ := r.SkipPunctuation(end, around.End)
		if i >= around.End {
			return "nothing follows"
		}
		a, ok := r.AttributionAt(i, around, true)
		if !ok {
			return "no attribution"
		}
		s := fmt.Sprintf("%s [%s] %s", show(r, a.Source), r.Text(a.Cue), a.Rule)
		if a.Nobody {
			s += ", nobody"
		}
		return strings.Join(append([]string{s}, a.Flags.Names()...), "; ")
	}, [][2]string{
		{"“We are ready,” said {Ida Brandt}.", "named Ida Brandt [said] say"},
		{"“We are ready,” {Ida Brandt} said.", "named Ida Brandt [said] say"},
		{"“We are ready,” she said.", "pronoun she [said] say"},
		{"“We are ready,” said the mayor of <Lund>.", "nominal the mayor of Lund, head mayor, affiliation Lund [said] say"},
		{"“We are ready,” according to {Ida Brandt}.", "named Ida Brandt [according to] according-to"},
		{"“We are ready,” his lawyer, {Ida Brandt}, said.", "named Ida Brandt [said] say"},
		{"“We are ready,” {Ida Brandt}, a lawyer, told reporters.", "named Ida Brandt [told] tell"},
		{"“We are ready,” {Ida Brandt} wrote on Facebook.", "named Ida Brandt [wrote] write; written; social"},
		{"“We are ready,” it said.", "pronoun it [said] say"},
		{"“We are ready,” said Monday.", "no attribution"},
		{"“Are you ready,” {Ida Brandt} was asked.", "none [asked] ask, nobody"},
		{"“We are ready.” It rained.", "nothing follows"},
		{"“We are ready,” adding that it rained.", "no attribution"},
		{"“We are ready” and left.", "no attribution"},
		{"“We are ready,” {Ida Brandt} later said.", "named Ida Brandt [said] say"},
		{"“We are ready,” {Ida Brandt}, the union’s former adviser told reporters.", "named Ida Brandt [told] tell"},
		{"“We are ready,” the mayor herself said.", "nominal the mayor, head mayor [said] say"},
		{"“We are ready,” the states argued.", "nominal the states, head states [argued] argue"},
		{"“We are ready,” said [Kestrel] President and CEO {Ida Brandt}.", "named Ida Brandt [said] say"},
		{"“We are ready,” [The Ledger] quoted {Ida Brandt} as saying.", "named Ida Brandt [saying] say; second_hand"},
		{"“We are ready,” [The Ledger] quoted her as saying.", "pronoun her [saying] say; second_hand"},
		{"“We are ready,” [The Ledger] reported, citing {Ida Brandt}.", "named Ida Brandt [citing] cite; second_hand"},
		{"“We are ready,” {Ida Brandt} said, citing [The Ledger].", "named Ida Brandt [said] say"},
		{"“We are ready” – as {Ida Brandt} says.", "named Ida Brandt [says] say"},
		{"“We are ready” as the rain fell.", "no attribution"},
		{"“Modest” measures announced by the council.", "no attribution"},
		{"“We are ready,” tweeted another.", "nominal another, head another [tweeted] tweet; written; social"},
	})
}

// Whether the last verb of speech stands as a noun or adjective.
func TestNominalUse(t *testing.T) {
	table(t, func(t *testing.T, r *clause.Reader) string {
		k := lastCue(t, r)
		return fmt.Sprintf("%s: %v", r.Word(k), r.NominalUse(k, r.Around(k)))
	}, [][2]string{
		{"the stated goal", "stated: true"},
		{"{Ida Brandt} stated", "stated: false"},
		{"{Ida Brandt}’s call", "call: true"},
		{"another tweeted", "tweeted: false"},
		{"that said", "said: false"},
	})
}

// Who a sentence is about.
func TestMainSubject(t *testing.T) {
	table(t, func(t *testing.T, r *clause.Reader) string {
		src, ok := r.MainSubject(0, len(r.D.Tokens))
		if !ok {
			return "no subject"
		}
		return show(r, src)
	}, [][2]string{
		{"In June, {Ida Brandt} moved to <Lund>.", "named Ida Brandt"},
		{"After the storm, the mayor went home.", "nominal the mayor, head mayor"},
		{"<Lund>: The company waits.", "nominal The company, head company"},
		{"The road was closed.", "no subject"},
		{"Citing the cost, {Ida Brandt} voted no.", "named Ida Brandt"},
		{"His lawyer, {Ida Brandt}, voted no.", "named Ida Brandt"},
		{"It rains.", "no subject"},
		{"Because it rained, she left.", "pronoun she"},
	})
}

// No question is asked of more tokens than MaxLook to each side: a long sentence without a subject costs as much as a short one.
func TestSubjectIsNear(t *testing.T) {
	r := read(t, "{Ida Brandt} "+strings.Repeat("really ", clause.MaxLook+5)+"said")
	if src, _, ok := r.SubjectBefore(lastCue(t, r), 0, 0); ok && src.Form == clause.Named {
		t.Errorf("the subject is %s", show(r, src))
	}
}
