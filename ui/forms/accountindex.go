package forms

// Finding accounts by a few letters among a hundred thousand: one long text of
// all of them, folded and in order of their names, that a search runs through at
// the speed of memory.

import (
	"slices"
	"sort"
	"strings"
	"sync"
	"unicode"
	"weak"

	tea "github.com/charmbracelet/bubbletea"
	"golang.org/x/text/unicode/norm"

	"doppelpass/model"
	"doppelpass/ui/session"
)

// AccountIndex finds accounts by name, code, city, postcode and the names of the
// people there. It does not
// change once made and may be used by several goroutines.
type AccountIndex struct {
	// Customers are the accounts by folded name, then code.
	Customers []*model.Customer
	contacts  [][]model.Contact // as they were when the index was made
	lines     string            // a line of folded text for each: name, code, city, postcode, people
	starts    []int32           // where each line begins, and the end of the last
	at        map[string]int32
}

// NewAccountIndex is an index of accounts.
func NewAccountIndex(customers []*model.Customer) *AccountIndex {
	return newAccountIndex(customers, contactsOf(customers))
}

// contactsOf are the people at each account as they are now; a change makes new
// lists.
func contactsOf(customers []*model.Customer) [][]model.Contact {
	contacts := make([][]model.Contact, len(customers))
	for i, l := range customers {
		contacts[i] = l.Contacts
	}
	return contacts
}

// newAccountIndex reads only what of a Customer never changes, so that it may run
// beside the session.
func newAccountIndex(customers []*model.Customer, contacts [][]model.Contact) *AccountIndex {
	type line struct {
		customer *model.Customer
		contacts []model.Contact
		text     string
	}
	all := make([]line, len(customers))
	var buffer []byte
	total := 0
	for i, l := range customers {
		buffer = appendFolded(buffer[:0], l.Name)
		for _, part := range [...]string{l.Code, l.Address.City, l.Address.Postcode} {
			buffer = appendFolded(append(buffer, ' '), part)
		}
		for _, c := range contacts[i] {
			buffer = appendFolded(append(buffer, ' '), c.Name)
		}
		all[i] = line{l, contacts[i], string(append(buffer, '\n'))}
		total += len(all[i].text)
	}
	slices.SortFunc(all, func(a, b line) int {
		if c := strings.Compare(a.text, b.text); c != 0 {
			return c
		}
		return strings.Compare(a.customer.Code, b.customer.Code)
	})
	x := &AccountIndex{
		Customers: make([]*model.Customer, len(all)), contacts: make([][]model.Contact, len(all)), starts: make([]int32, len(all)+1), at: make(map[string]int32, len(all)),
	}
	var text strings.Builder
	text.Grow(total)
	for i, line := range all {
		x.Customers[i], x.contacts[i], x.starts[i] = line.customer, line.contacts, int32(text.Len())
		x.at[line.customer.Code] = int32(i)
		text.WriteString(line.text)
	}
	x.lines, x.starts[len(all)] = text.String(), int32(text.Len())
	return x
}

// Fold brings text to the form the index is searched in: lower case without
// accents, the ways of writing an umlaut (ü, ue, u) all alike.
func Fold(s string) string { return string(appendFolded(nil, s)) }

func appendFolded(to []byte, s string) []byte {
	from := len(to)
	put := func(b byte) {
		// ae, oe, ue → a, o, u: so that Mueller, Müller and Muller meet
		if b == 'e' && len(to) > from {
			if last := to[len(to)-1]; last == 'a' || last == 'o' || last == 'u' {
				return
			}
		}
		to = append(to, b)
	}
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			return appendFoldedRunes(to[:from], s)
		}
	}
	for i := 0; i < len(s); i++ {
		b := s[i]
		switch {
		case b >= 'A' && b <= 'Z':
			b += 'a' - 'A'
		case b < ' ':
			b = ' '
		}
		put(b)
	}
	return to
}

func appendFoldedRunes(to []byte, s string) []byte {
	var plain strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(s)) {
		switch {
		case r == 'ß':
			plain.WriteString("ss")
		case r == 'ı': // what İ and I are to each other in Turkish
			plain.WriteByte('i')
		case unicode.Is(unicode.Mn, r):
		case r < ' ':
			plain.WriteByte(' ')
		default:
			plain.WriteRune(r)
		}
	}
	last := byte(0)
	for _, b := range []byte(plain.String()) {
		if b == 'e' && (last == 'a' || last == 'o' || last == 'u') {
			continue
		}
		to, last = append(to, b), b
	}
	return to
}

// sought are the words typed, folded, the longest word first: it finds the least.
func sought(typed string) []string {
	list := strings.Fields(Fold(typed))
	sort.SliceStable(list, func(i, j int) bool { return len(list[i]) > len(list[j]) })
	return list
}

// Line is the folded text of the account at place i of Customers.
func (x *AccountIndex) Line(i int) string { return x.lines[x.starts[i]:x.starts[i+1]] }

// Matcher is what was typed, made ready for Match; the empty one matches all.
type Matcher struct{ words []string }

// NewMatcher makes what was typed ready.
func NewMatcher(typed string) Matcher { return Matcher{sought(typed)} }

// Empty reports that nothing was typed.
func (m Matcher) Empty() bool { return len(m.words) == 0 }

