package exchange

import (
	"regexp"
	"sync"
)

// pattern is made when it is asked for first: most commands read no file of another system.
func pattern(text string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(text) })
}
