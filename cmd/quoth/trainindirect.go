package main

import (
	"bytes"
	"fmt"
	"io"
	"slices"

	"github.com/urfave/cli/v2"

	"github.com/quoth-nlp/quoth/corpus/measure/gold"
	"github.com/quoth-nlp/quoth/extractors/indirect"
	"github.com/quoth-nlp/quoth/pipeline"
	"github.com/quoth-nlp/quoth/pipeline/annot"
)

func trainIndirectCommand(std streams) *cli.Command {
	return &cli.Command{
		Name:      "indirect",
		Usage:     "train the weights of indirect quotes",
		UsageText: "quoth train indirect --gold FILE -o MODEL [options]",
		Description: `Trains what decides which places of an article are indirect quotes. The gold is JSON Lines as for quoth eval, with
quotes of kind indirect that have a cue and a speaker. The same file and options give the same bytes.

Before the model is trained on all articles, each fifth of them is decided by a model of the other four; standard error
shows from that how the F1 depends on the threshold and how the confidence bears out.

Examples:
  quoth train indirect --gold polnear.train.jsonl -o my.indirect
  quoth extract --indirect --indirect-model my.indirect article.txt

Exit codes:
  0 all done, 2 wrong call or data, 4 the model could not be written`,
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "gold", Usage: "train on the quotations in the .jsonl `FILE`"},
			outputFlag("write the model to `FILE`"),
			forceFlag("the model if it exists"),
			&cli.Float64Flag{Name: "threshold", Value: 0.35, Usage: "keep indirect quotes with at least the confidence `P`"},
			&cli.IntFlag{Name: "epochs", Value: 20, Usage: "go `N` times over the data"},
			&cli.Float64Flag{Name: "l2", Value: 3, Usage: "pull weights to zero with the strength `L`"},
			&cli.Uint64Flag{Name: "seed", Value: 1, Usage: "draw with the seed `N`"},
		},
		Action: func(c *cli.Context) error { return trainIndirect(c, std) },
	}
}

func trainIndirect(c *cli.Context, std streams) error {
	if err := checkTraining(c, "gold", c.String("gold")); err != nil {
		return err
	}
	if p := c.Float64("threshold"); !(p > 0 && p < 1) {
		return usage("--threshold %g: take more than 0 and less than 1", p)
	}
	if err := atLeast(c, 1, "epochs"); err != nil {
		return err
	}
	if strength := c.Float64("l2"); !(strength >= 0) {
		return usage("--l2 %g: take at least 0", strength)
	}
	articles, err := loadJSONL(c.String("gold"))
	if err != nil {
		return &exitError{exitUsage, err}
	}
	opt := indirect.TrainOptions{Threshold: c.Float64("threshold"), Epochs: c.Int("epochs"), L2: c.Float64("l2"), Seed: c.Uint64("seed")}
	return writeModel(c, func() ([]byte, error) {
		samples, of, err := reportSamples(c, articles)
		switch {
		case c.Context.Err() != nil:
			return nil, interrupted(c.Context)
		case err != nil:
			return nil, err
		}
		crossValidate(std.err, samples, of, opt)
		var model bytes.Buffer
		err = fit(samples, func(int) bool { return false }, opt).Write(&model)
		return model.Bytes(), err
	})
}

// A reportSample is a reading of the cue at an offset of an article.
type reportSample struct {
	indirect.Sample
	article, cue int
}

// fit trains a model on the samples of all articles but those that out holds out.
func fit(samples []reportSample, out func(article int) bool, opt indirect.TrainOptions) *indirect.Model {
	var list []indirect.Sample
	for _, s := range samples {
		if !out(s.article) {
			list = append(list, s.Sample)
		}
	}
	return indirect.Train(list, opt)
}

