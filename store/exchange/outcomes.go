package exchange

// How calls end, in the words of dialers, CRMs and people: HubSpot's "Left live
// message", a dialer's "Connected - Demo Scheduled", our own "wünscht Besuch".

import (
	"strings"

	"doppelpass/model"
)

// callWord is a part of a folded outcome; only says that nothing but a call ends
// like this.
type callWord struct {
	part    string
	outcome model.CallOutcome
	only    bool
}

// callWords are looked for in this order; the first that occurs decides. What says
// no stands before what it says no to.
var callWords = []callWord{
	{"optout", model.CallOptOut, false}, {"donotcall", model.CallOptOut, false}, {"donotcontact", model.CallOptOut, false}, {"dnc", model.CallOptOut, false},
	{"neverca", model.CallOptOut, false}, {"widerspruch", model.CallOptOut, false}, {"widersprochen", model.CallOptOut, false}, {"widerruf", model.CallOptOut, false},
	{"nichtmehranruf", model.CallOptOut, false}, {"keineanruf", model.CallOptOut, false}, {"nieanruf", model.CallOptOut, false}, {"keinewerbung", model.CallOptOut, false},
	{"unsubscri", model.CallOptOut, false}, {"removefromlist", model.CallOptOut, false}, {"takeoff", model.CallOptOut, false}, {"revoked", model.CallOptOut, false},
	{"withdrawn", model.CallOptOut, false}, {"neplusappel", model.CallOptOut, false}, {"nepasappel", model.CallOptOut, false}, {"nollamar", model.CallOptOut, false},
	{"nichtmehrkonta", model.CallOptOut, false}, {"nichtkontaktieren", model.CallOptOut, false}, {"nichtwiederanruf", model.CallOptOut, false}, {"nichtmehrmelden", model.CallOptOut, false},
	{"niewieder", model.CallOptOut, false}, {"niemehranruf", model.CallOptOut, false}, {"keineweiterenanruf", model.CallOptOut, false}, {"keinkontaktgewunscht", model.CallOptOut, false},
	{"keinekontaktaufnahme", model.CallOptOut, false}, {"keinenkontakt", model.CallOptOut, false}, {"kontaktsperre", model.CallOptOut, false}, {"werbesperre", model.CallOptOut, false},
	{"anrufsperre", model.CallOptOut, false}, {"telefonsperre", model.CallOptOut, false}, {"kontaktverbot", model.CallOptOut, false}, {"anrufverbot", model.CallOptOut, false}, {"werbeverbot", model.CallOptOut, false}, {"blacklist", model.CallOptOut, false},
	{"robinson", model.CallOptOut, false}, {"streich", model.CallOptOut, false}, {"vonliste", model.CallOptOut, false}, {"vonderliste", model.CallOptOut, false}, {"ausderliste", model.CallOptOut, false},
	{"ausverteiler", model.CallOptOut, false}, {"nofurther", model.CallOptOut, false}, {"nomorecalls", model.CallOptOut, false}, {"dontcall", model.CallOptOut, false}, {"stopcalling", model.CallOptOut, false},
	{"notcallagain", model.CallOptOut, false}, {"pluscontact", model.CallOptOut, false}, {"plusappel", model.CallOptOut, false}, {"novolvera", model.CallOptOut, false}, {"nocontactar", model.CallOptOut, false},
	{"nonrichiam", model.CallOptOut, false}, {"nonpiuchiam", model.CallOptOut, false}, {"noncontattar", model.CallOptOut, false}, {"naocontact", model.CallOptOut, false}, {"nietmeer", model.CallOptOut, false},
	{"niedzwon", model.CallOptOut, false}, {"niekontakt", model.CallOptOut, false}, {"aramayin", model.CallOptOut, false}, {"aranmasin", model.CallOptOut, false}, {"aramayiniz", model.CallOptOut, false},
	{"nonchiamare", model.CallOptOut, false}, {"nietbellen", model.CallOptOut, false}, {"naoligar", model.CallOptOut, false},

	{"wrongnumber", model.CallWrongNumber, true}, {"wrongperson", model.CallWrongNumber, true}, {"badnumber", model.CallWrongNumber, true}, {"invalidnumber", model.CallWrongNumber, true},
	{"falschenummer", model.CallWrongNumber, true}, {"nummerfalsch", model.CallWrongNumber, true}, {"mauvaisnumero", model.CallWrongNumber, true}, {"numeroequivocado", model.CallWrongNumber, true},
	{"disconnect", model.CallNotReached, true},

	{"callback", model.CallBack, true}, {"callagain", model.CallBack, true}, {"calllater", model.CallBack, true}, {"ruckruf", model.CallBack, true}, {"zuruckrufen", model.CallBack, true},
	{"spateranrufen", model.CallBack, true}, {"nochmalanrufen", model.CallBack, true}, {"wiedervorlage", model.CallBack, false}, {"rappel", model.CallBack, false},
	{"richiamare", model.CallBack, true}, {"terugbellen", model.CallBack, true},

	{"notinterested", model.CallDeclined, false}, {"uninterested", model.CallDeclined, false}, {"nointerest", model.CallDeclined, false}, {"keininteresse", model.CallDeclined, false},
	{"nichtinteressiert", model.CallDeclined, false}, {"keinbedarf", model.CallDeclined, false}, {"abgelehnt", model.CallDeclined, false}, {"absage", model.CallDeclined, false},
	{"abgesagt", model.CallDeclined, false}, {"declin", model.CallDeclined, false}, {"refus", model.CallDeclined, false}, {"reject", model.CallDeclined, false},
	{"pasinteress", model.CallDeclined, false}, {"plusinteress", model.CallDeclined, false}, {"nointeresad", model.CallDeclined, false}, {"sininteres", model.CallDeclined, false}, {"noninteress", model.CallDeclined, false},
	{"nessuninteresse", model.CallDeclined, false}, {"seminteresse", model.CallDeclined, false}, {"geeninteresse", model.CallDeclined, false},
	{"niezainteresowan", model.CallDeclined, false}, {"ilgilenm", model.CallDeclined, false},

	{"notreached", model.CallNotReached, true}, {"notconnected", model.CallNotReached, true}, {"notanswer", model.CallNotReached, true}, {"unanswer", model.CallNotReached, true},
	{"noanswer", model.CallNotReached, true}, {"noresponse", model.CallNotReached, true}, {"nocontact", model.CallNotReached, true}, {"noreply", model.CallNotReached, true},
	{"unreach", model.CallNotReached, true}, {"voicemail", model.CallNotReached, true}, {"voicemessage", model.CallNotReached, true}, {"answeringmachine", model.CallNotReached, true},
	{"leftmessage", model.CallNotReached, true}, {"leftlivemessage", model.CallNotReached, true}, {"leftvoice", model.CallNotReached, true}, {"busy", model.CallNotReached, true},
	{"missed", model.CallNotReached, true}, {"failed", model.CallNotReached, true}, {"hangup", model.CallNotReached, true}, {"gatekeeper", model.CallNotReached, true},
	{"nichterreich", model.CallNotReached, true}, {"nichtabgenommen", model.CallNotReached, true}, {"nichtangetroffen", model.CallNotReached, false}, {"keineantwort", model.CallNotReached, true},
	{"niemand", model.CallNotReached, false}, {"nobody", model.CallNotReached, false}, {"besetzt", model.CallNotReached, true}, {"anrufbeantworter", model.CallNotReached, true},
	{"mailbox", model.CallNotReached, true}, {"verpasst", model.CallNotReached, true}, {"fehlgeschlagen", model.CallNotReached, true}, {"fehlversuch", model.CallNotReached, true},
	{"pasdereponse", model.CallNotReached, true}, {"injoignable", model.CallNotReached, true}, {"messagerie", model.CallNotReached, true}, {"repondeur", model.CallNotReached, true},
	{"occupe", model.CallNotReached, true}, {"nocontest", model.CallNotReached, true}, {"sinrespuesta", model.CallNotReached, true}, {"ocupado", model.CallNotReached, true},
	{"buzon", model.CallNotReached, true}, {"nonrispo", model.CallNotReached, true}, {"nonraggiun", model.CallNotReached, true}, {"occupato", model.CallNotReached, true},
	{"segreteria", model.CallNotReached, true}, {"naoatend", model.CallNotReached, true}, {"semresposta", model.CallNotReached, true}, {"geenantwoord", model.CallNotReached, true},
	{"geengehoor", model.CallNotReached, true}, {"nietbereik", model.CallNotReached, true}, {"ingesprek", model.CallNotReached, true}, {"nieodebr", model.CallNotReached, true},
	{"nieodpowiad", model.CallNotReached, true}, {"zajet", model.CallNotReached, true}, {"cevapyok", model.CallNotReached, true}, {"cevaplanmad", model.CallNotReached, true},
	{"ulasilam", model.CallNotReached, true}, {"mesgul", model.CallNotReached, true},

	{"keintermin", model.CallReached, true}, {"noappointment", model.CallReached, true},
	{"appointment", model.CallAppointment, false}, {"meetingbooked", model.CallAppointment, true}, {"meetingscheduled", model.CallAppointment, true},
	{"meetingset", model.CallAppointment, true}, {"demoscheduled", model.CallAppointment, true}, {"demobooked", model.CallAppointment, true}, {"wantsavisit", model.CallAppointment, true},
	{"wantsvisit", model.CallAppointment, true}, {"visitwanted", model.CallAppointment, true}, {"wunschtbesuch", model.CallAppointment, true}, {"besuchgewunscht", model.CallAppointment, true},
	{"besuchswunsch", model.CallAppointment, true}, {"termin", model.CallAppointment, false}, {"rendezvous", model.CallAppointment, false}, {"appuntamento", model.CallAppointment, false},
	{"afspraak", model.CallAppointment, false}, {"randevu", model.CallAppointment, false}, {"spotkanie", model.CallAppointment, false},

	{"reached", model.CallReached, true}, {"erreicht", model.CallReached, true}, {"connected", model.CallReached, true}, {"answered", model.CallReached, true},
	{"gesprochen", model.CallReached, true}, {"spoke", model.CallReached, true}, {"talked", model.CallReached, true},
	{"interested", model.CallReached, false}, {"interesse", model.CallReached, false}, {"interessiert", model.CallReached, false}, {"completed", model.CallReached, false},
	{"joint", model.CallReached, false}, {"contactad", model.CallReached, true}, {"contattat", model.CallReached, true}, {"contatad", model.CallReached, true},
	{"raggiunt", model.CallReached, true}, {"bereikt", model.CallReached, true}, {"rozmawian", model.CallReached, true}, {"gorusuldu", model.CallReached, true}, {"ulasild", model.CallReached, true},
	{"angetroffen", model.CallReached, false}, {"successful", model.CallReached, false}, {"erfolgreich", model.CallReached, false},
}

