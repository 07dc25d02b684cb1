package dataset

import "github.com/quoth-nlp/quoth/pipeline/output"

func quotesOf(a *article) []output.Quote { return a.Quotes }

func quoteTable() Table {
	type item = element[output.Quote]
	// speaker, mention and cue take a value of what a quote may lack.
	speaker := func(of func(*output.Speaker) any) func(item) any {
		return func(e item) any {
			if e.v.Speaker == nil {
				return nil
			}
			return of(e.v.Speaker)
		}
	}
	mention := func(of func(*output.Span) any) func(item) any {
		return speaker(func(s *output.Speaker) any {
			if s.Mention == nil {
				return nil
			}
			return of(s.Mention)
		})
	}
	cue := func(of func(*output.Span) any) func(item) any {
		return func(e item) any {
			if e.v.Cue == nil {
				return nil
			}
			return of(e.v.Cue)
		}
	}
	spanText := func(s *output.Span) any { return optional(s.Text) }
	spanStart := func(s *output.Span) any { return s.Start }
	spanEnd := func(s *output.Span) any { return s.End }
	return define(Table{Name: "quotes", Description: "One row per quote, with its speaker.", Key: []string{"quote_id"},
		Foreign: []ForeignKey{refer("doc_id", "documents"), refer("sentence_id", "sentences"), {[]string{"parent_id"}, "quotes", []string{"quote_id"}}}},
		each(quotesOf),
		text("quote_id", "Id of the quote.", func(e item) any { return e.global(e.v.QuoteID) }).required(),
		document[output.Quote](),
		text("sentence_id", "Sentence in which its first part starts; empty where there is none.", func(e item) any {
			if len(e.v.Parts) == 0 {
				return nil
			}
			return e.sentence(e.v.Parts[0].Start)
		}),
		text("kind", "Kind of quote.", func(e item) any { return e.v.Kind }).required().enum(kinds()),
		text("status", "Whether its speaker is known.", func(e item) any { return e.v.Status }).required().enum(statuses()),
		text("zone", zone, func(e item) any { return e.v.Zone }).required().enum(zones()),
		text("parent_id", "Quote of the same article that this one repeats.", func(e item) any {
			if e.v.ParentID == nil {
				return nil
			}
			return e.global(*e.v.ParentID)
		}),
		count("start", "Offset at which its first part starts.", func(e item) any {
			if len(e.v.Parts) == 0 {
				return nil
			}
			return e.v.Parts[0].Start
		}),
		count("end", "Offset at which its last part ends; other words may lie between parts.", func(e item) any {
			if len(e.v.Parts) == 0 {
				return nil
			}
			return e.v.Parts[len(e.v.Parts)-1].End
		}),
		count("n_parts", "Number of its parts, which are in quote_parts.", func(e item) any { return len(e.v.Parts) }).required(),
		text("text", "Texts of its parts with their marks, joined by one space; empty in a data set without texts.", func(e item) any { return optional(e.v.Text) }),
		text("speaker_name", "Canonical name of the speaker; empty if the article gives none.", speaker(func(s *output.Speaker) any { return optional(s.Name) })),
		text("speaker_type", "Kind of speaker; empty if the article gives no source.", speaker(func(s *output.Speaker) any { return s.Type })).enum(speakerTypes()),
		text("speaker_role", "Title or office of the speaker.", speaker(func(s *output.Speaker) any { return optional(s.Role) })),
		text("speaker_affiliation", "Body that the speaker speaks for.", speaker(func(s *output.Speaker) any { return optional(s.Affiliation) })),
		text("speaker_entity_ids", "Entities that the speaker is, joined by “; ”; one by one in quote_speakers.", func(e item) any {
			if e.v.Speaker == nil {
				return nil
			}
			var ids []string
			for _, id := range e.v.Speaker.EntityIDs {
				ids = append(ids, e.global(id))
			}
			return joined(ids)
		}),
		text("speaker_mention", "Words that stand for the speaker beside the quote; empty in a data set without texts.", mention(spanText)),
		count("speaker_mention_start", "Where those words start.", mention(spanStart)),
		count("speaker_mention_end", "Where they end.", mention(spanEnd)),
		text("resolved_by", "How the words led to the name.", speaker(func(s *output.Speaker) any { return optional(s.ResolvedBy) })),
		text("cue", "Word or phrase that introduces the quote; empty in a data set without texts.", cue(spanText)),
		count("cue_start", "Where it starts.", cue(spanStart)),
		count("cue_end", "Where it ends.", cue(spanEnd)),
		text("by", "Sieve and rule, or model, that chose the speaker.", func(e item) any { return optional(e.v.By) }),
		number("confidence", "Share of such quotes whose speaker is right, 0 to 1.", func(e item) any { return e.v.Confidence }).required(),
		text("flags", "What is special about the quote, joined by “; ”.", func(e item) any { return joined(e.v.Flags) }),
		text("fingerprint", "The same for quotes of the same words in any article; empty for short ones.", func(e item) any { return optional(e.v.Fingerprint) }),
	)
}

