package store

// The tables as they are stored, one line each: the document that holds a table's
// records, how they are packed, and under which key a record lies. Visits and calls
// lie in blocks, many to a document; see block.go.

import (
	"encoding/binary"
	"fmt"

	"doppelpass/model"
	bolt "doppelpass/store/sealed"
)

// storedTable is a table whatever its records are.
type storedTable struct {
	table    model.Table
	document document
	bucket   []byte
	// pack and unpack turn one record into bytes that hold all of it, and back.
	pack   func(model.Record) []byte
	unpack func([]byte) (model.Record, error)
	// at is the key of the document that holds a record; nil where its account is not
	// known.
	at func(r reader, key model.Key) []byte
	// blocks says that a document holds many records.
	blocks bool
	// underAccount says that the account of a record must be there.
	underAccount bool
}

// The tables, in the order in which a change of several must be applied: what is
// referred to comes first.
var storedTables = [...]storedTable{
	stored(docSettings, "settings", (*codec).settings, func(reader, model.Key) []byte { return []byte("rules") }),
	stored(docReps, "reps", (*codec).rep, byCode),
	stored(docTerritories, "territories", (*codec).territory, byCode),
	stored(docAccounts, "accounts", (*codec).account, reader.accountKey),
	stored(docContacts, "contact persons", (*codec).contact, reader.contactKey).ofAccount(),
	stored(docCampaigns, "campaigns", (*codec).campaign, byCode),
	stored(docVisits, "visits", (*codec).visit, reader.blockKey).ofAccount().inBlocks(),
	stored(docCalls, "calls", (*codec).call, reader.blockKey).ofAccount().inBlocks(),
	stored(docPlan, "plan", (*codec).planned, reader.planKey).ofAccount(),
	stored(docAnswers, "answers", (*codec).answer, func(_ reader, key model.Key) []byte { return key.ID[:] }),
	stored(docFollowUps, "follow-ups", (*codec).followUp, func(_ reader, key model.Key) []byte { return key.ID[:] }),
	stored(docOutLists, "call lists", (*codec).outList, byCode),
	stored(docAsides, "asides", (*codec).aside, func(_ reader, key model.Key) []byte { return key.ID[:] }),
	stored(docConsents, "consent book", (*codec).consent, func(_ reader, key model.Key) []byte { return consentKey(key.Code, key.ID) }),
	stored(docAbsences, "absences", (*codec).absence, func(_ reader, key model.Key) []byte { return absenceKey(key) }),
	stored(docSettled, "settled visits", (*codec).settled, func(_ reader, key model.Key) []byte { return settledKey(key) }),
	stored(docPeople, "people", (*codec).person, byCode),
	stored(docErasures, "erasures", (*codec).erasure, func(_ reader, key model.Key) []byte { return key.ID[:] }),
	stored(docOptOuts, "opt-outs", (*codec).optOut, func(_ reader, key model.Key) []byte { return []byte(key.Code + "\x00" + key.By) }),
}

// The packing of each table's records.
var (
	repCodec       = newRecordCodec(model.RepFields, (*codec).rep1)
	territoryCodec = newRecordCodec(model.TerritoryFields, (*codec).territory1)
	accountCodec   = newRecordCodec(model.AccountFields, (*codec).account1).withFirst(22, firstOfAccount)
	contactCodec   = newRecordCodec(model.ContactFields, nil)
	campaignCodec  = newRecordCodec(model.CampaignFields, (*codec).campaign1)
	visitCodec     = newRecordCodec(model.VisitFields, nil)
	callCodec      = newRecordCodec(model.CallFields, nil)
	plannedCodec   = newRecordCodec(model.PlannedVisitFields, (*codec).planned1)
	answerCodec    = newRecordCodec(model.AnswerFields, nil)
	followUpCodec  = newRecordCodec(model.FollowUpFields, nil)
	consentCodec   = newRecordCodec(model.ConsentFields, nil)
	absenceCodec   = newRecordCodec(model.AbsenceFields, nil)
	settledCodec   = newRecordCodec(model.SettledFields, nil)
	personCodec    = newRecordCodec(model.PersonFields, nil)
	outListCodec   = newRecordCodec(model.OutListFields, nil)
	erasureCodec   = newRecordCodec(model.ErasureFields, nil)
	optOutCodec    = newRecordCodec(model.OptOutFields, nil)
	asideCodec     = newRecordCodec(model.SetAsideFields, nil)
)

