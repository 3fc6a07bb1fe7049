package maps

// Large towns, to know where one is looking.

import (
	"sync"

	"doppelpass/model/place"
	"doppelpass/ui/kit"
)

// around are the countries whose towns show: those where the program's customers are, and their
// neighbours.
var around = [...]string{"DE", "AT", "CH", "LI", "LU", "FR", "BE", "NL", "DK", "PL", "CZ", "IT", "SI", "HU", "SK", "HR"}

// most is how many towns of a country are read: enough for a window on a part of it.
const most = 150

// allTowns are the large towns of these countries, the largest first. It takes some hundredths of
// a second when first asked for.
var allTowns = sync.OnceValue(func() []place.Town { return place.Largest(most, around[:]...) })

// largeTowns are the largest towns between two corners.
func largeTowns(southWest, northEast kit.Place, most int) (towns []place.Town) {
	for _, town := range allTowns() {
		if len(towns) < most && town.Lon >= southWest.Lon && town.Lon <= northEast.Lon && town.Lat >= southWest.Lat && town.Lat <= northEast.Lat {
			towns = append(towns, town)
		}
	}
	return towns
}
