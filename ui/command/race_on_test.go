//go:build race

package command

// raceDetector reports whether these tests watch for races.
const raceDetector = true