func (c *codec) rep(r *model.Rep)              { repCodec.code(c, r) }
func (c *codec) territory(t *model.Territory)  { territoryCodec.code(c, t) }
func (c *codec) account(a *model.Account)      { accountCodec.code(c, a) }
func (c *codec) contact(p *model.Contact)      { contactCodec.code(c, p) }
func (c *codec) campaign(m *model.Campaign)    { campaignCodec.code(c, m) }
func (c *codec) visit(v *model.Visit)          { visitCodec.code(c, v) }
func (c *codec) call(v *model.Call)            { callCodec.code(c, v) }
func (c *codec) planned(p *model.PlannedVisit) { plannedCodec.code(c, p) }
func (c *codec) answer(a *model.Answer)        { answerCodec.code(c, a) }
func (c *codec) followUp(f *model.FollowUp)    { followUpCodec.code(c, f) }
func (c *codec) consent(l *model.ConsentLine)  { consentCodec.code(c, l) }
func (c *codec) absence(a *model.Absence)      { absenceCodec.code(c, a) }
func (c *codec) settled(s *model.SettledVisit) { settledCodec.code(c, s) }
func (c *codec) person(p *model.Person)        { personCodec.code(c, p) }
func (c *codec) outList(l *model.OutList)      { outListCodec.code(c, l) }
func (c *codec) erasure(e *model.Erasure)      { erasureCodec.code(c, e) }
func (c *codec) optOut(o *model.OptOut)        { optOutCodec.code(c, o) }
func (c *codec) aside(a *model.SetAside)       { asideCodec.code(c, a) }

func stored[R model.Record](d document, bucket string, fields func(*codec, *R), at func(reader, model.Key) []byte) storedTable {
	var r R
	return storedTable{
		table: r.Key().Table, document: d, bucket: []byte(bucket), at: at,
		pack: func(r model.Record) []byte { return encode(fields, r.(R)) },
		unpack: func(value []byte) (model.Record, error) {
			record, err := decode(fields, value)
			if err != nil {
				return nil, err
			}
			return record, nil
		},
	}
}

func (t storedTable) inBlocks() storedTable {
	t.blocks = true
	return t
}

func (t storedTable) ofAccount() storedTable {
	t.underAccount = true
	return t
}

var (
	documentBuckets = map[document][]byte{}
	documentOf      = map[model.Table]document{}
	tableIn         = map[document]*storedTable{}
	documents       []document // in the tables' order
)

func init() {
	for i := range storedTables {
		t := &storedTables[i]
		documentBuckets[t.document], documentOf[t.table], tableIn[t.document] = t.bucket, t.document, t
		documents = append(documents, t.document)
	}
}

// tableOf is a table as it is stored; nil where there is no such table.
func tableOf(table model.Table) *storedTable { return tableIn[documentOf[table]] }

// reader reads records within a transaction.
type reader struct {
	tx    *bolt.Tx
	coder blockCoder
}

// absenceKey is rep, day, time and weekdays.
func absenceKey(key model.Key) []byte {
	at := append([]byte(key.Code), 0)
	at = binary.BigEndian.AppendUint32(at, uint32(key.Date))
	at = binary.BigEndian.AppendUint16(at, uint16(key.Time))
	return append(at, key.By...)
}

// settledKey orders settled visits by rep, then by day.
func settledKey(key model.Key) []byte {
	return append(append(settledFrom(key.By, key.Date), key.Code...), "\x00"+key.Ref...)
}

// settledFrom is where a rep's settled visits of a day begin.
func settledFrom(rep string, day model.Date) []byte {
	return binary.BigEndian.AppendUint32(append([]byte(rep), 0), uint32(day))
}

