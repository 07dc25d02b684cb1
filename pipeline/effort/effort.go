// Package effort keeps the tests quick, and free of the clock: it says which of them run and with how much work, and
// compares the processor time of work of two sizes. Only tests import it.
package effort

import (
	"math"
	"os"
	"runtime"
	"testing"
	"time"
)

// All reports whether the environment sets QUOTH_SLOW, as make test-all does: then all tests run, and each in full.
func All() bool { return os.Getenv("QUOTH_SLOW") != "" }

// Slow skips a test that takes more than about a second of processor time, unless all tests run. What it checks should
// have a small version that always runs.
func Slow(t testing.TB) {
	t.Helper()
	if !All() {
		t.Skip("slow; make test-all runs it, or QUOTH_SLOW=1")
	}
}

// Pick returns all if all tests run, else some: the number of kills or bytes or articles of a test.
func Pick[T any](some, all T) T {
	if All() {
		return all
	}
	return some
}

const (
	growth = 4 // how much larger the second input of Linear is
	// limit is how many times the processor time of the first input the second may take. Linear work takes 4 times as
	// much, work that grows with the square 16 times. The rest is room for a busy machine and its caches.
	limit = 8
	tries = 10
	// least is what the first input counts for at least: below it memory that is new to the process decides, not the work.
	least = 250 * time.Microsecond
)

// Linear fails the test if work takes time that grows faster than its size. It asks for work of size n and of size 4n,
// runs each several times if need be, and compares the least processor times. Only what work does on its own
// goroutine counts. With the race detector, and where the system does not tell the processor time of a thread, the work
// is done once and nothing is compared.
func Linear(t testing.TB, n int, work func(n int) (run func())) {
	t.Helper()
	if Race || !measured {
		work(n)()
		return
	}
	small, large := time.Duration(math.MaxInt64), time.Duration(math.MaxInt64)
	for range tries {
		small = min(small, cpu(work(n)), cpu(work(n)))
		large = min(large, cpu(work(growth*n)))
		if large < limit*max(small, least) {
			return
		}
	}
	t.Errorf("input %d times as large takes %.1f times the processor time (%v, then %v); linear time is wanted",
		growth, float64(large)/float64(small), small, large)
}

// Within fails the test if run takes more than most of processor time on its own goroutine. Let most be a hundred times
// what run takes: it is there to find work that does not end.
func Within(t testing.TB, most time.Duration, run func()) {
	t.Helper()
	if took := cpu(run); measured && took > most {
		t.Errorf("%v of processor time, want at most %v", took, most)
	}
}

// cpu returns the processor time that run takes on its own goroutine, which other work on the machine hardly lengthens.
func cpu(run func()) time.Duration {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	start := threadTime()
	run()
	return threadTime() - start
}

// Allocated returns the bytes that run allocates, with those of other goroutines meanwhile: no other test may run at the
// same time.
func Allocated(run func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	run()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}
