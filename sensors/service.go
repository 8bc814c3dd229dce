package sensors

import (
	"log/slog"
	"time"

	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/ids"
	"yijianyou/internal/store"
)

// Options are what a Service needs; nothing but Log may be missing.
type Options struct {
	Store     *store.Store // with the Collections of this package
	Catalogue Catalogue
	Orders    Orders
	Loans     Loans
	Assets    Assets
	Areas     Areas
	Retention Retention
	Log       *slog.Logger // nil means slog.Default()
	// After is the clock of pauses; nil means time.After. What time it is the
	// Store says.
	After func(time.Duration) <-chan time.Time
}

// Service keeps devices, zones, tags and alarms, and takes in samples. It is
// safe for concurrent use.
type Service struct {
	st        *store.Store
	catalogue Catalogue
	orders    Orders
	loans     Loans
	assets    Assets
	areas     Areas
	retention Retention
	log       *slog.Logger
	after     func(time.Duration) <-chan time.Time

	gate   *gate  // of devices that log in
	tally  *tally // of refusals that are not written yet
	pipe   *pipeline
	places *locations
	means  *dayMeans                         // of instruments outdoors
	track  func(*store.Tx, []Sighting) error // stores sightings, in any order, and derives where tags are

	Devices *Register[Device, DeviceFields]
	Zones   *Register[Zone, ZoneFields]
	Tags    *Register[Tag, TagFields]
	Rules   *Register[Rule, RuleFields]
	Windows *Register[Maintenance, MaintenanceFields]
}

// New returns the service. It panics when an option is missing.
func New(o Options) *Service {
	if o.Store == nil || o.Catalogue == nil || o.Orders == nil || o.Loans == nil || o.Assets == nil || o.Areas == nil {
		panic("sensors: New needs Store, Catalogue, Orders, Loans, Assets and Areas")
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.After == nil {
		o.After = time.After
	}
	s := &Service{st: o.Store, catalogue: o.Catalogue, orders: o.Orders, loans: o.Loans, assets: o.Assets, areas: o.Areas, retention: o.Retention, log: o.Log,
		after: o.After, gate: newGate(), tally: newTally(), pipe: newPipeline(), places: &locations{}, means: &dayMeans{}}
	s.track = s.trackIn
	s.Devices = &Register[Device, DeviceFields]{st: o.Store, docs: deviceDocs, kind: deviceRules{s}}
	s.Zones = &Register[Zone, ZoneFields]{st: o.Store, docs: zoneDocs, kind: zoneRules{s}}
	s.Tags = &Register[Tag, TagFields]{st: o.Store, docs: tagDocs, kind: tagRules{s}}
	s.Rules = &Register[Rule, RuleFields]{st: o.Store, docs: ruleDocs, kind: ruleRules{s}}
	s.Windows = &Register[Maintenance, MaintenanceFields]{st: o.Store, docs: maintenanceDocs, kind: maintenanceRules{s}}
	return s
}

// Now is the time of the store, by which everything here is dated.
func (s *Service) Now() time.Time { return s.st.Now() }

// may returns nil when by may do action with what belongs to org; ErrNotFound
// when by may not even see it, ErrDenied otherwise.
func may(by actor.Actor, action, see actor.Action, org actor.OrgID) error {
	switch {
	case by.Can(action, org):
		return nil
	case by.Can(see, org):
		return ErrDenied.New()
	}
	return ErrNotFound.New()
}

// oneOrg returns the organisation of a list: the named one, or the only one in
// which by may do action.
//
// Errors: ErrDenied, ErrOrg.
func oneOrg(by actor.Actor, action actor.Action, org actor.OrgID) (actor.OrgID, error) {
	orgs, all := by.Orgs(action)
	if org == "" && !all && len(orgs) == 1 {
		org = orgs[0]
	}
	switch {
	case !all && len(orgs) == 0:
		return "", ErrDenied.New()
	case !ids.ValidSlug(string(org)):
		return "", fault.InvalidFields([]fault.Field{ErrOrg.At("query.org")})
	case !by.Can(action, org):
		return "", ErrNotFound.New()
	}
	return org, nil
}
