package dataset

import (
	"bytes"
	"encoding/json"
	"strconv"
	"sync"

	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/pipeline/output"
)

// tables makes the description once.
var tables = sync.OnceValue(func() []Table {
	return []Table{
		documentTable(), authorTable(), repairTable(), warningTable(), paragraphTable(), sentenceTable(), entityTable(), aliasTable(), mentionTable(),
		quoteTable(), partTable(), speakerTable(), candidateTable(), quotedSpanTable(), errorTable(),
	}
})

// Descriptions of columns that several tables have.
const (
	docID    = "Id of the article."
	start    = "Offset of the first character, in the unit that documents.offsets names."
	end      = "Offset after the last character: the span is half-open."
	position = "Place in the list, from 1."
	zone     = "Part of the page."
	inside   = "Sentence in which it starts; empty where there is none."
)

func documentTable() Table {
	type doc = *article
	return define(Table{Name: "documents", Description: "One row per article: where it came from, what was known of it, its text.",
		Key: []string{"doc_id"}},
		func(a *article, emit func(doc) error) error { return emit(a) },
		text("doc_id", docID, func(a doc) any { return a.DocID }).required(),
		text("title", "Title, as the input gave it.", func(a doc) any { return optional(a.Meta.Title) }),
		text("date", "Date, as the input gave it.", func(a doc) any { return optional(a.Meta.Date) }),
		text("url", "Address, as the input gave it.", func(a doc) any { return optional(a.Meta.URL) }),
		text("authors", "Authors, joined by “; ”; one by one in authors.", func(a doc) any { return joined(a.Meta.Authors) }),
		text("meta_id", "Id that the input gave the article.", func(a doc) any { return optional(a.Meta.ID) }),
		text("meta_extra", "What else the input said of the article, a JSON object.", func(a doc) any { return extra(a.Meta) }),
		text("source_path", "File, as it was given to quoth.", func(a doc) any { return a.Source.Path }).required(),
		text("source_member", "Name within an archive.", func(a doc) any { return optional(a.Source.Member) }),
		count("source_index", "Place within a file of several articles, from 0.", func(a doc) any { return a.Source.Index }).required(),
		text("source_sha256", "Hash of the article's bytes before decoding.", func(a doc) any { return optional(a.Source.SHA256) }),
		count("source_bytes", "Number of those bytes.", func(a doc) any {
			if a.Source.Bytes == nil {
				return nil
			}
			return int(*a.Source.Bytes)
		}),
		text("source_encoding", "Encoding that they were decoded from.", func(a doc) any { return optional(a.Source.Encoding) }),
		text("duplicate_of", "The doc_id of an earlier article of which this one is a copy. It may lie outside of the data set.", func(a doc) any { return optional(a.DuplicateOf) }),
		text("offsets", "What start and end count.", func(a doc) any { return a.Offsets }).required().enum(units()),
		count("n_sentences", "Number of sentences.", func(a doc) any { return len(a.Sentences) }).required(),
		count("n_entities", "Number of entities.", func(a doc) any { return len(a.Entities) }).required(),
		count("n_quotes", "Number of quotes.", func(a doc) any { return len(a.Quotes) }).required(),
		text("text", "Text of the article; empty in a data set without texts.", func(a doc) any { return optional(a.Text) }),
		text("text_sha256", "Hash of the text as UTF-8.", func(a doc) any { return a.TextSHA256 }).required(),
		text("key_terms", "Words that the text uses most, without stop words, joined by “; ”; empty in a data set without texts.", func(a doc) any { return keyTerms(a.Text) }),
		text("tool_name", "Program that made the record.", func(a doc) any { return a.Tool.Name }).required(),
		text("tool_version", "Its version.", func(a doc) any { return a.Tool.Version }).required(),
		text("rules_sha256", "Hash of its rules.", func(a doc) any { return optional(a.Tool.RulesSHA256) }),
		text("model", "Its models, joined by +.", func(a doc) any { return optional(a.Tool.Model) }),
	)
}

