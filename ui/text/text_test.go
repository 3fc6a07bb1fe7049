package text

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
)

// messages reads the raw messages of one language: key → forms.
func messages(t *testing.T, l Language) map[string]map[string]string {
	t.Helper()
	entries, err := messageFiles.ReadDir("messages")
	require.NoError(t, err)
	all := map[string]map[string]string{}
	for _, entry := range entries {
		if !strings.HasSuffix(entry.Name(), "."+string(l)+".json") {
			continue
		}
		data, err := messageFiles.ReadFile("messages/" + entry.Name())
		require.NoError(t, err)
		var raw map[string]any
		require.NoError(t, json.Unmarshal(data, &raw), entry.Name())
		for key, value := range raw {
			require.Empty(t, all[key], "%s: key %s stands twice", entry.Name(), key)
			forms := map[string]string{}
			switch value := value.(type) {
			case string:
				forms["other"] = value
			case map[string]any:
				for form, s := range value {
					forms[form] = s.(string)
				}
			}
			all[key] = forms
		}
	}
	return all
}

var placeholder = regexp.MustCompile(`\{\{[^}]*\.(\w+)[^}]*\}\}`)

func placeholders(forms map[string]string) map[string]bool {
	names := map[string]bool{}
	for _, m := range placeholder.FindAllStringSubmatch(forms["other"], -1) {
		names[m[1]] = true
	}
	return names
}

func TestEveryMessageExistsInBothLanguages(t *testing.T) {
	german, english := messages(t, German), messages(t, English)
	for key, forms := range german {
		require.NotEmpty(t, english[key], "%s: missing in English", key)
		require.Equal(t, placeholders(english[key]), placeholders(forms), "%s: placeholders differ", key)
		require.Equal(t, len(english[key]) > 1, len(forms) > 1, "%s: plural in one language only", key)
	}
	for key := range english {
		require.NotEmpty(t, german[key], "%s: missing in German", key)
	}
}

func TestMessagesCarryNoEmojiOrControls(t *testing.T) {
	wrong := regexp.MustCompile(`[\x00-\x09\x0b-\x1f\x7f\x{1F000}-\x{1FFFF}]`)
	for _, l := range Languages {
		for key, forms := range messages(t, l) {
			for _, s := range forms {
				require.False(t, wrong.MatchString(s), "%s: %q", key, s)
			}
		}
	}
}

func TestNumbersAndDaysInBothLanguages(t *testing.T) {
	de, en := New(German), New(English)
	require.Equal(t, "1.234.567", de.Int(1234567))
	require.Equal(t, "1,234,567", en.Int(1234567))
	require.Equal(t, "−999", de.Int(-999))
	require.Equal(t, "6,4", de.Decimal(6.43, 1))
	require.Equal(t, "1,234.50", en.Decimal(1234.5, 2))
	require.Equal(t, "−0,5", de.Decimal(-0.5, 1))
	require.Equal(t, "29 %", en.Percent(0.29))
	day, err := model.ParseDate("2026-11-24")
	require.NoError(t, err)
	require.Equal(t, "Di 24.11.2026", de.WeekdayDate(day))
	require.Equal(t, "Tue 24 Nov 2026", en.WeekdayDate(day))
	require.Equal(t, "KW 48", de.Week(day))
	require.Equal(t, "W48", en.Week(day))
	require.Equal(t, "24. November", de.DayLong(day))
	require.Equal(t, "gestern", de.Recent(day-1, day))
	require.Equal(t, "–", en.Recent(0, day))
}

func TestLanguageFollowsTheLocale(t *testing.T) {
	for _, c := range []struct {
		locales []string
		want    Language
	}{
		{[]string{"", "", "de_DE.UTF-8"}, German},
		{[]string{"en_GB.UTF-8", "", "de_DE.UTF-8"}, English},
		{[]string{"", "", ""}, English},
		{[]string{"C.UTF-8"}, English},
		{[]string{"de_AT"}, German},
	} {
		require.Equal(t, c.want, Detect(c.locales...), c.locales)
	}
}
