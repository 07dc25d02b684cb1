package naming_test

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/quoth-nlp/quoth/extractors/clause"
	"github.com/quoth-nlp/quoth/extractors/naming"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

var (
	english   = sync.OnceValue(rules.MustEnglish)
	segmenter = sync.OnceValue(func() *segment.Stage { return segment.New(english()) })
)

// read returns the document of a text in which names stand in brackets: {Ann Cole} is a person, [Kestrel] a body, <Lund> a place.
// What follows = is the name in full, and /f or /m the gender that the article tells: {Cole=Ann Cole/f}. A name with =? belongs
// to no entity. The words that stand for speakers are between « and »; their spans come back too.
func read(t *testing.T, marked string) (*annot.Document, []annot.Span) {
	t.Helper()
	d := &annot.Document{}
	var text strings.Builder
	var sources []annot.Span
	ids := map[string]int{}
	for i := 0; i < len(marked); {
		open := strings.IndexAny(marked[i:], "{[<«»")
		if open < 0 {
			text.WriteString(marked[i:])
			break
		}
		text.WriteString(marked[i : i+open])
		i += open
		switch {
		case strings.HasPrefix(marked[i:], "«"):
			sources = append(sources, annot.Span{Start: text.Len()})
			i += len("«")
			continue
		case strings.HasPrefix(marked[i:], "»"):
			sources[len(sources)-1].End = text.Len()
			i += len("»")
			continue
		}
		kind := strings.IndexByte("{[<", marked[i])
		shut := i + strings.IndexByte(marked[i:], "}]>"[kind])
		name, gender, _ := strings.Cut(marked[i+1:shut], "/")
		name, full, ok := strings.Cut(name, "=")
		if !ok {
			full = name
		}
		i = shut + 1
		typ := []annot.Type{annot.PER, annot.ORG, annot.LOC}[kind]
		m := annot.Mention{Span: annot.Span{Start: text.Len(), End: text.Len() + len(name)}, Type: typ}
		if full != "?" {
			if ids[full] == 0 {
				d.Entities = append(d.Entities, annot.Entity{ID: len(d.Entities) + 1, Type: typ, Name: full})
				ids[full] = len(d.Entities)
			}
			m.Entity = ids[full]
			e := &d.Entities[m.Entity-1]
			switch gender {
			case "f":
				e.Gender = annot.Female
			case "m":
				e.Gender = annot.Male
			}
			e.Mentions = append(e.Mentions, len(d.Mentions))
		}
		d.Mentions = append(d.Mentions, m)
		text.WriteString(name)
	}
	d.Text = text.String()
	mentions := d.Mentions
	if err := segmenter().Process(d); err != nil {
		t.Fatal(err)
	}
	d.Mentions = mentions
	return d, sources
}

// sourceAt reads the words of span s as a source.
func sourceAt(t *testing.T, r *clause.Reader, s annot.Span) clause.Source {
	t.Helper()
	first, end := r.TokenAt(s.Start), r.TokenAt(s.End)
	word := r.Word(first)
	if strings.HasSuffix(r.D.Text[s.Start:s.End], ":") {
		return clause.Source{Form: clause.Label, Tokens: clause.Range(first, end-1), Affiliation: -1}
	}
	if word == "who" {
		src, _, ok := r.SubjectBefore(end, r.Around(first).First, 0)
		if !ok {
			t.Fatalf("%s: no relative clause", r.D.Text)
		}
		return src
	}
	src, e, ok := r.NounPhrase(first, end)
	if ok && src.Form == clause.Impersonal && strings.EqualFold(word, "it") {
		src.Form = clause.Pronoun
	}
	if !ok || e != end {
		return clause.Source{Form: clause.Account, Tokens: clause.Range(first, end), Affiliation: -1}
	}
	return src
}

var speakerTypes = map[annot.SpeakerType]string{annot.Person: "person", annot.Organization: "body", annot.Group: "group", annot.Anonymous: "anonymous", annot.UnknownSpeaker: "unknown"}

// describe writes a speaker: type, name, how it was found, and what else is known.
func describe(q *annot.Quote) string {
	sp := &q.Speaker
	s := speakerTypes[sp.Type]
	if sp.Name != "" {
		s += " " + sp.Name
	}
	if sp.ResolvedBy != "" {
		s += ", by " + sp.ResolvedBy
	}
	if sp.Affiliation != "" {
		s += ", of " + sp.Affiliation
	}
	for _, c := range sp.Candidates {
		s += ", or " + c.Name
	}
	return strings.Join(append([]string{s}, q.Flags.Names()...), "; ")
}

