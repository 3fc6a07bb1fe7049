package week

// Opening hours as accounts carry them: the common part of OpenStreetMap's
// notation (wiki.openstreetmap.org/wiki/Key:opening_hours), with German names of
// weekdays as well.

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"doppelpass/model/route"
)

// weekdayNames are the two letters of both languages; they do not collide.
var weekdayNames = map[string]time.Weekday{
	"mo": time.Monday, "tu": time.Tuesday, "we": time.Wednesday, "th": time.Thursday, "fr": time.Friday, "sa": time.Saturday, "su": time.Sunday,
	"di": time.Tuesday, "mi": time.Wednesday, "do": time.Thursday, "so": time.Sunday,
}

// ParseHours reads opening hours such as "Mo-Fr 08:00-12:00,13:00-17:00; Sa off".
// Rules are parted by ";"; a later one replaces the days it names. Without days a
// rule is for all of them; "PH off" and the like are passed over, since the
// planner knows no holidays. The empty text means always open and gives nil.
func ParseHours(text string) (*route.Hours, error) {
	text = strings.ToLower(strings.TrimSpace(text))
	if text == "" || text == "24/7" {
		return nil, nil
	}
	var hours route.Hours
	for _, rule := range strings.Split(text, ";") {
		rule = strings.TrimSpace(rule)
		if rule == "" || strings.HasPrefix(rule, "ph") || strings.HasPrefix(rule, "sh") {
			continue
		}
		if err := applyRule(&hours, rule); err != nil {
			return nil, err
		}
	}
	return &hours, nil
}

func applyRule(hours *route.Hours, rule string) error {
	days, rest, err := cutDays(rule)
	if err != nil {
		return err
	}
	windows, err := parseWindows(rest)
	if err != nil {
		return err
	}
	for _, day := range days {
		hours[day] = windows
	}
	return nil
}

// cutDays takes the days off the front of a rule; none named means all.
func cutDays(rule string) (days []time.Weekday, rest string, err error) {
	if _, ok := weekdayNames[firstLetters(rule)]; !ok {
		for day := time.Sunday; day <= time.Saturday; day++ {
			days = append(days, day)
		}
		return days, rule, nil
	}
	list, rest := rule, ""
	if i := strings.IndexAny(rule, " \t"); i >= 0 {
		list, rest = rule[:i], strings.TrimSpace(rule[i:])
	}
	for _, part := range strings.Split(list, ",") {
		if part == "ph" || part == "sh" || part == "" {
			continue
		}
		from, to, isRange := strings.Cut(part, "-")
		first, ok := weekdayNames[from]
		if !ok {
			return nil, "", fmt.Errorf("%q is no weekday such as Mo or Tu", from)
		}
		last := first
		if isRange {
			if last, ok = weekdayNames[to]; !ok {
				return nil, "", fmt.Errorf("%q is no weekday such as Mo or Tu", to)
			}
		}
		for day := first; ; day = (day + 1) % 7 {
			days = append(days, day)
			if day == last {
				break
			}
		}
	}
	return days, rest, nil
}

func firstLetters(rule string) string {
	if len(rule) < 2 || (len(rule) > 2 && rule[2] >= 'a' && rule[2] <= 'z') {
		return ""
	}
	return rule[:2]
}

const endOfDay = route.Seconds(24 * 60 * 60)

func parseWindows(text string) ([]route.Window, error) {
	text = strings.ReplaceAll(text, " ", "")
	switch text {
	case "off", "closed", "geschlossen", "zu":
		return nil, nil
	case "", "open", "24/7":
		return []route.Window{{From: 0, To: endOfDay}}, nil
	}
	var windows []route.Window
	for _, part := range strings.Split(text, ",") {
		from, to, ok := strings.Cut(part, "-")
		openEnd := strings.HasSuffix(part, "+")
		if !ok && !openEnd {
			return nil, fmt.Errorf("%q is no span of time such as 08:00-12:00", part)
		}
		start, err := parseTime(strings.TrimSuffix(from, "+"))
		if err != nil {
			return nil, err
		}
		end := endOfDay
		if ok {
			if end, err = parseTime(strings.TrimSuffix(to, "+")); err != nil {
				return nil, err
			}
			if end <= start || openEnd { // over midnight, or open-ended
				end = endOfDay
			}
		}
		windows = append(windows, route.Window{From: start, To: end})
	}
	return windows, nil
}

// parseTime reads 8, 8:30, 08.30 or 24:00.
func parseTime(text string) (route.Seconds, error) {
	hour, minute, _ := strings.Cut(strings.ReplaceAll(text, ".", ":"), ":")
	h, err := strconv.Atoi(hour)
	m := 0
	if err == nil && minute != "" {
		m, err = strconv.Atoi(minute)
	}
	if err != nil || h < 0 || h > 24 || m < 0 || m > 59 || h*60+m > 24*60 {
		return 0, fmt.Errorf("%q is no time of day such as 08:30", text)
	}
	return route.At(h, m), nil
}
