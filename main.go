// Doppelpass shows two departments what each has to do next: which territories
// need more visits before a campaign, and where the telephone has to help.
package main

import (
	"os"
	_ "time/tzdata" // where the system has no time zones, as in small containers, days began at the wrong hour

	"doppelpass/ui/command"
)

func main() {
	os.Exit(command.Execute(os.Args[1:], command.System()))
}
