package words

// What a step of the history was done to. It is kept without a word of any language,
// so that everybody reads it in theirs: a name or a code as it stands, or one of the
// forms made here.

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"doppelpass/model"
	"doppelpass/ui/text"
)

// CountSubject stands for several records of one table: "accounts ×3".
func CountSubject(table model.Table, count int) string {
	return string(table) + " ×" + strconv.Itoa(count)
}

// DaySubject stands for what happened with somebody on a day: "Metallbau 2026-11-24".
func DaySubject(name string, day model.Date) string { return name + " " + day.String() }

// WeekSubject stands for somebody's week: "K. Sommer 2026-W49". Without a name it is
// everybody's; several of them are joined with SubjectSeparator.
func WeekSubject(name string, day model.Date) string {
	year, week := day.ISOWeek()
	return strings.TrimSpace(fmt.Sprintf("%s %04d-W%02d", name, year, week))
}

// WeeksSubject stands for several weeks of somebody, one after the other: "K. Sommer
// 2026-W49/2027-W03".
func WeeksSubject(name string, first, last model.Date) string {
	if first.Monday() == last.Monday() {
		return WeekSubject(name, first)
	}
	return WeekSubject(name, first) + "/" + WeekSubject("", last)
}

// SubjectSeparator stands between several subjects.
const SubjectSeparator = ", "

// RulesSubject stands for what differs between two sets of rules: settings with their
// new values, and the classes as a whole: "classes horizon=42 lead=10".
func RulesSubject(before, after model.Settings) string {
	var parts []string
	if before.Classes != after.Classes {
		parts = append(parts, classesSubject)
	}
	for _, setting := range model.SettingList {
		if value := *setting.Value(&after); value != *setting.Value(&before) {
			parts = append(parts, setting.Name+"="+strconv.Itoa(value))
		}
	}
	if after.Fair != before.Fair {
		parts = append(parts, fairSubject+after.Fair)
	}
	return strings.Join(parts, " ")
}

const (
	classesSubject = "classes"
	fairSubject    = "fair="
)

// rulesNamed is how many settings a subject names.
const rulesNamed = 2

var (
	countSubject = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^([a-z-]+) ×(\d+)$`) })
	daySubject   = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(.+) (\d{4}-\d\d-\d\d)$`) })
	weekSubject  = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?:^|(.+?) )(\d{4})-W(\d\d)(?:/(\d{4})-W(\d\d))?(?:, |$)`)
	})
	ruleSubject = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^([a-z0-9-]+)=(-?\d+)$`) })
)

// Subject is a subject in the reader's language.
func Subject(p *text.Printer, subject string) string {
	if m := countSubject().FindStringSubmatch(subject); m != nil && p.Has("history.count."+m[1]) {
		if count, err := strconv.Atoi(m[2]); err == nil {
			return p.N("history.count."+m[1], count)
		}
	}
	if m := daySubject().FindStringSubmatch(subject); m != nil {
		if day, err := model.ParseDate(m[2]); err == nil {
			return m[1] + ", " + p.Date(day)
		}
	}
	if said := weeksIn(p, subject); said != "" {
		return said
	}
	if said := agedIn(p, subject); said != "" {
		return said
	}
	if said := rulesIn(p, subject); len(said) > 0 {
		return List(p, said, rulesNamed)
	}
	return subject
}

// weeksIn reads weeks; "" where the subject is something else.
func weeksIn(p *text.Printer, subject string) string {
	var weeks []string
	read := 0
	for _, m := range weekSubject().FindAllStringSubmatch(subject, -1) {
		read += len(m[0])
		name := m[1]
		if name == "" {
			name = p.T("week.team.all")
		}
		if m[4] == "" {
			weeks = append(weeks, p.T("week.title", text.Args{"Rep": name, "Week": p.Week(mondayOf(m[2], m[3]))}))
		} else {
			weeks = append(weeks, p.T("month.title", text.Args{"Rep": name, "First": p.Week(mondayOf(m[2], m[3])), "Last": p.Week(mondayOf(m[4], m[5]))}))
		}
	}
	if read < len(subject) {
		return ""
	}
	return strings.Join(weeks, SubjectSeparator)
}

// mondayOf is the Monday of a year's week, both as digits.
func mondayOf(year, week string) model.Date {
	y, _ := strconv.Atoi(year)
	w, _ := strconv.Atoi(week)
	return model.NewDate(y, 1, 4).Monday() + model.Date(7*(w-1)) // the 4th of January lies in week 1
}

// rulesIn reads settings with their values; nothing where the subject is something
// else.
func rulesIn(p *text.Printer, subject string) (said []string) {
	for part := range strings.FieldsSeq(subject) {
		if part == classesSubject {
			said = append(said, p.T("rules.group.classes"))
			continue
		}
		if word, fair := strings.CutPrefix(part, fairSubject); fair && slices.Contains(model.FairChoices[:], word) {
			said = append(said, p.T("rules.fair")+" "+FairMode(p, word))
			continue
		}
		m := ruleSubject().FindStringSubmatch(part)
		if m == nil {
			return nil
		}
		i := slices.IndexFunc(model.SettingList[:], func(s model.Setting) bool { return s.Name == m[1] })
		value, err := strconv.Atoi(m[2])
		if i < 0 || err != nil {
			return nil
		}
		said = append(said, Setting(p, model.SettingList[i])+" "+SettingValue(p, model.SettingList[i], value))
	}
	return said
}
