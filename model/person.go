package model

// The people who work on one business: who they are, what they may, and the keys by
// which the team's server knows them.

import (
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"strings"
)

// Person is somebody who works on the business. A business that one person works on
// alone has none.
type Person struct {
	Code       string // what steps of the history name the person by
	Name       string
	Role       Role
	Department Role     // RoleSales or RoleMarketing: whose side comes first; "": as the role says
	Rep        string   // code of the rep the person is; "": none
	Keys       []string // fingerprints of the public keys, as KeyFingerprint gives them
	Inactive   bool     // let in no more; the history still names them
}

// Key implements Record.
func (p Person) Key() Key { return Key{Table: TablePeople, Code: p.Code} }

// PersonFields describe a person.
var PersonFields = Fields[Person]{
	{Name: "code", At: func(p *Person) any { return &p.Code }},
	{Name: "name", At: func(p *Person) any { return &p.Name }},
	{Name: "role", At: func(p *Person) any { return &p.Role }},
	{Name: "department", At: func(p *Person) any { return &p.Department }},
	{Name: "rep", At: func(p *Person) any { return &p.Rep }},
	{Name: "keys", At: func(p *Person) any { return &p.Keys }, Merge: MergeSet},
	{Name: "inactive", At: func(p *Person) any { return &p.Inactive }},
}

// HasKey reports whether a key is one of the person's.
func (p Person) HasKey(fingerprint string) bool { return slices.Contains(p.Keys, fingerprint) }

// Side is the department whose work the person sees first.
func (p Person) Side() Role {
	if p.Department != "" {
		return p.Department
	}
	return p.Role
}

// Actor is the person as who makes a change.
func (p Person) Actor(device string) Actor {
	name := p.Name
	if name == "" {
		name = p.Code
	}
	return Actor{Name: name, Role: p.Role, Person: p.Code, Device: device}
}

// fingerprintPrefix and the length of what follows are OpenSSH's: the SHA-256 of the
// key in unpadded base64.
const (
	fingerprintPrefix = "SHA256:"
	fingerprintLength = 43
)

// KeyFingerprint is a key's fingerprint as OpenSSH writes it, from the fingerprint
// itself or from a line of a public key ("ssh-ed25519 AAAA… anna@laptop"); false where
// the text is neither.
func KeyFingerprint(written string) (string, bool) {
	written = strings.TrimSpace(written)
	if hash, ok := strings.CutPrefix(written, fingerprintPrefix); ok {
		raw, err := base64.RawStdEncoding.DecodeString(hash)
		return written, err == nil && len(hash) == fingerprintLength && len(raw) == sha256.Size
	}
	parts := strings.Fields(written)
	if len(parts) < 2 || !(strings.HasPrefix(parts[0], "ssh-") || strings.HasPrefix(parts[0], "ecdsa-") || strings.HasPrefix(parts[0], "sk-")) {
		return "", false
	}
	key, err := base64.StdEncoding.DecodeString(parts[1])
	// The key repeats its kind behind the length of that: four bytes, high ones first.
	if kind := parts[0]; err != nil || len(key) < 4+len(kind) || string(key[4:4+len(kind)]) != kind {
		return "", false
	}
	sum := sha256.Sum256(key)
	return fingerprintPrefix + base64.RawStdEncoding.EncodeToString(sum[:]), true
}

// People are the people by name, then code.
func (b *Book) People() []Person {
	list := make([]Person, 0, len(b.people))
	for _, p := range b.people {
		list = append(list, p)
	}
	slices.SortFunc(list, func(x, y Person) int {
		if by := strings.Compare(x.Name, y.Name); by != 0 {
			return by
		}
		return strings.Compare(x.Code, y.Code)
	})
	return list
}

// ToAsk are the active people whose role belongs to one of the departments, by name; the
// leads where there are none.
func (b *Book) ToAsk(who Departments) (list []Person) {
	people := b.People()
	for _, lead := range [...]bool{false, true} {
		for _, p := range people {
			if !p.Inactive && (p.Role == RoleLead) == lead && who.Has(p.Role) {
				list = append(list, p)
			}
		}
		if len(list) > 0 {
			return list
		}
	}
	return nil
}

// Shared reports whether several people work on the business.
func (b *Book) Shared() bool { return len(b.people) > 0 }

// Person is the person with that code; ok is false when there is none.
func (b *Book) Person(code string) (person Person, ok bool) {
	person, ok = b.people[code]
	return person, ok
}

// Admitted is the active person a key belongs to, by its fingerprint.
func (b *Book) Admitted(fingerprint string) (Person, bool) {
	for _, p := range b.people {
		if !p.Inactive && slices.Contains(p.Keys, fingerprint) {
			return p, true
		}
	}
	return Person{}, false
}

func (b *Book) applyPerson(edit Edit) {
	if p, ok := edit.Before.(Person); ok {
		delete(b.people, p.Code)
	}
	if p, ok := edit.After.(Person); ok {
		b.people[p.Code] = p
	}
}
