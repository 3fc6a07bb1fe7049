package command

// What calls left to be done: promised calls that are owed, visits that customers wish,
// and those agreed to that are not where the customer was told, each with whose it is.

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"doppelpass/model"
	"doppelpass/model/owner"
	"doppelpass/ui/words"
)

// leftOf is what is owed on a day of what is wanted, by the day it is due.
func leftOf(day *model.Day, wanted func(owner.Owner) bool) (left []model.FollowUp) {
	seen := ""
	for _, f := range day.Book().AllFollowUps() { // by account
		l := day.Book().Account(f.Account)
		if f.Account == seen || l == nil {
			continue
		}
		seen = f.Account
		for _, owed := range slices.Concat(day.Promises(l), day.Wished(l), day.NotAsTold(l)) {
			if wanted(owner.OfFollowUp(day, owed)) {
				left = append(left, owed)
			}
		}
	}
	slices.SortStableFunc(left, func(x, y model.FollowUp) int { return cmp.Or(cmp.Compare(x.Due, y.Due), cmp.Compare(x.At, y.At)) })
	return left
}

// leftJSON is one thing that a call left to be done, for scripts.
type leftJSON struct {
	Kind    string `json:"kind"`
	Account string `json:"account"`
	Due     string `json:"due"`
	At      string `json:"at"`
	By      string `json:"by"`
	Owner   string `json:"owner"`
	Whose   string `json:"whose"`
	Overdue bool   `json:"overdue"`
	Note    string `json:"note"`
	// Where a visit that was agreed to stands in the plan, if not where the customer was told.
	Elsewhere bool   `json:"elsewhere"`
	Planned   string `json:"planned"`
	PlannedAt string `json:"planned_at"`
}

func leftAsJSON(day *model.Day, left []model.FollowUp) []leftJSON {
	list := make([]leftJSON, len(left))
	for i, f := range left {
		o := owner.OfFollowUp(day, f)
		list[i] = leftJSON{string(f.Kind), f.Account, f.Due.String(), f.At.String(), f.By, string(o.Department), words.OwnerName(day.Book(), o), f.Due != 0 && f.Due < day.Date(), f.Note, false, "", ""}
		if instead, elsewhere := day.Elsewhere(f); elsewhere {
			list[i].Elsewhere, list[i].Planned, list[i].PlannedAt = true, instead.Date.String(), instead.Time.String()
		}
	}
	return list
}

// leftLines are they under a heading; "" for none.
func (r *run) leftLines(day *model.Day, left []model.FollowUp) string {
	if len(left) == 0 {
		return ""
	}
	p, b := r.words(), day.Book()
	var out strings.Builder
	fmt.Fprintf(&out, "\n%s\n", r.bold(r.Output)(r.t("command.inbox.left")))
	var g grid
	for _, f := range left {
		o := owner.OfFollowUp(day, f)
		what, when := r.t("command.inbox.left."+string(f.Kind)), words.WhenDue(p, f, day.Date())
		if instead, elsewhere := day.Elsewhere(f); elsewhere {
			what, when = r.t("command.inbox.left.elsewhere"), words.Elsewhere(p, b, f, instead, day.Date())
		}
		g.add(words.RoleGlyph(o.Department), words.AccountName(b, f.Account), what, when, words.Owner(p, b, o))
	}
	g.write(&out, "  ", g.widths(nil))
	return out.String()
}
