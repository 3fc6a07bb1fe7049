//go:build !unix

package terminal

import (
	"os"
	"time"
)

// readable: the console is read by its events, not through this file.
func readable(*os.File, time.Duration) bool { return false }

// Asks: the console's answers would come as keys.
const Asks = false
