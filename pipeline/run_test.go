package pipeline_test

import (
	"context"
	"errors"
	"iter"
	"math/rand/v2"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/quoth-nlp/quoth/pipeline"
)

func count(n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := range n {
			if !yield(i) {
				return
			}
		}
	}
}

func numbers(n int) []int { return slices.Collect(count(n)) }

// Results come in the order of the items, however long each takes and whatever the number of jobs.
func TestRunOrder(t *testing.T) {
	seed := uint64(time.Now().UnixNano())
	t.Log("seed", seed)
	for _, jobs := range []int{-1, 0, 1, 2, 7, 64} {
		synctest.Test(t, func(t *testing.T) {
			r := rand.New(rand.NewPCG(seed, uint64(jobs)))
			pause := make([]time.Duration, 300)
			for i := range pause {
				pause[i] = time.Duration(r.IntN(1000)) * time.Millisecond
			}
			var got []int
			var now, most atomic.Int32
			err := pipeline.Run(t.Context(), count(300), jobs, func(i int) int {
				n := now.Add(1)
				for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
				}
				time.Sleep(pause[i])
				now.Add(-1)
				return i * i
			}, func(i int) error { got = append(got, i); return nil })
			want := numbers(300)
			for i := range want {
				want[i] *= i
			}
			if err != nil || !slices.Equal(got, want) {
				t.Errorf("%d jobs: error %v, results %v", jobs, err, got)
			}
			if jobs > 0 && int(most.Load()) > jobs {
				t.Errorf("%d jobs: %d at a time", jobs, most.Load())
			}
		})
	}
}

// One slow item does not let the others pile up.
func TestRunWindow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const jobs = 4
		taken := 0
		seq := func(yield func(int) bool) {
			for i := range count(10000) {
				taken = i + 1
				if !yield(i) {
					return
				}
			}
		}
		first := true
		err := pipeline.Run(t.Context(), seq, jobs, func(i int) int {
			if i == 0 {
				time.Sleep(time.Hour)
			}
			return i
		}, func(int) error {
			if first {
				first = false
				synctest.Wait()
				if taken > 10*jobs {
					t.Errorf("%d items were taken before the first was done", taken)
				}
			}
			return nil
		})
		if err != nil || taken != 10000 {
			t.Errorf("error %v after %d items", err, taken)
		}
	})
}

func TestRunEmitError(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		full := errors.New("disk full")
		ended := false
		seq := func(yield func(int) bool) {
			defer func() { ended = true }()
			for i := 0; yield(i); i++ {
			}
		}
		emitted := 0
		err := pipeline.Run(t.Context(), seq, 3, func(i int) int { time.Sleep(time.Second); return i }, func(i int) error {
			emitted++
			if i == 5 {
				return full
			}
			return nil
		})
		synctest.Wait() // synctest also fails if a goroutine is left
		if err != full || emitted != 6 || !ended {
			t.Errorf("want %v after 6, got %v after %d; sequence ended: %v", full, err, emitted, ended)
		}
	})
}

// What was started when the context is cancelled is finished and emitted; nothing else is taken.
func TestRunCancel(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		done := 0
		var got []int
		err := pipeline.Run(ctx, count(1000), 1, func(i int) int {
			time.Sleep(time.Second)
			if done++; done == 5 {
				cancel()
			}
			return i
		}, func(i int) error { got = append(got, i); return nil })
		if !errors.Is(err, context.Canceled) || len(got) != done || !slices.Equal(got, numbers(done)) || done > 10 {
			t.Errorf("error %v, %d done, results %v", err, done, got)
		}
	})
}

// A sequence that waits for input that does not come cannot keep Run from returning.
func TestRunCancelWhileWaiting(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	release := make(chan bool)
	seq := func(yield func(int) bool) {
		yield(1)
		<-release
		if yield(2) {
			t.Error("an item was taken after the end")
		}
		close(release)
	}
	var got []int
	err := pipeline.Run(ctx, seq, 2, func(i int) int { return i }, func(i int) error {
		got = append(got, i)
		cancel()
		return nil
	})
	if !errors.Is(err, context.Canceled) || !slices.Equal(got, []int{1}) {
		t.Errorf("error %v, results %v", err, got)
	}
	release <- true
	<-release
}

func TestRunEmpty(t *testing.T) {
	err := pipeline.Run(t.Context(), count(0), 2, func(i int) int { return i }, func(int) error { return errors.New("called") })
	if err != nil {
		t.Error(err)
	}
}
