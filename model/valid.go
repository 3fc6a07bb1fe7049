package model

// What a record may hold, whatever the other records are. Each check names the
// field that is wrong and a stable word for why, which ui puts into a sentence:
// empty, date, order, range, twice, unknown, key, long; "" for a record that is in order.

import (
	"slices"
	"strings"
)

// MaximumNote is how long a note may be, in characters: a row with its notes fits into a
// table that can be read back.
const MaximumNote = 100_000

// MaximumName bounds what stands in a key beside a record's code, in bytes.
const MaximumName = 200

func (d Date) inRange() bool { return d >= FirstDate && d <= LastDate }

func checkAccount(a Account) (field, reason string) {
	switch {
	case a.Interval < 0 || a.VisitMinutes < 0:
		return "interval", "range"
	case a.Since != 0 && !a.Since.inRange():
		return "since", "date"
	}
	return "", ""
}

func checkContact(c Contact) (field, reason string) {
	if strings.TrimSpace(c.Name) == "" || len(c.Name) > MaximumName {
		return "name", "empty"
	}
	return "", ""
}

func checkCampaign(c Campaign) (field, reason string) {
	switch {
	case !c.Start.inRange() || !c.End.inRange():
		return "start", "date"
	case c.End < c.Start:
		return "end", "order"
	case c.Review != 0 && (!c.Review.inRange() || c.Review < c.End):
		return "review", "order"
	case c.LotSeed < 0:
		return "lot_seed", "range"
	}
	return "", ""
}

func checkVisit(v Visit) (field, reason string) {
	if v.Kind > VisitOther {
		return "kind", "range"
	}
	return checkRow(v.Date, v.Rep)
}

func checkCall(c Call) (field, reason string) {
	if c.Outcome > CallWrongNumber { // the packed marks have no room for more
		return "outcome", "range"
	}
	return checkRow(c.Date, c.Agent)
}

// mostADay is how many planned visits a rep may have at an account on a day.
const mostADay = 10

func checkPlanned(p PlannedVisit) (field, reason string) {
	if p.Nth < 0 || p.Nth >= mostADay {
		return "nth", "range"
	}
	return checkRow(p.Date, p.Rep)
}

func checkRow(day Date, by string) (field, reason string) {
	switch {
	case !day.inRange():
		return "date", "date"
	case len(by) > MaximumName:
		return "rep", "range"
	}
	return "", ""
}

func checkAbsence(a Absence) (field, reason string) {
	switch {
	case !a.From.inRange():
		return "from", "date"
	case a.To != 0 && (!a.To.inRange() || a.To < a.From):
		return "to", "order"
	case a.To == 0 && len(a.Weekdays) == 0:
		return "to", "date"
	case a.ToTime != 0 && a.ToTime <= a.FromTime && (len(a.Weekdays) > 0 || a.To == a.From):
		return "to_time", "order"
	case len(a.Key().By) > MaximumName:
		return "weekdays", "range"
	}
	return "", ""
}

func checkSettings(s Settings) (field, reason string) {
	for _, setting := range SettingList {
		if v := *setting.Value(&s); v < setting.Min || v > setting.Max {
			return setting.Name, "range"
		}
	}
	if !slices.Contains(FairChoices[:], s.Fair) {
		return "fair", "range"
	}
	return "class", s.Classes.Check()
}

func checkPerson(p Person) (field, reason string) {
	switch {
	case strings.TrimSpace(p.Name) == "" || len(p.Name) > MaximumName:
		return "name", "empty"
	case !slices.Contains(Roles[:], p.Role):
		return "role", "unknown"
	case p.Department != "" && p.Department != RoleSales && p.Department != RoleMarketing:
		return "department", "unknown"
	}
	for _, key := range p.Keys {
		if written, ok := KeyFingerprint(key); !ok || written != key {
			return "keys", "key"
		}
	}
	return "", ""
}
