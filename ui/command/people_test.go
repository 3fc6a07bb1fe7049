package command

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
)

// People are let in, change under their own name and role, and are let go.
func TestPeopleWorkUnderTheirNameAndRole(t *testing.T) {
	d := withDemo(t)
	require.Contains(t, d.refused(codeUsage, "people", "add", "Anna Beck"), "--role")
	require.Contains(t, d.done("people", "add", "Anna Beck", "--role", "sales"), "Anna Beck")
	d.done("people", "add", "Ole Look", "--role", "look", "--key", "SHA256:"+"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU")
	require.Contains(t, d.refused(codeFailed, "people", "add", "Anna Beck", "--key", "SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU"), "Ole Look")
	require.Contains(t, d.refused(codeUsage, "people", "add", "Anna Beck", "--key", "no key"), "no key")
	var list []personJSON
	require.NoError(t, json.Unmarshal([]byte(d.done("people", "list", "--json")), &list))
	require.Len(t, list, 2)
	anna, ole := list[0].Code, list[1].Code

	// Who only looks changes nothing; who sells does not change what marketing owns.
	rep := aRep(t, d)
	d.vars["DOPPELPASS_PERSON"] = ole
	require.Contains(t, d.refused(codeFailed, "absences", "add", "--rep", rep.Code, "--from", "2026-12-08"), "change nothing")
	require.Contains(t, d.refused(codeFailed, "undo"), "nothing to undo")
	d.vars["DOPPELPASS_PERSON"] = anna
	d.done("absences", "add", "--rep", rep.Code, "--from", "2026-12-08")
	require.Contains(t, d.done("history", "-n", "1"), "Anna Beck (sales)")
	d.refused(codeFailed, "people", "remove", "Ole Look")
	d.refused(codeFailed, "people", "add", "Anna Beck", "--role", "lead")

	// Whoever has gone changes nothing any more.
	d.vars["DOPPELPASS_PERSON"] = ""
	d.done("people", "remove", "Anna Beck")
	d.vars["DOPPELPASS_PERSON"] = anna
	d.refused(codeFailed, "absences", "add", "--rep", rep.Code, "--from", "2026-12-09")
}
