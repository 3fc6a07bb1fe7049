package session

import (
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/store"
)

// News says that the Book was changed, or that it could not be loaded anew; the
// root answers with Listen.
type News struct {
	Err  error
	from <-chan store.News
}

// DayBreak says that the clock has come to another day; the root answers with Listen.
type DayBreak struct{ Day model.Date }

// DayPause is how often the clock is looked at: a machine that slept finds out soon.
const DayPause = 30 * time.Second

// Listen waits for the next change of the Book and brings News, or DayBreak; after
// either, it goes on. It ends with the session.
func (s *Session) Listen(after ...News) tea.Cmd {
	news := s.news
	for _, n := range after {
		if n.from != news { // of a store left with Switch
			return nil
		}
	}
	if s.Told {
		return nil
	}
	if s.Clock == nil {
		return func() tea.Msg {
			if n, ok := <-news; ok {
				return News{n.Err, news}
			}
			return nil
		}
	}
	s.clockAt.CompareAndSwap(0, int64(s.Clock()))
	day := s.DayBreak
	return func() tea.Msg {
		timer := time.NewTimer(DayPause)
		defer timer.Stop()
		for {
			select {
			case n, ok := <-news:
				if ok {
					return News{n.Err, news}
				}
				return nil
			case <-timer.C:
				if msg := day(); msg != nil {
					return msg
				}
				timer.Reset(DayPause)
			}
		}
	}
}

// News tells that the Book has changed, for whoever has it Told.
func (s *Session) News() <-chan store.News { return s.news }

// Heard is the message of news.
func (s *Session) Heard(n store.News) tea.Msg { return News{n.Err, s.news} }

// DayBreak is the message that the clock has come to another day; nil while it has not. It
// may be called by another goroutine.
func (s *Session) DayBreak() tea.Msg {
	if s.Clock == nil {
		return nil
	}
	day := s.Clock()
	if before := s.clockAt.Swap(int64(day)); before == 0 || before == int64(day) {
		return nil
	}
	return DayBreak{day}
}

// After brings a message when some time has passed, unless the session has ended.
func (s *Session) After(pause time.Duration, message func(time.Time) tea.Msg) tea.Cmd {
	ended := s.context.Done()
	return func() tea.Msg {
		timer := time.NewTimer(pause)
		defer timer.Stop()
		select {
		case now := <-timer.C:
			return message(now)
		case <-ended:
			return nil
		}
	}
}
