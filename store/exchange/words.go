package exchange

// The words of enumerations as files write them, in both languages.

import (
	"slices"
	"strings"

	"doppelpass/model"
)

var consentWord = word(map[string]model.Consent{
	"given": model.ConsentGiven, "erteilt": model.ConsentGiven, "optin": model.ConsentGiven, "ja": model.ConsentGiven,
	"optinerteilt": model.ConsentGiven, "doubleoptin": model.ConsentGiven, "doi": model.ConsentGiven, "singleoptin": model.ConsentGiven, "schriftlich": model.ConsentGiven,
	"mundlich": model.ConsentGiven, "vorhanden": model.ConsentGiven, "granted": model.ConsentGiven, "agreed": model.ConsentGiven, "express": model.ConsentGiven, "j": model.ConsentGiven,
	"y": model.ConsentGiven, "x": model.ConsentGiven, "1": model.ConsentGiven, "oui": model.ConsentGiven, "si": model.ConsentGiven, "sim": model.ConsentGiven, "tak": model.ConsentGiven, "evet": model.ConsentGiven,
	"vermutet": model.ConsentPresumed, "implied": model.ConsentPresumed, "assumed": model.ConsentPresumed,
	"0": model.ConsentNone, "n": model.ConsentNone, "non": model.ConsentNone, "nie": model.ConsentNone, "hayir": model.ConsentNone, "nee": model.ConsentNone, "nao": model.ConsentNone,
	"pending": model.ConsentNone, "ausstehend": model.ConsentNone, "offen": model.ConsentNone, "unknown": model.ConsentNone, "unbekannt": model.ConsentNone, "notasked": model.ConsentNone,
	"nieangefragt": model.ConsentNone, "nichtangefragt": model.ConsentNone, "keineangabe": model.ConsentNone, "ka": model.ConsentNone, "keinwiderspruch": model.ConsentNone, "liegtnichtvor": model.ConsentNone,
	"yes": model.ConsentGiven, "true": model.ConsentGiven, "liegtvor": model.ConsentGiven,
	"presumed": model.ConsentPresumed, "mutmasslich": model.ConsentPresumed,
	"none": model.ConsentNone, "keine": model.ConsentNone, "no": model.ConsentNone, "nein": model.ConsentNone, "false": model.ConsentNone,
}, "given, presumed", func(c model.Consent) string { return string(c) })

// visitKindOf reads what kind of visit a row is, in the words of activities where it
// is none of ours: "Vor-Ort-Termin", "E-Mail".
var visitKindOf = form[model.VisitKind]{width: visitKindWord.width, show: visitKindWord.show, read: func(in *input, cell string) (model.VisitKind, fault) {
	kind, wrong := visitKindWord.read(in, cell)
	if wrong.reason == "" {
		return kind, wrong
	}
	key := fold(shortCell(cell))
	switch what, ok := activityOf(cell); {
	case closedDoors()[key] || slices.ContainsFunc(nobodyThere[:], func(part string) bool { return strings.Contains(key, part) }):
		return model.VisitNotMet, fault{}
	case !ok:
		return kind, wrong
	case what == activityVisit:
		return model.VisitMet, fault{}
	case what == activityCall:
		return model.VisitOther, fault{}
	}
	in.row.skip = SkipNotVisit
	return model.VisitOther, fault{}
}}

// visitKindWord shows the ordinary kind as an empty cell only where a file
// would be all "met": it is written out, so that a reader need not know.
var visitKindWord = word(map[string]model.VisitKind{
	"met": model.VisitMet, "besucht": model.VisitMet, "besuch": model.VisitMet, "angetroffen": model.VisitMet,
	"visit": model.VisitMet, "visited": model.VisitMet,
	"not-met": model.VisitNotMet, "notmet": model.VisitNotMet, "nichtangetroffen": model.VisitNotMet,
	"niemandangetroffen": model.VisitNotMet, "nichtbesucht": model.VisitNotMet,
	"other": model.VisitOther, "sonstiges": model.VisitOther, "andere": model.VisitOther, "anderes": model.VisitOther,
	"telefonat": model.VisitOther, "anruf": model.VisitOther, "call": model.VisitOther, "phone": model.VisitOther,
}, "met, not-met, other", model.VisitKind.String)

