package entities

import (
	"strings"

	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// How much an honorific and a first name that only one gender bears count, where a title such as chairwoman and a pronoun
// that may mean the person count 1.
const (
	byHonorific = 3
	byFirstName = 2
)

// genderVotes are what speaks for either gender of a person.
type genderVotes struct{ female, male int }

func (v *genderVotes) add(gender annot.Gender, n int) {
	switch gender {
	case annot.Female:
		v.female += n
	case annot.Male:
		v.male += n
	}
}

// most returns the gender that more speaks for, or UnknownGender.
func (v *genderVotes) most() annot.Gender {
	switch {
	case v.female > v.male:
		return annot.Female
	case v.male > v.female:
		return annot.Male
	}
	return annot.UnknownGender
}

// voteByRole adds what the words of the title before mention m say: chairwoman | Ann Cole.
func (g *grouper) voteByRole(m int, votes *genderVotes) {
	for i := max(0, g.first[m]-4); i < g.first[m]; i++ {
		switch {
		case g.v.Is(i, rules.RoleFemale) && g.inRole(i, m):
			votes.add(annot.Female, 1)
		case g.v.Is(i, rules.RoleMale) && g.inRole(i, m):
			votes.add(annot.Male, 1)
		}
	}
}

// firstNameGender returns the gender that a name's first word tells. A name of one word is a first name if it is no
// surname: Melanie said.
func (g *grouper) firstNameGender(name string) annot.Gender {
	w, _, several := strings.Cut(name, " ")
	s, surname := g.table.Surname(w)
	f, first := g.table.FirstName(w)
	rather := s.News >= 4 && f.Common <= 10 // a surname rather: Wang Lifen
	if !first || surname && (!several || rather) {
		return annot.UnknownGender // Jordan said
	}
	return f.Gender
}

// inRole reports whether only words of a title lie between token i and mention m.
func (g *grouper) inRole(i, m int) bool {
	for k := i; k < g.first[m]; k++ {
		if !g.v.Letter(k) || g.v.Is(k, rules.Conjunction|rules.Auxiliary) || g.v.Cue[k] != nil {
			return false
		}
	}
	return true
}

// inQuote reports whether mention m is within quotation marks, where pronouns around it need not mean it.
func (g *grouper) inQuote(m int) bool { return g.v.Outer[g.first[m]] >= 0 }

// personBefore reports whether another person is named before mention m in its sentence.
func (g *grouper) personBefore(m int) bool {
	d := g.v.D
	if m == 0 || d.Mentions[m-1].Type != annot.PER || d.Mentions[m-1].Entity == d.Mentions[m].Entity {
		return false
	}
	return !parted(g.v, d.Mentions[m-1].End, d.Mentions[m].Start) && g.runsOn(g.end[m-1], g.first[m])
}

// pronounAfter returns the gender of a pronoun that can only mean mention m: one in the same or the next sentence with
// no other person between.
func (g *grouper) pronounAfter(m int) annot.Gender {
	d, v := g.v.D, g.v
	stop := len(d.Tokens)
	for k := m + 1; k < len(d.Mentions); k++ {
		if d.Mentions[k].Type == annot.PER {
			stop = g.first[k]
			break
		}
	}
	// At most 25 tokens are read from each mention: linear.
	for i := g.end[m]; i < min(stop, g.end[m]+25); i++ {
		if v.Outer[i] >= 0 {
			continue
		}
		switch {
		case v.Is(i, rules.RoleNoun) && !v.Is(i, rules.TitleWord):
			return annot.UnknownGender
		case segment.EqualFold(v.Word(i), "she"): // not her, him: Judge Brandt-Cole told him
			return annot.Female
		case segment.EqualFold(v.Word(i), "he"):
			return annot.Male
		}
	}
	return annot.UnknownGender
}
