package store

// Where everything lies in the file. Documents are what people put in; all else
// is derived from them in the same transaction and can be rebuilt.

import (
	"encoding/binary"
	"fmt"
	"strings"

	"doppelpass/model"
	bolt "doppelpass/store/sealed"
)

// schemaVersion is the layout this program writes. An older file is migrated,
// a newer one is refused.
const schemaVersion = 3

// firstSealed is the schema version from which on everything in the file bears a seal.
const firstSealed = 3

const applicationID = "doppelpass"

var (
	metaBucket = []byte("meta")

	keyApplication = []byte("application")
	keySchema      = []byte("schema")
)

// document names a bucket of documents; its number stands in the history.
type document byte

// The documents. Visits and calls are kept in blocks, one an account and year:
// most questions ask for the contacts of one account, newest first, and a block
// spares the file's overhead for each of millions of small records.
const (
	docSettings    document = iota + 1
	docReps                 // code → rep
	docTerritories          // code → territory
	docAccounts             // account number → account
	docCampaigns            // code → campaign
	docVisits               // account number, year → visits of that year
	docCalls                // account number, year → calls of that year
	docPlan                 // account number, day, rep code → planned visit
	docContacts             // account number, name → person at the account
	docOptOuts              // account code, hashed number → line of the book of opt-outs
	docConsents             // account code, identity → line of the consent book
	docAbsences             // rep code, day, time, weekdays → absence
	docAnswers              // identity → answer to a signal
	docPeople               // code → person
	docFollowUps            // identity → what a call left to be done
	docSettled              // rep code, day, account code, which of the day's → settled visit
	docOutLists             // code → call list that was handed out
	docAsides               // identity → what stands aside
	docErasures             // identity → line of the deletion book
)

// keyFits reports whether the document may have such a key.
func (d document) keyFits(key []byte) bool {
	switch d {
	case docAccounts:
		return len(key) == 4
	case docVisits, docCalls:
		return len(key) == 6
	case docPlan:
		return len(key) >= 8
	case docContacts:
		return len(key) > 4
	}
	return documentBuckets[d] != nil && len(key) > 0
}

// The derived buckets and what the history needs.
var (
	accountNumbers = []byte("account numbers")  // code → account number
	contactsBucket = []byte("contacts")         // account number → days of counted visits, marks of calls
	reportsBucket  = []byte("reports")          // rep code → days with rows of any kind
	dayIndex       = []byte("visits by day")    // day, word of the rep → account numbers
	visitIDs       = []byte("visit identities") // own identity that the row's fields do not give → account number, day
	callIDs        = []byte("call identities")  // the same of calls
	formerNumbers  = []byte("former numbers")   // code of an account that is gone → the number it had
	wordsBucket    = []byte("words")            // word number → word; numbers are never given twice
	journalBucket  = []byte("journal")          // step → entry; only ever added to
	editsBucket    = []byte("journal edits")    // step, part → what the step changed
	reversedBucket = []byte("journal reversed") // step → the step that took it back and stands
	// saidBucket is made when something is said first: programs that do not know of it leave it.
	saidBucket   = []byte("journal said") // step → what it has said that others had done already (see model.Rebased)
	memoryBucket = []byte("memory")       // what the program remembers outside the history: column mappings, place tables
)

// rowIDs is where the own identities of a table's rows are looked up.
var rowIDs = map[model.Table][]byte{model.TableVisits: visitIDs, model.TableCalls: callIDs}

var otherBuckets = [...][]byte{
	metaBucket, accountNumbers, contactsBucket, reportsBucket, dayIndex, visitIDs, callIDs, formerNumbers, wordsBucket,
	journalBucket, editsBucket, reversedBucket, memoryBucket, namesBucket,
}

// createSchema lays out an empty store.
func createSchema(tx *bolt.Tx) error {
	if err := createBuckets(tx); err != nil {
		return err
	}
	meta := tx.Bucket(metaBucket)
	if err := meta.Put(keyApplication, []byte(applicationID)); err != nil {
		return err
	}
	if _, err := numberKey(tx); err != nil {
		return err
	}
	return meta.Put(keySchema, binary.BigEndian.AppendUint32(nil, schemaVersion))
}

func createBuckets(tx *bolt.Tx) error {
	for _, bucket := range documentBuckets {
		if _, err := tx.CreateBucketIfNotExists(bucket); err != nil {
			return fmt.Errorf("creating %s: %w", bucket, err)
		}
	}
	for _, bucket := range otherBuckets {
		if _, err := tx.CreateBucketIfNotExists(bucket); err != nil {
			return fmt.Errorf("creating %s: %w", bucket, err)
		}
	}
	return nil
}

// readSchema is the schema version of an open file; an error says that the file
// is not a store at all.
func readSchema(tx *bolt.Tx) (uint32, error) {
	meta := tx.Bucket(metaBucket)
	if meta == nil {
		return 0, ErrNotAStore
	}
	application, value := meta.Get(keyApplication), meta.Get(keySchema)
	switch {
	case tx.Sealed() != (len(value) == 4 && binary.BigEndian.Uint32(value) >= firstSealed) && strings.HasPrefix(string(application), applicationID):
		return 0, bolt.Broken{Bucket: string(metaBucket), Detail: "it does not say what the file is"}
	case string(application) != applicationID, len(value) != 4:
		return 0, ErrNotAStore
	}
	return binary.BigEndian.Uint32(value), nil
}

// accountNumber is the short name of an account within the store. Numbers are
// given in order and never twice, so that a deletion can be undone.
type accountNumber uint32

func (n accountNumber) key() []byte { return binary.BigEndian.AppendUint32(nil, uint32(n)) }

// block is the key of an account's visits or calls of one year.
func (n accountNumber) block(year int) []byte {
	return binary.BigEndian.AppendUint16(n.key(), uint16(year))
}

func numberIn(key []byte) accountNumber { return accountNumber(uint32At(key, 0)) }

func yearIn(blockKey []byte) int { return int(uint16At(blockKey, 4)) }

// planKey orders an account's planned visits by day. nth is empty for the first of a rep's
// on a day; behind a further one's it stands after a byte that no code holds.
func planKey(n accountNumber, day model.Date, rep, nth string) []byte {
	key := append(binary.BigEndian.AppendUint32(n.key(), uint32(day)), rep...)
	if nth == "" {
		return key
	}
	return append(append(key, 0), nth...)
}

// dayKey orders the index of visits by day, then rep.
func dayKey(day model.Date, rep wordNumber) []byte {
	return binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, uint32(day)), uint32(rep))
}

// stepKey orders the history.
func stepKey(step uint64) []byte { return binary.BigEndian.AppendUint64(nil, step) }
