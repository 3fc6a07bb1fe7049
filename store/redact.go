package store

// Finding names by their hashes. The deletion book has no names; a text is looked
// through word by word, and what has the shape of something erased is hashed and
// compared. The same way finds a person whose names are known, so that what is told of
// somebody and what goes with them cannot differ.

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"doppelpass/model"
)

// The ways in which a name is looked for: the first byte of a hash.
const (
	asWords  = 't' // some words one after the other, anywhere in a text
	asWhole  = 'w' // a text that is nothing else
	asNumber = 'n' // a telephone number, however it is written
)

// word is a run of letters and digits in a text, in the form in which it is compared.
type word struct {
	from, to int
	folded   string
}

// wordsIn are the words of a text.
func wordsIn(s string) (list []word) {
	from := -1
	end := func(to int) {
		if from >= 0 {
			list = append(list, word{from, to, foldWord(s[from:to])})
			from = -1
		}
	}
	for i, r := range s {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			if from < 0 {
				from = i
			}
		default:
			end(i)
		}
	}
	end(len(s))
	return list
}

func foldWord(s string) string {
	if !norm.NFC.IsNormalString(s) {
		s = norm.NFC.String(s)
	}
	return sharpS.Replace(strings.ToLower(s))
}

// widestGap is how many bytes may stand between two words of a name: ", " or a line's
// end with blanks.
const widestGap = 4

// folded is a name as its words are compared.
func folded(name string) (form string, words int) {
	list := wordsIn(name)
	parts := make([]string, len(list))
	for i, w := range list {
		parts[i] = w.folded
	}
	return strings.Join(parts, " "), len(list)
}

// shape is what a hash says besides: how many words, how many bytes.
type shape struct{ words, length int }

// hashName is one way to look for a name, as the deletion book keeps it; "" where the
// name has nothing to look for.
func hashName(secret []byte, way byte, name string) string {
	form, words := name, 1
	if way != asNumber {
		if form, words = folded(name); words == 0 {
			return ""
		}
	}
	return fmt.Sprintf("%c.%d.%d.%s", way, words, len(form), digest(secret, way, form))
}

func digest(secret []byte, way byte, form string) string {
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte{way})
	mac.Write([]byte(form))
	return hex.EncodeToString(mac.Sum(nil)[:16])
}

// redactor knows lines of the deletion book by their hashes.
type redactor struct {
	country string // of telephone numbers that say none
	keys    []*redactorKey
	erased  map[string]*model.Erasure // accounts, by code
	wide    int                       // the most words of a name
	// plain are texts that name nobody: codes, outcomes and the like stand in row after row.
	plain map[string]bool
}

// How many texts are remembered to name nobody, and how long they may be.
const (
	plainTexts  = 1 << 16
	plainLength = 64 // bytes
)

// redactorKey are the lines whose hashes have one key: those of one store.
type redactorKey struct {
	secret []byte
	shapes map[shape]bool
	ways   map[byte]bool
	lines  map[string][]*model.Erasure // by way and digest
}

// newRedactor makes one of lines; nil where none of them names anybody.
func newRedactor(lines []model.Erasure, country string) *redactor {
	x := &redactor{country: country, erased: map[string]*model.Erasure{}, plain: map[string]bool{}}
	for i := range lines {
		line := &lines[i]
		if line.Kind == model.EraseAged { // nobody's
			continue
		}
		if line.Kind == model.EraseAccount {
			x.erased[line.Account] = line
		}
		if len(line.Names) == 0 {
			continue
		}
		k := x.key(line.Secret)
		for _, name := range line.Names {
			parts := strings.Split(name, ".")
			if len(parts) != 4 || len(parts[0]) != 1 {
				continue
			}
			count, _ := strconv.Atoi(parts[1])
			length, _ := strconv.Atoi(parts[2])
			way := parts[0][0]
			if way == asWords {
				k.shapes[shape{count, length}] = true
				x.wide = max(x.wide, count)
			}
			k.ways[way] = true
			k.lines[string(way)+parts[3]] = append(k.lines[string(way)+parts[3]], line)
		}
	}
	if len(x.keys) == 0 && len(x.erased) == 0 {
		return nil
	}
	return x
}

func (x *redactor) key(secret string) *redactorKey {
	raw, _ := hex.DecodeString(secret)
	for _, k := range x.keys {
		if string(k.secret) == string(raw) {
			return k
		}
	}
	k := &redactorKey{secret: raw, shapes: map[shape]bool{}, ways: map[byte]bool{}, lines: map[string][]*model.Erasure{}}
	x.keys = append(x.keys, k)
	return k
}

