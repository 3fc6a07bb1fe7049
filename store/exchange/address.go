package exchange

// Addresses as files write them: in parts, in one cell, in two lines, the town
// beside its postcode, the country before it.

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"doppelpass/model"
	"doppelpass/model/place"
)

// setter fills a field of an address that the row has not filled.
func (s *rowState) setter(prefix string) func(name string, field *string, value string) {
	return func(name string, field *string, value string) {
		value = strings.TrimSpace(value)
		if *field == "" && value != "" && !exceeds(value, longestCode) {
			*field = strings.Clone(value)
			s.fill(prefix + name)
		}
	}
}

// wholeAddress reads an address in one cell into the parts that have no column of
// their own: "Hauptstr. 5, 70173 Stuttgart, Germany", with line breaks as well. What
// is not understood goes to the street.
func (s *rowState) wholeAddress(to *model.Address, whole string) {
	set := s.setter("")
	parts := addressParts(whole)
	if to.Postcode == "" && to.City == "" {
		for i, part := range parts {
			postcode, town := parted(part)
			if postcode == "" || town == "" || isStreet(town) {
				continue
			}
			rest := parts[:i:i]
			after := parts[i+1:]
			if i == 0 && len(after) > 0 { // "70173 Stuttgart, Hauptstr. 5"
				rest, after = after[:1], after[1:]
			}
			set("street", &to.Street, strings.Join(rest, ", "))
			set("postcode", &to.Postcode, postcode)
			set("city", &to.City, town)
			if len(after) > 0 {
				set("country", &to.Country, after[len(after)-1])
			}
			return
		}
		if street, postcode, town, ok := inOneLine(whole); ok && len(parts) == 1 {
			set("street", &to.Street, street)
			set("postcode", &to.Postcode, postcode)
			set("city", &to.City, town)
			return
		}
	}
	set("street", &to.Street, strings.Join(parts, ", "))
}

// addressParts parts an address at line breaks and commas.
func addressParts(whole string) (parts []string) {
	for line := range strings.FieldsFuncSeq(whole, func(r rune) bool { return r == '\n' || r == '\r' }) {
		parts = append(parts, splitAt(line, ",")...)
	}
	return parts
}

// parted is the postcode and the town of "70173 Stuttgart", "D-70173 Stuttgart",
// "1012 AB Amsterdam", "75012 PARIS"; without a postcode all of it is the town.
func parted(s string) (postcode, town string) {
	s = strings.TrimSpace(s)
	head, tail, found := strings.Cut(s, " ")
	if !found {
		return "", s
	}
	if country := head; len(country) <= 3 && tail != "" && tail[0] >= '0' && tail[0] <= '9' { // "DE 70173 Stuttgart"
		if _, ok := place.ParseCountry(country); ok {
			more, rest, _ := strings.Cut(tail, " ")
			if isPostcode(more) {
				return head + " " + more, strings.TrimSpace(rest)
			}
		}
	}
	if !isPostcode(head) {
		return "", s
	}
	tail = strings.TrimSpace(tail)
	if letters, rest, ok := strings.Cut(tail, " "); ok && len(letters) == 2 && letters == strings.ToUpper(letters) && len(head) == 4 {
		return head + " " + letters, strings.TrimSpace(rest) // the Netherlands
	}
	return head, tail
}

// isPostcode reports four or five figures, with a country before them perhaps.
func isPostcode(s string) bool {
	_, code := place.SplitPostcode(s)
	code = strings.TrimRight(code, ",")
	if len(code) == 6 && code[2] == '-' { // Poland
		code = code[:2] + code[3:]
	}
	return len(code) >= 4 && len(code) <= 5 && digits(code)
}

// streets are words, folded, by which a street is known.
var streets = [...]string{
	"strasse", "str", "weg", "platz", "allee", "gasse", "ring", "ufer", "damm", "street", "st", "road", "rd", "avenue", "ave", "lane", "drive", "blvd",
	"boulevard", "rue", "calle", "via", "rua", "straat", "laan", "ulica", "ul", "sokak", "sok", "sk", "cadde", "caddesi", "cad", "cd", "bulvari", "mahallesi", "mah",
}

// isStreet reports that words are a street's and no town's: "1642 Sokak".
func isStreet(s string) bool {
	for word := range strings.FieldsSeq(s) {
		key := fold(word)
		for _, name := range streets {
			if key == name || len(name) > 4 && strings.HasSuffix(key, name) && len(key) > len(name)+2 {
				return true
			}
		}
	}
	return false
}

