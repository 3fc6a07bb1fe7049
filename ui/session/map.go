package session

// What the map is opened on.

import "strings"

// PageMap is the map; opened by its action and from other pages, it has no number.
const PageMap PageName = "map"

// The kinds of target that the map opens.
const (
	MapOfAccount   = "account"
	MapOfTerritory = "territory"
	MapOfRegion    = "region"
	MapOfCampaign  = "campaign"
	MapOfWeek      = "week" // of a rep: "R1 2026-11-30"
)

// MapTarget is the target of the map for a record by its code.
func MapTarget(kind, code string) string { return kind + "\n" + code }

// ParseMapTarget reads a MapTarget.
func ParseMapTarget(target string) (kind, code string) {
	kind, code, _ = strings.Cut(target, "\n")
	return kind, code
}