// anywhere stands for an account where it is not known whose a text is: a name that
// counts at one account only is looked for there, too.
const anywhere = "\x00"

// counts reports whether a line's names are looked for in a text of an account.
func counts(line *model.Erasure, account string, telling model.Telling) bool {
	switch {
	case line.Account == "" || account == anywhere || line.Account == account:
		return true
	case line.Kind == model.EraseAccount: // what others have written of it
		return telling == model.TellsText
	}
	return false
}

// whole is the line that a whole text is the name of; nil where it is none's.
func (x *redactor) whole(account string, telling model.Telling, s string) *model.Erasure {
	form, n := folded(s)
	for _, k := range x.keys {
		for _, way := range [...]byte{asWhole, asWords} {
			if n == 0 || !k.ways[way] || way == asWords && !k.shapes[shape{n, len(form)}] {
				continue
			}
			for _, line := range k.lines[string(way)+digest(k.secret, way, form)] {
				if counts(line, account, telling) {
					return line
				}
			}
		}
	}
	return nil
}

// text is a text of an account with the label of whoever is named in it in place of the
// name.
func (x *redactor) text(account string, telling model.Telling, s string) string {
	if s == "" || x.plain[s] {
		return s
	}
	if len(s) <= plainLength && len(x.plain) < plainTexts {
		if x.looked(anywhere, model.TellsOf, s) == s { // whosever it is and whatever it tells
			x.plain[s] = true
			return s
		}
	}
	return x.looked(account, telling, s)
}

// looked is text for a text that is looked through.
func (x *redactor) looked(account string, telling model.Telling, s string) string {
	if telling == model.TellsWho || telling == model.TellsOf {
		if line := x.whole(account, telling, s); line != nil {
			return line.Label()
		}
	}
	if telling != model.TellsNothing && telling != model.TellsWho {
		s = x.numbers(account, telling, s)
	}
	if x.wide == 0 {
		return s
	}
	list := wordsIn(s)
	var out strings.Builder
	done := 0
	for i := 0; i < len(list); i++ {
		line, n := x.named(account, telling, s, list[i:])
		if line == nil {
			continue
		}
		out.WriteString(s[done:list[i].from])
		out.WriteString(line.Label())
		i += n - 1
		done = list[i].to
	}
	if done == 0 {
		return s
	}
	out.WriteString(s[done:])
	return out.String()
}

// named is the line whose name the first words of a list are, the longest before the
// shorter ones, and how many words it takes.
func (x *redactor) named(account string, telling model.Telling, s string, list []word) (*model.Erasure, int) {
	most, length := 0, -1
	for most < len(list) && most < x.wide && (most == 0 || list[most].from-list[most-1].to <= widestGap) {
		length += 1 + len(list[most].folded)
		most++
	}
	for n := most; n > 0; n-- {
		form := ""
		for _, k := range x.keys {
			if !k.shapes[shape{n, length}] {
				continue
			}
			if form == "" {
				parts := make([]string, n)
				for i := range parts {
					parts[i] = list[i].folded
				}
				form = strings.Join(parts, " ")
			}
			for _, line := range k.lines[string(byte(asWords))+digest(k.secret, asWords, form)] {
				if counts(line, account, telling) {
					return line, n
				}
			}
		}
		length -= 1 + len(list[n-1].folded)
	}
	return nil, 0
}

