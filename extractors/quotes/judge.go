package quotes

import (
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"math"
	"sync"

	"github.com/quoth-nlp/quoth/extractors/boost"
	"github.com/quoth-nlp/quoth/extractors/segment"
	"github.com/quoth-nlp/quoth/pipeline/annot"
	"github.com/quoth-nlp/quoth/rules"
)

// A Judge tells somebody's words from scare quotes, titles and terms where the rules are not certain. It is immutable and
// safe for concurrent use.
type Judge struct {
	model *boost.Model
	clues *clueWeights
	// least is the log-odds from which on a stretch is a quote.
	least float64
	sum   uint32
}

// ID returns a name for the judge that differs from that of every other one in all likelihood: the checksum of its file.
func (j *Judge) ID() string { return fmt.Sprintf("judge-%08x", j.sum) }

//go:embed judge.bin
var embedded []byte

var defaultJudge = sync.OnceValues(func() (*Judge, error) { return Open(embedded) })

// Default returns the embedded judge, always the same one. It is read on the first call.
func Default() (*Judge, error) { return defaultJudge() }

const judgeMagic = "QJUDGE1\n"

// Open reads a judge that Trainer.Train made; it keeps nothing of data. It returns an error for data that are damaged or of another
// version.
func Open(data []byte) (*Judge, error) {
	const header = len(judgeMagic) + 4 + 8 + 1<<clueBits
	le := binary.LittleEndian
	if len(data) < len(judgeMagic) || string(data[:len(judgeMagic)]) != judgeMagic {
		return nil, errors.New("not a model of quotes")
	}
	if len(data) < header || le.Uint32(data[len(judgeMagic):]) != crc32.ChecksumIEEE(data[len(judgeMagic)+4:]) {
		return nil, errors.New("damaged model of quotes: its checksum is wrong")
	}
	j := &Judge{clues: new(clueWeights), least: math.Float64frombits(le.Uint64(data[len(judgeMagic)+4:])), sum: crc32.ChecksumIEEE(data)}
	for i := range j.clues {
		j.clues[i] = int8(data[header-len(j.clues)+i])
	}
	var err error
	j.model, err = boost.Open(data[header:], featureNames)
	return j, err
}

func (j *Judge) bytes() []byte {
	le := binary.LittleEndian
	b := append([]byte(judgeMagic), 0, 0, 0, 0) // the checksum comes last
	b = le.AppendUint64(b, math.Float64bits(j.least))
	for _, w := range j.clues {
		b = append(b, byte(w))
	}
	b = append(b, j.model.Bytes()...)
	le.PutUint32(b[len(judgeMagic):], crc32.ChecksumIEEE(b[len(judgeMagic)+4:]))
	return b
}

// judge lets j decide on the stretches that the rules are not certain of.
func (f *finder) judge(j *Judge) {
	if j == nil {
		return
	}
	var decided []verdict // what j says; the features speak of what the rules say
	var article *article
	var x [featureCount]float32
	var c clues
	for k := range f.verdict {
		if !f.doubtful(k) {
			continue
		}
		if decided == nil {
			decided = append(decided, f.verdict...)
			article = f.article()
		}
		f.features(&x, article, k)
		c.gather(f, k)
		j.clues.score(&x, &c)
		decided[k] = f.verdict[k].judged(f, k, j.model.Score(x[:])+benefit(&x) >= j.least)
	}
	if decided != nil {
		f.verdict = decided
	}
}

// doubt is what the rules' word for a quote is worth in log-odds, for the stretch or for one that it is coordinated with. On
// other kinds of articles than those that the judge was trained with, the rules are the safer of the two:
// docs/detection.md has the figures.
const doubt = 1.2

func benefit(x *[featureCount]float32) float64 {
	if x[fVerdict] > 0 || x[pJoint] > 0 && x[pVerdict] > 0 {
		return doubt
	}
	return 0
}

// judged returns the verdict of the rules if it agrees with the judge, or else another one.
func (v verdict) judged(f *finder, k int, quote bool) verdict {
	s := f.sight[k].shape
	switch {
	case quote == (v.kind != annot.NoKind):
		return v
	case quote:
		return verdict{kind: f.kind(s, false), by: v.by}
	case s.titleCase && s.words > 1:
		return verdict{why: annot.Title, by: v.by}
	}
	return verdict{why: annot.Scare, by: v.by}
}

// doubtful reports whether the judge decides on stretch k. What is a sentence of its own or stands before a cue is
// somebody's words unless it looks like a title, as a line between paragraphs may.
func (f *finder) doubtful(k int) bool {
	switch f.verdict[k].by {
	case certain, inHeadline, afterWork, beforeWork, afterPossessive, afterTrigger:
		return false
	case afterTerm:
		return f.uttered(k)
	case standsAlone, opensSentence:
		s := f.sight[k].shape
		return s.titleCase && s.words > 1
	}
	si := f.sight[k]
	attributed := si.context.cueAfter && f.sortOf(f.v.Units[si.unit].Items, si.item+1) == commaMark
	return f.verdict[k].kind == annot.NoKind || !attributed // “a trap”, according to Reyes
}

// uttered reports whether the noun before stretch k, which tells words from things, is the object of a verb: she used the
// phrase “x”. Then the words are hers; in "the word “x” is old" they are nobody's.
func (f *finder) uttered(k int) bool {
	v, si := f.v, f.sight[k]
	items := v.Units[si.unit].Items
	for i := si.item - 1; i >= max(0, si.item-5); i-- {
		if items[i].Quoted() {
			return false
		}
		if t := items[i].First; v.Is(t, rules.Determiner|rules.Possessive) {
			if i == 0 || items[i-1].Quoted() {
				return false
			}
			b := items[i-1].First
			return f.verb(b) || segment.EqualFold(v.Word(b), "with") || i > 1 && segment.EqualFold(v.Word(items[i-2].First), "to")
		}
	}
	return false
}
