package kit

import (
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/muesli/termenv"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"doppelpass/model"
	"doppelpass/ui/text"
)

func TestAVisitIsLoggedInAFewKeystrokes(t *testing.T) {
	look := testLook(text.German, termenv.Ascii, ModeDark)
	f := testForm(look)
	f.SetSize(80, 24)
	var got Values
	f.OnSubmit = func(v Values) tea.Cmd { got = v; return nil }
	require.False(t, f.Changed())
	typed(f.Update, "baeck")
	keys(f.Update, "enter")
	require.Equal(t, "day", f.Focused())
	keys(f.Update, "ctrl+u")
	typed(f.Update, "Mo")
	require.Contains(t, f.View(), "Mo 23.11.2026 · KW 48", "visits lie behind: the last Monday")
	keys(f.Update, "tab")
	typed(f.Update, "830")
	keys(f.Update, "tab", "right", "tab")
	typed(f.Update, "1.234,5")
	keys(f.Update, "tab")
	typed(f.Update, "45")
	keys(f.Update, "tab", "a", "c", "tab", "j", "tab")
	typed(f.Update, "eins")
	keys(f.Update, "enter")
	typed(f.Update, "zwei")
	keys(f.Update, "ctrl+s")
	require.True(t, f.Changed())
	require.Equal(t, Values{
		"account": "Bäckerei Lang", "day": today - 1, "time": model.NewClock(8, 30), "kind": "not-met", "value": int64(123450),
		"minutes": 45.0, "classes": []string{"A", "C"}, "again": true, "note": "eins\nzwei",
	}, got)
	require.Equal(t, 45, got.Int("minutes"))
	require.Equal(t, int64(123450), got.Money("value"))
	require.Equal(t, today-1, got.Day("day"))
	require.Equal(t, model.NewClock(8, 30), got.Clock("time"))
	require.True(t, got.Yes("again"))
	require.Equal(t, "not-met", got.Text("kind"))
	require.Equal(t, []string{"A", "C"}, got.Texts("classes"))
}

func TestAFieldSaysWhatIsWrongWhenItIsLeftAndKeepsWhatWasTyped(t *testing.T) {
	look := testLook(text.German, termenv.Ascii, ModeDark)
	f := testForm(look)
	f.SetSize(100, 24)
	f.FocusField("minutes")
	typed(f.Update, "4,5")
	require.NotContains(t, f.View(), "ganze Zahl", "not while typing")
	keys(f.Update, "tab")
	require.Contains(t, f.View(), "! Bitte eine ganze Zahl.")
	require.Contains(t, f.View(), "4,5")
	require.Equal(t, 1, f.ErrorCount()-1, "and the required account that was left empty")
	keys(f.Update, "shift+tab", "ctrl+u")
	typed(f.Update, "4000")
	keys(f.Update, "tab")
	require.Contains(t, f.View(), "von 0 bis 600")
	keys(f.Update, "shift+tab", "backspace")
	require.NotContains(t, f.View(), "von 0 bis 600", "the complaint goes as soon as it is right")
}

func TestSubmittingGoesToTheFirstWrongField(t *testing.T) {
	look := testLook(text.English, termenv.Ascii, ModeDark)
	f := testForm(look)
	f.SetSize(80, 24)
	f.OnSubmit = func(Values) tea.Cmd { t.Fatal("submitted"); return nil }
	f.FocusField("note")
	keys(f.Update, "ctrl+s")
	require.Equal(t, "account", f.Focused())
	require.Contains(t, f.View(), "This is needed.")
	typed(f.Update, "zzz")
	keys(f.Update, "ctrl+s")
	require.Contains(t, f.View(), "“zzz” is not known.")
}

func TestTheOwnerMayRefuse(t *testing.T) {
	look := testLook(text.English, termenv.Ascii, ModeDark)
	f := NewForm(look, "", Field{Name: "code", Label: "Code", Start: "T1"}, Field{Name: "from", Label: "From", Kind: FieldNumber, Check: func(v any) string {
		if v.(float64) < 5 {
			return "too little"
		}
		return ""
	}})
	f.SetSize(60, 10)
	f.Check = func(v Values) (string, string) {
		if v.Text("code") == "T1" {
			return "code", "T1 is taken."
		}
		return "", ""
	}
	submitted := false
	f.OnSubmit = func(v Values) tea.Cmd { submitted = true; require.False(t, v.Has("from")); return nil }
	keys(f.Update, "enter")
	typed(f.Update, "3")
	keys(f.Update, "enter")
	require.Contains(t, f.View(), "! too little")
	keys(f.Update, "backspace", "ctrl+s")
	require.Contains(t, f.View(), "! T1 is taken.")
	require.Equal(t, "code", f.Focused())
	typed(f.Update, "2")
	keys(f.Update, "ctrl+s")
	require.True(t, submitted)
	cancelled := false
	f.OnCancel = func() tea.Cmd { cancelled = true; return nil }
	keys(f.Update, "esc")
	require.True(t, cancelled)
}