// reportSamples runs the pipeline over the articles and judges its reports: a report is right if the gold has an indirect
// quote of the same cue whose source and content overlap with its own. Those of a marked quote's cue are left out. It also
// returns how many indirect quotes with a source the gold has.
func reportSamples(c *cli.Context, articles []gold.Article) (samples []reportSample, of int, err error) {
	set, err := loadRules("")
	if err != nil {
		return nil, 0, err
	}
	p, err := pipeline.NewDefault(pipeline.Options{Rules: set})
	if err != nil {
		return nil, 0, &exitError{exitUsage, err}
	}
	stage, err := indirect.New(set, nil)
	if err != nil {
		return nil, 0, &exitError{exitUsage, err}
	}
	i := 0
	docs := func(yield func(*annot.Document) bool) {
		for _, a := range articles {
			if !yield(annot.New(a.Name, a.Text)) {
				return
			}
		}
	}
	type processed struct {
		reports []indirect.Report
		err     error
	}
	process := func(d *annot.Document) processed {
		if err := p.Process(d); err != nil {
			return processed{err: err}
		}
		return processed{reports: stage.Reports(d)}
	}
	err = pipeline.Run(c.Context, docs, 0, process, func(r processed) error {
		a := &articles[i]
		i++
		for _, q := range a.Quotes {
			if q.Kind == annot.Indirect && !q.Speaker.Mention.IsZero() {
				of++
			}
		}
		for _, report := range r.reports {
			if right, judged := judgeReport(a, &report.Quote); judged {
				samples = append(samples, reportSample{indirect.Sample{Features: report.Features, Right: right}, i, report.Quote.Cue.Start})
			}
		}
		return r.err
	})
	return samples, of, err
}

// judgeReport reports whether a report is right, and whether the gold says anything of it.
func judgeReport(a *gold.Article, got *annot.Quote) (right, judged bool) {
	judged = true
	overlap := func(p annot.Span) bool { return slices.ContainsFunc(got.Parts, p.Overlaps) }
	for i := range a.Quotes {
		q := &a.Quotes[i]
		if q.Kind != annot.Indirect {
			judged = judged && !q.Cue.Overlaps(got.Cue)
		} else if slices.ContainsFunc(q.Parts, overlap) && q.Cue.Overlaps(got.Cue) && q.Speaker.Mention.Overlaps(got.Speaker.Mention) {
			return true, true
		}
	}
	return false, judged && !slices.ContainsFunc(a.Discard, got.Cue.Overlaps)
}

// crossValidate decides each fifth of the articles by a model of the others and writes what came of it.
func crossValidate(w io.Writer, all []reportSample, of int, opt indirect.TrainOptions) {
	const folds = 5
	var models []*indirect.Model
	for fold := range folds {
		models = append(models, fit(all, func(article int) bool { return article%folds == fold }, opt))
	}
	var samples []reportSample // the most likely reading of each cue
	var confidence []float64
	for _, s := range all {
		c := models[s.article%folds].Confidence(s.Features)
		n := len(samples)
		if n == 0 || samples[n-1].article != s.article || samples[n-1].cue != s.cue {
			samples, confidence = append(samples, s), append(confidence, c)
		} else if c > confidence[n-1] {
			samples[n-1], confidence[n-1] = s, c
		}
	}
	fmt.Fprintf(w, "cues %d, gold %d\nthreshold  precision  recall  f1\n", len(samples), of)
	for t := 0.2; t < 0.95; t += 0.05 {
		fired, right := 0, 0
		for i, s := range samples {
			if confidence[i] >= t {
				fired++
				if s.Right {
					right++
				}
			}
		}
		fmt.Fprintf(w, "%9.2f  %9.1f  %6.1f  %.1f\n", t, 100*share(right, fired), 100*share(right, of), 200*float64(right)/float64(max(1, fired+of)))
	}
	fmt.Fprintf(w, "confidence  reports  right\n")
	for bin := range 10 {
		n, right := 0, 0
		for i, s := range samples {
			if min(int(confidence[i]*10), 9) == bin {
				n++
				if s.Right {
					right++
				}
			}
		}
		fmt.Fprintf(w, "%d0-%d0  %7d  %5.1f\n", bin, bin+1, n, 100*share(right, n))
	}
}

func share(part, of int) float64 { return float64(part) / float64(max(1, of)) }
