//go:build !linux

package annottest

import "time"

// CPU returns the time that f takes. Where the system does not tell the processor time of a thread it is that of the
// clock, which other work on the machine lengthens.
func CPU(f func()) time.Duration {
	start := time.Now()
	f()
	return time.Since(start)
}
