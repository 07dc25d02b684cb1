package rules

import "strings"

// classNames are the YAML names of the classes, each at the place of its bit.
var classNames = [...]string{
	"determiner", "possessive", "pronoun_male", "pronoun_female", "pronoun_plural", "pronoun_first",
	"pronoun_impersonal", "pronoun_relative", "preposition", "conjunction", "subordinator", "auxiliary", "modal",
	"negation", "adverb", "time_word", "number_word", "title_word", "honorific_male", "honorific_female", "role_noun",
	"role_male", "role_female", "role_plural", "spokes_noun", "group_noun", "artifact_noun", "noun_of_speech",
	"work_noun", "named_noun", "term_noun", "motto_noun", "scare_trigger", "name_particle", "name_suffix", "org_suffix",
	"org_head", "place_head", "place_preposition", "abbreviation", "elision", "month", "weekday", "demonym",
	"sentence_adverb", "common_cap", "common_verb", "question_word", "kinship", "human_plural", "generic",
	"first_person", "social", "written", "be", "attaching",
	"pronoun_indefinite",
	"party_word", "telling", "authoring", "policy_noun", "speaker_label",
}

// stageClassNames are the YAML names of the classes of one stage, each at the place of its bit.
var stageClassNames = [...]string{"surname_suffix", "pronoun_object", "pronominal", "content_end", "between_cue_quote", "before_marks", "belonging",
	"second_cue", "stressed", "credential", "place_title", "named_title", "plain_body", "compound_head", "compound_tail", "place_tail",
	"before_date", "store_name", "exclaimed_name", "exchange_name", "market_suffix",
	"direction", "admin_noun", "state_noun", "chamber", "person_body", "after_person_body", "event_head", "body_end", "ground_end",
	"open_body", "part_noun", "broad_role", "lower_rank", "personal_text", "of_place", "time_zone",
	"heading_label", "talk_opener", "talk_word", "production_note", "entitling", "claim_target",
}

// cueClassNames are the YAML names of the classes of cues, each at the place of its value; the first is no class.
var cueClassNames = [...]string{
	"", "say", "tell", "ask", "write", "call", "manner", "think", "read_out", "noun", "phrase",
}

// zoneNames are the zones that a boilerplate rule may give to a line.
var zoneNames = [...]string{
	"headline", "byline", datelineZone, "body", "caption", "related", "correction", "boilerplate",
}

// datelineZone is the zone whose rules match the beginning of a paragraph instead of the whole.
const datelineZone = "dateline"

// Has reports whether c and other share a class.
func (c Class) Has(other Class) bool { return c&other != 0 }

// String returns the YAML names of the classes in c, in the order of the constants, joined by "|".
func (c Class) String() string { return bitNames(uint64(c), classNames[:]) }

// Has reports whether c and other share a class.
func (c StageClass) Has(other StageClass) bool { return c&other != 0 }

// String returns the YAML names of the classes in c, in the order of the constants, joined by "|".
func (c StageClass) String() string { return bitNames(uint64(c), stageClassNames[:]) }

// bitNames returns the names of the bits that are set, each name at the place of its bit, joined by "|".
func bitNames(bits uint64, names []string) string {
	var set []string
	for i, name := range names {
		if bits&(1<<i) != 0 {
			set = append(set, name)
		}
	}
	return strings.Join(set, "|")
}

// String returns the YAML name of c, empty for NoCueClass.
func (c CueClass) String() string {
	if int(c) >= len(cueClassNames) {
		return ""
	}
	return cueClassNames[c]
}

// indexOf returns the place of name in names, or -1.
func indexOf(names []string, name string) int {
	for i, n := range names {
		if n == name {
			return i
		}
	}
	return -1
}

// advice ends a message about an unknown name: the nearest known one if it is near enough to be meant, else all of
// them.
func advice(name string, known []string) string {
	if near := nearest(name, known); near != "" {
		return "did you mean " + near + "?"
	}
	var list []string
	for _, k := range known {
		if k != "" {
			list = append(list, k)
		}
	}
	return "use one of " + strings.Join(list, ", ")
}

// nearest returns the known name with the smallest edit distance to name, or "" when none is within a third of the
// name's length. Names are cut at 64 bytes: a longer one is no slip of the finger.
func nearest(name string, known []string) string {
	if len(name) > 64 {
		return ""
	}
	best, limit := "", max(1, len(name)/3)+1
	for _, k := range known {
		if d := editDistance(strings.ToLower(name), k); k != "" && d < limit {
			best, limit = k, d
		}
	}
	return best
}

// editDistance is the number of letters to add, take off, change or swap with their neighbour to turn a into b.
func editDistance(a, b string) int {
	before, row := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		next := make([]int, len(b)+1)
		next[0] = i + 1
		for j := range len(b) {
			change := row[j]
			if a[i] != b[j] {
				change++
			}
			next[j+1] = min(change, row[j+1]+1, next[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				next[j+1] = min(next[j+1], before[j-1]+1)
			}
		}
		before, row = row, next
	}
	return row[len(b)]
}