// Who the last of the marked words stand for.
func TestNames(t *testing.T) {
	for _, row := range [][2]string{
		// names
		{"«{Ida Brandt}» said no.", "person Ida Brandt, by name"},
		{"{Ida Brandt} left. «{Brandt=Ida Brandt}» said no.", "person Ida Brandt, by surname"},
		{"{Ida Brandt} and {Olav Brandt} left. «{Brandt}» said no.", "unknown, or Ida Brandt, or Olav Brandt"},
		{"«{Ida Brandt} and {Olav Rehn}» said no.", "group Ida Brandt; Olav Rehn, by name"},
		{"The [Harbour Board] met. «[HB=Harbour Board]» said no.", "body Harbour Board, by acronym"},
		{"The [Harbour Board] met. «[Harbour=Harbour Board]» said no.", "body Harbour Board, by alias"},
		{"«@kiki_lund» said no.", "person @kiki_lund, by handle"},
		// pronouns
		{"{Ida Brandt/f} left. «She» said no.", "person Ida Brandt, by pronoun"},
		{"{Ida Brandt/f} met {Olav Rehn/m}. «He» said no.", "person Olav Rehn, by pronoun"},
		{"{Ida Brandt/f} met {Olav Rehn/m}. «She» said no.", "person Ida Brandt, by pronoun"},
		{"{Ida Brandt/f} left. «He» said no.", "unknown"},
		{"{Alex Brandt} left. «She» said no.", "person Alex Brandt, by pronoun"},
		{"{Alan Pike/m} met {Joel Stern/m}. «He» said no.", "unknown, or Alan Pike, or Joel Stern"},
		{"«{Olav Rehn/m}» said yes to {Joel Stern/m}. «He» said no.", "person Olav Rehn, by pronoun"},
		{"{Alan Pike/m} slept while {Joel Stern/m} was away. «He» said no.", "person Alan Pike, by pronoun"},
		{"«She» said no.", "unknown"},
		// pronouns of people without a name
		{"{Ida Brandt/f} left. One survivor warned the police. «She» said no.", "anonymous"},
		{"{Ida Brandt/f} left. A Danish doctor we met spoke of her. «She» said yes. «She» said no.", "anonymous"},
		{"{Olav Rehn/m} left. «A spokesman for [Kestrel]» said yes. «He» said no.", "anonymous"},
		{"{Olav Rehn/m} left. A club member, who spoke in May, said that the road was closed. «He» said no.", "anonymous"},
		{"{Olav Rehn/m} left. «A spokesman for [Kestrel]» said yes. «He» said maybe. {Joel Stern/m} said yes. «He» said no.", "person Joel Stern, by pronoun"},
		{"{Ida Brandt/f} left. A waiter spoke. «She» said no.", "person Ida Brandt, by pronoun"},
		{"A lawyer, {Ida Brandt/f}, left. «She» said no.", "person Ida Brandt, by pronoun"},
		{"{Ida Brandt/f} is a lawyer. «She» said no.", "person Ida Brandt, by pronoun"},
		{"A lawyer named {Ida Brandt/f} left. «She» said no.", "person Ida Brandt, by pronoun"},
		{"{Ida Brandt/f} spoke of a friend. «She» said no.", "person Ida Brandt, by pronoun"},
		// nobody speaks of himself by his name
		{"{Olav Rehn/m} met {Max Ode/m}. «He» said that {Rehn=Olav Rehn} was late.", "person Max Ode, by pronoun"},
		{"«They» said no.", "group"},
		{"{Ida Brandt} and {Olav Rehn} left. «They» said no.", "group Ida Brandt; Olav Rehn, by pronoun"},
		{"«[Kestrel]» said yes. «They» said no.", "body Kestrel, by pronoun"},
		{"[Kestrel] closed the mine. «It» said no.", "body Kestrel, by pronoun"},
		{"[Kestrel] sued [Norsk Mills]. «It» said no.", "body Kestrel, by pronoun"},
		{"[Kestrel] and [Lund Rail] sued [Norsk Mills]. «It» said no.", "unknown"},
		{"[Kestrel=?] sued [Norsk Mills]. «It» said no.", "body Norsk Mills, by pronoun"},
		{"The [Kestrel] miners sued [Norsk Mills]. «It» said no.", "body Norsk Mills, by pronoun"},
		{"[Kestrel] closed. {Ida Brandt} left in May. «It» said no.", "body Kestrel, by pronoun"},
		{"«It» said no.", "unknown"},
		{"«I» said no.", "unknown; author"},
		{"«We» said no.", "group"},
		{"«I» said no.\n\nMore later.\n\n{Ida Brandt} is a playwright in <Lund>.", "person Ida Brandt, by byline; author"},
		// roles and descriptions
		{"The mayor, {Ida Brandt}, left. «The mayor» said no.", "person Ida Brandt, by role"},
		{"Mayor {Ida Brandt} left. «The mayor» said no.", "person Ida Brandt, by role"},
		{"Mayor {Ida Brandt} left. «A mayor» said no.", "anonymous; anonymous"},
		{"{Ida Brandt}, the mayor of <Lund>, left. «The <Lund> mayor» said no.", "person Ida Brandt, by role"},
		{"Gov. {Ida Brandt} left. «The governor» said no.", "person Ida Brandt, by role"},
		// a description in apposition to a name
		{"Speaking on Monday Dr {Ida Brandt/f}, «a former judge», said no.", "person Ida Brandt, by role"},
		{"It was written by {Ida Brandt/f} (D-Ohio), «a lawyer in <Lund>»: no.", "person Ida Brandt, by role"},
		{"After a talk with {Ida Brandt/f}, «a lawyer» said no.", "anonymous; anonymous"},
		{"{Ida Brandt/f} left, «a lawyer», who stayed, said.", "anonymous; anonymous"},
		{"At [Kestrel], «a lawyer», who stayed, said no.", "anonymous; anonymous"},
		// a deputy is not the holder of the role
		{"Deputy Mayor {Max Ode/m} met Mayor {Olav Rehn/m}. It rained. The rain went on. «The deputy mayor» said no.", "person Max Ode, by role"},
		{"Mayor {Olav Rehn/m} met Deputy Mayor {Max Ode/m}. It rained. The rain went on. «The mayor» said no.", "person Olav Rehn, by role"},
		{"{Olav Rehn/m} met Deputy Mayor {Max Ode/m}. It rained. The rain went on. The snow came. The snow went. The sun came. «The mayor» said no.", "anonymous"},
		// what a relative pronoun refers to
		{"{Ida Brandt/f} is a lawyer «who» said no.", "person Ida Brandt, by relative"},
		{"{Ida Brandt/f} left. She is a lawyer «who» said no.", "person Ida Brandt, by relative"},
		{"Mayor {Ida Brandt/f} left. {Olav Rehn/m} met the mayor, «who» said no.", "person Ida Brandt, by role"},
		{"{Olav Rehn/m} met {Ida Brandt/f} (D-Ohio), a lawyer in <Lund>, «who» said no.", "person Ida Brandt, by relative"},
		{"{Ida Brandt/f} left. The former mayor, «who» said no.", "person Ida Brandt, by description"},
		{"{Ida Brandt/f} left. Three spoke: a singer, the former mayor, «who» said no.", "anonymous"},
		{"{Ida Brandt/f} met a lawyer «who» said no.", "anonymous"},
		// words, views and doings of a person
		{"{Ida Brandt/f} left. «{Brandt=Ida Brandt}’s remarks» said no.", "person Ida Brandt, by document"},
		{"{Ida Brandt/f} left. «{Brandt=Ida Brandt}’s sudden anger» said no.", "person Ida Brandt, by document"},
		{"{Ida Brandt/f} left. «{Brandt=Ida Brandt}’s lawyer» said no.", "anonymous, of Ida Brandt"},
		{"{Ida Brandt/f} left. «<Lund>’s anger» said no.", "anonymous, of Lund"},
		{"{Ida Brandt/f} left. «The {Brandt=Ida Brandt} report» said no.", "person Ida Brandt, by document"},
		{"{Ida Brandt/f} left. «The {Brandt=Ida Brandt} biography» said no.", "anonymous, of Ida Brandt"},
		{"A letter signed by the lawyer of the family, {Ida Brandt/f}, came. «The letter» said no.", "person Ida Brandt, by document"},
		{"{Ida Brandt/f} is circulating a letter to members. «The letter» said no.", "person Ida Brandt, by document"},
		// handles
		{"{Ida Brandt/f} left. «@IdaBrandt» said no.", "person Ida Brandt, by handle"},
		{"{Ida Brandt/f} left. «@ida_brandt_MP» said no.", "person Ida Brandt, by handle"},
		{"{Ida Brandt/f} left. «@MayorBrandt» said no.", "person Ida Brandt, by handle"},
		{"The [Harbour Board] met. «@HarbourBoard» said no.", "body Harbour Board, by handle"},
		{"{Ida Brandt/f} left. «@brandt» said no.", "person @brandt, by handle"},
		{"{Ida Brandt/f} met {Olav Brandt/m}. «@MayorBrandt» said no.", "person @MayorBrandt, by handle"},
		{"{Ida Brandt/f} left. «@IdaBrandtFansOfLund» said no.", "person @IdaBrandtFansOfLund, by handle"},
		{"Chairman {Ida Brandt/f} left. «The chairman» said no.", "anonymous"},
		{"{Ida Brandt}, a lawyer, left. «The attorney» said no.", "person Ida Brandt, by role"},
		{"{Ida Brandt}, a tax judge, met {Olav Rehn}, a land judge. It rained. The rain went on. «The tax judge» said no.", "person Ida Brandt, by role"},
		{"{Ida Brandt}, a judge now, met {Olav Rehn}, a land judge. It rained. The rain went on. «The judge» now said no.", "person Olav Rehn, by role"},
		{"Governor {Olav Rehn} met Gov. {Ida Brandt}. It rained. The rain went on. «The governor» said no.", "person Ida Brandt, by role"},
		{"{Ida Brandt} left. «The 34-year-old nurse» said no.", "person Ida Brandt, by description"},
		{"{Ida Brandt}, a nurse, left. «The drummer» said no.", "anonymous"},
		{"{Ida Brandt}, a nurse, left. «The official» said no.", "person Ida Brandt, by description"},
		{"{Ida Brandt} left. «The drummer» said no.", "anonymous"},
		{"{Ida Brandt} left. «The minister» said no.", "person Ida Brandt, by description"},
		{"{Ida Brandt}, a teacher, left. «The minister» said no.", "anonymous"},
		{"{Ida Brandt/f} left. «The man» said no.", "anonymous"},
		{"{Ida Brandt} left. A patient came in. «The patient» said no.", "anonymous"},
		{"{Ida Brandt}, a doctor, left. Another doctor came in. «The doctor» said no.", "anonymous"},
		{"A doctor came in. {Ida Brandt}, another doctor, left. «The doctor» said no.", "person Ida Brandt, by role"},
		{"A pupil who was there spoke. {Ida Brandt/f} left. «The pupil» said no.", "anonymous"},
		{"The head of the [Mill Board], {Ida Brandt}, left. {Olav Rehn} stayed. «The head» said no.", "person Ida Brandt, by role"},
		{"An officer, surnamed {Brandt}, left. {Olav Rehn} stayed. «The officer» said no.", "person Brandt, by role"},
		{"{Ida Brandt} is the mayor. {Olav Rehn} stayed. «The mayor» said no.", "person Ida Brandt, by role"},
		{"{Olav Rehn}, who is mayor of <Lund>, stayed. {Ida Brandt} left. «The <Lund> mayor» said no.", "person Olav Rehn, by role"},
		{"It was sold by {Ida Brandt}, the driver announced. {Olav Rehn} stayed. «The driver» said no.", "anonymous"},
		{"<Oman> minister {Ida Brandt} met <Qatar> minister {Olav Rehn}. «The <Oman> minister» said no.", "person Ida Brandt, by role"},
		{"Iranian minister {Ida Brandt} met Danish minister {Olav Rehn}. «The <Iran> minister» said no.", "person Ida Brandt, by role"},
		{"«The <Lund> mayor» said no. <Malmo> mayor {Ida Brandt} left.", "anonymous, of Lund"},
		{"«The mayor» said no. <Malmo> mayor {Ida Brandt} left.", "person Ida Brandt, by role"},
		{"«A spokesman for [Kestrel]» said no.", "anonymous, of Kestrel"},
		{"«[Kestrel]’s lawyer» said no.", "anonymous, of Kestrel"},
		{"«A senior official» said no.", "anonymous; anonymous"},
		{"«Several officials» said no.", "group"},
		{"«The critics» said no.", "group"},
		// bodies
		{"[Kestrel] closed the mine. «The company» said no.", "body Kestrel, by role"},
		{"The [Mill Workers’ Union] met [Kestrel]. «The union» said no.", "body Mill Workers’ Union, by role"},
		{"«The {Brandt=Ida Brandt} campaign» said no.", "body Brandt campaign, by name"},
		{"{Ida Brandt/f} left. The {Brandt=Ida Brandt} campaign waited. «Her campaign» said no.", "body Brandt campaign, by pronoun"},
		{"«The company» said no.", "anonymous"},
		{"[Kestrel] closed the mine, {Ida Brandt} told the [Lund Courier]. «The company» said no.", "body Kestrel, by role"},
		{"{Ida Brandt} of [Kestrel] wrote to the [Lund Courier]. «The newspaper» said no.", "body Lund Courier, by role"},
		{"[Kestrel], an advocacy group, sued [Norsk Mills]. «The advocacy group» said no.", "body Kestrel, by role"},
		{"[Norsk Mills] met the youth charity [Kestrel]. «The charity» said no.", "body Kestrel, by role"},
		{"The [Ministry of Fisheries] met [Kestrel]. «The ministry» said no.", "body Ministry of Fisheries, by role"},
		{"[Kestrel] closed the mine. «The ministry» said no.", "anonymous"},
		{"[Kestrel] closed the mine. «The government» said no.", "anonymous"},
		{"The [Harbour Archives] sued [Kestrel]. «The archives» said no.", "body Harbour Archives, by role"},
		{"The [Lund Lake First Nation] met [Kestrel]. «The First Nation» said no.", "body Lund Lake First Nation, by role"},
		{"[Kestrel] met [Norsk Mills]. [Kestrel]’s profits fell. It rained. «The company» said no.", "body Kestrel, by role"},
		{"The {Brandt=Ida Brandt} campaign met [Congress]. «It» said no.", "body Brandt campaign, by pronoun"},
		{"[Kestrel] closed the mine. It rained on [Norsk Mills], {Ida Brandt} said.\n\n«It» said no.", "body Kestrel, by pronoun"},
		{"[Kestrel] closed the mine. The government left. «It» said no.", "unknown"},
		{"[Kestrel] closed the mine. The company paid [Norsk Mills].\n\n«It» said no.", "body Kestrel, by pronoun"},
		{"In an email to [Kestrel], the group asked for more. «The email» said no.", "anonymous"},
		{"{Ida Brandt} tweeted that it rained. «The tweet» was short.", "person Ida Brandt, by document"},
		{"[Kestrel] reported on a letter. «The letter» was short.", "anonymous"},
		{"«A company» said no to [Kestrel].", "anonymous"},
		{"The [Lund Board of Mines] met. But a state commission waited. «The commission» said no.", "anonymous"},
		{"[Kestrel], a mining company, left. It rained. «The company» said no.", "body Kestrel, by role"},
		{"A company called [Kestrel] left. «The company» said no.", "body Kestrel, by role"},
		{"The [Brandt Action Fund] met. «The convention committee» said no.", "anonymous"},
		{"It rained. ([Courier]) «The team» said no.", "anonymous"},
		{"It rained on shops such as [Kestrel]. «The company» said no.", "body Kestrel, by role"},
		{"[Kestrel] met miners. The letter was long. «It» said no.", "unknown"},
		{"[Kestrel] wrote a letter. The letter was long. «It» said no.", "body Kestrel, by pronoun"},
		{"The [Lund Police Service] met [Kestrel]. «The police» said no.", "body Lund Police Service, by role"},
		{"«The police» said no.", "group"},
		{"«The group», [Kestrel], said no.", "body Kestrel, by role"},
		{"«The [Kestrel] team» said no.", "body Kestrel, by name"},
		{"[Kestrel] left. Experts met. «They» said no.", "group"},
		{"<LUND> ([Courier]): It rained, «it» said.", "unknown"},
		{"«The groups» said no.", "group"},
		// documents
		{"[Kestrel] published a report. «The report» said no.", "body Kestrel, by document"},
		{"«A report by [Kestrel]» said no.", "body Kestrel, by document"},
		{"«{Ida Brandt}’s memoir» said no.", "person Ida Brandt, by document"},
		{"«The [Kestrel] report» said no.", "body Kestrel, by document"},
		{"{Ida Brandt} wrote a letter. A poll came. «The letter» said no.", "person Ida Brandt, by document"},
		{"[Kestrel] filed a lawsuit. «The complaint» said no.", "body Kestrel, by document"},
		{"[Kestrel] said in a statement that it rained. «The statement» went on.", "body Kestrel, by document"},
		{"[Kestrel] told {Olav Rehn} last week in an email that it rained. «The email» went on.", "body Kestrel, by document"},
		{"It rained, said {Ida Brandt} in a letter. «The letter» went on.", "person Ida Brandt, by document"},
		{"[Kestrel] closed the mine. «The company» said in a statement that it rained. «The statement» went on.", "body Kestrel, by document"},
		{"In a letter to {Olav Rehn}, [Kestrel] asked for more. «The letter» said no.", "body Kestrel, by document"},
		{"[Kestrel] said in a Friday statement that it rained. «The statement» went on.", "body Kestrel, by document"},
		{"Analysts at [Kestrel] wrote in a note that it rained. «The note» went on.", "body Kestrel, by document"},
		{"{Olav Rehn/m} met {Ida Brandt/f}. «Her statement» said no.", "person Ida Brandt, by document"},
		{"[Kestrel] closed the mine. «Its statement» said no.", "body Kestrel, by document"},
		{"Miners wrote a letter. «The letter» said no. Signed by {Ida Brandt} and {Olav Rehn}, the letter was short.", "group Ida Brandt; Olav Rehn, by document"},
		{"The [Lund Parole Board] met. «A board report» said no.", "body Lund Parole Board, by document"},
		{"The [Lund Court] met. «Its court» said no.", "anonymous"},
		{"{Ida Brandt}, a spokeswoman for [Kestrel], said in a statement that it rained. «The statement» went on.", "body Kestrel, by document"},
		{"{Ida Brandt}’s proposal was short. Miners met. «The email» said no.", "anonymous"},
		{"A letter from <Lund> came. «The letter» said no.", "anonymous"},
		{"[Kestrel] made an ad. «The {Brandt=Ida Brandt} ad» said no.", "anonymous, of Ida Brandt"},
		{"Miners filed a lawsuit against [Kestrel]. «The complaint» said no.", "anonymous"},
		{"[Kestrel] was named in a statement by miners. «The statement» said no.", "anonymous"},
		{"«The report» said no.", "anonymous"},
		{"«A poll» said no.", "anonymous"},
		// relative clauses
		{"{Ida Brandt}, «who» said no, left.", "person Ida Brandt, by relative"},
		{"{Olav Rehn} met {Ida Brandt}, now the majority leader, «who» said no.", "person Ida Brandt, by relative"},
		// labels and accounts
		{"{Ida Brandt} came.\n\n«BRANDT:» We never saw it.", "person Ida Brandt, by label"},
		{"{Ida Brandt} came.\n\n«REHN:» We never saw it.", "person REHN, by label"},
		{"{Ida Brandt} spoke to {Olav Rehn}.\n\n«Q:» Did you see it?", "person Olav Rehn, by interview"},
		{"{Ida Brandt} spoke to {Olav Rehn}.\n\n«A:» We never saw it.", "person Ida Brandt, by interview"},
		{"«A:» We never saw it.", "unknown"},
		{"Nobody came. «Transit Desk» wrote no.", "body Transit Desk, by name"},
	} {
		d, sources := read(t, row[0])
		r := naming.New(clause.New(d, english(), new(segment.Tables)), english())
		r.Start(nil)
		var q *annot.Quote
		for _, s := range sources {
			q = &annot.Quote{Attribution: annot.Attribution{Status: annot.Attributed, Confidence: 1}}
			r.Resolve(q, sourceAt(t, r.Reader, s))
			r.Spoke(q, r.TokenAt(s.Start))
		}
		if got := describe(q); got != row[1] {
			t.Errorf("%s\nwant %s\n got %s", strings.ReplaceAll(row[0], "\n", "\\n"), row[1], got)
		}
		if q.Status == annot.Ambiguous && len(q.Speaker.Candidates) < 2 || slices.Contains(q.Speaker.Entities, 0) {
			t.Errorf("%s: %+v", row[0], q)
		}
	}
}
