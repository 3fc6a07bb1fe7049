package forms

// What would go by its age, shown first; another key lets it go.

import (
	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// Retention shows what would go by its age today.
func Retention(s *session.Session) tea.Cmd {
	today := s.Today
	return func() tea.Msg {
		told, err := s.Store.Retention(today)
		return session.Applied{Err: err, Then: func(err error) tea.Cmd {
			if err != nil {
				return nil
			}
			return showRetention(s, told)
		}}
	}
}

func showRetention(s *session.Session, told store.Retention) tea.Cmd {
	look := s.Look
	said := words.Retention(look.Text, s.Book, told)
	var buttons []kit.Button
	if told.Nothing() {
		said = append(said, "", look.T("retention.nothing"))
	} else if ok, why := MayErase(s); !ok {
		said = append(said, "", why)
	} else {
		said = append(said, "", look.T("retention.final"))
		buttons = []kit.Button{{Title: "retention.button", Keys: []string{"L"}, Run: func() tea.Cmd {
			return s.Make(func(actor model.Actor) (string, error) {
				went, err := s.Store.Retain(actor, told.Today, words.RetentionSubject)
				if err != nil {
					return "", err
				}
				return words.Retained(look.Text, went), nil
			}, func(err error) tea.Cmd { return offerCompact(s, err) })
		}}}
	}
	lines := func(width int) []string { return paragraphs(look, said, width) }
	return s.Shell.Show(kit.NewReader(look, look.T("retention.title", text.Args{"Day": look.Text.Date(told.Today)}), lines, buttons...))
}
