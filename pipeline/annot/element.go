package annot

// An Element is structure that the input had besides its words: what HTML or Markdown marks up. Elements come with the
// text, before any stage, and stages read them.
type Element struct {
	Span
	Kind ElementKind
}

// An ElementKind is a kind of Element.
type ElementKind uint8

// The kinds.
const (
	NoElement         ElementKind = iota
	BlockElement                  // a paragraph: a block of text, whatever the lines within it
	HeadingElement                // a heading
	BylineElement                 // who wrote the article
	CaptionElement                // the words below a picture
	BlockQuoteElement             // a block quotation, its source included
	InlineQuote                   // words that are quoted by markup instead of marks
	CiteElement                   // the source of a block quotation
	SocialElement                 // an embedded post: a block quotation from a platform
)

var elementNames = [...]string{"", "block", "heading", "byline", "caption", "blockquote", "q", "cite", "social"}

// String returns the kind's name.
func (k ElementKind) String() string { return name(elementNames[:], int(k)) }
