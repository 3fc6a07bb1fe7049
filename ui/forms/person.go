package forms

// The form of somebody who works on the business.

import (
	"cmp"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/store"
	"doppelpass/ui/kit"
	"doppelpass/ui/session"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// Person edits somebody who works on the business; one without a code is new.
func Person(s *session.Session, p model.Person) tea.Cmd {
	look := s.Look
	var before model.Record
	title := look.T("people.new")
	if p.Code != "" {
		before, title = p, cmp.Or(p.Name, p.Code)
	} else {
		p.Role = model.RoleSales
	}
	name := textField("name", "forms.name", p.Name, 36)
	name.Required = true
	roles := make([]string, len(model.Roles))
	for i, role := range model.Roles {
		roles[i] = string(role)
	}
	role := choiceField("role", "people.column.role", "role", string(p.Role), roles...)
	department := choiceField("department", "people.column.department", "people.department", string(p.Department), "", string(model.RoleSales), string(model.RoleMarketing))
	keys := linesField("keys", "people.column.keys", strings.Join(p.Keys, "\n"))
	keys.Hint = "people.keys.hint"
	keys.Check = func(value any) string {
		written, _ := value.(string)
		if _, wrong := KeysIn(written); wrong != "" {
			return look.T("people.keys.wrong", text.Args{"Key": wrong})
		}
		return ""
	}
	active := kit.Field{Name: "active", Label: "people.column.active", Kind: kit.FieldYesNo, Start: !p.Inactive}
	f := newForm(s, title, before, name, role, department, repField(s, "rep", "people.column.rep", p.Rep), keys, active)
	f.identity = "name"
	f.begins(p, before == nil)
	f.request = func(v kit.Values, before model.Record) (store.Request, string) {
		n, action := p, "people.edit"
		n.Name, n.Role, n.Department = v.Text("name"), model.Role(v.Text("role")), model.Role(v.Text("department"))
		n.Rep, n.Inactive = repOf(s, v.Text("rep")), !v.Yes("active")
		n.Keys, _ = KeysIn(v.Text("keys"))
		if before == nil {
			action, n.Code = "people.add", words.PersonCode(s.Book, n.Name)
		}
		return store.Request{Action: action, Subject: n.Name, Puts: []store.Put{put(n, before)}}, look.T("forms.saved", text.Args{"Name": n.Name})
	}
	return f.show(model.Edit{Before: before, After: p})
}

// KeysIn are the fingerprints of the keys written one a line; wrong is the first that
// is none.
func KeysIn(written string) (keys []string, wrong string) {
	for line := range strings.Lines(written) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		key, ok := model.KeyFingerprint(line)
		if !ok {
			return nil, line
		}
		if !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	return keys, ""
}
