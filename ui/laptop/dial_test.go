package laptop

import (
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/store/wire"
	"doppelpass/ui/text"
)

func TestAddresses(t *testing.T) {
	for given, want := range map[string]string{
		"ssh://team.example.com:2022":       "ssh://team.example.com:2022",
		"team.example.com":                  "ssh://team.example.com:2022",
		"anna@team:2023":                    "ssh://anna@team:2023",
		"ssh://team/":                       "ssh://team:2022",
		"192.0.2.7":                         "ssh://192.0.2.7:2022",
		"ssh://[::1]:2022":                  "ssh://[::1]:2022",
		"[::1]":                             "ssh://[::1]:2022",
		"::1":                               "ssh://[::1]:2022",
		"ssh://anna@[2001:DB8:0:0::7]:2023": "ssh://anna@[2001:db8::7]:2023",
		"ssh://[fe80::1%eth0]:2022":         "ssh://[fe80::1%eth0]:2022",
		"ssh://[fe80::1%25eth0]:2022":       "ssh://[fe80::1%eth0]:2022",
		"fe80::1%eth0":                      "ssh://[fe80::1%eth0]:2022",
	} {
		a, err := ParseAddress(given)
		require.NoError(t, err, given)
		require.Equal(t, want, a.String(), given)
		again, err := ParseAddress(a.String())
		require.NoError(t, err)
		require.Equal(t, a, again)
	}
	for _, given := range []string{
		"http://team", "ssh://team/path", "ssh://anna:secret@team", "-oProxyCommand=x", "ssh://-oProxyCommand=x", "ssh://-x@team", "", "ssh://", "team:", "team:0", "team:70000", "team:ssh",
		"ssh://[::1", "ssh://[::1]2022", "ssh://[team]:2022", "ssh://[192.0.2.7]:2022", "ssh://[::1%-x]:2022", "ssh://[::1%]:2022", "[]:2022", "1:2:3", "anna@[::1]:-1",
	} {
		_, err := ParseAddress(given)
		require.ErrorIs(t, err, ErrAddress, given)
	}
}

// A shell takes brackets for a pattern, and ssh takes none at all.
func TestWhatPeopleType(t *testing.T) {
	a, err := ParseAddress("anna@[fe80::1%eth0]:2023")
	require.NoError(t, err)
	require.Equal(t, `"ssh://anna@[fe80::1%eth0]:2023"`, a.Typed())
	require.Equal(t, "ssh -p 2023 anna@fe80::1%eth0", a.Line())
	require.Equal(t, []string{"-s", "--", "fe80::1%eth0", "doppelpass-sync"}, a.arguments(true)[len(a.arguments(true))-4:])
	a, err = ParseAddress("team")
	require.NoError(t, err)
	require.Equal(t, "ssh://team:2022", a.Typed())
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
		for _, code := range []string{wire.SorryLaptopOld, wire.SorryServerOld, wire.SorryOther, wire.SorryLost, wire.SorryRevoked, wire.SorryFault, wire.SorryEnding, wire.SorryHub, "of a later program"} {
			said, ok := Sentence(p, wire.Sorry{Code: code, Program: "2", Detail: "7"}, "ssh://team:2022", "1")
			require.True(t, ok)
			require.Contains(t, said, "ssh://team:2022")
		}
		said, ok := Sentence(p, NoLine{Said: "Permission denied (publickey)."}, "ssh://team:2023", "1")
		require.True(t, ok)
		require.Contains(t, said, "ssh -p 2023 team")
	}
}
