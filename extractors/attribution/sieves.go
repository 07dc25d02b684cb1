package attribution

import (
	"github.com/quoth-nlp/quoth/extractors/clause"
)

// A sieve is a built-in sieve: all that there is to know of it. q is the index of a quote.
type sieve struct {
	name      string
	attribute func(w *work, q int) (clause.Attribution, bool)
	// confidence is the share of right speakers among the answers, as measured on the train part of the PolNeAR news
	// articles (docs/quality.md has the table).
	confidence float64
	// example shows what the sieve reads. TestSieveTable writes it into docs/architecture.md.
	example string
	// declines says why the sieve declines, where why has nothing closer to say.
	declines string
	// why says why the sieve declines the quote, as closely as the words around it tell; it may be nil or return "".
	why func(w *work, q int) string
}

// sieves lists the built-in sieves in two passes, each ordered by precision. The second pass builds on what the first
// found for the quotes around.
var sieves = [][]sieve{
	{
		{
			name: "label", attribute: (*work).byLabel, confidence: 0.73,
			example:  "SMITH: We never saw the memo.",
			declines: "the quote is no labelled turn, as in SMITH: We never saw the memo.",
		},
		{
			name: "headline", attribute: (*work).headline, confidence: 0.95,
			example:  "Smith: Harbour plan is ‘reckless’",
			declines: "the quote is in no headline",
			why:      (*work).noLabelOfHeadline,
		},
		{
			name: "quote-cue", attribute: (*work).afterQuote, confidence: 0.98,
			example:  "“…,” said Smith; “…,” the mayor of Lund said",
			declines: "no verb of speech with its subject stands right after the quote",
			why:      (*work).noCueAfter,
		},
		{
			name: "cue-quote", attribute: (*work).beforeQuote, confidence: 0.88,
			example:  "Smith said, “…”; Smith told Lee: “…”; he called it “…”",
			declines: "no verb of speech with its subject stands right before the quote",
			why:      (*work).noCueBefore,
		},
		{
			name: "according-to", attribute: (*work).accordingTo, confidence: 0.73,
			example:  "According to Park, the plan is “reckless”",
			declines: "no phrase such as “according to” is in the sentence",
			why:      (*work).noSourceOfPhrase,
		},
		{
			name: "governing-cue", attribute: (*work).governingCue, confidence: 0.91,
			example:  "Hale said the fee was “ruinous”",
			declines: "no verb of speech stands before the quote in its sentence",
			why:      (*work).noSubjectBefore,
		},
		{
			name: "trailing-cue", attribute: (*work).trailingCue, confidence: 0.94,
			example:  "“We’re happy” about the decision, said DeMoro",
			declines: "no verb of speech with its subject follows a comma later in the sentence",
		},
		{
			name: "next-sentence", attribute: (*work).nextSentence, confidence: 0.94,
			example:  "“It is a scandal!” Senator Orton said on Monday.",
			declines: "no sentence such as “Smith said on Monday.” follows the quote in the paragraph",
		},
		{
			name: "colon", attribute: (*work).colonBefore, confidence: 0.88,
			example:  "Rubio praised the work of both countries: “…”",
			declines: "no colon stands before the quote",
			why:      (*work).noneBeforeColon,
		},
		{
			name: "dash", attribute: (*work).dashAfter, confidence: 0.95,
			example:  "“Best pie in the county.” — Gil Tran, line cook",
			declines: "no dash and name follow the quote",
		},
		{
			name: "source-line", attribute: (*work).sourceLine, confidence: 0.95,
			example:  "“The results are delayed.” Ian Millhiser, Vox",
			declines: "the paragraph does not go on with a name and nothing else",
		},
		{
			name: "noun-cue", attribute: (*work).nounCue, confidence: 0.5,
			example:  "Smith’s message was “…”",
			declines: "no noun of speech, such as message or verdict, leads to the quote",
		},
		{
			name: "lead-in-line", attribute: (*work).lineBefore, confidence: 0.95,
			example:  "the paragraph or sentence before ends with a colon",
			declines: "no line that ends with a colon stands before the quote",
		},
	},
	{
		{
			name: "same-sentence", attribute: (*work).sameSentence, confidence: 0.73,
			example:  "another quote of the sentence has its speaker",
			declines: "no other quote in the sentence has a speaker to share",
		},
		{
			name: "same-paragraph", attribute: (*work).sameParagraph, confidence: 0.73,
			example:  "so has the quote before it, and nobody was named since",
			declines: "no quote with a speaker stands before it in the paragraph",
			why:      (*work).notSameParagraph,
		},
		{
			name: "lead-in", attribute: (*work).leadIn, confidence: 0.78,
			example:  "Vega was blunt. “No one told us.”",
			declines: "no sentence before it in the paragraph is about a person",
			why:      (*work).notLedIn,
		},
		{
			name: "look-ahead", attribute: (*work).lookAhead, confidence: 0.78,
			example:  "a quote that opens its paragraph alone has the speaker of the next one in it",
			declines: "no quote with a speaker follows in the paragraph",
			why:      (*work).notAlone,
		},
		{
			name: "carry-forward", attribute: (*work).carryForward, confidence: 0.78,
			example:  "a quote alone in its paragraph goes on with the speaker before it",
			declines: "the paragraph before leaves no speaker that could go on",
			why:      (*work).notCarriedForward,
		},
		{
			name: "sentence-subject", attribute: (*work).sentenceSubject, confidence: 0.73,
			example:  "Reid has gone after Trump as a “human leech”",
			declines: "no person is the subject of the sentence",
			why:      (*work).onlyQuote,
		},
		{
			name: "no-source", attribute: (*work).noSource, confidence: 0.5,
			example:  "nobody: the quote is unattributed",
			declines: "it always answers",
		},
	},
}

// decline says why the sieve declines quote q.
func (sv *sieve) decline(w *work, q int) string {
	if sv.why != nil {
		if reason := sv.why(w, q); reason != "" {
			return reason
		}
	}
	return sv.declines
}