func TestAClickFocusesAndChooses(t *testing.T) {
	look := testLook(text.German, termenv.Ascii, ModeDark)
	f := testForm(look)
	f.SetSize(80, 24)
	f.View()
	f.Update(click(35, 5)) // nicht angetroffen
	require.Equal(t, "kind", f.Focused())
	require.Equal(t, "not-met", f.Values().Text("kind"))
	f.Update(click(30, 2))
	require.Equal(t, "account", f.Focused())
	typed(f.Update, "e")
	f.View()
	f.Update(click(25, 4)) // the second that was found
	require.NotEmpty(t, f.Values().Text("account"))
}

func TestALongFormScrollsWithItsCursor(t *testing.T) {
	look := testLook(text.German, termenv.Ascii, ModeDark)
	rapid.Check(t, func(t *rapid.T) {
		f := testForm(look)
		for range rapid.IntRange(0, 30).Draw(t, "steps") {
			f.SetSize(rapid.IntRange(40, 120).Draw(t, "w"), rapid.IntRange(6, 30).Draw(t, "h"))
			if rapid.Bool().Draw(t, "write") {
				typed(f.Update, rapid.SampledFrom([]string{"a", "12", "x y", "東京", "Mo", ","}).Draw(t, "text"))
			}
			f.Update(keyOf(rapid.SampledFrom([]string{"tab", "shift+tab", "enter", "up", "down", "left", "right", "space", "backspace", "delete", "home", "end", "ctrl+w", "ctrl+s", "pgup", "pgdown"}).Draw(t, "key")))
			view := f.View()
			requireSize(t, view, f.width, f.height)
			require.Contains(t, view, "▸", "the field under the cursor shows")
		}
	})
}

func TestAFormSaysHowMuchLiesBelow(t *testing.T) {
	f := NewForm(testLook(text.English, termenv.Ascii, ModeDark), "New",
		Field{Name: "a", Label: "A"}, Field{Name: "b", Label: "B"}, Field{Name: "c", Label: "C"}, Field{Name: "d", Label: "D"}, Field{Name: "e", Label: "E"})
	f.SetSize(40, 7) // title, blank, four lines of the form, the mark
	require.Contains(t, f.View(), "▾ 1 more field below")
	f.SetSize(40, 6)
	require.Contains(t, f.View(), "▾ 2 more fields below")
	f.SetSize(40, 8)
	require.Contains(t, f.View(), "▾ Save", "only the button lies below")
	f.FocusField("e")
	keys(f.Update, "tab")
	require.NotContains(t, f.View(), "▾", "nothing lies below")
	f.SetSize(40, 9)
	require.NotContains(t, f.View(), "▾", "all of it can be seen")
}

// Nine pages, the most there are, stand on a line of the least width with their keys.
func TestNinePagesFitTheNarrowestWindow(t *testing.T) {
	for _, language := range text.Languages {
		look := testLook(language, termenv.Ascii, ModeDark)
		var tabs []Tab
		for i, page := range []string{"signals", "territories", "accounts", "campaigns", "visits", "week", "rules", "history", "people"} {
			tabs = append(tabs, Tab{Key: string(rune('1' + i)), Title: "page." + page})
		}
		line := NewTabs(look, "Doppelpass", tabs...)
		line.SetRight("Tue 24 Nov")
		line.SetSize(60, 1)
		for active := range tabs {
			line.SetActive(active)
			drawn := line.View()
			require.Equal(t, 60, Width(drawn), drawn)
			require.Contains(t, drawn, "▸"+tabs[active].Key+" "+look.T(tabs[active].Title), "the page in front by its whole name")
			for _, tab := range tabs {
				require.Regexp(t, tab.Key+" \\pL", drawn, "each with the beginning of its name")
			}
		}
	}
}

func TestEditorsKeepTheirRoomWithAnyText(t *testing.T) {
	for _, profile := range []termenv.Profile{termenv.Ascii, termenv.TrueColor} {
		look := testLook(text.German, profile, ModeDark)
		rapid.Check(t, func(t *rapid.T) {
			e, a := NewEditor(look), newArea(look)
			for range rapid.IntRange(1, 12).Draw(t, "steps") {
				paste := tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(anyText.Draw(t, "text")), Paste: true}
				e.Update(paste)
				a.update(paste)
				key := keyOf(rapid.SampledFrom([]string{"left", "right", "home", "end", "backspace", "delete", "up", "down", "enter", "ctrl+w"}).Draw(t, "key"))
				e.Update(key)
				a.update(key)
				w := rapid.IntRange(1, 30).Draw(t, "w")
				requireSize(t, e.View(w, rapid.Bool().Draw(t, "focused")), w, 1)
				for _, line := range a.view(w, 3, true) {
					requireSize(t, line, w, 1)
				}
				require.LessOrEqual(t, e.at, len(e.clusters))
				require.Contains(t, stops(a.lines()[a.here().row]), a.here().col, "between two characters")
			}
		})
	}
}

