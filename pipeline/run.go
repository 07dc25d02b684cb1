package pipeline

import (
	"context"
	"iter"
	"runtime"
	"sync"
)

// Run calls do on every item of seq, up to jobs calls at a time (less than 1 means one for each CPU), and emit on every
// result in the order of the items, whatever the number of jobs. At most a small multiple of jobs items and results
// are in memory. do is called from several goroutines, emit only from the one that called Run, seq from one other.
//
// An error of emit ends the run and is returned. When ctx is cancelled no further item is taken; those taken before are
// finished and emitted, and Run returns ctx.Err(). It then does not wait for a seq that is itself waiting, for example
// to read from a terminal: such a seq ends at its next item.
func Run[T, R any](ctx context.Context, seq iter.Seq[T], jobs int, do func(T) R, emit func(R) error) error {
	if jobs < 1 {
		jobs = runtime.GOMAXPROCS(0)
	}
	// A slow article holds back the results of at most as many others as the window has room for.
	window := 4 * jobs
	q := queue[R]{order: make(chan chan R, window), stopped: make(chan struct{})}
	slots := make(chan struct{}, window)
	running := make(chan struct{}, jobs)
	acquire := func(c chan struct{}) bool {
		select {
		case c <- struct{}{}:
			return true
		case <-q.stopped:
		case <-ctx.Done():
		}
		return false
	}
	go func() {
		defer close(q.order)
		for item := range seq {
			if !acquire(slots) || !acquire(running) {
				return
			}
			ok := q.start(func(result chan R) {
				result <- do(item)
				<-running
			})
			if !ok {
				return
			}
		}
	}()
	defer q.work.Wait()
	defer q.stop()
	for {
		select {
		case result, ok := <-q.order:
			if !ok {
				return ctx.Err()
			}
			if err := emit(<-result); err != nil {
				return err
			}
			<-slots
		case <-ctx.Done():
			q.stop()
			for len(q.order) > 0 {
				result, ok := <-q.order
				if !ok {
					break
				}
				if err := emit(<-result); err != nil {
					return err
				}
			}
			return ctx.Err()
		}
	}
}

// A queue holds the results that are due, in order. Once stop has returned, no work starts and nothing is added.
type queue[R any] struct {
	order   chan chan R
	work    sync.WaitGroup
	stopped chan struct{}
	mu      sync.Mutex
	closed  bool
}

// start starts work in a goroutine of its own and puts its result last in the queue, which must have room.
func (q *queue[R]) start(work func(result chan R)) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed {
		return false
	}
	result := make(chan R, 1)
	q.order <- result
	q.work.Go(func() { work(result) })
	return true
}

func (q *queue[R]) stop() {
	q.mu.Lock()
	defer q.mu.Unlock()
	if !q.closed {
		q.closed = true
		close(q.stopped)
	}
}
