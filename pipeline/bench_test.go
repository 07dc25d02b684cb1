package pipeline_test

import (
	"testing"

	"github.com/quoth-nlp/quoth/extractors/attribution"
	"github.com/quoth-nlp/quoth/extractors/entities"
	"github.com/quoth-nlp/quoth/extractors/quotes"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// BenchmarkStage measures every stage alone on an article of real length.
func BenchmarkStage(b *testing.B) {
	set := rules.MustEnglish()
	names, err := entities.New(set)
	if err != nil {
		b.Fatal(err)
	}
	ranker, err := attribution.Default()
	if err != nil {
		b.Fatal(err)
	}
	text := ownArticle(b)
	before := []pipeline.Stage{}
	for _, s := range []pipeline.Stage{segment.New(set), names, quotes.New(set), attribution.NewRanked(set, ranker)} {
		b.Run(s.Name(), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				b.StopTimer()
				d := annot.New("", text)
				for _, s := range before {
					if err := s.Process(d); err != nil {
						b.Fatal(err)
					}
				}
				b.StartTimer()
				if err := s.Process(d); err != nil {
					b.Fatal(err)
				}
			}
		})
		before = append(before, s)
	}
}

// BenchmarkPipeline measures the default pipeline on an article of real length.
func BenchmarkPipeline(b *testing.B) {
	p := defaultPipeline(b)
	text := ownArticle(b)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if err := p.Process(annot.New("", text)); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkDefault measures start-up: how long the default pipeline takes to make.
func BenchmarkDefault(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := pipeline.Default(); err != nil {
			b.Fatal(err)
		}
	}
}
