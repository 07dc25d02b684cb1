package rules

import (
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

// containsWord reports whether form occurs in text as whole words, with case and apostrophes folded.
func containsWord(text, form string) bool {
	text = slowFold(text)
	for from := 0; ; {
		i := strings.Index(text[from:], form)
		if i < 0 {
			return false
		}
		start := from + i
		end := start + len(form)
		before, _ := utf8.DecodeLastRuneInString(text[:start])
		after, _ := utf8.DecodeRuneInString(text[end:])
		if !isWord(before) && !isWord(after) {
			return true
		}
		from = end
	}
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// matches reports whether the rule finds itself in an example.
func (r rule) matches(text string) bool {
	var forms []string
	switch {
	case r.boilerplate != nil:
		return r.boilerplate.Regexp.MatchString(text)
	case r.cue != nil:
		forms = r.cue.Forms
	case r.report != nil:
		forms = r.report.Forms
	case r.kind != nil:
		forms = r.kind.forms
	case r.words != nil:
		forms = r.words.forms
	}
	for _, form := range forms {
		if containsWord(text, form) {
			return true
		}
	}
	return false
}

func (r rule) examples() Examples {
	switch {
	case r.boilerplate != nil:
		return r.boilerplate.Examples
	case r.cue != nil:
		return r.cue.Examples
	case r.report != nil:
		return r.report.Examples
	case r.kind != nil:
		return r.kind.examples
	default:
		return r.words.examples
	}
}

func TestExamples(t *testing.T) {
	for _, r := range MustEnglish().rules {
		where := fmt.Sprintf("%s:%d: rule %q", r.at.file, r.at.line, r.id)
		examples := r.examples()
		if len(examples.Match) == 0 {
			t.Errorf("%s: no example that matches", where)
		}
		if len(examples.Miss) == 0 && r.cue == nil && r.report == nil { // what a list of verb forms misses is plain
			t.Errorf("%s: no example that misses", where)
		}
		for _, text := range examples.Match {
			if !r.matches(text) {
				t.Errorf("%s: must match %q", where, text)
			}
		}
		for _, text := range examples.Miss {
			if r.matches(text) {
				t.Errorf("%s: must miss %q", where, text)
			}
		}
	}
}

func TestEveryClassIsFilled(t *testing.T) {
	set := MustEnglish()
	var filled classes
	cues := map[CueClass]int{}
	for _, r := range set.rules {
		if r.words != nil {
			filled = filled.or(r.words.classes)
		}
		if r.cue != nil {
			cues[r.cue.Class]++
		}
	}
	for i, name := range classNames {
		if filled.general&(1<<i) == 0 {
			t.Errorf("no word list fills %s", name)
		}
	}
	for i, name := range stageClassNames {
		if filled.stage&(1<<i) == 0 {
			t.Errorf("no word list fills %s", name)
		}
	}
	for i, name := range cueClassNames[1:] {
		if cues[CueClass(i+1)] == 0 {
			t.Errorf("no cue has the class %s", name)
		}
	}
}

// The names in YAML are tied to the constants by place alone, so a constant added in the middle must show.
func TestClassNames(t *testing.T) {
	if SpeakerLabel != 1<<(len(classNames)-1) {
		t.Errorf("%d names for the classes up to %b", len(classNames), SpeakerLabel)
	}
	if ClaimTarget != 1<<(len(stageClassNames)-1) {
		t.Errorf("%d names for the classes of one stage up to %b", len(stageClassNames), ClaimTarget)
	}
	if got := SurnameSuffix.String(); got != "surname_suffix" {
		t.Errorf("want surname_suffix, got %s", got)
	}
	if int(Phrase) != len(cueClassNames)-1 {
		t.Errorf("%d names for the classes of cues up to %d", len(cueClassNames), Phrase)
	}
	for class, want := range map[Class]string{
		Determiner: "determiner", PronounPlural: "pronoun_plural", TimeWord: "time_word", RoleNoun: "role_noun",
		NounOfSpeech: "noun_of_speech", OrgHead: "org_head", Elision: "elision", CommonCap: "common_cap",
		Kinship: "kinship", Generic | Written: "generic|written",
	} {
		if got := class.String(); got != want {
			t.Errorf("want %s, got %s", want, got)
		}
	}
	for class, want := range map[CueClass]string{NoCueClass: "", Say: "say", Manner: "manner", ReadOut: "read_out", Noun: "noun", 99: ""} {
		if got := class.String(); got != want {
			t.Errorf("want %q, got %q", want, got)
		}
	}
}

func TestClasses(t *testing.T) {
	set := MustEnglish()
	tests := []struct {
		word string
		want Class
		not  Class
	}{
		{"He", PronounMale | CommonCap, PronounFemale},
		{"don’t", Negation | Auxiliary, 0},
		{"DON'T", Negation | Auxiliary, 0},
		{"Monday", Weekday | TimeWord, Month},
		{"Sen.", TitleWord | Abbreviation, RoleNoun},
		{"Mrs.", TitleWord | HonorificFemale | Abbreviation, HonorificMale},
		{"spokesman", RoleNoun | RoleMale | SpokesNoun | TitleWord, RoleFemale | RolePlural},
		{"lawyers", RolePlural | HumanPlural, RoleNoun},
		{"said", 0, CommonVerb},
		{"met", CommonVerb, 0},
		{"Texan", Demonym, 0},
		{"fiancé", Kinship | RoleNoun | RoleMale, 0},
		{"FIANCÉ", Kinship, 0},
		{"tweeted", Social | Written, 0},
		{"em", Elision, 0},
		{"", 0, ^Class(0)},
		{strings.Repeat("a", 100), 0, ^Class(0)},
		{"\xe2\x80", 0, ^Class(0)},
	}
	for _, test := range tests {
		got := set.Classes(test.word)
		if got&test.want != test.want || got&test.not != 0 {
			t.Errorf("Classes(%q): want %v without %v, got %v", test.word, test.want, test.not, got)
		}
	}
}

// A class is of one type only, and its name too.
func TestClassNamesAreUnique(t *testing.T) {
	seen := map[string]bool{}
	for _, name := range newDecoder().classNames {
		if seen[name] {
			t.Errorf("two classes are named %s", name)
		}
		seen[name] = true
	}
}

// Both types of classes are filled by name, up to the last bit of each, for words and for phrases.
func TestMoreThan64Classes(t *testing.T) {
	dec := newDecoder()
	dec.classNames = dec.classNames[:len(classNames)]
	for i := range 64 {
		dec.classNames = append(dec.classNames, fmt.Sprintf("stage_%d", i))
	}
	var file strings.Builder
	file.WriteString("words:\n")
	for i, name := range dec.classNames {
		fmt.Fprintf(&file, "  - {id: w-%d, class: [%s], forms: [word%d, both, two words]}\n", i, name, i)
	}
	dec.file("a.yaml", []byte(file.String()))
	if err := join(dec.faults); err != nil {
		t.Fatal(err)
	}
	set := compile(dec.layer.rules)
	for i := range dec.classNames {
		want := Word{}
		if i < len(classNames) {
			want.Classes = 1 << i
		} else {
			want.StageClasses = 1 << (i - len(classNames))
		}
		got := set.Word(fmt.Sprintf("Word%d", i))
		if got.Classes != want.Classes || got.StageClasses != want.StageClasses {
			t.Errorf("class %d: want %b and %b, got %b and %b", i, want.Classes, want.StageClasses, got.Classes, got.StageClasses)
		}
	}
	all := Class(1<<len(classNames) - 1)
	if got := set.Word("both"); got.Classes != all || got.StageClasses != ^StageClass(0) {
		t.Errorf("a word of all classes: got %b and %b", got.Classes, got.StageClasses)
	}
	if got := set.Phrases("two"); len(got) != 1 || got[0].Class != all || got[0].StageClass != ^StageClass(0) {
		t.Errorf("a phrase of all classes: got %+v", got)
	}
	if got := set.StageClasses("word64"); !got.Has(1<<(64-len(classNames))) || got.Has(1) {
		t.Errorf("got %b", got)
	}
}

func TestStageClasses(t *testing.T) {
	set := MustEnglish()
	if got := set.StageClasses("Jr"); got != SurnameSuffix {
		t.Errorf("Jr: want %v, got %v", SurnameSuffix, got)
	}
	if got := set.StageClasses("harbour"); got != 0 {
		t.Errorf("harbour: want none, got %v", got)
	}
}

func TestCues(t *testing.T) {
	set := MustEnglish()
	for word, want := range map[string]CueClass{
		"said": Say, "Told": Tell, "asked": Ask, "wrote": Write, "called": Call, "shrugged": Manner, "thought": Think,
		"reads": ReadOut, "answer": Noun, "quipped": Say, "tweeted": Write, "dubbed": Call,
	} {
		if cue := set.Cue(word); cue == nil || cue.Class != want {
			t.Errorf("Cue(%q): want class %v, got %v", word, want, cue)
		}
	}
	for _, word := range []string{"found", "made", "showed", "the", "saw", "holds", "state", ""} {
		if cue := set.Cue(word); cue != nil {
			t.Errorf("Cue(%q): want none, got %s", word, cue.ID)
		}
	}
	if cue := set.Cue("tweeted"); !cue.Social || !cue.Written {
		t.Error("tweeted leaves no remark")
	}
}

func TestPhrasesLongestFirst(t *testing.T) {
	set := MustEnglish()
	var got []string
	for _, phrase := range set.CuePhrases("Went") {
		got = append(got, strings.Join(phrase.Words, " "))
	}
	want := "went on to explain, went on to write, went on to add, went on to say, went on about, went on"
	if len(got) != 6 || got[0] != "went on to add" || got[4] != "went on about" || got[5] != "went on" {
		t.Errorf("want the words of %s, longest first, got %v", want, got)
	}
	found := false
	for _, phrase := range set.Phrases("secretary") {
		if strings.Join(phrase.Words, " ") == "secretary of state" && phrase.Class.Has(TitleWord) && phrase.Class.Has(RoleNoun) {
			found = true
		}
	}
	if !found {
		t.Error("secretary of state is no title or role")
	}
}

func TestDateline(t *testing.T) {
	tests := []struct{ text, dateline, place string }{
		{"WASHINGTON (AP) — The bridge closed.", "WASHINGTON (AP) — ", "WASHINGTON"},
		{"LONDON, May 3 (Reuters) - The bridge closed.", "LONDON, May 3 (Reuters) - ", "LONDON"},
		{"NEWPORT NEWS, Va. — The bridge closed.", "NEWPORT NEWS, Va. — ", "NEWPORT NEWS, Va."},
		{"Kyiv, Ukraine – “It is late,” she said.", "Kyiv, Ukraine – ", "Kyiv, Ukraine"},
		{"KAMPALA: The bridge closed.", "KAMPALA: ", "KAMPALA"},
		{"SMITH: We never saw it.", "", ""},
		{"BRIDGE CLOSES AGAIN", "", ""},
	}
	for _, test := range tests {
		dateline, place := "", ""
		for _, rule := range MustEnglish().Boilerplates() {
			if end, at, ok := rule.Match(test.text); ok {
				dateline, place = test.text[:end], at
				break
			}
		}
		if dateline != test.dateline || place != test.place {
			t.Errorf("%q: want %q, %q; got %q, %q", test.text, test.dateline, test.place, dateline, place)
		}
	}
}

// An example of one boilerplate rule must get the same zone when all rules are tried in order.
func TestBoilerplateOrder(t *testing.T) {
	all := MustEnglish().Boilerplates()
	for _, want := range all {
		for _, text := range want.Examples.Match {
			for _, got := range all {
				if _, _, ok := got.Match(text); ok {
					if got.Zone != want.Zone {
						t.Errorf("%q of %s is taken by %s as %s", text, want.ID, got.ID, got.Zone)
					}
					break
				}
			}
		}
	}
}

func TestHash(t *testing.T) {
	a := load(t, "cues:\n  - {id: x, class: say, weight: 1, forms: [a, b]}\n  - {id: y, class: say, weight: 1, forms: [c]}\n")
	b, err := Load(folder("1.yaml", "cues: [{id: y, class: say, weight: 1, forms: [c], examples: {match: [c]}}]\n",
		"2.yaml", "cues: [{id: x, class: say, weight: 1.0, forms: [b, A]}]\n"))
	if err != nil {
		t.Fatal(err)
	}
	if a.SHA256() != b.SHA256() {
		t.Error("the same rules have two hashes")
	}
	c := load(t, "cues:\n  - {id: x, class: say, weight: 0.9, forms: [a, b]}\n  - {id: y, class: say, weight: 1, forms: [c]}\n")
	if a.SHA256() == c.SHA256() {
		t.Error("another weight, but the same hash")
	}
	if len(a.SHA256()) != 64 {
		t.Errorf("want 64 hexadecimal digits, got %q", a.SHA256())
	}
}

func TestLookupsDoNotAllocate(t *testing.T) {
	set := MustEnglish()
	for _, word := range []string{"said", "SAID", "don’t", "Unlisted-Compound"} {
		n := testing.AllocsPerRun(100, func() {
			set.Classes(word)
			set.StageClasses(word)
			set.Cue(word)
			set.CuePhrases(word)
			set.Phrases(word)
		})
		if n != 0 {
			t.Errorf("%q: %v allocations", word, n)
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := loadEnglish(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkClasses(b *testing.B) {
	set := MustEnglish()
	b.ReportAllocs()
	for b.Loop() {
		set.Classes("Secretary")
	}
}

func ExampleEnglish() {
	set, err := English()
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(set.Classes("Dr."))
	for _, phrase := range set.CuePhrases("According") {
		fmt.Println(phrase.Words, phrase.Cue.ID, phrase.Cue.Class)
	}
	// Output:
	// title_word|abbreviation
	// [according to] according-to phrase
}