// numberLike is what may be a telephone number in a text.
var numberLike = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\+?\(?[0-9][0-9 ()/.\-]{4,}[0-9]`) })

// numbers takes telephone numbers out of a text.
func (x *redactor) numbers(account string, telling model.Telling, s string) string {
	if !slices.ContainsFunc(x.keys, func(k *redactorKey) bool { return k.ways[asNumber] }) || !strings.ContainsAny(s, "0123456789") {
		return s
	}
	return numberLike().ReplaceAllStringFunc(s, func(written string) string {
		number := NormalNumber(written, x.country)
		if number == "" {
			return written
		}
		for _, k := range x.keys {
			for _, line := range k.lines[string(byte(asNumber))+digest(k.secret, asNumber, number)] {
				if counts(line, account, telling) {
					return line.Label()
				}
			}
		}
		return written
	})
}

// accountOf is the account that a record is of; "" for others.
func accountOf(r model.Record) string {
	switch r := r.(type) {
	case model.Account:
		return r.Code
	case model.Contact, model.Visit, model.Call, model.PlannedVisit, model.FollowUp, model.ConsentLine, model.OptOut, model.SettledVisit:
		return r.Key().Code
	}
	return ""
}

// record is a record without whoever was erased; gone says that it was the person's
// own, and nothing is left of it but that there was one.
func (x *redactor) record(r model.Record) (now model.Record, changed, gone bool) {
	account := accountOf(r)
	self := x.self(r)
	_, aside := r.(model.SetAside)
	if aside { // whose it is stands in what it holds
		account = anywhere
	}
	now, changed = model.MapText(r, func(field string, telling model.Telling, s string) string {
		var values any
		if aside && (field == "values" || field == "standing") && json.Unmarshal([]byte(s), &values) == nil {
			if data, err := json.Marshal(mapJSON(values, func(s string) string { return x.text(account, telling, s) })); err == nil && x.text(account, telling, string(data)) != s {
				return string(data)
			}
		}
		return x.text(account, telling, s)
	})
	if erased := x.erased[account]; erased != nil {
		now = withoutCustomer(now, erased.Label())
		_, gone = now.(model.Contact)
	}
	if self != nil {
		own := false
		now, own = withoutSelf(now, self.Label())
		gone = gone || own
	}
	return now, changed || !model.Same(now, r), gone
}

// self is the line of the person whose own record it is; nil where it is nobody's.
func (x *redactor) self(r model.Record) *model.Erasure {
	switch r := r.(type) {
	case model.Contact:
		return x.whole(r.Account, model.TellsOf, r.Name)
	case model.Rep:
		if line := x.whole("", model.TellsOf, r.Name); line != nil {
			return line
		}
		return x.whole("", model.TellsWho, r.Code)
	case model.Person:
		if line := x.whole("", model.TellsOf, r.Name); line != nil {
			return line
		}
		return x.whole("", model.TellsWho, r.Code)
	}
	return nil
}

// withoutSelf empties the person's own record. What the rules count with, such as how
// many visits a rep makes a week, stays.
func withoutSelf(r model.Record, label string) (model.Record, bool) {
	switch r := r.(type) {
	case model.Contact:
		return model.Contact{Account: r.Account, Name: label}, true
	case model.Rep:
		return model.Rep{Code: r.Code, Name: label, Capacity: r.Capacity}, false
	case model.Person:
		return model.Person{Code: r.Code, Name: label, Role: r.Role, Department: r.Department, Rep: r.Rep, Inactive: true}, false
	}
	return r, false
}

// withoutCustomer empties what of a record tells of a customer who was erased. Class,
// territory and days stay: the sums are made of them.
func withoutCustomer(r model.Record, label string) model.Record {
	switch r := r.(type) {
	case model.Account:
		r.Name, r.Phone, r.Email, r.Address.Street, r.Hours = label, "", "", "", ""
		r.Note, r.MarketingNote, r.ConsentBasis, r.ExternalIDs = "", "", "", nil
		if r.Placed == model.PlacedFile { // a house; what follows from the postcode may stay
			r.At, r.Placed = model.Coordinates{}, model.PlacedNowhere
		}
		return r
	case model.Contact:
		return model.Contact{Account: r.Account, Name: label}
	case model.Visit:
		r.Note = ""
		return r
	case model.Call:
		r.Note = ""
		return r
	case model.FollowUp:
		if r.Number != "" {
			r.Number = label
		}
		if r.Reply != "" {
			r.Reply = label
		}
		r.Note = ""
		return r
	case model.ConsentLine:
		r.Evidence = ""
		return r
	}
	return r
}

// longWord is the length from which a single word is a name by itself: shorter ones are
// words of the language, too.
const longWord = 8

// nameWays are the hashes by which somebody's name is found: as it is, with the last
// name first, and by itself where it is a single word.
func nameWays(secret []byte, name string) (ways []string) {
	add := func(way byte, form string) {
		if hash := hashName(secret, way, form); hash != "" && !slices.Contains(ways, hash) {
			ways = append(ways, hash)
		}
	}
	list := wordsIn(name)
	add(asWhole, name)
	if len(list) > 1 {
		add(asWords, name)
		last := list[len(list)-1]
		add(asWords, last.folded+" "+name[:last.from])
	} else if utf8.RuneCountInString(name) >= longWord {
		add(asWords, name)
	}
	return ways
}
