package kit

// Keys are data: an action has a name, keys, a title and says itself whether it
// can run now. Footer, help, palette and dispatch all come from the catalogue.
//
// An Action is more than the Bubbles key.Binding, which has one word for its key, one
// for what it does, and is on or off: here a key is written in the person's language,
// an action that cannot run says why, and it has a name under which its keys are
// remapped. A Binding in it would say the same twice; parts that take a key map of
// Bubbles (the note, the reader) are given one.

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// Action is one thing a person can do.
type Action struct {
	Name  string   // stable, such as "visit.log"
	Keys  []string // as tea.KeyMsg.String() writes them; the first one is shown; none: palette only
	Title string   // message key: what it does, in a few words ("Log a visit")
	Short string   // message key for the footer ("log visit"); empty: Title
	Group string   // message key of the heading it stands under in the help
	Where string   // message key of the page it belongs to, if that is not in front

	// Priority decides what the footer has room for: the highest come first, 0
	// never stands there.
	Priority int

	// Leading actions are what one is here for: in a narrow window the footer rather
	// leaves out the way out of the program than one of them.
	Leading bool

	// Enabled says whether the action can run now, and if not, why not, in a
	// sentence in the person's language. Nil: always.
	Enabled func() (ok bool, reason string)

	// Run does it. Nil: the component answers the key itself and the action is
	// listed so that footer and help know it.
	Run func() tea.Cmd

	// Unlisted keeps the action out of the palette (moving the cursor, say).
	Unlisted bool
}

// Ready reports whether the action can run now, with the reason if it cannot.
func (a Action) Ready() (ok bool, reason string) {
	if a.Enabled == nil {
		return true, ""
	}
	return a.Enabled()
}

// Catalogue holds the actions of one session by scope: a scope is a page or a
// component, and the scopes in front are asked in order.
type Catalogue struct {
	look   *Look
	scopes map[string][]Action
	front  []string
	keys   map[string][]string // in place of those that actions come with
}

// Remap gives actions other keys, by their names.
func (c *Catalogue) Remap(keys map[string][]string) { c.keys = keys }

// NewCatalogue is an empty catalogue.
func NewCatalogue(look *Look) *Catalogue {
	return &Catalogue{look: look, scopes: map[string][]Action{}}
}

// Set gives a scope its actions, replacing those it had.
func (c *Catalogue) Set(scope string, actions ...Action) {
	for i, a := range actions {
		if keys, ok := c.keys[a.Name]; ok && a.Run != nil {
			actions[i].Keys = keys
		}
	}
	c.scopes[scope] = actions
}

// Clear takes the actions of all scopes away, until they are set anew.
func (c *Catalogue) Clear() { clear(c.scopes) }

// Front says which scopes are in front, the one asked first coming first.
func (c *Catalogue) Front(scopes ...string) { c.front = scopes }

// Actions lists the actions of the scopes in front, in order; a name that an
// earlier scope has already hides later ones.
func (c *Catalogue) Actions() []Action { return c.collect(c.front) }

// All lists the actions of the scopes in front and then those of every other one.
func (c *Catalogue) All() []Action {
	order := slices.Clone(c.front)
	var rest []string
	for scope := range c.scopes {
		if !slices.Contains(order, scope) {
			rest = append(rest, scope)
		}
	}
	slices.Sort(rest)
	return c.collect(append(order, rest...))
}

func (c *Catalogue) collect(scopes []string) []Action {
	seen := map[string]bool{}
	var actions []Action
	for _, scope := range scopes {
		for _, a := range c.scopes[scope] {
			if !seen[a.Name] {
				seen[a.Name] = true
				actions = append(actions, a)
			}
		}
	}
	return actions
}

// Find is the action of that name among those in front.
func (c *Catalogue) Find(name string) (Action, bool) {
	for _, a := range c.Actions() {
		if a.Name == name {
			return a, true
		}
	}
	return Action{}, false
}

// Outcome is what became of a key.
type Outcome uint8

