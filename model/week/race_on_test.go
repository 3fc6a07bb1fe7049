//go:build race

package week

// raceDetector says that the race detector is on, which makes long searches about 20 times as long.
const raceDetector = true
