package hours

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"doppelpass/model"
)

// read are expressions as they stand in files, with what they mean in the week from
// Monday 30 November 2026: OpenStreetMap's notation first, then what people write.
var read = []struct{ text, week string }{
	{"Mo-Fr 08:00-12:00,13:00-17:00", "Mo-Fr 8-12,13-17"},
	{"Mo-Fr 08:00-12:00,13:00-17:00; Sa 09:00-12:00", "Mo-Fr 8-12,13-17; Sa 9-12"},
	{"Mo-Fr 08:00-17:00; We off", "Mo-Tu 8-17; Th-Fr 8-17"},
	{"Mo,Th 9-12", "Mo 9-12; Th 9-12"},
	{"Di, Do 9.30-12", "Tu 9:30-12; Th 9:30-12"},
	{"Fr-Mo 10:00+", "Mo 10-24; Fr-Su 10-24"},
	{"08:00-18:00; PH off", "Mo-Su 8-18"},
	{"Mo-Fr 22:00-02:00", "Mo 22-24; Tu-Fr 0-2,22-24; Sa 0-2"},
	{"24/7", "Mo-Su 0-24"},
	{"Mo-Su 00:00-24:00", "Mo-Su 0-24"},
	{"Mo, We-Fr 08:00-12:00", "Mo 8-12; We-Fr 8-12"},
	{"Mo-Fr 08:00-12:00, Sa 09:00-12:00", "Mo-Fr 8-12; Sa 9-12"},
	{"Mo-Fr 08:00–12:00", "Mo-Fr 8-12"},
	{"Mo-Fr: 08:00-12:00", "Mo-Fr 8-12"},
	{"Mo - Fr 08:00 - 12:00", "Mo-Fr 8-12"},
	{"Nov-Mar Mo-Fr 08:00-12:00", "Mo-Fr 8-12"},
	{`Mo-Fr 08:00-12:00 "nur mit Termin"`, "Mo-Fr 8-12"},
	{"Mo-Fr 8-12 Uhr", "Mo-Fr 8-12"},
	{"Montag-Freitag 08:00-12:00", "Mo-Fr 8-12"},
	{"Apr-Oct Mo-Fr 07:00-19:00; Nov-Mar Mo-Fr 08:00-17:00", "Mo-Fr 8-17"},
	{"Mar 15-Dec 24 Mo-Sa 10:00-18:00", "Mo-Sa 10-18"},
	{"Dec 24-26 off", ""},
	{"Mo-Fr 08:00-17:00; Dec 24-Jan 02 off", "Mo-Fr 8-17"},
	{"Mo-Fr 09:00-18:00; Dec 01-23 Sa 10:00-16:00", "Mo-Fr 9-18; Sa 10-16"},
	{"2026 Nov 30-2026 Dec 02 off; 2026 Dec 03-2026 Dec 04 10:00-12:00", "Th-Fr 10-12"},
	{"week 49 Mo-Fr 08:00-10:00", "Mo-Fr 8-10"},
	{"week 1-53/2 Mo 08:00-10:00", "Mo 8-10"},
	{"week 2-52/2 Mo 08:00-10:00", ""},
	{"Sa[1] 09:00-12:00", "Sa 9-12"},
	{"Sa[2,4] 09:00-12:00", ""},
	{"Sa[-1] 09:00-12:00", ""},
	{"Mo[1-2] 09:00-12:00", ""},
	{`Mo-Fr 08:00-12:00 || "by appointment"`, "Mo-Fr 8-12"},
	{"Mo-Fr 09:00-12:00 || 14:00-16:00", "Mo-Fr 9-12; Sa-Su 14-16"},
	{"Mo-Fr 08:00-18:00; Mo-Fr 12:00-13:00 off", "Mo-Fr 8-12,13-18"},
	{"Mo-Fr sunrise-sunset", "Mo-Fr 6-18"},
	{"Mo-Fr (sunrise+01:00)-(sunset-00:30)", "Mo-Fr 7-17:30"},
	{"Mo-Fr 08:00-26:00", "Mo 8-24; Tu-Fr 0-2,8-24; Sa 0-2"},
	{"Mo-Th 18:00-01:00; Fr,Sa 18:00-03:00", "Mo 18-24; Tu-Fr 0-1,18-24; Sa 0-3,18-24; Su 0-3"},
	{"Mo-Fr 09:00-17:00; PH,SH off", "Mo-Fr 9-17"},
	{"Mo-Fr,PH 09:00-17:00", "Mo-Fr 9-17"},
	{"PH off", ""},
	{"PH 10:00-12:00", ""},
	{"Mo-Fr 08:00-12:00 open", "Mo-Fr 8-12"},
	{"Mo-Fr 08:00-12:00 closed", ""},
	{"Mo-Fr open", "Mo-Fr 0-24"},
	{"Mo-Fr 10:00-12:00+", "Mo-Fr 10-12"},
	{"easter off; Mo-Fr 8:00-12:00", "Mo-Fr 8-12"},
	{"easter -2 days off; Mo-Fr 8:00-12:00", "Mo-Fr 8-12"},
	{"Mo-Fr 10:00-18:00; Sa 10:00-14:00; Su,PH off", "Mo-Fr 10-18; Sa 10-14"},
	{"Su-Tu 11:00-14:00", "Mo-Tu 11-14; Su 11-14"},
	{"Mo-Fr 0800-1700", "Mo-Fr 8-17"},
	{"MO-FR 08:00-17:00", "Mo-Fr 8-17"},
	{"mo-fr 08:00-17:00", "Mo-Fr 8-17"},
	{"Mo-Fr 08:00-17:00;", "Mo-Fr 8-17"},
	{";Mo-Fr 08:00-17:00", "Mo-Fr 8-17"},
	{"Mo-Fr  08:00-12:00 , 13:00-17:00", "Mo-Fr 8-12,13-17"},
	{"off", ""},
	{"closed", ""},
	{"Mo-Fr unknown", ""},
	{"8-12 Uhr", "Mo-Su 8-12"},
	{"Montag-Freitag 8 bis 17", "Mo-Fr 8-17"},
	{"Mo-Do 8-16, Fr 8-13", "Mo-Th 8-16; Fr 8-13"},
	{"täglich 10-18 Uhr", "Mo-Su 10-18"},
	{"tägl. 10-18", "Mo-Su 10-18"},
	{"tgl 10-18", "Mo-Su 10-18"},
	{"Mo–Do 8:00–16:00 Uhr, Fr 8:00–13:00 Uhr", "Mo-Th 8-16; Fr 8-13"},
	{"Montag bis Donnerstag von 8 bis 16 Uhr, Freitag bis 13 Uhr", "Mo-Th 8-16; Fr 8-13"},
	{"Montag bis Freitag von 8.00 bis 12.00 Uhr und von 13.00 bis 17.00 Uhr", "Mo-Fr 8-12,13-17"},
	{"Mo. - Fr. 8.00 - 17.00 Uhr", "Mo-Fr 8-17"},
	{"Mo.-Fr.: 8.30-12.00 Uhr; Sa.: 9.00-12.00 Uhr", "Mo-Fr 8:30-12; Sa 9-12"},
	{"Mo bis Fr 7-15:30", "Mo-Fr 7-15:30"},
	{"Mo und Mi 8-12", "Mo 8-12; We 8-12"},
	{"Mo + Mi 8-12", "Mo 8-12; We 8-12"},
	{"Mo & Mi 8-12", "Mo 8-12; We 8-12"},
	{"Mo/Mi/Fr 8-12", "Mo 8-12; We 8-12; Fr 8-12"},
	{"Mo, Mi und Fr 8-12 Uhr", "Mo 8-12; We 8-12; Fr 8-12"},
	{"Mo 8-12, Di geschlossen, Mi 8-12", "Mo 8-12; We 8-12"},
	{"Mo geschlossen, Di-Fr 9-18, Sa 9-13", "Tu-Fr 9-18; Sa 9-13"},
	{"Mo geschlossen; Di-Fr 9-18", "Tu-Fr 9-18"},
	{"Montag Ruhetag", ""},
	{"Di Ruhetag, sonst 11-22", "Mo 11-22; We-Su 11-22"},
	{"11-22 Uhr, Di Ruhetag", "Mo 11-22; We-Su 11-22"},
	{"11-22 Uhr, Ruhetag: Di", "Mo 11-22; We-Su 11-22"},
	{"Montags geschlossen, dienstags bis samstags 10-18 Uhr", "Tu-Sa 10-18"},
	{"werktags 8-18 Uhr", "Mo-Sa 8-18"},
	{"wochentags 9-17 Uhr", "Mo-Fr 9-17"},
	{"Mo-Fr 8-12 und 14-18 Uhr", "Mo-Fr 8-12,14-18"},
	{"Mo-Fr 8-12 u. 14-18 Uhr", "Mo-Fr 8-12,14-18"},
	{"Mo-Fr 8-12/14-18", "Mo-Fr 8-12,14-18"},
	{"Mo-Fr 8-12 + 14-18 Uhr", "Mo-Fr 8-12,14-18"},
	{"Mo-Fr 8-12 14-18", "Mo-Fr 8-12,14-18"},
	{"Mo-Fr 8h-12h", "Mo-Fr 8-12"},
	{"Mo-Fr 8h30-12h", "Mo-Fr 8:30-12"},
	{"Mo-Fr 8 h - 12 h", "Mo-Fr 8-12"},
	{"Mo-Fr 8-17 (Pause 12-13)", "Mo-Fr 8-12,13-17"},
	{"Mo-Fr 8-17, Mittagspause 12-13 Uhr", "Mo-Fr 8-12,13-17"},
	{"Mo-Fr 8-17 Uhr (12-13 Uhr geschlossen)", "Mo-Fr 8-12,13-17"},
	{"Mo-Fr 8-17, closed for lunch 12-1", "Mo-Fr 8-12,13-17"},
	{"Mo-Fr 8-17 durchgehend", "Mo-Fr 8-17"},
	{"Mo-Fr ab 8 Uhr", "Mo-Fr 8-24"},
	{"ab 9 Uhr", "Mo-Su 9-24"},
	{"Mo-Fr ab 8 bis 12 Uhr", "Mo-Fr 8-12"},
	{"Mi nachmittags geschlossen, Mo-Fr 8-12, 14-18", "Mo-Tu 8-12,14-18; We 8-12; Th-Fr 8-12,14-18"},
	{"Mo-Fr 8-12, 14-18; Mi nachmittags geschlossen", "Mo-Tu 8-12,14-18; We 8-12; Th-Fr 8-12,14-18"},
	{"Mo-Fr 8-12 und 14-18 Uhr, Mittwochnachmittag geschlossen", "Mo-Tu 8-12,14-18; We 8-12; Th-Fr 8-12,14-18"},
	{"Mo-Fr 8-17, Freitagnachmittag geschlossen", "Mo-Th 8-17; Fr 8-12"},
	{"Mo-Fr vormittags 8-12, nachmittags 2-6", "Mo-Fr 8-12,14-18"},
	{"nachmittags 14-18 Uhr", "Mo-Su 14-18"},
	{"Mo-Fr 8-12, Sa nach Vereinbarung", "Mo-Fr 8-12"},
	{"Mo-Fr 8-12 und nach Vereinbarung", "Mo-Fr 8-12"},
	{"Mo-Fr 8-12 Uhr sowie nach telefonischer Vereinbarung", "Mo-Fr 8-12"},
	{"Mo-Fr 8-12 n.V.", "Mo-Fr 8-12"},
	{"Mo-Fr 8-12 Uhr nur mit Termin", "Mo-Fr 8-12"},
	{"Mo-Fr 8-12 (nur nach Anmeldung)", "Mo-Fr 8-12"},
	{"rund um die Uhr", "Mo-Su 0-24"},
	{"24 h", "Mo-Su 0-24"},
	{"24 Stunden", "Mo-Su 0-24"},
	{"Mo-Fr 24h", "Mo-Fr 0-24"},
	{"immer geöffnet", "Mo-Su 0-24"},
	{"durchgehend geöffnet", "Mo-Su 0-24"},
	{"täglich außer Mo 11-22 Uhr", "Tu-Su 11-22"},
	{"täglich 11-22 Uhr außer Montag", "Tu-Su 11-22"},
	{"täglich 11-22 Uhr, außer an Feiertagen", "Mo-Su 11-22"},
	{"Mo-Fr 8-17, feiertags geschlossen", "Mo-Fr 8-17"},
	{"Mo-Sa 8-20, Sonn- und Feiertage geschlossen", "Mo-Sa 8-20"},
	{"Mo-Sa 8-20, an Sonn- und Feiertagen geschlossen", "Mo-Sa 8-20"},
	{"Öffnungszeiten: Mo-Fr 8-17 Uhr", "Mo-Fr 8-17"},
	{"Geöffnet Mo-Fr von 8 bis 17 Uhr", "Mo-Fr 8-17"},
	{"Bürozeiten Mo-Do 8-16 Uhr Fr 8-12 Uhr", "Mo-Th 8-16; Fr 8-12"},
	{"Mo 8-12\nDi 8-12\nMi geschlossen\nDo 14-18", "Mo-Tu 8-12; Th 14-18"},
	{"Mo: 8-12 | Di: 14-18", "Mo 8-12; Tu 14-18"},
	{"Mo 8-12 Di 14-18 Mi zu", "Mo 8-12; Tu 14-18"},
	{"Mo-Fr 8-12; 24.12. geschlossen", "Mo-Fr 8-12"},
	{"Mo-Fr 8-12; 24.-31.12. geschlossen", "Mo-Fr 8-12"},
	{"Mo-Fr 8-12; 24.12.-6.1. geschlossen", "Mo-Fr 8-12"},
	{"Mo-Fr 8-12; 24.12.2026-6.1.2027 geschlossen", "Mo-Fr 8-12"},
	{"Mo-Fr 8-12; Betriebsferien 30.11.-2.12.", "Th-Fr 8-12"},
	{"Mo-Fr 8-12; Betriebsurlaub vom 1.8. bis 15.8.", "Mo-Fr 8-12"},
	{"Mo-Fr 8-12; 24. und 31.12. zu", "Mo-Fr 8-12"},
	{"1.11.-31.3. Mo-Fr 8-12, 1.4.-31.10. Mo-Fr 7-19", "Mo-Fr 8-12"},
	{"1. November bis 31. März Mo-Fr 8-12", "Mo-Fr 8-12"},
	{"November bis März: Mo-Fr 8-12", "Mo-Fr 8-12"},
	{"Nov.-März Mo-Fr 8-12", "Mo-Fr 8-12"},
	{"Dezember 8-12 Uhr", "Tu-Su 8-12"},
	{"Dez Mo-Fr 8-12", "Tu-Fr 8-12"},
	{"1. Samstag im Monat 9-12", "Sa 9-12"},
	{"jeden ersten Samstag im Monat 9-12 Uhr", "Sa 9-12"},
	{"jeden 1. und 3. Samstag 9-12 Uhr", "Sa 9-12"},
	{"letzter Freitag im Monat geschlossen; Mo-Fr 8-12", "Mo-Fr 8-12"},
	{"Sa und So 10-16", "Sa-Su 10-16"},
	{"Wochenende 10-16", "Sa-Su 10-16"},
	{"am Wochenende 10-16 Uhr", "Sa-Su 10-16"},
	{"Mon-Fri 9am-5pm", "Mo-Fr 9-17"},
	{"Mon-Fri 9-5", "Mo-Fr 9-17"},
	{"Mon-Fri 9-5pm", "Mo-Fr 9-17"},
	{"Mon-Fri 9:00-5:00", "Mo-Fr 9-17"},
	{"Mon–Thu 8am–4pm, Fri 8am–1pm", "Mo-Th 8-16; Fr 8-13"},
	{"Monday to Friday 9:00 to 17:30", "Mo-Fr 9-17:30"},
	{"Monday-Friday: 9 a.m. to 5:30 p.m.", "Mo-Fr 9-17:30"},
	{"Mon - Fri 9:30AM - 6PM", "Mo-Fr 9:30-18"},
	{"Mon., Wed. & Fri. 10-4", "Mo 10-16; We 10-16; Fr 10-16"},
	{"weekdays 9-5", "Mo-Fr 9-17"},
	{"Weekdays 9am to 5pm, weekends closed", "Mo-Fr 9-17"},
	{"9am-5pm Mon-Fri", "Mo-Fr 9-17"},
	{"9 to 5, Monday to Friday", "Mo-Fr 9-17"},
	{"8:00-17:00 (Mo-Fr)", "Mo-Fr 8-17"},
	{"8-17 Uhr werktags", "Mo-Sa 8-17"},
	{"Daily 10-6", "Mo-Su 10-18"},
	{"every day 10am - 8pm", "Mo-Su 10-20"},
	{"Open 7 days a week 10am-8pm", "Mo-Su 10-20"},
	{"Mon-Sat 10-6, closed Sundays", "Mo-Sa 10-18"},
	{"Mon-Sat 10-6, closed on Sundays and public holidays", "Mo-Sa 10-18"},
	{"Closed Mondays, Tue-Sun 11-9", "Tu-Su 11-21"},
	{"Mon-Fri 9am-noon", "Mo-Fr 9-12"},
	{"Mon-Fri noon-6pm", "Mo-Fr 12-18"},
	{"Mon-Fri 9am-12pm, 1pm-5pm", "Mo-Fr 9-12,13-17"},
	{"Fri-Sat 8pm-2am", "Fr 20-24; Sa 0-2,20-24; Su 0-2"},
	{"Fri 6pm-midnight", "Fr 18-24"},
	{"Mon-Fri 9-5, Sat by appointment", "Mo-Fr 9-17"},
	{"Mon-Fri 9-5 or by appointment", "Mo-Fr 9-17"},
	{"Mon-Thurs 9-5; Fri 9-3", "Mo-Th 9-17; Fr 9-15"},
	{"Tues, Thurs 1-5pm", "Tu 13-17; Th 13-17"},
	{"M-F 9-5", "Mo-Fr 9-17"},
	{"M-F 8:00-16:30", "Mo-Fr 8-16:30"},
	{"Mon-Fri 9-5 except public holidays", "Mo-Fr 9-17"},
	{"Mon-Fri from 9 to 5", "Mo-Fr 9-17"},
	{"between 9am and 5pm", "Mo-Su 9-17"},
	{"Open Mon-Fri 9-5, lunch 12-1", "Mo-Fr 9-12,13-17"},
	{"Mon-Fri 9-17h", "Mo-Fr 9-17"},
	{"first Monday of the month closed; Mon-Fri 9-5", "Mo-Fr 9-17"},
	{"last Friday in the month 9-12", ""},
	{"Dec-Feb Mon-Fri 10-3", "Tu-Fr 10-15"},
	{"from 1 May to 30 September daily 9-6", ""},
	{"Mo-Fr 08:00-12:00 Uhr, 13:00-17:00 Uhr", "Mo-Fr 8-12,13-17"},
	{"Mo-Fr 08-12 13-17", "Mo-Fr 8-12,13-17"},
	{"Mo-Fr 7.30 – 16.15 Uhr", "Mo-Fr 7:30-16:15"},
	{"Mo–Fr 8—17", "Mo-Fr 8-17"},
	{"Mo-Fr 8:00:00-17:00:00", "Mo-Fr 8-17"},
	{"Mo-Fr 0-24 Uhr", "Mo-Fr 0-24"},
	{"Mo-Fr 00:00-00:00", "Mo-Fr 0-24"},
	{"Mo-So 0-24", "Mo-Su 0-24"},
	{"Sa So 10-16", "Sa-Su 10-16"},
	{"Mo Di Do 8-12", "Mo-Tu 8-12; Th 8-12"},
	{"Mo, Di, Do 8-12, Mi, Fr 14-18", "Mo-Tu 8-12; We 14-18; Th 8-12; Fr 14-18"},
	{"Mo-Mi, Fr 9-12", "Mo-We 9-12; Fr 9-12"},
	{"täglich 8-18, So 10-12", "Mo-Sa 8-18; Su 10-12"},
	{"Mo-Fr 8-16, Do 8-20", "Mo-We 8-16; Th 8-20; Fr 8-16"},
	{"Mo-Fr 8-12, Mi 14-18", "Mo-Tu 8-12; We 8-12,14-18; Th-Fr 8-12"},
	{"Montag: 08:00 – 12:00, 13:00 – 17:00 Uhr, Dienstag: 08:00 – 12:00 Uhr", "Mo 8-12,13-17; Tu 8-12"},
	{"Montag 8-12 Uhr, Dienstag 8-12 Uhr, Mittwoch 8-12 Uhr", "Mo-We 8-12"},
	{"Mo.,Di.,Do.,Fr. 9-12 u. 15-18 Uhr, Mi. 9-12 Uhr", "Mo-Tu 9-12,15-18; We 9-12; Th-Fr 9-12,15-18"},
	{"So. & Feiertag geschlossen, Mo-Fr 8-12", "Mo-Fr 8-12"},
	{"Mo-Fr 8-17, 12-13 Uhr geschlossen", "Mo-Fr 8-12,13-17"},
	{"PH off; Mo-Fr 08:00-17:00", "Mo-Fr 8-17"},
	{"We off; Mo-Fr 08:00-17:00", "Mo-Tu 8-17; Th-Fr 8-17"},
	{"zwischen 8 und 12 Uhr", "Mo-Su 8-12"},
	{"Mo-Do zwischen 8 und 12 Uhr", "Mo-Th 8-12"},
	{"Monday 9-5, Tuesday 9-5, Wednesday closed", "Mo-Tu 9-17"},
	{"Open daily 9-5", "Mo-Su 9-17"},
	{"Mo-Do 7-16 Fr 7-12", "Mo-Th 7-16; Fr 7-12"},
	{"Mo-Do 8-16, sonst 8-12", "Mo-Th 8-16; Fr-Su 8-12"},
	{"Sprechzeiten Mo 8-12 u. 14-18, Di 8-12, Mi u. Fr 8-12, Do 8-12 u. 15-19 Uhr", "Mo 8-12,14-18; Tu-We 8-12; Th 8-12,15-19; Fr 8-12"},
	{"8:00-12:00 Uhr und 13:00-17:00 Uhr", "Mo-Su 8-12,13-17"},
	{"Mo-Fr 8-12, Sa+So geschlossen", "Mo-Fr 8-12"},
	{"Mo-Sa 9.00-20.00", "Mo-Sa 9-20"},
	{"Di-So 10-18, Mo Ruhetag", "Tu-Su 10-18"},
	{"Mo-Fr: 08.00 bis 12.00 und 13.00 bis 17.00", "Mo-Fr 8-12,13-17"},
	{"Mo bis Do: 8 - 17 Uhr / Fr: 8 - 14 Uhr", "Mo-Th 8-17; Fr 8-14"},
	{"Mo. bis Do. 7.00 - 16.00, Fr. 7.00 - 12.30", "Mo-Th 7-16; Fr 7-12:30"},
	{"Mittwoch 8-12 Uhr geschlossen", ""},
	{"Mo-Fr 06:30-14:30", "Mo-Fr 6:30-14:30"},
}