// The outcomes.
const (
	Unbound Outcome = iota // no action in front has the key
	Ran                    // the action ran; its command is returned
	Refused                // the action cannot run now; the reason is returned
	Passed                 // the component in front answers the key itself
)

// Dispatch runs the action in front that has the key. Of several, the first that
// can run is taken, so that a page may use a key only while it applies.
func (c *Catalogue) Dispatch(key tea.KeyMsg) (Outcome, tea.Cmd, string) {
	name, why := KeyName(key), ""
	outcome := Unbound
	for _, scope := range c.front {
		for _, a := range c.scopes[scope] {
			if !slices.Contains(a.Keys, name) {
				continue
			}
			if ok, reason := a.Ready(); !ok {
				if outcome == Unbound {
					outcome, why = Refused, reason
				}
				continue
			}
			if a.Run == nil {
				return Passed, nil, ""
			}
			return Ran, a.Run(), ""
		}
	}
	return outcome, nil, why
}

// KeyName is the name actions use for a key: tea's own, except that the space
// bar is "space". Pasted text is no key.
func KeyName(key tea.KeyMsg) string {
	if key.Paste {
		return ""
	}
	if name := key.String(); name != " " {
		return name
	}
	return "space"
}

// keyWords are the keys whose names differ between keyboards; the rest are
// written as they are.
var keyWords = map[string]string{
	"enter": "kit.key.enter", "space": "kit.key.space", "esc": "kit.key.esc", "tab": "kit.key.tab",
	"shift": "kit.key.shift", "ctrl": "kit.key.ctrl", "alt": "kit.key.alt", "backspace": "kit.key.backspace",
	"delete": "kit.key.delete", "home": "kit.key.home", "end": "kit.key.end", "pgup": "kit.key.pgup",
	"pgdown": "kit.key.pgdown", "up": "kit.key.up", "down": "kit.key.down", "left": "kit.key.left", "right": "kit.key.right",
}

// KeyLabel is how a key is written for a person: strg+p on a German screen.
func (l *Look) KeyLabel(key string) string {
	if word, ok := keyWords[key]; ok {
		return l.T(word)
	}
	if len(key) < 2 || !strings.Contains(key, "+") {
		if strings.HasPrefix(key, "f") && len(key) > 1 {
			return strings.ToUpper(key)
		}
		return key
	}
	parts := strings.Split(key, "+")
	for i, part := range parts {
		if word, ok := keyWords[part]; ok {
			parts[i] = l.T(word)
		}
	}
	return strings.Join(parts, "+")
}

// KeyLabels writes several keys, parted by blanks.
func (l *Look) KeyLabels(keys []string) string {
	labels := make([]string, len(keys))
	for i, key := range keys {
		labels[i] = l.KeyLabel(key)
	}
	return strings.Join(labels, " ")
}

// NeedsAltGr reports a key that a German keyboard has only with AltGr, which
// many terminals do not pass on: no action may have one.
func NeedsAltGr(key string) bool {
	last := key
	if i := strings.LastIndex(key, "+"); i >= 0 && i < len(key)-1 {
		last = key[i+1:]
	}
	return len([]rune(last)) == 1 && strings.ContainsAny(last, "[]{}@\\|~€²³µ")
}

// Conflicts lists what is wrong with the bindings of the scopes, taken together
// as if all were in front: keys that need AltGr, and keys two always enabled
// actions share within one scope. Empty when all is well; for tests.
func (c *Catalogue) Conflicts() []string {
	var wrong []string
	for scope, actions := range c.scopes {
		owner := map[string]string{}
		for _, a := range actions {
			for _, key := range a.Keys {
				if NeedsAltGr(key) {
					wrong = append(wrong, scope+": "+a.Name+" needs AltGr for "+key)
				}
				if other, taken := owner[key]; taken && a.Enabled == nil {
					wrong = append(wrong, scope+": "+a.Name+" and "+other+" share "+key)
				}
				if a.Enabled == nil {
					owner[key] = a.Name
				}
			}
		}
	}
	slices.Sort(wrong)
	return wrong
}
