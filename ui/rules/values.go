package rules

// Values as people read and type them.

import (
	"math"
	"strconv"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"doppelpass/model"
	"doppelpass/ui/kit"
	"doppelpass/ui/text"
	"doppelpass/ui/words"
)

// scoreUnit is how many of a z-score's stored units make 1.
const scoreUnit = 10_000

// number is a value without its unit.
func (p *Page) number(setting model.Setting, value int) string {
	return words.SettingNumber(p.s.Look.Text, setting, value)
}

// write is a value with its unit: 42 days.
func (p *Page) write(setting model.Setting, value int) string {
	return words.SettingValue(p.s.Look.Text, setting, value)
}

// unit is the unit alone, beside a number that is being typed.
func (p *Page) unit(setting model.Setting) string {
	return " " + p.s.Look.T("rules.unit."+words.SettingUnit(setting)+".alone")
}

// stepOf is by how much + and − change a value.
func stepOf(setting model.Setting) int {
	switch setting.Unit {
	case model.UnitPercent:
		return 5
	case model.UnitScore:
		return scoreUnit / 20
	}
	return 1
}

// step changes the setting under the cursor by a step, to whole steps.
func (p *Page) step(direction int) tea.Cmd {
	if p.current().word != nil {
		return nil
	}
	setting := p.current().Setting
	value, size := *setting.Value(&p.draft), stepOf(setting)
	next := value + direction*size
	if rest := value % size; rest != 0 {
		next = value - rest
		if direction > 0 {
			next += size
		}
	}
	return p.set(setting, min(max(next, setting.Min), setting.Max))
}

// set changes a setting of the draft.
func (p *Page) set(setting model.Setting, value int) tea.Cmd {
	*setting.Value(&p.draft) = value
	return p.weigh()
}

// edit begins typing a value.
func (p *Page) edit() tea.Cmd {
	p.read(false)
	setting := p.current()
	if setting.class != "" {
		return p.editClass(setting.class)
	}
	if setting.word != nil {
		return p.editWord(*setting.word)
	}
	p.before = *setting.Value(&p.draft)
	p.typing, p.typed, p.problem = true, "", ""
	p.list.Refresh()
	return nil
}

// typeKey answers keys while a value is typed: what stands there counts at once
// where it is a value, and the one before where it is none.
func (p *Page) typeKey(key tea.KeyMsg) tea.Cmd {
	setting := p.current().Setting
	switch name := kit.KeyName(key); name {
	case "enter", "tab", "up", "down":
		if p.problem != "" {
			return nil
		}
		p.typing = false
		p.list.Refresh()
		if name == "up" || name == "down" {
			return p.list.Update(key)
		}
		return nil
	case "ctrl+s":
		if p.problem != "" {
			return nil
		}
		p.typing = false
		return p.save()
	case "esc":
		p.typing, p.problem = false, ""
		return p.set(setting, p.before)
	case "backspace":
		if p.typed != "" {
			p.typed = p.typed[:len(p.typed)-1]
		}
	case "ctrl+u":
		p.typed = ""
	default:
		for _, r := range key.Runes {
			if (r >= '0' && r <= '9' || r == ',' || r == '.') && len(p.typed) < 8 {
				p.typed += string(r)
			}
		}
	}
	p.problem = ""
	value, ok := p.before, p.typed == ""
	if !ok {
		value, ok = read(setting, p.typed)
	}
	if !ok || value < setting.Min || value > setting.Max {
		p.problem = p.s.Look.T("rules.range", text.Args{"Least": p.number(setting, setting.Min), "Most": p.number(setting, setting.Max)})
		value = p.before
	}
	return p.set(setting, value)
}

// read reads a typed value.
func read(setting model.Setting, typed string) (value int, ok bool) {
	if setting.Unit == model.UnitScore {
		z, err := strconv.ParseFloat(strings.Replace(typed, ",", ".", 1), 64)
		return int(math.Round(z * scoreUnit)), err == nil && z < 1000
	}
	value, err := strconv.Atoi(typed)
	return value, err == nil
}
