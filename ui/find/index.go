// Package find is one search over everything: accounts, the people there, notes of both
// departments, campaigns and territories.
package find

import (
	"cmp"
	"slices"
	"strings"

	"doppelpass/model"
	"doppelpass/ui/forms"
)

// Kind says what an entry is.
type Kind uint8

// The kinds, in the order in which equally good entries stand.
const (
	Territory Kind = iota
	Campaign
	Account
	Person
	Note // of whatever it belongs to
)

// Entry is one thing that can be found.
type Entry struct {
	Kind Kind
	Of   model.Table // accounts, campaigns or territories
	Code string
	Name string // of a person or of what it belongs to
	Text string // a note as it was written, or the rest of what is searched
	// By is the department whose note it is.
	By model.Role
}

// Index is everything that can be found, as folded text that a search runs through at
// the speed of memory. It does not change once made.
type Index struct {
	entries []Entry
	lines   string  // of each entry a line: name, blank, the rest
	starts  []int32 // where each begins, and the end of the last
}

// Source is what an index is made from: the lists are new ones, their records do not
// change.
type Source struct {
	customers []*model.Customer
	contacts  [][]model.Contact
	areas     []model.Territory
	campaigns []model.Campaign
	reps      map[string]string
}

// SourceOf collects what a Book has, within a frame.
func SourceOf(b *model.Book) Source {
	s := Source{campaigns: slices.Clone(b.Campaigns()), reps: map[string]string{}}
	s.customers = make([]*model.Customer, 0, b.AccountCount())
	s.contacts = make([][]model.Contact, 0, b.AccountCount())
	for l := range b.Accounts {
		s.customers, s.contacts = append(s.customers, l), append(s.contacts, l.Contacts)
	}
	for _, area := range b.Areas() {
		s.areas = append(s.areas, area.Territory)
		s.reps[area.Rep] = b.RepName(area.Rep)
	}
	return s
}

// Size is how many accounts there are.
func (s Source) Size() int { return len(s.customers) }

// NewIndex makes an index; it may run beside the session.
func NewIndex(s Source) *Index {
	var entries []Entry
	add := func(kind Kind, of model.Table, code, name, text string) {
		entries = append(entries, Entry{Kind: kind, Of: of, Code: code, Name: name, Text: text})
	}
	note := func(of model.Table, by model.Role, code, name, text string) {
		if strings.TrimSpace(text) != "" {
			entries = append(entries, Entry{Kind: Note, Of: of, Code: code, Name: name, Text: text, By: by})
		}
	}
	for _, t := range s.areas {
		name := cmp.Or(t.Name, t.Code)
		add(Territory, model.TableTerritories, t.Code, name, join(t.Code, t.Region, s.reps[t.Rep], t.Marketing, strings.Join(t.Postcodes, " ")))
		note(model.TableTerritories, model.RoleSales, t.Code, name, t.Note)
		note(model.TableTerritories, model.RoleMarketing, t.Code, name, t.MarketingNote)
	}
	for _, c := range s.campaigns {
		name := cmp.Or(c.Name, c.Code)
		add(Campaign, model.TableCampaigns, c.Code, name, join(c.Code, c.Kind, c.Owner))
		note(model.TableCampaigns, model.RoleMarketing, c.Code, name, join(c.Goal, c.Note))
	}
	for i, l := range s.customers {
		name := cmp.Or(l.Name, l.Code)
		add(Account, model.TableAccounts, l.Code, name, join(l.Code, l.Address.Street, l.Address.Postcode, l.Address.City, l.Phone, l.Email))
		note(model.TableAccounts, model.RoleSales, l.Code, name, l.Note)
		note(model.TableAccounts, model.RoleMarketing, l.Code, name, l.MarketingNote)
		for _, c := range s.contacts[i] {
			add(Person, model.TableAccounts, l.Code, c.Name, join(c.Function, c.Phone, c.Email, c.Note, name))
		}
	}
	return newIndex(entries)
}

func join(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), " ")
}

func newIndex(entries []Entry) *Index {
	type line struct {
		entry Entry
		text  string
	}
	all, total := make([]line, len(entries)), 0
	for i, e := range entries {
		all[i] = line{e, forms.Fold(e.Name) + " " + forms.Fold(e.Text) + "\n"}
		total += len(all[i].text)
	}
	slices.SortFunc(all, func(a, b line) int {
		return cmp.Or(cmp.Compare(a.entry.Kind, b.entry.Kind), strings.Compare(a.text, b.text), strings.Compare(a.entry.Code, b.entry.Code))
	})
	x := &Index{entries: make([]Entry, len(all)), starts: make([]int32, len(all)+1)}
	var text strings.Builder
	text.Grow(total)
	for i, l := range all {
		x.entries[i], x.starts[i] = l.entry, int32(text.Len())
		text.WriteString(l.text)
	}
	x.lines, x.starts[len(all)] = text.String(), int32(text.Len())
	return x
}

func (x *Index) line(i int) string { return x.lines[x.starts[i]:x.starts[i+1]] }

// weighed is how many entries that have all words are weighed against each other.
const weighed = 4000

// Find are the best entries that have every word typed, at most limit, and how many have
// them; of very many only that there are at least so many (more). Names that begin with
// what was typed come first, then where words begin with it, then all others; within, by
// kind and name.
func (x *Index) Find(typed string, limit int) (found []Entry, count int, more bool) {
	m := forms.NewMatcher(typed)
	if m.Empty() {
		return nil, 0, false
	}
	words := strings.Fields(forms.Fold(typed))
	whole := strings.Join(words, " ")
	rarest := slices.MinFunc(words, x.rarer)
	var best [3][]int
	i := 0
	for from := 0; from < len(x.lines); from = int(x.starts[i]) {
		hit := strings.Index(x.lines[from:], rarest)
		if hit < 0 {
			break
		}
		// The entry of the hit is the last one that begins before it.
		i += sortSearch(x.starts[i:], int32(from+hit))
		line := x.line(i)
		if m.Match(line) {
			if count++; count > weighed {
				more = true
				break
			}
			rank := 0
			if !strings.HasPrefix(line, whole) {
				rank = 1
				for _, word := range words {
					if !strings.HasPrefix(line, word) && !strings.Contains(line, " "+word) {
						rank = 2
					}
				}
			}
			if len(best[rank]) < limit {
				best[rank] = append(best[rank], i)
			}
		}
		i++
	}
	for _, group := range best {
		for _, place := range group {
			if len(found) < limit {
				found = append(found, x.entries[place])
			}
		}
	}
	return found, min(count, weighed), more
}

// sample is how many bytes of the lines tell how common a word is.
const sample = 1 << 16

// rarer orders words by how often they stand in a part of the lines, longer ones first:
// the rarest one finds the least to look at.
func (x *Index) rarer(a, b string) int {
	middle := max(len(x.lines)/2-sample/2, 0)
	part := x.lines[middle:min(middle+sample, len(x.lines))]
	return cmp.Or(cmp.Compare(strings.Count(part, a), strings.Count(part, b)), cmp.Compare(len(b), len(a)))
}

// sortSearch is the place of the last start that is not behind at.
func sortSearch(starts []int32, at int32) int {
	place, exact := slices.BinarySearch(starts, at)
	if !exact {
		place--
	}
	return place
}
