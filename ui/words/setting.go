package words

// The settings of the rules: what they are called and how their values are written.

import (
	"math"

	"doppelpass/model"
	"doppelpass/ui/text"
)

// scoreUnit is how many of a z-score's stored units make 1.
const scoreUnit = 10_000

// Setting is what a setting is called.
func Setting(p *text.Printer, setting model.Setting) string { return p.T("rules." + setting.Name) }

// SettingNumber is a value without its unit.
func SettingNumber(p *text.Printer, setting model.Setting, value int) string {
	if setting.Unit == model.UnitScore {
		return p.Decimal(float64(value)/scoreUnit, 2)
	}
	return p.Int(value)
}

// SettingValue is a value with its unit: 42 days.
func SettingValue(p *text.Printer, setting model.Setting, value int) string {
	return p.N("rules.unit."+SettingUnit(setting), value, text.Args{
		"Value": SettingNumber(p, setting, value), "Sure": p.Percent(certainty(value)),
	})
}

// SettingUnit names what a setting counts, as part of message keys; counts differ in
// what they count.
func SettingUnit(setting model.Setting) string {
	if setting.Unit == model.UnitCount {
		return setting.Name
	}
	return string(setting.Unit)
}

// certainty is the share of the normal distribution below z: how sure a shortfall
// is when its upper bound at that z lies below the threshold.
func certainty(value int) float64 {
	return 0.5 * (1 + math.Erf(float64(value)/scoreUnit/math.Sqrt2))
}

// FairMode is what the setting of fair mode says.
func FairMode(p *text.Printer, word string) string {
	if word == model.FairByCountry {
		return p.T("rules.fair.none")
	}
	return p.T("rules.fair." + word)
}