// extra returns what meta holds besides the fixed keys, as JSON with sorted keys, or nil.
func extra(m output.Meta) any {
	if len(m.Extra) == 0 {
		return nil
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if enc.Encode(m.Extra) != nil {
		return nil // it came out of JSON and fits into it
	}
	return string(bytes.TrimSuffix(b.Bytes(), []byte("\n")))
}

// An element is one of a list of an article, with its index.
type element[T any] struct {
	*article
	v *T
	i int
}

// each emits the elements of a list.
func each[T any](list func(*article) []T) func(*article, func(element[T]) error) error {
	return func(a *article, emit func(element[T]) error) error {
		l := list(a)
		for i := range l {
			if err := emit(element[T]{a, &l[i], i}); err != nil {
				return err
			}
		}
		return nil
	}
}

func document[T any]() field[element[T]] {
	return text("doc_id", docID, func(e element[T]) any { return e.DocID }).required()
}

func place[T any](name string) field[element[T]] {
	return count(name, position, func(e element[T]) any { return e.i + 1 }).required().from(1)
}

func authorTable() Table {
	return define(Table{Name: "authors", Description: "One row per author of an article.",
		Key: []string{"doc_id", "position"}, Foreign: []ForeignKey{refer("doc_id", "documents")}},
		each(func(a *article) []string { return a.Meta.Authors }),
		document[string](), place[string]("position"),
		text("name", "Name, as the input gave it.", func(e element[string]) any { return *e.v }),
	)
}

func repairTable() Table {
	type item = element[output.Repair]
	return define(Table{Name: "repairs", Description: "One row per kind of change that decoding made to an article.",
		Key: []string{"doc_id", "position"}, Foreign: []ForeignKey{refer("doc_id", "documents")}},
		each(func(a *article) []output.Repair { return a.Source.Repairs }),
		document[output.Repair](), place[output.Repair]("position"),
		text("kind", "What was changed.", func(e item) any { return e.v.Kind }).required(),
		count("count", "How often.", func(e item) any { return e.v.Count }).required(),
		count("first", "Offset of the first change.", func(e item) any { return e.v.First }).required(),
	)
}

func warningTable() Table {
	type item = element[output.Warning]
	return define(Table{Name: "warnings", Description: "One row per warning about something odd in an article.",
		Key: []string{"doc_id", "position"}, Foreign: []ForeignKey{refer("doc_id", "documents")}},
		each(func(a *article) []output.Warning { return a.Warnings }),
		document[output.Warning](), place[output.Warning]("position"),
		text("code", "Stable name of the warning.", func(e item) any { return e.v.Code }).required(),
		text("message", "What is odd, in words.", func(e item) any { return e.v.Message }),
		count("start", "Where; empty if it concerns the whole article.", func(e item) any {
			if e.v.Start == nil {
				return nil
			}
			return *e.v.Start
		}),
	)
}

func paragraphTable() Table {
	type item = element[output.Paragraph]
	return define(Table{Name: "paragraphs", Description: "One row per paragraph.",
		Key: []string{"doc_id", "paragraph"}, Foreign: []ForeignKey{refer("doc_id", "documents")}},
		each(func(a *article) []output.Paragraph { return a.Paragraphs }),
		document[output.Paragraph](),
		count("paragraph", "Place in the article, from 0.", func(e item) any { return e.i }).required(),
		count("start", start, func(e item) any { return e.v.Start }).required(),
		count("end", end, func(e item) any { return e.v.End }).required(),
		text("zone", zone, func(e item) any { return e.v.Zone }).required().enum(zones()),
	)
}

func sentenceTable() Table {
	type item = element[output.Sentence]
	return define(Table{Name: "sentences", Description: "One row per sentence.", Key: []string{"sentence_id"},
		Foreign: []ForeignKey{refer("doc_id", "documents"), {[]string{"doc_id", "paragraph"}, "paragraphs", []string{"doc_id", "paragraph"}}}},
		each(func(a *article) []output.Sentence { return a.Sentences }),
		text("sentence_id", "Id of the sentence.", func(e item) any { return e.global(e.v.SentenceID) }).required(),
		document[output.Sentence](),
		count("paragraph", "Its paragraph.", func(e item) any { return e.v.Paragraph }).required(),
		count("start", start, func(e item) any { return e.v.Start }).required(),
		count("end", end, func(e item) any { return e.v.End }).required(),
		text("zone", zone, func(e item) any { return e.v.Zone }).required().enum(zones()),
		text("text", "Text of the sentence; empty in a data set without texts.", func(e item) any { return e.slice(e.v.Start, e.v.End) }),
	)
}

func entityTable() Table {
	type item = element[output.Entity]
	return define(Table{Name: "entities",
		Description: "One row per person, place or organization that an article names. The same person in two articles is two rows.",
		Key:         []string{"entity_id"}, Foreign: []ForeignKey{refer("doc_id", "documents")}},
		each(func(a *article) []output.Entity { return a.Entities }),
		text("entity_id", "Id of the entity.", func(e item) any { return e.global(e.v.EntityID) }).required(),
		document[output.Entity](),
		text("type", "Kind of entity.", func(e item) any { return e.v.Type }).required().enum(entityTypes()),
		text("name", "Longest name in the article, without titles.", func(e item) any { return e.v.Name }),
		text("role", "Title or office.", func(e item) any { return optional(e.v.Role) }),
		text("gender", "What the article says of a person's gender; empty for what is no person.", func(e item) any { return optional(e.v.Gender) }).enum(genders()),
		text("aliases", "Other names in the article, joined by “; ”; one by one in entity_aliases.", func(e item) any { return joined(e.v.Aliases) }),
		count("n_mentions", "Number of mentions.", func(e item) any { return len(e.v.Mentions) }).required(),
	)
}

// A child is an element of a list within an element of an article, named P.
type child[P, T any] struct {
	element[T]
	parent *P
}

// children emits the elements of the lists within a list.
func children[P, T any](list func(*article) []P, inner func(*P) []T) func(*article, func(child[P, T]) error) error {
	return func(a *article, emit func(child[P, T]) error) error {
		parents := list(a)
		for i := range parents {
			l := inner(&parents[i])
			for j := range l {
				if err := emit(child[P, T]{element[T]{a, &l[j], j}, &parents[i]}); err != nil {
					return err
				}
			}
		}
		return nil
	}
}

func aliasTable() Table {
	type item = child[output.Entity, string]
	return define(Table{Name: "entity_aliases", Description: "One row per further name of an entity.", Key: []string{"entity_id", "position"},
		Foreign: []ForeignKey{refer("entity_id", "entities"), refer("doc_id", "documents")}},
		children(func(a *article) []output.Entity { return a.Entities }, func(e *output.Entity) []string { return e.Aliases }),
		text("entity_id", "Id of the entity.", func(e item) any { return e.global(e.parent.EntityID) }).required(),
		count("position", position, func(e item) any { return e.i + 1 }).required().from(1),
		text("doc_id", docID, func(e item) any { return e.DocID }).required(),
		text("alias", "The name.", func(e item) any { return *e.v }),
	)
}

func mentionTable() Table {
	type item = child[output.Entity, output.Mention]
	return define(Table{Name: "mentions", Description: "One row per place where an article names an entity.", Key: []string{"mention_id"},
		Foreign: []ForeignKey{refer("entity_id", "entities"), refer("doc_id", "documents"), refer("sentence_id", "sentences")}},
		children(func(a *article) []output.Entity { return a.Entities }, func(e *output.Entity) []output.Mention { return e.Mentions }),
		text("mention_id", "Id of the mention.", func(e item) any { return e.global(e.parent.EntityID + "_m" + strconv.Itoa(e.i+1)) }).required(),
		text("entity_id", "The entity.", func(e item) any { return e.global(e.parent.EntityID) }).required(),
		text("doc_id", docID, func(e item) any { return e.DocID }).required(),
		text("sentence_id", inside, func(e item) any { return e.sentence(e.v.Start) }),
		count("start", start, func(e item) any { return e.v.Start }).required(),
		count("end", end, func(e item) any { return e.v.End }).required(),
		text("text", "Text of the mention; empty in a data set without texts.", func(e item) any { return optional(e.v.Text) }),
		text("zone", zone, func(e item) any { return e.v.Zone }).required().enum(zones()),
		text("by", "Recognizer and rule that found it.", func(e item) any { return e.v.By }).required(),
		number("confidence", "How certain it is, 0 to 1.", func(e item) any { return e.v.Confidence }).required(),
	)
}

func quotedSpanTable() Table {
	type item = element[output.QuotedSpan]
	return define(Table{Name: "quoted_spans", Description: "One row per stretch in quotation marks that nobody is quoted as saying.",
		Key:     []string{"doc_id", "position"},
		Foreign: []ForeignKey{refer("doc_id", "documents"), refer("sentence_id", "sentences")}},
		each(func(a *article) []output.QuotedSpan { return a.QuotedSpans }),
		document[output.QuotedSpan](), place[output.QuotedSpan]("position"),
		text("sentence_id", inside, func(e item) any { return e.sentence(e.v.Start) }),
		count("start", start, func(e item) any { return e.v.Start }).required(),
		count("end", end, func(e item) any { return e.v.End }).required(),
		text("text", "Text with its marks; empty in a data set without texts.", func(e item) any { return optional(e.v.Text) }),
		text("why", "Why it is no quote.", func(e item) any { return e.v.Why }).required().enum(whys()),
	)
}

// errorTable has no articles; a Builder fills it.
func errorTable() Table {
	return define(Table{Name: "errors",
		Description: "One row per input that could not be processed. The table is empty where the run's errors were not at hand.",
		Key:         []string{"error"}},
		nil, errorFields()...)
}

func errorFields() []field[*numberedError] {
	type item = *numberedError
	return []field[item]{
		count("error", position, func(e item) any { return e.n }).required().from(1),
		text("source_path", "File, as it was given to quoth.", func(e item) any { return e.Source.Path }).required(),
		text("source_member", "Name within an archive.", func(e item) any { return optional(e.Source.Member) }),
		count("source_index", "Place within a file of several articles, from 0.", func(e item) any { return e.Source.Index }).required(),
		text("source_sha256", "Hash of the bytes; empty if they could not be read.", func(e item) any { return optional(e.Source.SHA256) }),
		text("code", "Stable name of the fault.", func(e item) any { return e.Code }).required(),
		text("message", "Cause, and what to do about it.", func(e item) any { return e.Message }),
		text("phase", "Step that failed.", func(e item) any { return e.Phase }).required(),
	}
}

// errorRow is the row of an error record.
func errorRow(e *numberedError) []any { return appendRow(nil, errorFields(), e) }

// names lists what the values of an enum from first on are called. Beyond the last one there are only numbers.
func names[T ~uint8](first T, name func(T) string) []string {
	var out []string
	for v := first; ; v++ {
		s := name(v)
		if _, err := strconv.Atoi(s); err == nil {
			return out
		}
		out = append(out, s)
	}
}

func zones() []string        { return names(1, annot.Zone.String) }
func entityTypes() []string  { return names(1, annot.Type.String) }
func genders() []string      { return names(0, annot.Gender.String) }
func kinds() []string        { return names(1, annot.Kind.String) }
func statuses() []string     { return names(1, annot.Status.String) }
func speakerTypes() []string { return names(1, annot.SpeakerType.String) }
func whys() []string         { return names(1, annot.Why.String) }
func units() []string        { return names(0, output.Unit.String) }