// unread are expressions that say nothing certain, with the part that is shown.
var unread = []struct{ text, part string }{
	{"unknown", "unknown"},
	{`"by appointment"`, "\"by appointment\""},
	{"bis 12 Uhr", "bis"},
	{"vormittags", "vormittags"},
	{"Mo-Fr vormittags", "vormittags"},
	{"nach Vereinbarung", "nach Vereinbarung"},
	{"Termine nach Vereinbarung", "Termine nach Vereinbarung"},
	{"auf Anfrage", "auf Anfrage"},
	{"by appointment only", "by appointment only"},
	{"Mo-Xx 8-12", "Xx"},
	{"Mo 8", "8"},
	{"Mo 25:00-26:00", "25:00"},
	{"irgendwann", "irgendwann"},
	{"Mo-Fr", "Fr"},
	{"Apr-Oct", "Oct"},
	{"open", "open"},
	{"geöffnet", "geöffnet"},
	{"Sommer 8-20 Uhr, Winter 9-17 Uhr", "Sommer"},
	{"Mo-Fr 8-12 oder so", "oder"},
	{"jede 2. Woche Mo 8-12", "jede"},
	{"siehe Webseite", "siehe"},
	{"www.example.com", "www"},
	{"-", "-"},
	{"?", "?"},
	{"8", "8"},
	{"8:00", "8:00"},
	{"Mo-Fr 8:75-12", "8:75"},
	{"Mo-Fr 12-12-2026", "-"},
	{"Mo-Fr 13pm-5pm", "pm"},
	{`Mo-Fr 8-12 "unclosed`, "\"unclosed"},
	{"Mo[6] 8-12", "6"},
	{"Mo[ 8-12", "8"},
	{"week 60 8-12", "60"},
	{"Feb 30 off", "off"},
	{"32.12. geschlossen; Mo-Fr 8-12", "32.12"},
	{"Mo-Fr 8-12 bei Regen geschlossen", "bei"},
	{"Mo-Fr außer", "außer"},
	{"999", "999"},
	{"1.2.3", "3"},
	{"Di 8-12 und Do", "Do"},
	{"8-12 Sa 9-11", "9"},
	{"8-12 Mo-Fr 13-17 Sa", "13"},
	{"Open daily", "daily"},
	{"Mo-Fr ab 1. Mai 8-12", "8"},
	{"k.A.", "k"},
}