func byCode(_ reader, key model.Key) []byte { return []byte(key.Code) }

// number is an account's number by its code.
func (r reader) number(code string) (accountNumber, bool) {
	value := r.tx.Bucket(accountNumbers).Get([]byte(code))
	if value == nil {
		return 0, false
	}
	return numberIn(value), true
}

func (r reader) accountKey(key model.Key) []byte {
	return r.ofAccount(key, func(n accountNumber) []byte { return n.key() })
}

func (r reader) contactKey(key model.Key) []byte {
	return r.ofAccount(key, func(n accountNumber) []byte { return append(n.key(), key.By...) })
}

func (r reader) blockKey(key model.Key) []byte {
	return r.ofAccount(key, func(n accountNumber) []byte { return n.block(yearOf(key.Date)) })
}

func (r reader) planKey(key model.Key) []byte {
	return r.ofAccount(key, func(n accountNumber) []byte { return planKey(n, key.Date, key.By, key.Ref) })
}

func (r reader) ofAccount(key model.Key, at func(accountNumber) []byte) []byte {
	n, ok := r.number(key.Code)
	if !ok {
		return nil
	}
	return at(n)
}

// get reads one record; NotFound when there is none. A key of a visit or call
// without an identity means the first row with its account, day, time, rep or
// agent, and identifier.
func (r reader) get(key model.Key) (model.Record, error) {
	t := tableOf(key.Table)
	if t == nil {
		return nil, NotFound{key}
	}
	if t.blocks {
		return r.row(key)
	}
	at := t.at(r, key)
	if at == nil {
		return nil, NotFound{key}
	}
	value := r.tx.Bucket(t.bucket).Get(at)
	if value == nil {
		return nil, NotFound{key}
	}
	record, err := t.unpack(value)
	if err != nil {
		return nil, fmt.Errorf("reading %s %q: %w", key.Table, key.Code, err)
	}
	return record, nil
}

// row reads a visit or call: in the block where its key says it lies, or wherever
// it was moved.
func (r reader) row(key model.Key) (model.Record, error) {
	rows, err := r.rowsAt(key)
	if err != nil {
		return nil, fmt.Errorf("reading %s of %q: %w", key.Table, key.Code, err)
	}
	if i := findRow(rows, key); i >= 0 {
		return rows[i], nil
	}
	if key.ID == (model.RowID{}) {
		return nil, NotFound{key}
	}
	places, err := candidates(r.tx.Bucket(rowIDs[key.Table]), key.ID)
	if err != nil {
		return nil, err
	}
	for _, p := range places {
		value := r.tx.Bucket(documentBuckets[docAccounts]).Get(p.account.key())
		code, err := accountCode(value)
		if err != nil {
			return nil, fmt.Errorf("account number %d: %w", p.account, err)
		}
		rows, err := r.rowsAt(model.Key{Table: key.Table, Code: code, Date: p.day})
		if err != nil {
			return nil, fmt.Errorf("reading %s of %q: %w", key.Table, code, err)
		}
		if i := findRow(rows, key); i >= 0 {
			return rows[i], nil
		}
	}
	return nil, NotFound{key}
}

// rowsAt are the rows of the block in which a key lies.
func (r reader) rowsAt(key model.Key) ([]model.Record, error) {
	at := r.blockKey(key)
	if at == nil {
		return nil, nil
	}
	value := r.tx.Bucket(documentBuckets[documentOf[key.Table]]).Get(at)
	return r.coder.decodeRows(key.Table, key.Code, yearOf(key.Date), value)
}

// findRow is the place of the row that a key means; −1 when it is not there.
func findRow(rows []model.Record, key model.Key) int {
	for i, row := range rows {
		k := row.Key()
		if key.ID != (model.RowID{}) {
			if k.ID == key.ID {
				return i
			}
			continue
		}
		k.ID = key.ID
		if k == key {
			return i
		}
	}
	return -1
}
