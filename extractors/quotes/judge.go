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
	"github.com/quoth-nlp/quoth/pipeline/annot"
)

// A Judge tells somebody's words from scare quotes, titles and terms where the rules are not certain. It is immutable and
// safe for concurrent use.
type Judge struct {
	model *boost.Model
	// least is the log-odds from which on a stretch is a quote.
	least float64
	sum   uint32
}

// ID returns a name for the judge that differs from that of every other one in all likelihood: the checksum of its file.
func (j *Judge) ID() string { return fmt.Sprintf("judge-%08x", j.sum) }

//go:embed judge.bin
var embedded []byte

// DefaultJudge returns the embedded judge. It is read once, on the first call.
var DefaultJudge = sync.OnceValues(func() (*Judge, error) { return OpenJudge(embedded) })

const judgeMagic = "QJUDGE1\n"

// OpenJudge reads a judge that Trainer wrote. It returns an error for data that are damaged or of another version.
func OpenJudge(data []byte) (*Judge, error) {
	const header = len(judgeMagic) + 8
	if len(data) < header || string(data[:len(judgeMagic)]) != judgeMagic {
		return nil, errors.New("not a model of quotes")
	}
	least := math.Float64frombits(binary.LittleEndian.Uint64(data[len(judgeMagic):]))
	if !(math.Abs(least) < 100) {
		return nil, errors.New("damaged model of quotes: its threshold is out of range")
	}
	model, err := boost.Open(data[header:], featureNames)
	if err != nil {
		return nil, err
	}
	return &Judge{model, least, crc32.ChecksumIEEE(data)}, nil
}

func (j *Judge) bytes() []byte {
	b := binary.LittleEndian.AppendUint64([]byte(judgeMagic), math.Float64bits(j.least))
	return append(b, j.model.Bytes()...)
}

// judge lets j decide on the stretches that the rules are not certain of.
func (f *finder) judge(j *Judge) {
	if j == nil {
		return
	}
	var decided []verdict // what j says; the features speak of what the rules say
	var article *article
	var x [featureCount]float32
	for k := range f.verdict {
		if !f.doubtful(k) {
			continue
		}
		if decided == nil {
			decided = append(decided, f.verdict...)
			article = f.article()
		}
		f.features(&x, article, k)
		decided[k] = f.verdict[k].judged(f, k, j.model.Score(x[:]) >= j.least)
	}
	if decided != nil {
		f.verdict = decided
	}
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

// doubtful reports whether the judge decides on stretch k.
func (f *finder) doubtful(k int) bool { return f.verdict[k].by != certain }
