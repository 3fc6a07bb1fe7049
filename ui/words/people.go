package words

// The people who work on the business, in words.

import (
	"cmp"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"doppelpass/model"
	"doppelpass/ui/text"
)

// PersonSide is a person's department: "sales"; "" where the role says it already.
func PersonSide(p *text.Printer, person model.Person) string {
	if person.Department == "" || person.Department == person.Role {
		return ""
	}
	return Role(p, person.Department)
}

// PersonLine is a person in a line: "Anna Beck (anna-beck): sales, 1 key".
func PersonLine(p *text.Printer, b *model.Book, person model.Person) string {
	said := []string{Role(p, person.Role)}
	if side := PersonSide(p, person); side != "" {
		said = append(said, side)
	}
	if person.Rep != "" {
		said = append(said, b.RepName(person.Rep))
	}
	said = append(said, p.N("people.keys", len(person.Keys)))
	if person.Inactive {
		said = append(said, p.T("people.inactive"))
	}
	return p.T("people.line", text.Args{"Name": cmp.Or(person.Name, person.Code), "Code": person.Code, "What": strings.Join(said, ", ")})
}

// PersonCode is a free code for a new person, made of the name: "anna-beck".
func PersonCode(b *model.Book, name string) string {
	var code strings.Builder
	for _, r := range strings.ToLower(strings.NewReplacer("ä", "ae", "ö", "oe", "ü", "ue", "ß", "ss", "Ä", "ae", "Ö", "oe", "Ü", "ue").Replace(norm.NFC.String(name))) {
		switch folded := []rune(norm.NFD.String(string(r)))[0]; {
		case unicode.IsLetter(folded), unicode.IsDigit(folded):
			code.WriteRune(folded)
		case !strings.HasSuffix(code.String(), "-"):
			code.WriteRune('-')
		}
	}
	first := cmp.Or(strings.Trim(code.String(), "-"), "person")
	free := first
	for n := 2; ; n++ {
		if _, taken := b.Person(free); !taken {
			return free
		}
		free = first + "-" + strconv.Itoa(n)
	}
}