var monday = model.NewDate(2026, 11, 30)

// weekOf is when it is open from Monday on, days alike drawn together.
func weekOf(h *Hours, monday model.Date, holiday func(model.Date) bool) string {
	clock := func(minutes int) string {
		if minutes%60 == 0 {
			return fmt.Sprint(minutes / 60)
		}
		return fmt.Sprintf("%d:%02d", minutes/60, minutes%60)
	}
	var parts []string
	first, last, before := "", "", ""
	flush := func() {
		switch {
		case before == "":
		case first == last:
			parts = append(parts, first+" "+before)
		default:
			parts = append(parts, first+"-"+last+" "+before)
		}
	}
	for i := range 7 {
		var spans []string
		for _, s := range h.On(monday+model.Date(i), holiday) {
			spans = append(spans, clock(s.From)+"-"+clock(s.To))
		}
		if now := strings.Join(spans, ","); now != before {
			flush()
			first, before = dayNames[(i+1)%7], now
		}
		last = dayNames[(i+1)%7]
	}
	flush()
	return strings.Join(parts, "; ")
}

func TestOpeningHoursAreReadAsTheyAreMeant(t *testing.T) {
	require.Greater(t, len(read), 200)
	for _, c := range read {
		h, err := Parse(c.text)
		require.NoError(t, err, c.text)
		require.Equal(t, c.week, weekOf(h, monday, nil), "%s, read as %s", c.text, h)
		again, err := Parse(h.String())
		require.NoError(t, err, "%s, written as %s", c.text, h)
		require.Equal(t, h.String(), again.String(), c.text)
		require.Equal(t, c.week, weekOf(again, monday, nil), "%s, written as %s", c.text, h)
	}
}

