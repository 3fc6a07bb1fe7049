package ready

// Territories for accounts that are in none, and reps for territories.

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"doppelpass/model"
	"doppelpass/model/place"
)

// assigner gathers accounts by the territory they come to.
type assigner struct {
	plan   Plan
	made   []model.Edit
	placed []model.Edit
	at     map[string]int // part by territory
}

func (g *assigner) put(a *model.Customer, part Part) {
	i, known := g.at[part.Code]
	if !known {
		if g.at == nil {
			g.at = map[string]int{}
		}
		i = len(g.plan.Parts)
		g.at[part.Code] = i
		g.plan.Parts = append(g.plan.Parts, part)
	}
	g.plan.Parts[i].Accounts++
	after := a.Account
	after.Territory = part.Code
	g.placed = append(g.placed, model.Edit{Before: a.Account, After: after})
}

// make adds a record that the accounts need.
func (g *assigner) make(record model.Record) { g.made = append(g.made, model.Edit{After: record}) }

func (g *assigner) done() Plan {
	g.plan.Edits = append(g.made, g.placed...)
	slices.SortStableFunc(g.plan.Parts, func(x, y Part) int { return strings.Compare(x.Code, y.Code) })
	return g.plan
}

func homeless(book *model.Book) []*model.Customer {
	return sortedAccounts(book, func(a *model.Customer) bool { return withoutTerritory(book, &a.Account) })
}

// fold is a name as it is compared.
func fold(name string) string { return strings.ToLower(strings.Join(strings.Fields(name), " ")) }

// repsByName are the reps by folded code and name; a name that two have is nobody's.
func repsByName(book *model.Book) map[string]model.Rep {
	byName := map[string]model.Rep{}
	for _, rep := range book.Reps() {
		name := fold(rep.Name)
		if _, taken := byName[name]; taken {
			byName[name] = model.Rep{}
		} else {
			byName[name] = rep
		}
	}
	for _, rep := range book.Reps() {
		byName[fold(rep.Code)] = rep
	}
	return byName
}

// freeCode is the code, or with a number behind it where another record has it.
func freeCode(code string, taken func(string) bool) string {
	for n := 2; taken(code); n++ {
		base, _, _ := strings.Cut(code, " #")
		code = base + " #" + strconv.Itoa(n)
	}
	return code
}

// ByOwner makes a rep and a territory of each of the people who look after accounts
// that are in none, or takes the one that the rep has already. Of somebody with
// several territories nothing tells which.
func ByOwner(book *model.Book, owners map[string]string) Plan {
	var g assigner
	reps := repsByName(book)
	theirs := map[string]string{} // by folded owner; "-": several
	for _, a := range homeless(book) {
		owner := strings.TrimSpace(owners[a.Code])
		if owner == "" {
			g.plan.Left++
			continue
		}
		key := fold(owner)
		rep, known := reps[key]
		if !known || rep.Code == "" {
			rep = model.Rep{Code: owner, Name: owner}
			reps[key] = rep
			if _, there := book.Rep(rep.Code); !there {
				g.make(rep)
			}
		}
		part := Part{Rep: cmp.Or(rep.Name, rep.Code)}
		code, seen := theirs[key]
		if !seen {
			areas := slices.DeleteFunc(slices.Clone(book.Areas()), func(area *model.Area) bool { return area.Rep != rep.Code })
			switch len(areas) {
			case 0:
				code = freeCode(rep.Code, func(code string) bool { area := book.Area(code); return area != nil && area.Known })
				part.New, part.Name = true, part.Rep
				g.make(model.Territory{Code: code, Name: part.Name, Rep: rep.Code})
			case 1:
				code, part.Name = areas[0].Code, areas[0].Name
			default:
				code = "-"
			}
			theirs[key] = code
		}
		if code == "-" {
			g.plan.Left++
			continue
		}
		part.Code = code
		g.put(a, part)
	}
	return g.done()
}

func prefixesOf(book *model.Book) *place.Prefixes {
	prefixes, home := &place.Prefixes{}, book.Settings().Country
	for _, area := range book.Areas() {
		country := place.CountryCode(area.Country, home)
		for _, prefix := range area.Postcodes {
			prefixes.Add(country, prefix, area.Code)
		}
	}
	return prefixes
}

