//go:build race

package run

// raceDetector says that the tests run with the race detector, which makes programs slow and wait at their end.
const raceDetector = true
