package actor

// OrgID names an organisation (a museum, a scenic area, an authority): a slug
// of 1 to 64 of a-z, 0-9 and hyphen. "*" means city-wide in a grant and is no
// organisation of a record.
type OrgID string

// CityWide in a Grant stands for every organisation.
const CityWide OrgID = "*"

// Kind is what sort of actor it is.
type Kind uint8

const (
	Public Kind = iota // a visitor; no account, no grants
	Staff              // a person with an account
	Device             // a reader, a gate, a sensor
	System             // the program itself
)

// Role is a set of actions that a person holds in an organisation.
type Role string

const (
	Admin       Role = "admin"      // 系统管理员: accounts and settings, not records
	Registrar   Role = "registrar"  // 总账管理员: the ledger and the catalogue
	Keeper      Role = "keeper"     // 库房保管员: the store, hand-over, condition
	Approver    Role = "approver"   // 保管部主任 or 主管馆领导: approves movements
	Reviewer    Role = "reviewer"   // 审核员: reviews and publishes records
	AreaManager Role = "manager"    // 景区管理员: areas, spots, limits, notices
	Dispatcher  Role = "dispatcher" // 调度员: live levels, alarms, incidents
	Auditor     Role = "auditor"    // 审计员: reads everything, writes nothing
)

// Roles lists every role in the order in which screens show them.
var Roles = []Role{Admin, Registrar, Keeper, Approver, Reviewer, AreaManager, Dispatcher, Auditor}

// Grant is a role held in an organisation.
type Grant struct {
	Role Role  `bson:"role" json:"role"`
	Org  OrgID `bson:"org" json:"org"`
}

// Actor is who acts. It is a value: the session reader makes one for each
// request. Grants are never changed after that.
type Actor struct {
	Kind      Kind
	ID        string // account id, device id, or the name of a system part such as "import"
	Name      string // what history shows; empty for the public
	Grants    []Grant
	RequestID string // of the HTTP request, kept in history
}

// Nobody is the public.
func Nobody() Actor { return Actor{Kind: Public} }

// SystemPart is the program itself acting through the named part.
func SystemPart(name string) Actor { return Actor{Kind: System, ID: name, Name: name} }

// Can reports whether a may do action with a record of org.
func (a Actor) Can(action Action, org OrgID) bool {
	if a.Kind == System {
		return true
	}
	if a.Kind != Staff {
		return false
	}
	for _, g := range a.Grants {
		if (g.Org == org || g.Org == CityWide) && RoleCan(g.Role, action) {
			return true
		}
	}
	return false
}

// CanSomewhere reports whether a may do action in any organisation at all.
func (a Actor) CanSomewhere(action Action) bool {
	orgs, all := a.Orgs(action)
	return all || len(orgs) > 0
}

// Orgs returns the organisations in which a may do action; all is true when it
// is every organisation, and orgs is then nil. The order is that of the grants,
// without repeats.
func (a Actor) Orgs(action Action) (orgs []OrgID, all bool) {
	if a.Kind == System {
		return nil, true
	}
	if a.Kind != Staff {
		return nil, false
	}
	seen := make(map[OrgID]bool)
	for _, g := range a.Grants {
		if !RoleCan(g.Role, action) {
			continue
		}
		if g.Org == CityWide {
			return nil, true
		}
		if !seen[g.Org] {
			seen[g.Org] = true
			orgs = append(orgs, g.Org)
		}
	}
	return orgs, false
}

// Has reports whether a holds role in org or city-wide.
func (a Actor) Has(role Role, org OrgID) bool {
	for _, g := range a.Grants {
		if g.Role == role && (g.Org == org || g.Org == CityWide) {
			return true
		}
	}
	return false
}