// ByPostcode assigns the accounts that are in no territory to that of their
// postcode. Only says which territories; none: all of them.
func ByPostcode(book *model.Book, only ...string) Plan {
	var g assigner
	prefixes, home := prefixesOf(book), book.Settings().Country
	for _, a := range homeless(book) {
		code := prefixes.Find(place.CountryCode(a.Address.Country, home), a.Address.Postcode)
		if code == "" || len(only) > 0 && !slices.Contains(only, code) {
			g.plan.Left++
			continue
		}
		area := book.Area(code)
		g.put(a, Part{Code: code, Name: area.Name, Rep: book.RepName(area.Rep)})
	}
	return g.done()
}

// Fits is the territory whose postcodes an address lies in, the longest prefix first;
// "" for none.
func Fits(book *model.Book, at model.Address) string {
	return prefixesOf(book).Find(place.CountryCode(at.Country, book.Settings().Country), at.Postcode)
}

// areaOf is the first figures of an account's postcode, behind its country where that
// is not home; "" without a postcode that is long enough.
func areaOf(a *model.Account, home string, figures int) string {
	said, code := place.SplitPostcode(a.Address.Postcode)
	code = strings.ToUpper(strings.TrimSpace(code))
	if len(code) < max(figures, 3) {
		return ""
	}
	country := place.CountryCode(cmp.Or(a.Address.Country, said), home)
	if country != home {
		return country + " " + code[:figures]
	}
	return code[:figures]
}

// MostFigures is the most figures of a postcode that make an area.
const MostFigures = 3

// ByArea makes a territory for each first figures of the postcodes of the accounts
// that are in none; name is what such a territory is called. They have no rep yet.
func ByArea(book *model.Book, figures int, name func(area string) string) Plan {
	var g assigner
	home := book.Settings().Country
	codes := map[string]string{}
	for _, a := range homeless(book) {
		area := areaOf(&a.Account, home, figures)
		if area == "" {
			g.plan.Left++
			continue
		}
		code, known := codes[area]
		if !known {
			code = freeCode(area, func(code string) bool { area := book.Area(code); return area != nil && area.Known })
			codes[area] = code
			t := model.Territory{Code: code, Name: name(area), Postcodes: []string{area}}
			if country, prefix, abroad := strings.Cut(area, " "); abroad {
				t.Country, t.Postcodes = country, []string{prefix}
			}
			g.make(t)
		}
		g.put(a, Part{Code: code, Name: name(area), New: true})
	}
	return g.done()
}

// InOne makes one territory, called so, for all accounts that are in none.
func InOne(book *model.Book, name string) Plan {
	var g assigner
	code := freeCode("T1", func(code string) bool { area := book.Area(code); return area != nil && area.Known })
	for i, a := range homeless(book) {
		if i == 0 {
			g.make(model.Territory{Code: code, Name: name})
		}
		g.put(a, Part{Code: code, Name: name, New: true})
	}
	return g.done()
}

// Vacant are the territories with active accounts and without a rep.
func Vacant(book *model.Book) (list []*model.Area) {
	for _, area := range book.Areas() {
		if area.Rep == "" && hasActive(area) {
			list = append(list, area)
		}
	}
	return list
}

// Staff gives territories reps, named by territory code; somebody who is no rep yet
// becomes one.
func Staff(book *model.Book, names map[string]string) (plan Plan) {
	reps := repsByName(book)
	var territories []model.Edit
	for _, area := range Vacant(book) {
		name := strings.TrimSpace(names[area.Code])
		if name == "" {
			plan.Left++
			continue
		}
		rep, known := reps[fold(name)]
		if !known || rep.Code == "" {
			rep = model.Rep{Code: name, Name: name}
			reps[fold(name)] = rep
			if _, there := book.Rep(rep.Code); !there {
				plan.Edits = append(plan.Edits, model.Edit{After: rep})
			}
		}
		after := area.Territory
		after.Rep = rep.Code
		territories = append(territories, model.Edit{Before: area.Territory, After: after})
		plan.Parts = append(plan.Parts, Part{Code: area.Code, Name: area.Name, Rep: cmp.Or(rep.Name, rep.Code), Accounts: len(area.Accounts())})
	}
	plan.Edits = append(plan.Edits, territories...)
	return plan
}
