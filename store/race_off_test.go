//go:build !race

package store

// raceDetector reports whether these tests watch for races.
const raceDetector = false
