package store

// The deletion book outlives the store: beside the file lies a copy of its lines, which
// name nobody, so that an older copy that is put in the store's place, or opened beside
// it, forgets whom the store has forgotten before anybody reads it.

import (
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	bolt "doppelpass/store/sealed"
	"doppelpass/store/temporary"

	"doppelpass/model"
)

// keyErasures is where the key of the deletion book's hashes lies.
var keyErasures = []byte("erasure key")

// bookEnding is what the copy of the deletion book is called behind the store's name.
const bookEnding = ".erased"

// deletionBook is the copy beside a store.
type deletionBook struct {
	Store model.StepID `json:"store"` // the store's first step: its backups begin with it, too
	Lines []bookLine   `json:"lines"`
}

// bookLine is a line of the copy. Who erased somebody stands in the store alone.
type bookLine struct {
	ID      string            `json:"id"`
	Date    string            `json:"date"`
	Kind    model.ErasureKind `json:"kind"`
	Account string            `json:"account,omitempty"`
	Names   []string          `json:"names,omitempty"`
	Secret  string            `json:"secret"`
}

func lineOf(e model.Erasure) bookLine {
	return bookLine{e.ID.String(), e.Date.String(), e.Kind, e.Account, e.Names, e.Secret}
}

func (l bookLine) erasure() (e model.Erasure, ok bool) {
	id, err := hex.DecodeString(l.ID)
	if err != nil || len(id) != len(e.ID) {
		return e, false
	}
	copy(e.ID[:], id)
	day, err := model.ParseDate(l.Date)
	e.Date, e.Kind, e.Account, e.Names, e.Secret = day, l.Kind, l.Account, l.Names, l.Secret
	return e, err == nil
}

// erasures are the lines of the store's own book.
func erasures(tx *bolt.Tx) (lines []model.Erasure, err error) {
	if tx.Bucket(documentBuckets[docErasures]) == nil { // an older program's
		return nil, nil
	}
	err = eachRecord(tx, docErasures, (*codec).erasure, func(e model.Erasure) { lines = append(lines, e) })
	return lines, err
}

// Erasures are the lines of the deletion book, oldest first.
func (s *Store) Erasures() (lines []model.Erasure, err error) {
	err = s.db.View(func(tx *bolt.Tx) error {
		lines, err = erasures(tx)
		return err
	})
	return lines, err
}

// Forget is a function that takes whoever was erased out of a text that lies outside the
// store, such as what somebody has half typed.
func (s *Store) Forget() (func(text string) string, error) {
	x, err := s.redactor()
	if x == nil {
		return func(text string) string { return text }, err
	}
	return func(text string) string { return x.text(anywhere, model.TellsText, text) }, err
}

func (s *Store) redactor() (x *redactor, err error) {
	err = s.db.View(func(tx *bolt.Tx) error {
		lines, err := erasures(tx)
		if err != nil {
			return err
		}
		settings, err := settingsIn(reader{tx: tx})
		x = newRedactor(lines, settings.Country)
		return err
	})
	return x, err
}

// erasureKey is the key of the hashes, made with the first of them.
func (w *writer) erasureKey() ([]byte, error) {
	meta := w.tx.Bucket(metaBucket)
	if key := meta.Get(keyErasures); key != nil {
		return slices.Clone(key), nil
	}
	key := make([]byte, 32)
	if _, err := rand.Read(key); err != nil {
		return nil, fmt.Errorf("making the key of the deletion book: %w", err)
	}
	return key, meta.Put(keyErasures, key)
}

// ErasureDue says that the store is an older copy of one that has forgotten somebody: it
// must be opened for writing once, which forgets them here, too.
type ErasureDue struct {
	Path  string
	Names int
}

// Error implements error.
func (e ErasureDue) Error() string {
	return fmt.Sprintf("%s is an older copy, which names %d who were erased since: open it once for writing, which erases them here, too", e.Path, e.Names)
}

// Reapplied says that opening an older copy has erased in it who was erased since.
type Reapplied struct {
	Names int // lines of the deletion book that it lacked
	Rewritten
}

// Reapplied says what opening the store has erased again; nil: nothing had to be.
func (s *Store) Reapplied() *Reapplied { return s.reapplied }

