//go:build race

package cores

// RaceDetector reports whether the race detector watches. What takes ten times as long under
// it, and is one goroutine, a test may do in part then.
const RaceDetector = true
