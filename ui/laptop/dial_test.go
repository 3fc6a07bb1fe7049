package laptop

import (
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/store/wire"
	"doppelpass/ui/text"
)

func TestAddresses(t *testing.T) {
	for given, want := range map[string]string{
		"ssh://team.example.com:2022": "ssh://team.example.com:2022",
		"team.example.com":            "ssh://team.example.com:2022",
		"anna@team:2023":              "ssh://anna@team:2023",
		"ssh://team/":                 "ssh://team:2022",
		"ssh://[::1]:2022":            "",
		"http://team":                 "",
		"ssh://team/path":             "",
		"ssh://anna:secret@team":      "",
		"-oProxyCommand=x":            "",
		"ssh://-oProxyCommand=x":      "",
		"ssh://-x@team":               "",
		"":                            "",
	} {
		a, err := ParseAddress(given)
		if want == "" && given != "ssh://[::1]:2022" {
			require.ErrorIs(t, err, ErrAddress, given)
			continue
		}
		if want != "" {
			require.NoError(t, err, given)
			require.Equal(t, want, a.String())
			again, err := ParseAddress(a.String())
			require.NoError(t, err)
			require.Equal(t, a, again)
		}
	}
}

// What follows the host is the subsystem, and nothing of the address is taken for a flag.
func TestWhatSSHIsAsked(t *testing.T) {
	a, err := ParseAddress("anna@team:2023")
	require.NoError(t, err)
	list := a.arguments(true)
	require.Equal(t, []string{"-l", "anna", "-s", "--", "team", "doppelpass-sync"}, list[len(list)-6:])
	require.NotContains(t, list, "BatchMode=yes")
}

func TestEveryReasonHasItsSentence(t *testing.T) {
	for _, language := range text.Languages {
		p := text.New(language)
		for _, code := range []string{wire.SorryLaptopOld, wire.SorryServerOld, wire.SorryOther, wire.SorryLost, wire.SorryRevoked, wire.SorryFault, wire.SorryEnding, "of a later program"} {
			said, ok := Sentence(p, wire.Sorry{Code: code, Program: "2", Detail: "7"}, "ssh://team:2022", "1")
			require.True(t, ok)
			require.Contains(t, said, "ssh://team:2022")
		}
		said, ok := Sentence(p, NoLine{Said: "Permission denied (publickey)."}, "ssh://team:2023", "1")
		require.True(t, ok)
		require.Contains(t, said, "ssh -p 2023 team")
	}
}