func TestNumbersAreReadAsTheLanguageWritesThem(t *testing.T) {
	for _, c := range []struct {
		language text.Language
		typed    string
		want     float64
		ok       bool
	}{
		{text.German, "1.234,5", 1234.5, true}, {text.German, "1234,5", 1234.5, true}, {text.German, "6.5", 6.5, true},
		{text.German, "1.234", 1234, true}, {text.German, "1.234.567", 1234567, true}, {text.German, "−3", -3, true},
		{text.German, "1.23,5", 0, false}, {text.German, "12.34.5", 0, false}, {text.German, "1,2,3", 0, false},
		{text.English, "1,234.5", 1234.5, true}, {text.English, "6,5", 6.5, true}, {text.English, "1,234", 1234, true},
		{text.English, "12x", 0, false}, {text.English, "", 0, false}, {text.English, "NaN", 0, false}, {text.English, "0x10", 0, false}, {text.English, "1 000", 1000, true},
	} {
		got, ok := ParseNumber(c.language, c.typed)
		require.Equal(t, c.ok, ok, c.typed)
		require.Equal(t, c.want, got, c.typed)
	}
}

func TestTimesAreReadAsPeopleTypeThem(t *testing.T) {
	for typed, want := range map[string]string{
		"8": "08:00", "8:30": "08:30", "08.30": "08:30", "830": "08:30", "1430": "14:30", "14 Uhr": "14:00", "2pm": "14:00", "2:30 pm": "14:30",
		"12am": "00:00", "12 pm": "12:00", "0:05": "00:05", "8h": "08:00",
	} {
		got, ok := ParseClock(typed)
		require.True(t, ok, typed)
		require.Equal(t, want, got.String(), typed)
	}
	for _, typed := range []string{"", "25", "8:60", "8:3", "13pm", "abc", "99999", "-8", ":30"} {
		_, ok := ParseClock(typed)
		require.False(t, ok, typed)
	}
}

func FuzzTypedValues(f *testing.F) {
	f.Add("1.234,5")
	f.Add("8:30 pm")
	f.Fuzz(func(t *testing.T, typed string) {
		for _, language := range text.Languages {
			if n, ok := ParseNumber(language, typed); ok {
				require.False(t, n != n, "not a number")
			}
		}
		if c, ok := ParseClock(typed); ok {
			require.Less(t, c.Minutes(), 24*60)
			require.GreaterOrEqual(t, c.Minutes(), 0)
		}
	})
}

func TestFindingForgivesUmlautsAndOrder(t *testing.T) {
	f := NewFinder([]Option{{Value: "1", Label: "Bäckerei Müller", Detail: "Köln"}, {Value: "2", Label: "Metallbau Ostertag", Detail: "Fellbach"}, {Value: "3", Label: "Mueller & Söhne", Detail: "Ulm"}, {Value: "4", Label: "Café Groß"}})
	first := func(typed string) string {
		found := f.Find(typed, 5)
		if len(found) == 0 {
			return ""
		}
		return found[0].Value
	}
	for typed, want := range map[string]string{
		"baeck": "1", "back": "1", "BÄCK": "1", "mull koeln": "1", "muell ulm": "3", "müller ulm": "3", "ostert": "2", "fell met": "2", "mtlb": "2", "cafe gross": "4", "zzz": "", "": "1",
	} {
		require.Equal(t, want, first(typed), typed)
	}
	require.Len(t, f.Find("m", 2), 2)
}

// ↓ shows what there is to choose from; passing on chooses nothing, and where there is
// nothing to choose from ↓ itself passes on.
func TestLookingAtWhatThereIsChoosesNothing(t *testing.T) {
	look := testLook(text.English, termenv.Ascii, ModeDark)
	for _, free := range []bool{true, false} {
		f := NewForm(look, "",
			Field{Name: "a", Label: "A", Kind: FieldSearch, Free: free, Options: []Option{{Value: "Kim"}, {Value: "Max"}}},
			Field{Name: "b", Label: "B", Kind: FieldSearch, Free: free},
			Field{Name: "c", Label: "C", Kind: FieldText})
		f.SetSize(80, 20)
		f.Update(keyOf("down"))
		require.Contains(t, f.View(), "▸ Kim")
		f.Update(keyOf("tab"))
		require.Empty(t, f.Values().Text("a"), "nothing was taken")
		require.Equal(t, "b", f.Focused())
		f.Update(keyOf("down"))
		require.Equal(t, "c", f.Focused(), "there is nothing to choose from")
		f.FocusField("a")
		f.Update(keyOf("down"))
		f.Update(keyOf("down"))
		f.Update(keyOf("tab"))
		require.Equal(t, "Max", f.Values().Text("a"), "what was gone to is taken")
	}
}
