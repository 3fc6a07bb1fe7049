//go:build !race

package exchange

// raceDetector reports whether these tests watch for races.
const raceDetector = false
