// Package ready says what the facts still lack before signals make sense, and what
// would mend it: territories made of owners or postcodes, reps, classes by rank, last
// visits. A mend is worked out first, so that a person sees how much it changes, and
// is a list of edits that become one step of the history.
package ready

import (
	"slices"

	"doppelpass/model"
	"doppelpass/model/place"
)

// Kind is what is lacking.
type Kind string

// What can be lacking, in the order in which it is worth mending.
const (
	NoAccount   Kind = "account"   // there is nobody to visit
	NoTerritory Kind = "territory" // accounts in no territory: no signal counts them
	NoRep       Kind = "rep"       // territories with accounts and without a rep
	NoHolidays  Kind = "holidays"  // territories that know no public holidays, where it is clear which hold
	NoVisit     Kind = "visit"     // most accounts were never visited: everything is late
	NoClass     Kind = "class"     // nothing tells accounts apart: all are of the last class
	NoCampaign  Kind = "campaign"  // nothing is planned that visits could serve
	NoCall      Kind = "call"      // most accounts may not be called as far as is known
	NoPlace     Kind = "place"     // accounts that are nowhere on the map
)

// Way is a way of mending a gap.
type Way string

// The ways.
const (
	WayOwners    Way = "owners"      // a territory for each of the people who look after accounts
	WayPostcodes Way = "postcodes"   // the territories whose postcodes fit
	WayAreas     Way = "areas"       // a territory for each first figures of postcodes
	WayOne       Way = "one"         // one territory for all
	WayReps      Way = "reps"        // a rep for each territory
	WayHolidays  Way = "holidays"    // the calendar of the Land or country in which a territory's accounts lie
	WayRank      Way = "rank"        // classes by the rank of the potential
	WayLast      Way = "last-visits" // a last visit for each class
)

// Gap is something that is lacking.
type Gap struct {
	Kind Kind
	// Count is how many it is about, Of how many there are: active accounts, or
	// territories of which a rep is lacking.
	Count, Of int
	Ways      []Way // the best first
}

// Gaps lists what is lacking on the day. Owners says who looks after accounts that
// are in no territory, by account, as far as files told.
func Gaps(day *model.Day, owners map[string]string) (gaps []Gap) {
	book := day.Book()
	var active, homeless, owned, fitting, coded, never, plain, ranked, silent, nowhere int
	settings := book.Settings()
	prefixes, home := prefixesOf(book), settings.Country
	for a := range book.Accounts {
		if a.Inactive {
			continue
		}
		active++
		if withoutTerritory(book, &a.Account) {
			homeless++
			if owners[a.Code] != "" {
				owned++
			}
			if prefixes.Find(place.CountryCode(a.Address.Country, home), a.Address.Postcode) != "" {
				fitting++
			}
			if areaOf(&a.Account, home, 1) != "" {
				coded++
			}
		}
		if day.Standing(a).State == model.StateNever {
			never++
		}
		if withoutClass(&settings, &a.Account) {
			plain++
			if a.Potential > 0 {
				ranked++
			}
		}
		switch day.Exclusion(a) {
		case model.NoPhone, model.NoConsent, model.NoBasis:
			silent++
		}
		if a.Placed == model.PlacedNowhere {
			nowhere++
		}
	}
	if active == 0 {
		return []Gap{{Kind: NoAccount}}
	}
	add := func(kind Kind, holds bool, count, of int, ways ...Way) {
		if holds {
			gaps = append(gaps, Gap{kind, count, of, slices.DeleteFunc(ways, func(w Way) bool { return w == "" })})
		}
	}
	when := func(holds bool, w Way) Way {
		if holds {
			return w
		}
		return ""
	}
	add(NoTerritory, homeless > 0, homeless, active, when(owned > 0, WayOwners), when(fitting > 0, WayPostcodes), when(coded > 0, WayAreas), WayOne)
	vacant, areas, without := 0, 0, 0
	for _, area := range book.Areas() {
		if hasActive(area) {
			areas++
			if area.Rep == "" {
				vacant++
			}
			if calendarFor(book, area) != "" {
				without++
			}
		}
	}
	add(NoRep, vacant > 0, vacant, areas, WayReps)
	add(NoVisit, 2*never >= active, never, active, WayLast)
	add(NoClass, plain == active, plain, active, when(ranked > 1, WayRank))
	add(NoCampaign, !slices.ContainsFunc(book.Campaigns(), func(c model.Campaign) bool {
		return c.Status == model.CampaignPlanned && !c.IsTelemarketing() && c.End >= day.Date()
	}), 0, 0)
	add(NoCall, 2*silent >= active, silent, active)
	add(NoPlace, nowhere > 0, nowhere, active)
	add(NoHolidays, without > 0, without, areas, WayHolidays)
	return gaps
}

// withoutTerritory reports an account that no signal counts.
func withoutTerritory(book *model.Book, a *model.Account) bool {
	if a.Territory == "" {
		return true
	}
	area := book.Area(a.Territory)
	return area == nil || !area.Known
}

// withoutClass reports an account that is visited as the last class is: imports put
// those without a class there.
func withoutClass(settings *model.Settings, a *model.Account) bool {
	return a.Interval == 0 && (a.Class == "" || a.Class == settings.LastClass())
}

func hasActive(area *model.Area) bool {
	return slices.ContainsFunc(area.Accounts(), func(a *model.Customer) bool { return !a.Inactive })
}

// Plan is a mend that was worked out.
type Plan struct {
	Parts []Part
	Edits []model.Edit
	// Left counts the accounts it is about for which nothing tells; of WayReps and
	// WayHolidays the territories.
	Left int
}

// Part is a part of a plan: a territory or a class, and the accounts that come to it.
type Part struct {
	Code, Name string // of the territory or the class
	Calendar   string // of public holidays, that the territory gets
	Rep        string // name of the territory's rep
	New        bool   // the territory does not exist yet
	Accounts   int
	From       model.Money // of a class: the least potential in it
	Day        model.Date  // of last visits
}

// Accounts are how many accounts the plan changes.
func (p Plan) Accounts() (n int) {
	for _, part := range p.Parts {
		n += part.Accounts
	}
	return n
}

// sortedAccounts are the active accounts that pass, by code: what is made of them
// must not depend on chance.
func sortedAccounts(book *model.Book, pass func(*model.Customer) bool) (list []*model.Customer) {
	for a := range book.Accounts {
		if !a.Inactive && pass(a) {
			list = append(list, a)
		}
	}
	slices.SortFunc(list, func(x, y *model.Customer) int {
		if x.Code < y.Code {
			return -1
		}
		return 1
	})
	return list
}
