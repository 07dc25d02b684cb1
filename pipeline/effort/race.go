//go:build race

package effort

// Race says that the tests run with the race detector, which makes programs slow and wait at their end.
const Race = true
