package ui

import (
	_ "embed"
	"strings"
)

//go:embed action_names.txt
var actionNames string

// ActionNames lists the names of all actions, sorted: those that a person can give other
// keys. Pages make their actions only in a session, so the names are kept beside the code;
// a test holds the list to it.
func ActionNames() []string { return strings.Fields(actionNames) }