// Match reports whether a Line has every word.
func (m Matcher) Match(line string) bool {
	for _, word := range m.words {
		if !strings.Contains(line, word) {
			return false
		}
	}
	return true
}

// Each yields the places in Customers of all accounts whose text has every word.
func (x *AccountIndex) Each(m Matcher) func(yield func(int) bool) {
	return func(yield func(int) bool) {
		if m.Empty() {
			for i := range x.Customers {
				if !yield(i) {
					return
				}
			}
			return
		}
		i := 0
		for from := 0; from < len(x.lines); {
			hit := strings.Index(x.lines[from:], m.words[0])
			if hit < 0 {
				return
			}
			for int(x.starts[i+1]) <= from+hit {
				i++
			}
			if m.Match(x.Line(i)) && !yield(i) {
				return
			}
			from = int(x.starts[i+1])
		}
	}
}

// candidatesLimit bounds how many matches of a short query are weighed.
const candidatesLimit = 2000

// Find are at most limit accounts, best first: those whose name begins with what
// was typed, then those where words begin with it, then the rest; by name within.
func (x *AccountIndex) Find(typed string, limit int) []*model.Customer {
	whole := strings.TrimSpace(Fold(typed))
	var best [4][]*model.Customer
	first := sort.Search(len(x.Customers), func(i int) bool { return x.Line(i) >= whole })
	for i := first; i < len(x.Customers) && len(best[1]) < limit && strings.HasPrefix(x.Line(i), whole); i++ {
		best[1] = append(best[1], x.Customers[i])
	}
	if i, ok := x.at[strings.TrimSpace(typed)]; ok {
		best[0] = append(best[0], x.Customers[i])
	}
	weighed := 0
	m := NewMatcher(typed)
	for i := range x.Each(m) {
		if weighed++; weighed > candidatesLimit || len(best[2]) >= limit {
			break
		}
		line, rank := x.Line(i), 2
		for _, word := range m.words {
			if !strings.HasPrefix(line, word) && !strings.Contains(line, " "+word) {
				rank = 3
			}
		}
		if len(best[rank]) < limit {
			best[rank] = append(best[rank], x.Customers[i])
		}
	}
	var found []*model.Customer
	for _, group := range best {
		for _, l := range group {
			if len(found) < limit && !slices.Contains(found, l) {
				found = append(found, l)
			}
		}
	}
	return found
}

// indexes keeps the index of each session as long as the session lives: page and
// forms search in the same one.
var indexes struct {
	sync.Mutex
	of map[weak.Pointer[session.Session]]keptIndex
}

type keptIndex struct {
	revision int // of the session, when the index was found to be right
	index    *AccountIndex
}

// atOnce is the number of accounts up to which an index is made within a frame.
const atOnce = 10_000

// IndexReady says that an account index was made in the background.
type IndexReady struct{}

// Accounts is the session's account index as it is now. At very many accounts it
// can be that of a moment ago (at first: empty); the command, if any, makes a new
// one and brings IndexReady.
func Accounts(s *session.Session) (*AccountIndex, tea.Cmd) {
	indexes.Lock()
	defer indexes.Unlock()
	key, revision := weak.Make(s), s.Revision()
	kept := indexes.of[key]
	if kept.index != nil && kept.revision == revision {
		return kept.index, nil
	}
	if kept.index != nil && kept.index.current(s.Book) {
		keepIndex(key, keptIndex{revision, kept.index})
		return kept.index, nil
	}
	customers := make([]*model.Customer, 0, s.Book.AccountCount())
	for l := range s.Book.Accounts {
		customers = append(customers, l)
	}
	if len(customers) <= atOnce {
		index := NewAccountIndex(customers)
		keepIndex(key, keptIndex{revision, index})
		return index, nil
	}
	if kept.index == nil {
		kept.index = NewAccountIndex(nil)
	}
	contacts := contactsOf(customers)
	return kept.index, func() tea.Msg {
		index := newAccountIndex(customers, contacts)
		indexes.Lock()
		defer indexes.Unlock()
		if indexes.of[key].revision <= revision {
			keepIndex(key, keptIndex{revision, index})
		}
		return IndexReady{}
	}
}

// keepIndex also forgets the indexes of sessions that are gone. The lock is held.
func keepIndex(key weak.Pointer[session.Session], kept keptIndex) {
	if indexes.of == nil {
		indexes.of = map[weak.Pointer[session.Session]]keptIndex{}
	}
	for other := range indexes.of {
		if other.Value() == nil {
			delete(indexes.of, other)
		}
	}
	indexes.of[key] = kept
}

// current reports whether the index still holds exactly the Book's accounts and the
// people there: a changed account has a new Customer, changed people a new list.
func (x *AccountIndex) current(book *model.Book) bool {
	if len(x.Customers) != book.AccountCount() {
		return false
	}
	for l := range book.Accounts {
		if i, ok := x.at[l.Code]; !ok || x.Customers[i] != l || !sameList(x.contacts[i], l.Contacts) {
			return false
		}
	}
	return true
}

// sameList reports whether two lists are one and the same.
func sameList(a, b []model.Contact) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}

// At is the place of an account in Customers; ok is false if it is not there.
func (x *AccountIndex) At(code string) (place int, ok bool) {
	i, ok := x.at[code]
	return int(i), ok
}
