package command

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"os/user"
	"path/filepath"
	"runtime"
	"syscall"

	"github.com/adrg/xdg"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/store/exchange"
	"doppelpass/ui"
	"doppelpass/ui/habits"
	"doppelpass/ui/kit"
	"doppelpass/ui/text"
)

// path is where the store lies: --db, else DOPPELPASS_DB, else the platform's
// folder for data; "" where nobody knows that.
func (r *run) path() string {
	if r.Session != nil && r.Session.Store != nil {
		return r.Session.Store.Path()
	}
	if r.db != "" {
		return r.db
	}
	if path := r.Getenv("DOPPELPASS_DB"); path != "" {
		return path
	}
	if runtime.GOOS != "windows" && r.Getenv("HOME") == "" && r.Getenv("XDG_DATA_HOME") == "" {
		return ""
	}
	return filepath.Join(xdg.DataHome, "doppelpass", "doppelpass.db")
}

// day is today: --today, else the clock's.
func (r *run) day() (model.Date, error) {
	today := model.DateOf(r.Now())
	if r.today == "" {
		return today, nil
	}
	if d, err := model.ParseDate(r.today); err == nil {
		return d, nil
	}
	d, err := r.words().ParseDay(r.today, today)
	if err != nil {
		return 0, usageError{r.t("command.flag.bad", text.Args{"Flag": "--today", "Detail": err.Error()})}
	}
	return d, nil
}

// actorIn is the person at the keyboard in the role that the book knows of them.
func (r *run) actorIn(book *model.Book) model.Actor {
	actor := r.actor()
	if person, known := book.Person(actor.Person); known {
		known := person.Actor(actor.Device)
		known.Step = actor.Step
		return known
	}
	return actor
}

// actor is the person at the keyboard, in the role that they have chosen, as in the app; who
// works alone and has chosen none is the lead.
func (r *run) actor() model.Actor {
	var step model.StepID
	if r.Session != nil {
		if step = r.Session.Step; r.Session.Actor.Name != "" {
			actor := r.Session.Actor
			actor.Step = step
			return actor
		}
	}
	name := r.User
	if u, err := user.Current(); err == nil && name == "" {
		name = u.Username
	}
	if name == "" {
		name = r.Getenv("USER")
	}
	person := exchange.Clean(cmp.Or(r.owner, r.Getenv("DOPPELPASS_PERSON")))
	role := model.RoleLead
	if chosen := r.habits.Get(habits.Role); chosen != "" && person == "" {
		role = model.Role(chosen)
	}
	return model.Actor{Name: exchange.Clean(name), Role: role, Person: person, Step: step}
}

// reading opens the store for reading only, so that several may read at once. One that
// an older program wrote is brought up to date first, unless nothing may be changed.
func (r *run) reading() (*store.Store, error) {
	if s, err := r.shared(false); s != nil || err != nil {
		return s, err
	}
	s, err := r.openStore(r.path(), store.Options{ReadOnly: true, Now: r.Now})
	if !errors.As(err, &store.OlderSchema{}) && !errors.As(err, &store.ErasureDue{}) || r.readOnly {
		return s, err
	}
	due := err
	s, err = r.changing()
	if errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS) { // say for what the permission is needed
		return nil, errors.Join(due, err)
	}
	if err != nil {
		return nil, err
	}
	if err := r.close(s); err != nil {
		return nil, err
	}
	return r.openStore(r.path(), store.Options{ReadOnly: true, Now: r.Now})
}

// changing opens a store that exists for changing it.
func (r *run) changing() (*store.Store, error) {
	if r.readOnly {
		return nil, store.ErrReadOnly
	}
	if s, err := r.shared(true); s != nil || err != nil {
		return s, err
	}
	if _, err := os.Stat(r.path()); errors.Is(err, os.ErrNotExist) {
		return nil, store.Missing(r.path())
	}
	return r.opened(r.openStore(r.path(), store.Options{Now: r.Now}))
}

// opened says so where opening a store brought it up to date.
func (r *run) opened(s *store.Store, err error) (*store.Store, error) {
	if err == nil && s.Migrated() != nil {
		r.complain(r.t("session.migrated", text.Args{"Path": s.Migrated().Backup}))
	}
	if err == nil && s.Reapplied() != nil {
		r.complain(r.words().N("person.again", s.Reapplied().Names, text.Args{"Path": s.Path()}))
	}
	return s, err
}

// readingGarbage is the garbage collector's percentage while a command reads: it
// ends before most of its memory could be used a second time.
const readingGarbage = 400

// read runs a reading with the store open.
func (r *run) read(reading func(*store.Store) error) error {
	defer r.collectLess()()
	s, err := r.reading()
	if err != nil {
		return err
	}
	out := r.spool()
	return errors.Join(reading(s), r.close(s), out())
}

// open opens the app on a store.
func (r *run) open(s *store.Store) error {
	o, err := r.options(s)
	if err != nil {
		return err
	}
	return r.App(*o)
}

// options say how the app is opened.
func (r *run) options(s *store.Store) (*ui.Options, error) {
	if r.noTerminal() {
		return nil, plainError{r.t("command.no-terminal"), codeFailed}
	}
	if r.Getenv("TERM") == "dumb" {
		return nil, plainError{r.t("command.dumb-terminal"), codeFailed}
	}
	if r.unread != nil {
		return nil, r.unread
	}
	mode, err := kit.ParseMode(cmp.Or(r.theme, r.habits.Get(habits.Theme)))
	if err != nil {
		return nil, usageError{r.t("command.flag.one-of", text.Args{"Flag": "--theme", "Values": "auto, light, dark"})}
	}
	today, err := r.day()
	if err != nil {
		return nil, err
	}
	actor := r.actor()
	o := &ui.Options{
		LetGo: r.letsGo, Habits: r.habits, NoMouse: r.habits.Get(habits.Mouse) == "off", Getenv: r.Getenv,
		Store: s, Today: today, FixedDay: r.today != "", Now: r.Now, Actor: actor, Language: r.language, Theme: mode, Version: version(), Demo: r.passingDemo(today),
		// Who looks at a demo is shown everything, and who works in a team is somebody.
		AskRole: r.habits.Get(habits.Role) == "" && actor.Person == "" && !r.passing && !s.ReadOnly(),
	}
	for _, h := range r.hosts {
		if h.store == s {
			if h.link != nil {
				o.Link = h.link
			}
		}
	}
	if replica, is, err := s.Replica(); err == nil && is && replica.Hub != "" && o.Link == nil {
		o.Link = idleHub{s} // doppelpass serve --hub does not run
	}
	if of := r.Session; of != nil {
		switch {
		case of.Hub != nil:
			o.Link = hubLink{of.Hub}
		case of.Link != nil:
			o.Link = of.Link
		}
		o.Input, o.Output, o.Width, o.Height, o.Resizes = r.Input, bare(r.Output), of.Width, of.Height, of.Resizes
		o.Context, o.Ending, o.Folder, o.Remote = of.Context, of.Ending, of.Folder, of.Remote
		o.Hear = of.Hear
		if of.Screen != nil {
			o.Output = of.Screen
		}
		if of.Remote {
			o.Demo = nil // it would be made for each who asks
		}
	}
	return o, nil
}
