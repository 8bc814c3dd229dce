package actor

// Action is something that one may do with the records of an organisation.
type Action string

const (
	RecordRead      Action = "record.read"      // staff view of relics, sites, museums, places, drafts included
	RecordWrite     Action = "record.write"     // create and change them
	RecordRemove    Action = "record.remove"    // delete with a tombstone
	RecordReview    Action = "record.review"    // draft -> in review -> reviewed
	RecordPublish   Action = "record.publish"   // hidden -> published -> withdrawn
	RecordImport    Action = "record.import"    // load files, undo a load
	LedgerWrite     Action = "ledger.write"     // accession, loan, transfer, deaccession in the 总登记账
	LocationRead    Action = "location.read"    // store locations and confidential coordinates
	AreaRead        Action = "area.read"        // staff view of areas, spots, stories
	AreaWrite       Action = "area.write"       // create and change them
	AreaPublish     Action = "area.publish"     // show them to the public
	MediaWrite      Action = "media.write"      // upload, order, withdraw pictures
	AccountRead     Action = "account.read"     // list accounts and grants
	AccountWrite    Action = "account.write"    // create, lock, grant, reset second factor
	AuditRead       Action = "audit.read"       // the audit trail
	MovementRead    Action = "movement.read"    // see movement orders
	MovementRequest Action = "movement.request" // ask for one
	MovementApprove Action = "movement.approve" // approve one that another asked for
	AlarmRead       Action = "alarm.read"       // see alarms
	MovementHand    Action = "movement.hand"    // hand over and take back what an order covers
	AlarmAnswer     Action = "alarm.answer"     // acknowledge, verify, resolve
	AlarmSetup      Action = "alarm.setup"      // who must answer alarms, and who outside is told of them
	DeviceRead      Action = "device.read"      // readers, tags, zones, positions, counts, what was refused
	DeviceWrite     Action = "device.write"     // readers, tags, zones
)

// Actions lists every action, for screens that show what somebody may do.
var Actions = []Action{RecordRead, RecordWrite, RecordRemove, RecordReview, RecordPublish, RecordImport, LedgerWrite, LocationRead, AreaRead, AreaWrite,
	AreaPublish, MediaWrite, AccountRead, AccountWrite, AuditRead, MovementRead, MovementRequest, MovementApprove, MovementHand, AlarmRead, AlarmAnswer, AlarmSetup, DeviceRead, DeviceWrite}

// table is the one place that joins roles and actions. The auditor reads and
// never writes; the administrator rules accounts and can erase nothing.
var table = map[Role][]Action{
	Admin:       {AccountRead, AccountWrite, AuditRead, RecordRead, AreaRead, MovementRead, AlarmRead, AlarmSetup, DeviceRead},
	Registrar:   {RecordRead, RecordWrite, RecordRemove, RecordImport, RecordPublish, LedgerWrite, LocationRead, MediaWrite, MovementRead, MovementRequest, MovementHand, AuditRead, DeviceRead},
	Keeper:      {RecordRead, RecordWrite, LocationRead, MediaWrite, MovementRead, MovementRequest, MovementHand, AlarmRead, AlarmAnswer, DeviceRead, DeviceWrite},
	Approver:    {RecordRead, LocationRead, MovementRead, MovementApprove, AlarmRead, AlarmAnswer, AlarmSetup, DeviceRead},
	Reviewer:    {RecordRead, RecordReview, RecordPublish, AreaRead, AreaPublish, LocationRead, AuditRead},
	AreaManager: {AreaRead, AreaWrite, AreaPublish, MediaWrite, AlarmRead, AlarmAnswer, AlarmSetup, DeviceRead, DeviceWrite},
	Dispatcher:  {AreaRead, AlarmRead, AlarmAnswer, MovementRead, DeviceRead},
	Auditor:     {RecordRead, LocationRead, AreaRead, AccountRead, AuditRead, MovementRead, AlarmRead, DeviceRead},
}

// RoleCan reports whether role carries action.
func RoleCan(role Role, action Action) bool {
	for _, a := range table[role] {
		if a == action {
			return true
		}
	}
	return false
}

// ValidRole reports whether r is one of Roles.
func ValidRole(r Role) bool {
	_, ok := table[r]
	return ok
}

// Incompatible returns the pair of roles in grants that one account may not
// hold in one organisation: registrar and keeper (总账 and 库房 are kept by two
// persons, so that neither can hide a loss). ok is false when there is none.
func Incompatible(grants []Grant) (a, b Grant, ok bool) {
	for _, x := range grants {
		if x.Role != Registrar {
			continue
		}
		for _, y := range grants {
			if y.Role == Keeper && (y.Org == x.Org || y.Org == CityWide || x.Org == CityWide) {
				return x, y, true
			}
		}
	}
	return Grant{}, Grant{}, false
}
