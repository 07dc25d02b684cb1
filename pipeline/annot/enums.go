package annot

import "strconv"

// A Zone is the part of an article's page that a paragraph belongs to.
type Zone uint8

// The zones.
const (
	NoZone Zone = iota
	Headline
	Byline
	Dateline
	Body
	Caption
	Related
	Correction
	Boilerplate
)

var zoneNames = [...]string{"", "headline", "byline", "dateline", "body", "caption", "related", "correction", "boilerplate"}

// String returns the zone's name in the output.
func (z Zone) String() string { return name(zoneNames[:], int(z)) }

// Flags returns the flag of a quote that stands in the zone; 0 in most zones.
func (z Zone) Flags() Flags {
	switch z {
	case Headline:
		return InHeadline
	case Caption:
		return InCaption
	case Correction:
		return InCorrection
	}
	return 0
}

// ParseZone returns the zone of that name.
func ParseZone(s string) (Zone, bool) { i := index(zoneNames[:], s); return Zone(i), i > 0 }

// A Style is a kind of quotation marks.
type Style uint8

// The styles.
const (
	NoStyle         Style = iota
	CurlyDouble           // “ ”
	StraightDouble        // " "
	CurlySingle           // ‘ ’
	StraightSingle        // ' '
	TeX                   // `` '' and '' ''
	Guillemet             // « »
	SingleGuillemet       // ‹ ›
	LowHigh               // „ “
	Corner                // 「 」
)

var styleNames = [...]string{"", "curly", "straight", "curly-single", "straight-single", "tex", "guillemet", "single-guillemet", "low-high", "corner"}

// String returns the style's name.
func (s Style) String() string { return name(styleNames[:], int(s)) }

// Single reports whether the marks are single ones, which apostrophes may be mistaken for.
func (s Style) Single() bool { return s == CurlySingle || s == StraightSingle }

// A Type is the type of a mention and of an entity.
type Type uint8

// The types.
const (
	NoType Type = iota
	PER
	LOC
	ORG
	MISC
)

var typeNames = [...]string{"", "PER", "LOC", "ORG", "MISC"}

// String returns the type's name in the output.
func (t Type) String() string { return name(typeNames[:], int(t)) }

// ParseType returns the type of that name.
func ParseType(s string) (Type, bool) { i := index(typeNames[:], s); return Type(i), i > 0 }

// A Gender is what the article's words say of a person's gender.
type Gender uint8

// The genders. UnknownGender is the zero value: no evidence.
const (
	UnknownGender Gender = iota
	Female
	Male
)

var genderNames = [...]string{"unknown", "female", "male"}

// String returns the gender's name in the output.
func (g Gender) String() string { return name(genderNames[:], int(g)) }

// A Kind is the kind of a quote.
type Kind uint8

// The kinds.
const (
	NoKind     Kind = iota
	Direct          // a clause or more within the marks
	Mixed           // a fragment in the reporter's clause
	Transcript      // a labelled turn, without marks
	Block           // a block quotation, without marks
	Indirect        // reported without marks
)

var kindNames = [...]string{"", "direct", "mixed", "transcript", "block", "indirect"}

// String returns the kind's name in the output.
func (k Kind) String() string { return name(kindNames[:], int(k)) }

// ParseKind returns the kind of that name.
func ParseKind(s string) (Kind, bool) { i := index(kindNames[:], s); return Kind(i), i > 0 }

// A Status says how far a quote's speaker is known.
type Status uint8

// The statuses.
const (
	NoStatus     Status = iota
	Attributed          // the speaker's mention is certain, even if no name is known
	Ambiguous           // two or more candidates fit the mention
	Unattributed        // no source in the text, or an impersonal, generic or hypothetical one
)

var statusNames = [...]string{"", "attributed", "ambiguous", "unattributed"}

// String returns the status's name in the output.
func (s Status) String() string { return name(statusNames[:], int(s)) }

// ParseStatus returns the status of that name.
func ParseStatus(s string) (Status, bool) { i := index(statusNames[:], s); return Status(i), i > 0 }

// A SpeakerType is the type of a speaker.
type SpeakerType uint8

// The speaker types.
const (
	NoSpeaker      SpeakerType = iota
	Person                     // a named person
	Organization               // a named body
	Group                      // several
	Anonymous                  // an unnamed person, or a document
	UnknownSpeaker             // a mention that could not be resolved
)

var speakerNames = [...]string{"", "person", "organization", "group", "anonymous", "unknown"}

// String returns the speaker type's name in the output.
func (t SpeakerType) String() string { return name(speakerNames[:], int(t)) }

// ParseSpeakerType returns the speaker type of that name.
func ParseSpeakerType(s string) (SpeakerType, bool) {
	i := index(speakerNames[:], s)
	return SpeakerType(i), i > 0
}

// Why says why text within marks is not a quote.
type Why uint8

// The reasons.
const (
	NoWhy Why = iota
	Scare
	Title
	Nickname
	Motto
	WordMention
	Measurement
	Name
	HeadlineMarks
	Nested
	PullQuote
	ReadMore
	NoOpener
	Mojibake
	MarksLost
	DashDialogueOff
	OtherWhy
)

var whyNames = [...]string{"", "scare", "title", "nickname", "motto", "mention", "measurement", "name", "headline", "nested", "pull_quote",
	"read_more", "no_opener", "mojibake", "marks_lost", "dash_dialogue_off", "other"}

// String returns the reason's name in the output.
func (w Why) String() string { return name(whyNames[:], int(w)) }

// ParseWhy returns the reason of that name.
func ParseWhy(s string) (Why, bool) { i := index(whyNames[:], s); return Why(i), i > 0 }

// Flags is a set of remarks on a quote.
type Flags uint32

// The flags, in the order in which they are written.
const (
	MultiParagraph Flags = 1 << iota
	Unclosed
	InheritedSpeaker
	NoCue
	Negated
	Hypothetical
	SecondHand
	Written
	Social
	AnonymousSource
	Author
	Generic
	InHeadline
	InCaption
	InCorrection
	MarkDirection
	ByRedundancy
	LowConfidence
)

var flagNames = [...]string{"multi_paragraph", "unclosed", "inherited_speaker", "no_cue", "negated", "hypothetical", "second_hand", "written",
	"social", "anonymous", "author", "generic", "headline", "caption", "correction", "mark_direction", "by_redundancy", "low_confidence"}

// Names returns the names of the flags in f, in their fixed order; never nil.
func (f Flags) Names() []string {
	names := []string{}
	for i, n := range flagNames {
		if f&(1<<i) != 0 {
			names = append(names, n)
		}
	}
	return names
}

// Has reports whether all of g are in f.
func (f Flags) Has(g Flags) bool { return f&g == g }

// Layers is a set of the document's layers, which a stage declares to read or write.
type Layers uint16

// The layers.
const (
	Paragraphs Layers = 1 << iota
	MarkedSpans
	Sentences
	Tokens
	Mentions
	Entities
	Quotes
	QuotedSpans
	Attributions
	Warnings
)

var layerNames = [...]string{"paragraphs", "marked", "sentences", "tokens", "mentions", "entities", "quotes", "quoted_spans", "attributions", "warnings"}

// String lists the layers' names.
func (l Layers) String() string {
	s := ""
	for i, n := range layerNames {
		if l&(1<<i) != 0 {
			if s != "" {
				s += ", "
			}
			s += n
		}
	}
	return s
}

func name(names []string, i int) string {
	if i < len(names) {
		return names[i]
	}
	return strconv.Itoa(i)
}

func index(names []string, s string) int {
	for i, n := range names {
		if n == s {
			return i
		}
	}
	return 0
}
