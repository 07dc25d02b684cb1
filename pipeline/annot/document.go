// Package annot holds the annotated document: one article's unchanged text and the layers of annotation that the
// stages of the pipeline add to it. Every annotation is a byte span into the text. The package imports only the
// standard library and does no I/O.
package annot

// A Document is one article and everything that is known about it. Text is valid UTF-8, exactly as given, and no stage
// changes it. A Document belongs to one goroutine at a time; once processed it may be read by many.
type Document struct {
	// ID names the document in errors; it may be empty.
	ID string
	// Text is the article. All spans of the document are byte offsets into it.
	Text string
	// Elements is the structure that the input gave, sorted by Start, of two with the same Start the outer one first; they
	// nest and do not cross. Most inputs have none.
	Elements []Element

	// Paragraphs are in text order and do not overlap. A dateline, or a caption on a line of its own, is a paragraph
	// with a zone of its own even where no blank line sets it apart.
	Paragraphs []Paragraph
	// Marked is the quotation structure: every stretch between quotation marks, in order of Start; of two with the
	// same Start the outer one comes first.
	Marked []Marked
	// Sentences are in text order, do not overlap and lie each within one paragraph.
	Sentences []Sentence
	// Tokens are in text order and do not overlap; only white space lies between them.
	Tokens []Token
	// Mentions are sorted by Start and never overlap. They may begin or end within a token that is a hyphen compound.
	Mentions []Mention
	// Entities are what the mentions refer to; Entities[id-1] has that ID.
	Entities []Entity
	// Quotes are sorted by the Start of their first part; Quotes[id-1] has that ID.
	Quotes []Quote
	// QuotedSpans is the text within marks that nobody is quoted as saying, sorted by Start.
	QuotedSpans []QuotedSpan
	// Warnings tell of what was odd in the text, in the order found.
	Warnings []Warning
}

// New returns a document without annotations.
func New(id, text string) *Document { return &Document{ID: id, Text: text} }

// Slice returns the text of s. It panics if s is not within the text.
func (d *Document) Slice(s Span) string { return d.Text[s.Start:s.End] }

// A Span is the half-open byte range [Start, End) of a Document's Text.
type Span struct{ Start, End int }

// Len returns the number of bytes in s.
func (s Span) Len() int { return s.End - s.Start }

// IsZero reports whether s is the zero Span, which stands for "none".
func (s Span) IsZero() bool { return s == Span{} }

// Contains reports whether o lies within s.
func (s Span) Contains(o Span) bool { return s.Start <= o.Start && o.End <= s.End }

// Overlaps reports whether s and o share at least one byte.
func (s Span) Overlaps(o Span) bool { return s.Start < o.End && o.Start < s.End }

// A Paragraph is a block of text and the part of the article's page that it belongs to.
type Paragraph struct {
	Span
	Zone Zone
}

// A Sentence lies within the paragraph with index Paragraph and holds the tokens [FirstToken, EndToken).
type Sentence struct {
	Span
	Paragraph            int
	FirstToken, EndToken int
}

// A Token is a word, number, punctuation mark, URL or emoji.
type Token struct{ Span }

// Marked is a stretch between quotation marks, the marks included.
type Marked struct {
	Span
	// Open and Close are the lengths in bytes of the marks at both ends; 0 where there is none.
	Open, Close int
	// Style is the style of the marks; NoStyle where markup quotes without any.
	Style Style
	// Parent is the index in Document.Marked of the innermost stretch that encloses this one, or -1.
	Parent int
	// Paragraph is the index of the paragraph that it lies in; no stretch leaves its paragraph.
	Paragraph int
	// Unclosed says that no closing mark was found: the stretch ends where the paragraph (or the enclosing stretch) does.
	Unclosed bool
	// Runs says that the stretch is unclosed and the next paragraph opens with the same mark again: a running quotation.
	Runs bool
	// WrongDirection says that a mark that closes was used to open, as in ”We are ready,”.
	WrongDirection bool
	// NoOpener says that only the closing mark was found; the stretch starts with its sentence or paragraph.
	NoOpener bool
	// Escaped says that the marks are written as escapes, as in \"We are ready,\" or &ldquo;We are ready,&rdquo;
	Escaped bool
}

// Inner returns the span between the marks.
func (m Marked) Inner() Span { return Span{m.Start + m.Open, m.End - m.Close} }

// A Mention is a stretch of text that names a person, a place or an organization.
type Mention struct {
	Span
	Type Type
	// Entity is the ID of the entity referred to; 0 before grouping.
	Entity int
	// By says what made the decision, as recognizer/rule.
	By string
	// Confidence is between 0 and 1.
	Confidence float64
}

// An Entity is a person, place or organization that the article names.
type Entity struct {
	ID   int
	Type Type
	// Name is the longest proper form that occurs in the article, without titles.
	Name string
	// Role is the title or description that the article gives the entity, or "".
	Role   string
	Gender Gender
	// Aliases are the other forms that occur, sorted.
	Aliases []string
	// Mentions are indices into Document.Mentions, ascending.
	Mentions []int
}

// A Quote is one utterance: the pieces that a cue splits and running paragraphs are its parts.
type Quote struct {
	ID int
	// Parts are sorted, do not overlap, include the marks, unless these are escapes, and lie each within one paragraph.
	Parts []Span
	Kind  Kind
	Zone  Zone
	// Parent is the ID of the quote that encloses this one or, for a quote in a headline, of the one in the body that it
	// repeats; or 0.
	Parent int
	Flags  Flags
	Attribution
}

// Span returns the range from the start of the first part to the end of the last.
func (q *Quote) Span() Span { return Span{q.Parts[0].Start, q.Parts[len(q.Parts)-1].End} }

// An Attribution says who said a quote and how that was decided.
type Attribution struct {
	Status  Status
	Speaker Speaker
	// Cue is the span of the word or phrase that introduces the quote; zero if there is none.
	Cue Span
	// By is the sieve and rule that decided, as sieve/rule.
	By         string
	Confidence float64
}

// A Speaker is the source of a quote. The zero Speaker means that none is known.
type Speaker struct {
	Type SpeakerType
	// Name is the longest proper form of the name, several joined by "; ", or "".
	Name string
	// Entities are the IDs of the entities named.
	Entities []int
	Role     string
	// Affiliation is the body that an unnamed speaker belongs to or a document comes from, or "".
	Affiliation string
	// Mention is the span of the words that stand for the speaker beside the quote; zero if there are none.
	Mention Span
	// ResolvedBy says how the mention led to the name: name, surname, pronoun, role, acronym, label, …; "" if it did not.
	ResolvedBy string
	// Candidates are the entities that fit an ambiguous mention, most likely first.
	Candidates []Candidate
}

// A Candidate is a possible speaker of an ambiguous quote.
type Candidate struct {
	Entity int
	Name   string
	Score  float64
}

// A QuotedSpan is text within quotation marks that is nobody's words.
type QuotedSpan struct {
	Span
	Why Why
}

// A Warning tells of something odd in the text; Start is a byte offset, or -1 if it concerns the whole article.
type Warning struct {
	Code, Message string
	Start         int
}
