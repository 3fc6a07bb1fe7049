package session

// How the trade's things are called, the same on every page.

import (
	"strings"

	"doppelpass/model"
	"doppelpass/ui/tables"
	"doppelpass/ui/words"
)

// AreaName is the name to show for a territory code.
func (s *Session) AreaName(code string) string { return words.AreaName(s.Look.Text, s.Book, code) }

// CampaignName is the name to show for a campaign code.
func (s *Session) CampaignName(code string) string { return words.CampaignName(s.Book, code) }

// AccountName is the name to show for an account code.
func (s *Session) AccountName(code string) string { return words.AccountName(s.Book, code) }

// KindTitle is what a signal asks for: "step up visits".
func (s *Session) KindTitle(kind model.Kind) string { return words.Kind(s.Look.Text, kind) }

// RoleName is the name of a role.
func (s *Session) RoleName(role model.Role) string { return words.Role(s.Look.Text, role) }

// ErrorText is an error as a sentence that says what to do.
func (s *Session) ErrorText(err error) string {
	return s.refused(err, words.Error(s.Look.Text, s.Book, err))
}

// RatioText is how far into its interval an account is: 3.5 ×; "–" when never
// visited.
func (s *Session) RatioText(standing model.Standing) string {
	return words.Ratio(s.Look.Text, standing)
}

// View is what the session's tables are written for.
func (s *Session) View() tables.View {
	return tables.View{Text: s.Look.Text, Day: s.Day()}
}

// SignalTarget names a signal for Page.Open, ParseSignalTarget reads it.
func SignalTarget(key model.SignalKey) string {
	return strings.Join([]string{key.Kind.String(), key.Territory, key.Campaign}, "\x00")
}

// ParseSignalTarget reads a SignalTarget.
func ParseSignalTarget(target string) (model.SignalKey, bool) {
	parts := strings.Split(target, "\x00")
	if len(parts) != 3 {
		return model.SignalKey{}, false
	}
	for _, kind := range []model.Kind{model.StepUpVisits, model.AddTelemarketing, model.ReportsMissing} {
		if kind.String() == parts[0] {
			return model.SignalKey{Kind: kind, Territory: parts[1], Campaign: parts[2]}, true
		}
	}
	return model.SignalKey{}, false
}

// HistoryTarget names the history of a record for Page.Open, ParseHistoryTarget reads
// it. It is meant for records that have a code of their own.
func HistoryTarget(key model.Key) string { return string(key.Table) + "\x00" + key.Code }

// ParseHistoryTarget reads a HistoryTarget.
func ParseHistoryTarget(target string) (model.Key, bool) {
	table, code, ok := strings.Cut(target, "\x00")
	return model.Key{Table: model.Table(table), Code: code}, ok && model.Describe(model.Table(table)) != nil
}
