package ready

// Classes by rank, and a last visit for each class.

import (
	"slices"

	"doppelpass/model"
)

// usualShares are the shares of the first classes, in percent of the accounts; the
// last class has the rest.
var usualShares = [...]int{20, 30, 25, 10, 5, 4, 3}

// Shares are the usual shares of all classes but the last, in percent.
func Shares(settings model.Settings) []int {
	return slices.Clone(usualShares[:max(len(settings.ClassList())-1, 0)])
}

// ByRank gives accounts of the last class, or of none, one by the rank of their potential among all
// active accounts that have one: the first share of them, in percent, comes into the
// first class, and so on; the rest into the last. Equal potentials are never parted:
// those on a border come into the lower class. Accounts without a potential are left
// as they are.
func ByRank(book *model.Book, shares []int) (plan Plan) {
	settings := book.Settings()
	classes := settings.ClassList()
	ranked := sortedAccounts(book, func(a *model.Customer) bool { return a.Potential > 0 })
	slices.SortStableFunc(ranked, func(x, y *model.Customer) int {
		switch {
		case x.Potential > y.Potential:
			return -1
		case x.Potential < y.Potential:
			return 1
		}
		return 0
	})
	plan.Parts = make([]Part, len(classes))
	for i, class := range classes {
		plan.Parts[i] = Part{Code: string(class.Code), Name: class.Label()}
	}
	n := len(ranked)
	for i := 0; i < n; {
		end := i
		for end < n && ranked[end].Potential == ranked[i].Potential {
			end++
		}
		class, upto := 0, 0
		for ; class < len(classes)-1; class++ {
			if class < len(shares) {
				upto += shares[class]
			}
			if 200*end <= 2*upto*n+100 { // the share, rounded half up
				break
			}
		}
		part := &plan.Parts[class]
		for ; i < end; i++ {
			a := ranked[i]
			part.From = a.Potential
			if !withoutClass(&settings, &a.Account) {
				continue
			}
			part.Accounts++
			if a.Class == classes[class].Code {
				continue
			}
			after := a.Account
			after.Class = classes[class].Code
			plan.Edits = append(plan.Edits, model.Edit{Before: a.Account, After: after})
		}
	}
	for a := range book.Accounts {
		if !a.Inactive && withoutClass(&settings, &a.Account) && a.Potential <= 0 {
			plan.Left++
		}
	}
	return plan
}

// Visited gives each account that was never visited a visit on the day that is said
// for its class; a class without a day keeps its accounts as they are. An account is
// not visited before it was a customer. The note says that the day is assumed.
func Visited(day *model.Day, days map[model.Class]model.Date, note func(model.ClassRule) string) (plan Plan) {
	book := day.Book()
	settings := book.Settings()
	classes := settings.ClassList()
	plan.Parts = make([]Part, len(classes))
	for i, class := range classes {
		plan.Parts[i] = Part{Code: string(class.Code), Name: class.Label(), Day: days[class.Code]}
	}
	for _, a := range sortedAccounts(book, func(a *model.Customer) bool { return day.Standing(a).State == model.StateNever }) {
		rank := settings.Rank(a.Class)
		on := days[classes[rank].Code]
		if on == 0 || on > day.Date() || a.Since > on {
			plan.Left++
			continue
		}
		plan.Parts[rank].Accounts++
		rep := ""
		if area := book.Area(a.Territory); area != nil {
			rep = area.Rep
		}
		plan.Edits = append(plan.Edits, model.Edit{After: model.Visit{Account: a.Code, Date: on, Rep: rep, Note: note(classes[rank])}})
	}
	return plan
}

// Never counts the active accounts that were never visited, by the rank of their
// class.
func Never(day *model.Day) []int {
	book := day.Book()
	settings := book.Settings()
	counts := make([]int, len(settings.ClassList()))
	for a := range book.Accounts {
		if !a.Inactive && day.Standing(a).State == model.StateNever {
			counts[settings.Rank(a.Class)]++
		}
	}
	return counts
}