var campaignStatusWord = word(map[string]model.CampaignStatus{
	"draft": model.CampaignDraft, "entwurf": model.CampaignDraft,
	"planned": model.CampaignPlanned, "geplant": model.CampaignPlanned, "active": model.CampaignPlanned,
	"aktiv": model.CampaignPlanned, "running": model.CampaignPlanned, "inprogress": model.CampaignPlanned,
	"laufend": model.CampaignPlanned, "lauft": model.CampaignPlanned, "completed": model.CampaignPlanned,
	"abgeschlossen": model.CampaignPlanned, "beendet": model.CampaignPlanned, "over": model.CampaignPlanned,
	"cancelled": model.CampaignCancelled, "canceled": model.CampaignCancelled, "aborted": model.CampaignCancelled,
	"abgesagt": model.CampaignCancelled, "storniert": model.CampaignCancelled,
}, "draft, planned, cancelled", func(s model.CampaignStatus) string { return string(s) })

// telemarketingWords are the spellings of the one kind of campaign that the
// rules treat differently; every other kind is the team's own word.
var telemarketingWords = map[string]bool{
	"telemarketing": true, "telefonmarketing": true, "telefonaktion": true, "telefonkampagne": true,
	"phonecampaign": true, "phone": true, "telefon": true,
}

var campaignKind = teamsWord(germanCampaignKinds, func(key string) (string, bool) {
	return model.KindTelemarketing, telemarketingWords[key]
})

// visitOutcomeWord is what came of a visit: one of the usual words, or the team's own.
var visitOutcomeWord = teamsWord(germanOutcomes, func(string) (string, bool) { return "", false })

// teamsWord is one of a list's words, in whichever language, one that also knows, or
// the team's own.
func teamsWord(list wordList, also func(key string) (string, bool)) form[string] {
	known := list.folded()
	return form[string]{width: 16, show: TextCell, read: func(in *input, cell string) (string, fault) {
		if exceeds(cell, longestCode) {
			return "", tooLong(longestCode)
		}
		kept := in.row.texts.keep(cell)
		if len(cell) > longestOutcome {
			return kept, fault{}
		}
		if word, ok := in.words[kept]; ok {
			return word, fault{}
		}
		word := kept
		if is, ok := known[fold(cell)]; ok {
			word = is
		} else if is, ok := also(fold(cell)); ok {
			word = is
		}
		if in.words == nil {
			in.words = map[string]string{}
		}
		if len(in.words) < mostWords {
			in.words[kept] = word
		}
		return word, fault{}
	}}
}

// mostWords bounds how many of a column's words are remembered.
const mostWords = 256

// activityKind says what kind of row an activity is for a rep.
type activityKind uint8

const (
	activityVisit activityKind = iota
	activityCall
	activityNeither
)

