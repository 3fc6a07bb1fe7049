//go:build !race

package ui

// raceDetector reports whether these tests watch for races.
const raceDetector = false
