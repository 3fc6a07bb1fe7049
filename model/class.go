package model

// The classes of accounts as a table of the settings: what each is called, how
// often its accounts are visited and how much they weigh. Accounts and campaigns
// name a class by its code, so that another name changes one row, not a hundred
// thousand accounts.

import "strings"

// MaximumClasses bounds the classes of a team.
const MaximumClasses = 8

// ClassRule is one class. A class without a code is none.
type ClassRule struct {
	Code     Class
	Name     string // shown; empty: the code
	Interval int    // days between visits
	Weight   int    // percent of an account's need in the week planner; 100 leaves it as it is
}

// Label is what people call the class.
func (c ClassRule) Label() string {
	if c.Name != "" {
		return c.Name
	}
	return string(c.Code)
}

// ClassTable holds the classes, most important first; the places behind the last
// are empty.
type ClassTable [MaximumClasses]ClassRule

// DefaultClasses are the classes of a team that has not set its own.
var DefaultClasses = ClassTable{
	{Code: ClassA, Interval: 30, Weight: 150},
	{Code: ClassB, Interval: 90, Weight: 100},
	{Code: ClassC, Interval: 180, Weight: 70},
}

// Len is the number of classes.
func (t *ClassTable) Len() int {
	for i := range t {
		if t[i].Code == "" {
			return i
		}
	}
	return len(t)
}

// Check says what is wrong with the table: "range" where a number is out of its
// bounds or no class is left, "twice" where two classes share a code; "" for nothing.
func (t *ClassTable) Check() string {
	n := t.Len()
	if n == 0 {
		return "range"
	}
	for i, c := range t[:n] {
		if c.Interval < 1 || c.Interval > LongestInterval || c.Weight < 1 || c.Weight > HighestWeight || strings.Contains(string(c.Code), ":") {
			return "range"
		}
		if t.at(c.Code) != i {
			return "twice"
		}
	}
	return ""
}

// at is the class's place in the table, -1 for none of it.
func (t *ClassTable) at(class Class) int {
	if len(class) == 1 { // nearly always, and asked of every account
		for i := range t {
			if code := t[i].Code; len(code) == 1 && code[0] == class[0] {
				return i
			}
		}
		return -1
	}
	for i := range t {
		if t[i].Code == class && class != "" {
			return i
		}
	}
	return -1
}

// classRanks are the places of the classes by their codes, found sooner than in the
// table: every account is asked for its class's several times a day looked at.
type classRanks struct {
	letters [256]uint8 // of the codes of one letter; the last class's place for what is none
	table   ClassTable
}

func (t *ClassTable) ranks() classRanks {
	r := classRanks{table: *t}
	for letter := range r.letters {
		r.letters[letter] = uint8(t.rank(Class([]byte{byte(letter)})))
	}
	return r
}

func (r *classRanks) of(class Class) int {
	if len(class) == 1 {
		return int(r.letters[class[0]])
	}
	return r.table.rank(class)
}

// rank is the class's place; an account without a class, or of one that is no
// more, counts as the last.
func (t *ClassTable) rank(class Class) int {
	if i := t.at(class); i >= 0 {
		return i
	}
	return max(t.Len()-1, 0)
}

// ClassList lists the classes, most important first.
func (s Settings) ClassList() []ClassRule { return s.Classes[:s.Classes.Len()] }

// Rank is the place of the class, 0 for the most important; without a class it is
// the last one's.
func (s Settings) Rank(class Class) int { return s.Classes.rank(class) }

// Interval is the class's visit interval in days.
func (s Settings) Interval(class Class) int { return s.Classes[s.Classes.rank(class)].Interval }

// ClassWeight is the class's weight in the week planner, in percent.
func (s Settings) ClassWeight(class Class) int { return s.Classes[s.Classes.rank(class)].Weight }

// LastClass is the class that an account without one counts as.
func (s Settings) LastClass() Class { return s.Classes[max(s.Classes.Len()-1, 0)].Code }

// ClassName is what people call the class; a code that is no class's is its own
// name.
func (s Settings) ClassName(class Class) string {
	if i := s.Classes.at(class); i >= 0 {
		return s.Classes[i].Label()
	}
	return string(class)
}

// ClassNamed is the class that people call so, whatever the case: by its name, else
// by its code.
func (s Settings) ClassNamed(name string) (class Class, ok bool) {
	for _, c := range s.ClassList() {
		if strings.EqualFold(c.Label(), name) {
			return c.Code, true
		}
	}
	for _, c := range s.ClassList() {
		if strings.EqualFold(string(c.Code), name) {
			return c.Code, true
		}
	}
	return "", false
}

// WithClassNames is the record with its classes by their names, as files show it.
func (s Settings) WithClassNames(record Record) Record {
	switch r := record.(type) {
	case Account:
		r.Class = Class(s.ClassName(r.Class))
		return r
	case Campaign:
		if len(r.Classes) > 0 {
			named := make([]Class, len(r.Classes))
			for i, class := range r.Classes {
				named[i] = Class(s.ClassName(class))
			}
			r.Classes = named
		}
		return r
	}
	return record
}

// NewClass is the code for a class that is to be called so: its name, or where an
// earlier class has that code, the next one free.
func (s Settings) NewClass(name string) Class {
	base := Class(strings.ReplaceAll(name, ":", " ")) // ":" parts the settings' names
	code := base
	for n := '2'; s.Classes.at(code) >= 0; n++ {
		code = base + Class(n)
	}
	return code
}

// AimsAt reports whether the campaign addresses accounts of the class.
func (s Settings) AimsAt(c Campaign, class Class) bool { return s.Classes.aimedAt(c, class) }

// AimsAt reports whether the campaign addresses the account.
func (b *Book) AimsAt(c Campaign, a *Account) bool { return b.settings.Classes.aimedAt(c, a.Class) }

// ClassName is what people call the class (see Settings).
func (b *Book) ClassName(class Class) string {
	if i := b.settings.Classes.at(class); i >= 0 {
		return b.settings.Classes[i].Label()
	}
	return string(class)
}

// Rank is the place of the account's class.
func (b *Book) Rank(a *Account) int { return b.ranks.of(a.Class) }

func (t *ClassTable) aimedAt(c Campaign, class Class) bool {
	aims := t.aims(c)
	return aims[t.rank(class)]
}

// aims are the ranks of the classes that the campaign addresses.
func (t *ClassTable) aims(c Campaign) (ranks [MaximumClasses]bool) {
	for i := range ranks {
		ranks[i] = len(c.Classes) == 0
	}
	for _, class := range c.Classes {
		ranks[t.rank(class)] = true
	}
	return ranks
}
