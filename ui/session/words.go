package session

// How the trade's things are called and coloured, the same on every page.

import (
	"errors"
	"strings"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/kit"
	"doppelpass/ui/text"
)

// Glyphs of the departments and of reports that are missing.
const (
	SalesGlyph     = "▲"
	MarketingGlyph = "◆"
	ReportsGlyph   = "○"
	DoneGlyph      = "✓"
)

// AreaName is the name to show for a territory code.
func (s *Session) AreaName(code string) string {
	if code == "" {
		return s.Look.T("territory.none")
	}
	if area := s.Book.Area(code); area != nil && area.Name != "" {
		return area.Name
	}
	return code
}

// CampaignName is the name to show for a campaign code.
func (s *Session) CampaignName(code string) string {
	if c, ok := s.Book.Campaign(code); ok && c.Name != "" {
		return c.Name
	}
	return code
}

// AccountName is the name to show for an account code.
func (s *Session) AccountName(code string) string {
	if l := s.Book.Account(code); l != nil && l.Name != "" {
		return l.Name
	}
	return code
}

// StateCell is an account's standing as a word in its colour, with a glyph.
func (s *Session) StateCell(standing model.Standing) kit.Cell {
	word := s.Look.T("state." + StateWord(standing.State))
	switch standing.State {
	case model.StateOverdue, model.StateNever:
		return kit.Cell{Text: "○ " + word, Role: kit.Late}
	case model.StateDue:
		return kit.Cell{Text: "· " + word, Role: kit.Text}
	case model.StateOnTrack:
		return kit.Cell{Text: "✓ " + word, Role: kit.Good}
	}
	return kit.Cell{Text: "  " + word, Role: kit.Dim}
}

// StateWord is the stable word of an account's state, part of message keys.
func StateWord(state model.State) string {
	return [...]string{"new", "on-track", "due", "overdue", "never"}[state]
}

// RatioText is how far into its interval an account is: 3.5 ×; "–" when never
// visited.
func (s *Session) RatioText(standing model.Standing) string {
	if standing.Last == 0 {
		return "–"
	}
	return s.Look.Text.Decimal(standing.Ratio(), 1) + " ×"
}

// KindTitle is what a signal asks for: "step up visits".
func (s *Session) KindTitle(kind model.Kind) string { return s.Look.T("signal.kind." + kind.String()) }

// RoleName is the name of a role.
func (s *Session) RoleName(role model.Role) string { return s.Look.T("role." + string(role)) }

// RoleMark is a department's glyph and accent.
func RoleMark(role model.Role) (glyph string, accent kit.Role) {
	switch role {
	case model.RoleSales:
		return SalesGlyph, kit.Sales
	case model.RoleMarketing:
		return MarketingGlyph, kit.Marketing
	}
	return "●", kit.Text
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

// StepTitle is a step of the history as people say it: "Log a visit: Metallbau".
func StepTitle(p *text.Printer, e store.Entry) string {
	title := p.T("history.action." + e.Action)
	if e.Subject == "" {
		return title
	}
	return p.T("history.step", text.Args{"Action": title, "Subject": e.Subject})
}

// ErrorText is an error as a sentence that says what to do.
func (s *Session) ErrorText(err error) string { return ErrorText(s.Look.Text, err) }

// ErrorText is an error as a sentence that says what to do.
func ErrorText(p *text.Printer, err error) string {
	var (
		forbidden model.Forbidden
		missing   store.NotFound
		exists    store.AlreadyExists
		invalid   store.Invalid
		locked    store.Locked
		newer     store.NewerSchema
		older     store.OlderSchema
		conflict  store.Conflict
		left      store.NothingLeft
	)
	switch {
	case err == nil:
		return ""
	case errors.As(err, &forbidden):
		return p.T("error.forbidden", text.Args{"Role": p.T("role." + string(forbidden.Role)), "Table": p.T("table." + string(forbidden.Table))})
	case errors.As(err, &missing):
		return p.T("error.missing", text.Args{"Table": p.T("table." + string(missing.Key.Table)), "Code": missing.Key.Code})
	case errors.As(err, &exists):
		return p.T("error.exists", text.Args{"Table": p.T("table." + string(exists.Key.Table)), "Code": exists.Key.Code})
	case errors.As(err, &invalid):
		return p.T("error.invalid."+invalid.Reason, text.Args{"Field": invalid.Field, "Code": invalid.Key.Code})
	case errors.As(err, &locked):
		if locked.Holder.PID == 0 {
			return p.T("error.locked", text.Args{"Path": locked.Path})
		}
		return p.T("error.locked.by", text.Args{
			"Path": locked.Path, "User": locked.Holder.User, "Host": locked.Holder.Host,
			"PID": locked.Holder.PID, "Since": locked.Holder.Since.Local().Format("2006-01-02 15:04"),
		})
	case errors.As(err, &newer):
		return p.T("error.newer", text.Args{"Found": newer.Found, "Known": newer.Known})
	case errors.As(err, &older):
		return p.T("error.older", text.Args{"Found": older.Found})
	case errors.As(err, &conflict):
		return p.T("error.conflict", text.Args{"Name": conflict.By, "Changes": AsideText(p, conflict.Key.Table, conflict.Aside)})
	case errors.As(err, &left):
		return strings.TrimSpace(p.T("error.nothing-left", text.Args{"Kept": KeptText(p, left.Kept)}))
	case errors.Is(err, store.ErrOthersStep):
		return p.T("error.others-step")
	case errors.Is(err, store.ErrNoStep):
		return p.T("error.no-step")
	case errors.Is(err, store.ErrNothingToUndo):
		return p.T("error.nothing-to-undo")
	case errors.Is(err, store.ErrNothingToRedo):
		return p.T("error.nothing-to-redo")
	case errors.Is(err, store.ErrReadOnly):
		return p.T("error.read-only")
	case errors.Is(err, store.ErrNotAStore):
		return p.T("error.not-a-store", text.Args{"Detail": err.Error()})
	case errors.Is(err, store.ErrNoStore):
		return p.T("error.no-store", text.Args{"Detail": err.Error()})
	case errors.Is(err, store.ErrNotEmpty):
		return p.T("error.not-empty")
	}
	return p.T("error.other", text.Args{"Detail": err.Error()})
}