// wholeCallWords are short words that mean an outcome only by themselves.
var wholeCallWords = map[string]model.CallOutcome{
	"na": model.CallNotReached, "vm": model.CallNotReached, "lvm": model.CallNotReached, "ab": model.CallNotReached, "am": model.CallNotReached,
	"ni": model.CallDeclined, "rdv": model.CallAppointment, "cita": model.CallAppointment, "nein": model.CallDeclined, "done": model.CallReached,
	"held": model.CallReached, "answer": model.CallReached,
	"stop": model.CallOptOut, "remove": model.CallOptOut, "removed": model.CallOptOut, "gesperrt": model.CallOptOut, "sperre": model.CallOptOut, "sperren": model.CallOptOut, "blocked": model.CallOptOut,
}

// longestOutcome bounds what is taken for an outcome: longer text is a note.
const longestOutcome = 48

// callWordOf reads how a call ended.
func callWordOf(cell string) (outcome model.CallOutcome, only, ok bool) {
	if len(cell) > 2*longestOutcome {
		return 0, false, false
	}
	key := fold(cell)
	if len(key) > longestOutcome || key == "" {
		return 0, false, false
	}
	if o, ok := wholeCallWords[key]; ok {
		return o, false, true
	}
	for _, w := range callWords {
		if strings.Contains(key, w.part) {
			return w.outcome, w.only, true
		}
	}
	return 0, false, false
}

var callOutcomeWord = form[model.CallOutcome]{width: 14,
	show: func(o model.CallOutcome) Cell { return TextCell(o.String()) },
	read: func(in *input, cell string) (model.CallOutcome, fault) {
		o, _, ok := callWordOf(cell)
		if ok {
			return o, fault{}
		}
		if state, known := statusOf(cell); known && (state == donePending || state == doneNever) {
			in.row.skip = SkipNotDone
			return 0, fault{}
		}
		return 0, faulty(ReasonNoWord, "reached, not-reached, appointment, declined, callback, wrong-number, opt-out")
	},
}
