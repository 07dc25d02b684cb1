package effort

import (
	"testing"
	"time"
)

// A recorder is a test that may fail.
type recorder struct {
	testing.TB
	failed bool
}

func (r *recorder) Helper()               {}
func (r *recorder) Errorf(string, ...any) { r.failed = true }

var sink int

// steps returns work of n steps, each of which takes some nanoseconds.
func steps(n int) func() {
	return func() {
		for i := range n {
			sink = sink*31 + i
		}
	}
}

func TestLinear(t *testing.T) {
	if Race || !measured {
		t.Skip("nothing is measured here")
	}
	for _, test := range []struct {
		name   string
		work   func(n int) func()
		failed bool
	}{
		{"linear", func(n int) func() { return steps(1000 * n) }, false},
		{"square", func(n int) func() { return steps(n * n) }, true},
	} {
		r := &recorder{}
		Linear(r, 1000, test.work)
		if r.failed != test.failed {
			t.Errorf("%s: want failed %v, got %v", test.name, test.failed, r.failed)
		}
	}
}

func TestWithin(t *testing.T) {
	if !measured {
		t.Skip("nothing is measured here")
	}
	for most, failed := range map[time.Duration]bool{time.Nanosecond: true, time.Hour: false} {
		r := &recorder{}
		Within(r, most, steps(1_000_000))
		if r.failed != failed {
			t.Errorf("at most %v: want failed %v, got %v", most, failed, r.failed)
		}
	}
}

func TestAllocated(t *testing.T) {
	var kept []byte
	if n := Allocated(func() { kept = make([]byte, 1<<20) }); n < 1<<20 || len(kept) < 1<<20 {
		t.Errorf("want a mebibyte, got %d bytes", n)
	}
}

func TestAll(t *testing.T) {
	for value, want := range map[string]string{"": "some", "1": "all"} {
		t.Setenv("QUOTH_SLOW", value)
		if got := Pick("some", "all"); got != want {
			t.Errorf("QUOTH_SLOW=%s: want %s, got %s", value, want, got)
		}
		skipped := true
		t.Run("slow", func(t *testing.T) {
			Slow(t)
			skipped = false
		})
		if skipped != (value == "") {
			t.Errorf("QUOTH_SLOW=%s: skipped %v", value, skipped)
		}
	}
}