// keepErased sees to it that the store and the copies of its deletion book know the same.
func (s *Store) keepErased() error {
	books, err := booksBeside(s.path)
	if err != nil {
		return err
	}
	var own []model.Erasure
	var first *Entry
	if err := s.db.View(func(tx *bolt.Tx) (err error) {
		own, err = erasures(tx)
		return err
	}); err != nil {
		return nil // the table is damaged: check says so
	}
	own = slices.DeleteFunc(own, func(e model.Erasure) bool { return e.Kind == model.EraseAged })
	if len(books) == 0 && len(own) == 0 {
		return nil
	}
	if first, err = s.firstStep(); err != nil || first == nil {
		return nil
	}
	known := map[model.RowID]bool{}
	for _, e := range own {
		known[e.ID] = true
	}
	var missing []model.Erasure
	written := 0
	for path, book := range books {
		if book.Store != first.ID {
			continue
		}
		for _, l := range book.Lines {
			e, ok := l.erasure()
			switch {
			case !ok:
			case !known[e.ID]:
				known[e.ID] = true
				missing = append(missing, e)
			case path == filepath.Clean(s.path+bookEnding):
				written++
			}
		}
	}
	if s.readOnly {
		if len(missing) > 0 {
			return ErasureDue{s.path, len(missing)}
		}
		return nil
	}
	if len(missing) > 0 {
		if err := s.eraseAgain(missing); err != nil {
			return fmt.Errorf("erasing again who was erased since this copy was made: %w", err)
		}
	}
	if len(missing) > 0 || written < len(own) {
		// A folder that nothing can be written into must not shut the owner out: the store
		// has the lines itself, and the next opening tries once more.
		_ = s.writeBook(s.path + bookEnding)
	}
	return nil
}

// booksBeside are the copies of deletion books in the store's folder, by path.
func booksBeside(path string) (map[string]deletionBook, error) {
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return nil, fmt.Errorf("looking for the deletion book: %w", err)
	}
	books := map[string]deletionBook{}
	for _, entry := range entries {
		if !strings.HasSuffix(entry.Name(), bookEnding) || !entry.Type().IsRegular() {
			continue
		}
		name := filepath.Join(filepath.Dir(path), entry.Name())
		content, err := os.ReadFile(name)
		var book deletionBook
		if err == nil && json.Unmarshal(content, &book) == nil {
			books[name] = book
		} else if name == filepath.Clean(path+bookEnding) {
			return nil, Damaged{Path: name, Detail: "the deletion book cannot be read"}
		}
	}
	return books, nil
}

// eraseAgain takes over lines of the deletion book that this copy lacks.
func (s *Store) eraseAgain(missing []model.Erasure) error {
	if _, is, err := s.Replica(); err != nil || is { // its server has them as steps; what waits here is told without them
		if err == nil {
			_, _, err = s.received(nil, nil, missing)
		}
		if err != nil {
			return err
		}
		s.reapplied = &Reapplied{Names: len(missing)}
		return s.scrub()
	}
	var done Rewritten
	_, err := s.update(func(w *writer) (err error) {
		done, err = w.erase(missing)
		if err != nil {
			return err
		}
		return w.record(model.Actor{Name: applicationID, Role: model.RoleLead}, "person.erase.again", "")
	})
	if err == nil {
		s.reapplied = &Reapplied{len(missing), done}
	}
	return err
}

// erase rewrites the store without whom the lines name and writes the lines down.
func (w *writer) erase(lines []model.Erasure) (Rewritten, error) {
	settings, err := settingsIn(w.reader)
	if err != nil {
		return Rewritten{}, err
	}
	var done Rewritten
	if x := newRedactor(lines, settings.Country); x != nil {
		done, err = w.rewrite(rewriting{record: x.record, text: x.text})
		if err != nil {
			return done, err
		}
	}
	aged, err := w.byAge(lines)
	if err != nil {
		return done, err
	}
	if aged != nil {
		also, err := w.rewrite(*aged)
		if err != nil {
			return done, err
		}
		done.Records, done.Gone, done.Steps = done.Records+also.Records, done.Gone+also.Gone, max(done.Steps, also.Steps)
	}
	t := tableIn[docErasures]
	for _, line := range lines {
		if err := w.put(docErasures, t.at(w.reader, line.Key()), t.pack(line)); err != nil {
			return done, err
		}
	}
	return done, nil
}

// writeBook writes the copy of the deletion book, whole or not at all; nothing where the
// book is empty.
func (s *Store) writeBook(path string) error {
	lines, err := s.Erasures()
	if err != nil {
		return err
	}
	lines = slices.DeleteFunc(lines, func(e model.Erasure) bool { return e.Kind == model.EraseAged })
	if len(lines) == 0 {
		return nil
	}
	first, err := s.firstStep()
	if err != nil || first == nil {
		return err
	}
	book := deletionBook{Store: first.ID}
	for _, e := range lines {
		book.Lines = append(book.Lines, lineOf(e))
	}
	content, err := json.MarshalIndent(book, "", " ")
	if err != nil {
		return err
	}
	aside, err := temporary.File(filepath.Dir(path), "."+filepath.Base(path)+"-")
	if err != nil {
		return fmt.Errorf("writing the deletion book beside the store: %w", err)
	}
	defer os.Remove(aside.Name())
	if _, err := aside.Write(append(content, '\n')); err != nil {
		return fmt.Errorf("writing the deletion book beside the store: %w", errors.Join(err, aside.Close()))
	}
	if err := temporary.Keep(aside, path); err != nil {
		return fmt.Errorf("writing the deletion book beside the store: %w", err)
	}
	return nil
}