func TestWhatCannotBeReadIsAnErrorThatNamesThePart(t *testing.T) {
	for _, c := range unread {
		h, err := Parse(c.text)
		require.Nil(t, h, "%s is not to be taken for %s", c.text, h)
		var wrong *Error
		require.ErrorAs(t, err, &wrong, c.text)
		require.Equal(t, c.part, wrong.Part, c.text)
	}
	h, err := Parse("  ")
	require.NoError(t, err)
	require.Nil(t, h)
	require.Equal(t, "Mo-Su 0-24", weekOf(h, monday, nil), "where nothing is known, it counts as open")
}

func TestPublicHolidays(t *testing.T) {
	wednesday := func(d model.Date) bool { return d == monday+2 }
	for _, c := range []struct{ text, week string }{
		{"Mo-Fr 08:00-17:00", "Mo-Fr 8-17"}, // it says nothing of holidays: whether one works is for others to say
		{"Mo-Fr 08:00-17:00; PH off", "Mo-Tu 8-17; Th-Fr 8-17"},
		{"PH off; Mo-Fr 08:00-17:00", "Mo-Tu 8-17; Th-Fr 8-17"},
		{"08:00-18:00; PH 10:00-12:00", "Mo-Tu 8-18; We 10-12; Th-Su 8-18"},
		{"Mo-Sa 8-20, Sonn- und Feiertage geschlossen", "Mo-Tu 8-20; Th-Sa 8-20"},
		{"Mon-Fri 9-5 except public holidays", "Mo-Tu 9-17; Th-Fr 9-17"},
		{"täglich außer feiertags 10-18 Uhr", "Mo-Tu 10-18; Th-Su 10-18"},
		{"Sa,PH 10:00-12:00", "We 10-12; Sa 10-12"},
	} {
		h, err := Parse(c.text)
		require.NoError(t, err, c.text)
		require.Equal(t, c.week, weekOf(h, monday, wednesday), c.text)
	}
}