// inOneLine reads "Hauptstr. 5 70173 Stuttgart": a street with its number, a
// postcode of five figures and a town.
func inOneLine(s string) (street, postcode, town string, ok bool) {
	words := strings.Fields(s)
	for i := 1; i < len(words)-1; i++ {
		if !isPostcode(words[i]) || i == 1 && len(words) > 3 && !startsWithFigure(words[0]) && isStreet(words[0]) {
			continue
		}
		if _, code := place.SplitPostcode(words[i]); len(code) != 5 {
			continue
		}
		town = strings.Join(words[i+1:], " ")
		if first, _ := utf8.DecodeRuneInString(town); !unicode.IsLetter(first) || isStreet(town) {
			continue
		}
		return strings.Join(words[:i], " "), words[i], town, true
	}
	return "", "", "", false
}

func startsWithFigure(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

// placeCell reads "80331 München", "München 80331" and "80331/München".
func (s *rowState) placeCell(to *model.Address, cell string) {
	set := s.setter("")
	cell = strings.NewReplacer("/", " ", ",", " ", "(", " ", ")", " ").Replace(cell)
	postcode, town := parted(strings.Join(strings.Fields(cell), " "))
	if postcode == "" {
		words := strings.Fields(cell)
		if last := len(words) - 1; last >= 0 && isPostcode(words[last]) {
			postcode, town = words[last], strings.Join(words[:last], " ")
		}
	}
	set("postcode", &to.Postcode, postcode)
	set("city", &to.City, town)
}

// settleAddress puts right what one cell took that belongs to another, and the
// postcode. Names of columns start with prefix.
func (s *rowState) settleAddress(to *model.Address, prefix string) {
	set := s.setter(prefix)
	if to.Postcode == "" && to.City != "" {
		if postcode, town := parted(to.City); postcode != "" && town != "" && !isStreet(town) {
			set("postcode", &to.Postcode, postcode)
			to.City = strings.Clone(town)
		}
	}
	if to.City == "" && to.Postcode != "" {
		if postcode, town := parted(to.Postcode); postcode != "" && len(town) > 2 {
			set("city", &to.City, town)
			to.Postcode = strings.Clone(postcode)
		}
	}
	if to.Street != "" && to.Postcode == "" && to.City == "" && strings.ContainsAny(to.Street, ",\n") {
		if parts := addressParts(to.Street); len(parts) > 1 {
			whole := to.Street
			if postcode, town := parted(parts[len(parts)-1]); postcode != "" && town != "" && !isStreet(town) && prefix == "" {
				to.Street = ""
				s.wholeAddress(to, whole)
			}
		}
	}
	if to.Postcode == "" {
		return
	}
	country, postcode := place.SplitPostcode(to.Postcode)
	if country != "" && country == countryCode(to.Country) || country != "" && to.Country == "" {
		if country != "DE" { // what nothing is said of is German
			set("country", &to.Country, country)
		}
		to.Postcode = strings.Clone(postcode)
	} else if country == "" {
		to.Postcode = postcode
	}
	to.Postcode = s.plan.germanPostcode(to, func(country string) { set("country", &to.Country, country) })
}

// countryCode is the ISO code of a country as files write it, "" if it is none.
func countryCode(country string) string {
	if country == "" {
		return ""
	}
	code, _ := place.ParseCountry(country)
	return code
}

// germanPostcode gives back the leading zero that a spreadsheet took from a German
// postcode. Other countries have codes of four figures: where the file does not say
// the country, the town tells, and is told.
func (p *plan) germanPostcode(a *model.Address, tell func(country string)) string {
	postcode := a.Postcode
	if len(postcode) != 4 || !digits(postcode) {
		return postcode
	}
	switch country := a.Country; {
	case fiveFigures[countryCode(country)]:
		return "0" + postcode
	case country != "" && !isGermany(country), p.file != nil && p.file.options.Country == "-":
		return postcode
	case country != "":
		return "0" + postcode
	}
	if p.file == nil || p.file.options.Country == "" {
		switch country := p.countryOfFour(postcode, a.City); country {
		case "DE":
			return "0" + postcode
		case "":
		default:
			tell(country)
			return postcode
		}
	}
	if !p.germany {
		return postcode
	}
	return "0" + postcode
}

// fiveFigures are other countries whose postcodes have five figures, some with a zero
// first: Barcelona, Rome, Boston.
var fiveFigures = map[string]bool{"FR": true, "ES": true, "IT": true, "US": true}

// fourMemory bounds the towns that are remembered.
const fourMemory = 1 << 14

func (p *plan) countryOfFour(postcode, city string) string {
	if city == "" {
		return ""
	}
	key := postcode + " " + city
	if country, known := p.fours[key]; known {
		return country
	}
	if p.towns == nil {
		p.towns, p.fours = &place.Towns{}, make(map[string]string)
	}
	country := p.towns.CountryOfFour(postcode, city)
	if len(p.fours) < fourMemory {
		p.fours[strings.Clone(key)] = country
	}
	return country
}

func isGermany(country string) bool { return country == "DE" || countryCode(country) == "DE" }
