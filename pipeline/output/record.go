package output

// The names of the schemas, which are the first key of each record.
const (
	DocumentSchema = "quoth/document/1"
	ErrorSchema    = "quoth/error/1"
)

// A Record is what quoth found in one article. Its JSON form has every key in the order of the fields; a missing value
// is null or [], never absent. Start and End are half-open and count the units that Offsets names.
type Record struct {
	Schema      string       `json:"schema"`
	DocID       string       `json:"doc_id"`
	Source      Source       `json:"source"`
	Meta        Meta         `json:"meta"`
	DuplicateOf *string      `json:"duplicate_of"`
	Offsets     string       `json:"offsets"`
	Text        *string      `json:"text"`
	TextSHA256  string       `json:"text_sha256"`
	Paragraphs  []Paragraph  `json:"paragraphs"`
	Sentences   []Sentence   `json:"sentences"`
	Entities    []Entity     `json:"entities"`
	Quotes      []Quote      `json:"quotes"`
	QuotedSpans []QuotedSpan `json:"quoted_spans"`
	Warnings    []Warning    `json:"warnings"`
	Tool        Tool         `json:"tool"`

	encoded []byte // the record as a line of JSON, once Prepare has made it
}

// An Error is the record of an input that could not be processed.
type Error struct {
	Schema  string `json:"schema"`
	Source  Source `json:"source"`
	Code    string `json:"code"`
	Message string `json:"message"`
	Phase   string `json:"phase"`
}

// NewError returns the error record of an input. Code is a stable name in snake case, phase the step that failed.
func NewError(s Source, code, message, phase string) *Error {
	return &Error{ErrorSchema, s.filled(), code, message, phase}
}

// A Source says where an article came from.
type Source struct {
	// Path is the path as the user gave it, never made absolute.
	Path string `json:"path"`
	// Member is the name within an archive, or null.
	Member *string `json:"member"`
	// Index counts from 0 the articles of a file (or member) that holds several.
	Index int `json:"index"`
	// SHA256 is the hash of the article's bytes before decoding, in hexadecimal. It, Bytes and Encoding are null only
	// in the error record of an input that could not be read.
	SHA256   *string `json:"sha256"`
	Bytes    *int64  `json:"bytes"`
	Encoding *string `json:"encoding"`
	// Repairs lists the changes that decoding made, one entry for each kind.
	Repairs []Repair `json:"repairs"`
}

// filled returns s with a list of repairs of its own, [] if there are none.
func (s Source) filled() Source {
	s.Repairs = append([]Repair{}, s.Repairs...)
	return s
}

// A Repair is a kind of change that decoding made to the input: how often, and where in the text the first one is.
// What is given to New counts bytes; the record counts what its offsets count.
type Repair struct {
	Kind  string `json:"kind"`
	Count int    `json:"count"`
	First int    `json:"first"`
}

// A Paragraph is a block of text and its zone.
type Paragraph struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Zone  string `json:"zone"`
}

// A Sentence lies within the paragraph with index Paragraph, whose zone it has.
type Sentence struct {
	SentenceID string `json:"sentence_id"`
	Start      int    `json:"start"`
	End        int    `json:"end"`
	Paragraph  int    `json:"paragraph"`
	Zone       string `json:"zone"`
}

// An Entity is a person, place or organization that the article names.
type Entity struct {
	EntityID string  `json:"entity_id"`
	Type     string  `json:"type"`
	Name     string  `json:"name"`
	Role     *string `json:"role"`
	// Gender is null for what is no person.
	Gender   *string   `json:"gender"`
	Aliases  []string  `json:"aliases"`
	Mentions []Mention `json:"mentions"`
}

// A Mention is a place where the article names an entity.
type Mention struct {
	Start      int     `json:"start"`
	End        int     `json:"end"`
	Text       *string `json:"text"`
	Zone       string  `json:"zone"`
	By         string  `json:"by"`
	Confidence float64 `json:"confidence"`
}

// A Quote is one utterance.
type Quote struct {
	QuoteID  string  `json:"quote_id"`
	Kind     string  `json:"kind"`
	Status   string  `json:"status"`
	Zone     string  `json:"zone"`
	ParentID *string `json:"parent_id"`
	Parts    []Part  `json:"parts"`
	// Text is the parts' texts joined by one space.
	Text *string `json:"text"`
	// Fingerprint is the same for quotes of the same words in any article (see the function Fingerprint), and there with
	// texts left out too; null for a quote of fewer than five words.
	Fingerprint *string `json:"fingerprint"`
	// Speaker is null when the text gives no source.
	Speaker *Speaker `json:"speaker"`
	Cue     *Cue     `json:"cue"`
	// By is null only where no attribution ran.
	By         *string  `json:"by"`
	Confidence float64  `json:"confidence"`
	Flags      []string `json:"flags"`
}

// A Speaker is the source of a quote.
type Speaker struct {
	Name        *string     `json:"name"`
	Type        string      `json:"type"`
	EntityIDs   []string    `json:"entity_ids"`
	Role        *string     `json:"role"`
	Affiliation *string     `json:"affiliation"`
	Mention     *Span       `json:"mention"`
	ResolvedBy  *string     `json:"resolved_by"`
	Candidates  []Candidate `json:"candidates"`
}

// A Candidate is a possible speaker of an ambiguous quote.
type Candidate struct {
	EntityID *string `json:"entity_id"`
	Name     string  `json:"name"`
	Score    float64 `json:"score"`
}

// A Span is a stretch of the article and its text, which is null where texts are left out.
type Span struct {
	Start int     `json:"start"`
	End   int     `json:"end"`
	Text  *string `json:"text"`
}

// A Part is one piece of a quote, the marks included.
type Part = Span

// A Cue is the word or phrase that introduces a quote.
type Cue = Span

// A QuotedSpan is text within marks that nobody is quoted as saying.
type QuotedSpan struct {
	Start int     `json:"start"`
	End   int     `json:"end"`
	Text  *string `json:"text"`
	Why   string  `json:"why"`
}

// A Warning tells of something odd; Start is null if it concerns the whole article.
type Warning struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	Start   *int   `json:"start"`
}

// A Tool says what made a record.
type Tool struct {
	Name        string  `json:"name"`
	Version     string  `json:"version"`
	RulesSHA256 *string `json:"rules_sha256"`
	Model       *string `json:"model"`
}

// Optional returns a pointer to s, or nil, which is written as null, if s is empty.
func Optional(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
