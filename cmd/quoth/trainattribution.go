package main

import (
	"fmt"
	"io"
	"slices"

	"github.com/urfave/cli/v2"

	"github.com/quoth-nlp/quoth/corpus/measure/gold"
	"github.com/quoth-nlp/quoth/extractors/attribution"
	"github.com/quoth-nlp/quoth/extractors/boost"
	"github.com/quoth-nlp/quoth/pipeline"
	"github.com/quoth-nlp/quoth/pipeline/annot"
)

func trainAttributionCommand(std streams) *cli.Command {
	return &cli.Command{
		Name:      "attribution",
		Usage:     "train the choice of speakers",
		UsageText: "quoth train attribution --train FILE -o MODEL [options]",
		Description: `Trains the ranker that chooses the speaker of each quote among the candidates. The same files and options give the
same bytes.

A FILE is JSON Lines, an article a line, with its quotes, marks included, and the words that stand for their speakers:
  {"id": "a1", "text": "“It held,” Ada Moor said.", "quotes": [{"start": 0, "end": 10, "kind": "direct",
   "speaker": {"start": 11, "end": 19}}]}
with offsets in code points. Quotes of kind indirect teach nothing yet; a quote without a speaker teaches that there is none.
Where --names tells the name of its speaker, as in quoth eval, it teaches that the speaker follows from the context.

From these names the ranker also learns how likely a speaker is right, words and name; without them confidences are about
the words alone. In articles that have names and no words for any speaker, the words that lead to the right name are right.

Standard error shows how many quotes there are, how often the right speaker is among the candidates, and how often the
ranker and the sieves alone choose it on articles that the ranker was not trained with.

Examples:
  quoth train attribution --train quotes.jsonl -o my.ranker
  quoth eval --gold more.jsonl --ranker my.ranker

Exit codes:
  0 all done, 2 wrong call or data, 4 the model could not be written`,
		Flags: treeFlags(boost.Options{Trees: 200, Leaves: 8, Rate: 0.06, Runs: 3},
			&cli.StringSliceFlag{Name: "names", Usage: "take the names of the speakers from the .jsonl `FILE`; several with commas or again"}),
		Action: func(c *cli.Context) error { return trainAttribution(c, std) },
	}
}

func trainAttribution(c *cli.Context, std streams) error {
	return trainTrees(c, std, func(o boost.Options, progress io.Writer) ([]byte, error) {
		set, err := loadRules("")
		if err != nil {
			return nil, err
		}
		p, err := pipeline.NewUnattributed(pipeline.Options{Rules: set})
		if err != nil {
			return nil, err
		}
		trainer := attribution.NewTrainer(set)
		err = eachFile(c, progress, func(file string, weight float64, articles []gold.Article) error {
			var docs []*annot.Document
			for _, a := range articles {
				docs = append(docs, annot.New(a.Name, a.Text))
			}
			i := 0
			return pipeline.Run(c.Context, slices.Values(docs), 0, p.Process, func(err error) error {
				if err != nil {
					return fmt.Errorf("%s, article %s: %w", file, docs[i].ID, err)
				}
				trainer.Add(docs[i], known(articles[i]), weight)
				i++
				return nil
			})
		})
		if err != nil {
			return nil, err
		}
		model, outcome, err := trainer.Train(o, c.Int("folds"))
		if err != nil {
			return nil, &exitError{exitUsage, err}
		}
		share := func(n int) float64 { return 100 * float64(n) / float64(outcome.Quotes) }
		fmt.Fprintf(progress, "quotes %d: the right speaker is among the candidates of %.1f %%; right by the sieves %.1f %%, by the ranker %.1f %%\n",
			outcome.Quotes, share(outcome.Possible), share(outcome.Sieves), share(outcome.Right))
		return model, nil
	})
}

// known lists the quotes of the article whose speakers are annotated. Where the names of the speakers are known, a quote
// without words for its speaker has one that follows from the context: the words beside other quotes of his stand for him.
func known(a gold.Article) (list []attribution.Known) {
	for i := range a.Quotes {
		q := &a.Quotes[i]
		if q.Kind == annot.Indirect {
			continue
		}
		k := attribution.Known{Span: q.Span(), Speaker: q.Speaker}
		if q.Speaker.Mention.IsZero() && q.Speaker.Name != "" {
			k.Elsewhere = mentionsOf(a, q.Speaker.Name)
		}
		list = append(list, k)
	}
	return list
}

// mentionsOf lists the words beside quotes of the article that stand for the speaker with the name.
func mentionsOf(a gold.Article, name string) (list []annot.Span) {
	for i := range a.Quotes {
		if s := a.Quotes[i].Speaker; s.Name == name && !s.Mention.IsZero() {
			list = append(list, s.Mention)
		}
	}
	return list
}