// quoteID is the column by which the tables below belong to a quote.
func quoteID[T any]() field[child[output.Quote, T]] {
	return text("quote_id", "The quote.", func(e child[output.Quote, T]) any { return e.global(e.parent.QuoteID) }).required()
}

func quoteDocument[T any]() field[child[output.Quote, T]] {
	return text("doc_id", docID, func(e child[output.Quote, T]) any { return e.DocID }).required()
}

func quotePlace[T any](name string) field[child[output.Quote, T]] {
	return count(name, position, func(e child[output.Quote, T]) any { return e.i + 1 }).required().from(1)
}

func partTable() Table {
	type item = child[output.Quote, output.Part]
	return define(Table{Name: "quote_parts", Description: "One row per piece of a quote: those before and after “he said”, and one for each paragraph.",
		Key:     []string{"quote_id", "part"},
		Foreign: []ForeignKey{refer("quote_id", "quotes"), refer("doc_id", "documents"), refer("sentence_id", "sentences")}},
		children(quotesOf, func(q *output.Quote) []output.Part { return q.Parts }),
		quoteID[output.Part](), quotePlace[output.Part]("part"), quoteDocument[output.Part](),
		text("sentence_id", inside, func(e item) any { return e.sentence(e.v.Start) }),
		count("start", start, func(e item) any { return e.v.Start }).required(),
		count("end", end, func(e item) any { return e.v.End }).required(),
		text("text", "Text with its marks; empty in a data set without texts.", func(e item) any { return optional(e.v.Text) }),
	)
}

func speakerTable() Table {
	type item = child[output.Quote, string]
	return define(Table{Name: "quote_speakers", Description: "One row per entity that speaks a quote; several where the speaker is a group.",
		Key:     []string{"quote_id", "position"},
		Foreign: []ForeignKey{refer("quote_id", "quotes"), refer("doc_id", "documents"), refer("entity_id", "entities")}},
		children(quotesOf, func(q *output.Quote) []string {
			if q.Speaker == nil {
				return nil
			}
			return q.Speaker.EntityIDs
		}),
		quoteID[string](), quotePlace[string]("position"), quoteDocument[string](),
		text("entity_id", "The entity.", func(e item) any { return e.global(*e.v) }).required(),
	)
}

func candidateTable() Table {
	type item = child[output.Quote, output.Candidate]
	return define(Table{Name: "quote_candidates", Description: "One row per possible speaker of an ambiguous quote.",
		Key:     []string{"quote_id", "position"},
		Foreign: []ForeignKey{refer("quote_id", "quotes"), refer("doc_id", "documents"), refer("entity_id", "entities")}},
		children(quotesOf, func(q *output.Quote) []output.Candidate {
			if q.Speaker == nil {
				return nil
			}
			return q.Speaker.Candidates
		}),
		quoteID[output.Candidate](), quotePlace[output.Candidate]("position"), quoteDocument[output.Candidate](),
		text("entity_id", "The entity, if it is one.", func(e item) any {
			if e.v.EntityID == nil {
				return nil
			}
			return e.global(*e.v.EntityID)
		}),
		text("name", "Name of the candidate.", func(e item) any { return e.v.Name }),
		number("score", "Share of the certainty that is the candidate's, 0 to 1.", func(e item) any { return e.v.Score }).required(),
	)
}