func TestSeasonsBeginAndEndOnTheirDay(t *testing.T) {
	for _, c := range []struct {
		text          string
		first, before string // the first day that is open, and one that is not
	}{
		{"Apr-Oct 08:00-12:00", "2026-04-01", "2026-03-31"},
		{"Apr-Oct 08:00-12:00", "2026-10-31", "2026-11-01"},
		{"Nov-Mar 08:00-12:00", "2027-03-31", "2027-04-01"},
		{"Dec 24-Jan 06 08:00-12:00", "2027-01-06", "2027-01-07"},
		{"Dec 24-Jan 06 08:00-12:00", "2026-12-24", "2026-12-23"},
		{"2026 Dec 24-2027 Jan 02 08:00-12:00", "2027-01-02", "2028-01-02"},
		{"24.-26.12. 8-12 Uhr", "2026-12-25", "2026-12-27"},
		{"24. und 31.12. 8-12 Uhr", "2026-12-31", "2026-12-30"},
		{"vom 1.8. bis 15.8. 8-12", "2026-08-15", "2026-08-16"},
		{"easter 08:00-12:00", "2026-04-05", "2026-04-06"},
		{"easter -2 days 08:00-12:00", "2026-04-03", "2026-04-02"},
		{"easter +1 day 08:00-12:00", "2027-03-29", "2027-03-28"},
		{"Feb 29 08:00-12:00", "2028-02-29", "2028-02-28"},
		{"Sa[1] 08:00-12:00", "2026-12-05", "2026-12-12"},
		{"Sa[-1] 08:00-12:00", "2026-12-26", "2026-12-19"},
		{"letzter Freitag im Monat 8-12", "2026-11-27", "2026-11-20"},
		{"week 2-52/2 08:00-12:00", "2026-12-07", "2026-11-30"},
		{"week 52-1 08:00-12:00", "2026-12-21", "2026-12-20"},
		{"Nov bis 1. Mai 8-12", "2027-05-01", "2027-05-02"},
		{"November bis 1. Mai Mo-So 8-12", "2026-11-01", "2026-10-31"},
		{"Okt bis 24.12. 8-12 Uhr", "2026-12-24", "2026-12-25"},
		{"24.12. bis Feb 08:00-12:00", "2028-02-29", "2028-03-01"},
		{"24.12. bis Feb 08:00-12:00", "2027-02-28", "2027-03-01"},
		{"easter-Oct 08:00-12:00", "2026-10-31", "2026-11-01"},
	} {
		h, err := Parse(c.text)
		require.NoError(t, err, c.text)
		again, err := Parse(h.String())
		require.NoError(t, err, "%s, written as %s", c.text, h)
		for day := model.NewDate(2026, 1, 1); day < model.NewDate(2029, 1, 1); day++ {
			require.Equal(t, h.On(day, nil), again.On(day, nil), "%s, written as %s, on %s", c.text, h, day)
		}
		for _, on := range []string{c.first, c.before} {
			day, err := model.ParseDate(on)
			require.NoError(t, err)
			require.Equal(t, on == c.first, len(h.On(day, nil)) > 0, "%s on %s", c.text, on)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, c := range read {
		f.Add(c.text)
	}
	for _, c := range unread {
		f.Add(c.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		h, err := Parse(text)
		if err != nil {
			var wrong *Error
			require.True(t, errors.As(err, &wrong))
			return
		}
		for i := range model.Date(14) {
			last := -1
			for _, s := range h.On(monday+i, nil) {
				require.Greater(t, s.From, last, "in order and apart")
				require.Greater(t, s.To, s.From)
				require.LessOrEqual(t, s.To, EndOfDay)
				last = s.To
			}
		}
		if h != nil && !strings.ContainsAny(text, "\"(") { // comments are kept as they are
			again, err := Parse(h.String())
			require.NoError(t, err, "%s, written as %s", text, h)
			require.Equal(t, weekOf(h, monday, nil), weekOf(again, monday, nil), "%s, written as %s", text, h)
		}
	})
}

// TestGermanNamesOfTheNotation: what German calls the days comes back as the notation;
// what people wrote in their own way is left to them.
func TestGermanNamesOfTheNotation(t *testing.T) {
	for written, german := range map[string]string{
		"Mo-Fr 08:00-17:00":                             "Mo-Fr 08:00-17:00",
		"Tu-Th 08:00-12:00,13:00-17:00; Sa,Su off":      "Di-Do 08:00-12:00,13:00-17:00; Sa,So geschlossen",
		"We 08:00-12:00; PH off":                        "Mi 08:00-12:00; Feiertag geschlossen",
		`Tu 08:00-12:00 "We ring the bell on Tuesdays"`: `Tu 08:00-12:00 "We ring the bell on Tuesdays"`,
		"Dienstag bis Donnerstag 8 bis 12 Uhr":          "Dienstag bis Donnerstag 8 bis 12 Uhr",
		"We are never there":                            "We are never there",
		"":                                              "",
	} {
		require.Equal(t, german, German(written))
		require.Equal(t, written, Notation(german))
	}
}