// activities are parts of folded words by which CRMs name activities; the first
// that occurs decides.
var activities = []struct {
	part string
	kind activityKind
}{
	{"email", activityNeither}, {"mail", activityNeither}, {"brief", activityNeither}, {"letter", activityNeither},
	{"fax", activityNeither}, {"task", activityNeither}, {"aufgabe", activityNeither}, {"deadline", activityNeither},
	{"frist", activityNeither}, {"todo", activityNeither}, {"note", activityNeither}, {"notiz", activityNeither},
	{"webmeeting", activityNeither}, {"sms", activityNeither}, {"online", activityNeither}, {"video", activityNeither}, {"teams", activityNeither},
	{"webinar", activityNeither}, {"webex", activityNeither}, {"remote", activityNeither}, {"skype", activityNeither}, {"whatsapp", activityNeither}, {"chat", activityNeither},
	{"linkedin", activityNeither}, {"angebot", activityNeither}, {"offer", activityNeither}, {"quote", activityNeither}, {"rechnung", activityNeither}, {"invoice", activityNeither},
	{"call", activityCall}, {"anruf", activityCall}, {"telefon", activityCall}, {"phone", activityCall},
	{"visit", activityVisit}, {"besuch", activityVisit}, {"meeting", activityVisit}, {"besprechung", activityVisit},
	{"termin", activityVisit}, {"appointment", activityVisit}, {"event", activityVisit}, {"ereignis", activityVisit},
	{"lunch", activityVisit}, {"essen", activityVisit}, {"demo", activityVisit}, {"vorfuhrung", activityVisit},
	{"inperson", activityVisit}, {"vorort", activityVisit}, {"aussendienst", activityVisit}, {"treffen", activityVisit},
}

func activityOf(cell string) (activityKind, bool) {
	if len(cell) > longestCode {
		return 0, false
	}
	folded := fold(cell)
	for _, a := range activities {
		if strings.Contains(folded, a.part) {
			return a.kind, true
		}
	}
	return 0, false
}

// doneState says whether an activity took place.
type doneState uint8

const (
	doneYes     doneState = iota
	doneNobody            // it was tried, and nobody was there
	donePending           // planned, not done
	doneNever             // called off
)

var statuses = map[string]doneState{
	"held": doneYes, "completed": doneYes, "complete": doneYes, "done": doneYes, "closed": doneYes, "finished": doneYes,
	"stattgefunden": doneYes, "durchgefuhrt": doneYes, "erledigt": doneYes, "abgeschlossen": doneYes, "beendet": doneYes,
	"besucht": doneYes, "met": doneYes, "visited": doneYes,
	"notheld": doneNobody, "noshow": doneNobody, "nichtstattgefunden": doneNobody, "nichtangetroffen": doneNobody,
	"notmet": doneNobody, "nichtdurchgefuhrt": doneNobody,
	"planned": donePending, "open": donePending, "notstarted": donePending, "inprogress": donePending,
	"scheduled": donePending, "deferred": donePending, "waitingonsomeoneelse": donePending, "pending": donePending,
	"todo": donePending, "geplant": donePending, "offen": donePending, "nichtbegonnen": donePending,
	"inbearbeitung": donePending, "zuruckgestellt": donePending, "wartetaufjemandanderen": donePending,
	"rescheduled": doneNever, "postponed": doneNever, "verschoben": doneNever, "ausgefallen": doneNever, "entfallen": doneNever,
	"canceled": doneNever, "cancelled": doneNever, "abgesagt": doneNever, "storniert": doneNever, "abgebrochen": doneNever,
}

const statusWords = "held, not held, planned, cancelled"

func statusOf(cell string) (doneState, bool) {
	if len(cell) > longestCode {
		return 0, false
	}
	s, ok := statuses[fold(cell)]
	return s, ok
}

// reports are portatour's types of report, by number and by word.
var reports = map[string]struct {
	kind model.VisitKind
	skip bool
}{
	"0": {kind: model.VisitMet}, "1": {kind: model.VisitNotMet}, "2": {kind: model.VisitOther},
	"3": {skip: true}, "4": {skip: true}, "5": {skip: true},
	"besuch": {kind: model.VisitMet}, "besuchsbericht": {kind: model.VisitMet}, "visit": {kind: model.VisitMet},
	"nichtangetroffen": {kind: model.VisitNotMet}, "notmet": {kind: model.VisitNotMet},
	"sonstigerbericht": {kind: model.VisitOther}, "andererbericht": {kind: model.VisitOther}, "otherreport": {kind: model.VisitOther},
	"arbeitsbeginn": {skip: true}, "startofwork": {skip: true}, "arbeitsende": {skip: true}, "endofwork": {skip: true},
	"freiertag": {skip: true}, "dayoff": {skip: true},
}
