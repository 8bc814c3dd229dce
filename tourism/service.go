package tourism

import (
	"context"
	"errors"
	"runtime"
	"strconv"

	"yijianyou/heritage"
	"yijianyou/internal/actor"
	"yijianyou/internal/fault"
	"yijianyou/internal/store"
	"yijianyou/tourism/comfort/calendar"
)

// Options are what a Service needs; nothing of it but Crowds and Expectations may be missing.
type Options struct {
	Store     *store.Store // with the Collections of this package and of heritage
	Assets    heritage.Assets
	Catalogue Catalogue
	SortKey   heritage.SortKey
	Crowds    Crowds // nil: nothing is counted, and every area is unknown

	Expectations Expectations // nil: what is foretold, else that it stays as full as it is now
}

// Service keeps the visitor side: one register for each type of record. It is
// safe for concurrent use.
type Service struct {
	st        *store.Store
	assets    heritage.Assets
	catalogue Catalogue
	crowds    Crowds
	tools     tools
	forecasts forecasts

	expectations Expectations
	remembered   *store.Memo[*terrain] // what planning reads of an area
	cities       *store.Memo[*city]    // what it reads of a city
	planning     chan struct{}         // holds one for each plan that is being made

	Areas   *Register[AreaFields]
	Spots   *Register[SpotFields]
	Paths   *Register[PathFields]
	Stories *Register[StoryFields]
}

// tools are what normalising needs from outside.
type tools struct{ sortKey heritage.SortKey }

// New returns the service. It panics when an option is missing.
func New(o Options) *Service {
	if o.Store == nil || o.Assets == nil || o.Catalogue == nil || o.SortKey == nil {
		panic("tourism: New needs Store, Assets, Catalogue and SortKey")
	}
	s := &Service{st: o.Store, assets: o.Assets, catalogue: o.Catalogue, crowds: o.Crowds, tools: tools{sortKey: o.SortKey}}
	if s.expectations = o.Expectations; s.expectations == nil {
		s.expectations = foreseen{s}
	}
	s.remembered, s.cities = store.NewMemo[*terrain](o.Store, maxTerrains), store.NewMemo[*city](o.Store, maxCities)
	s.planning = make(chan struct{}, runtime.GOMAXPROCS(0))
	var err error
	if s.forecasts.china, err = calendar.China(); err != nil {
		panic("tourism: " + err.Error()) // the data of the program itself
	}
	s.Areas = &Register[AreaFields]{s: s, kind: KindArea, docs: areaDocs}
	s.Spots = &Register[SpotFields]{s: s, kind: KindSpot, docs: spotDocs}
	s.Paths = &Register[PathFields]{s: s, kind: KindPath, docs: pathDocs}
	s.Stories = &Register[StoryFields]{s: s, kind: KindStory, docs: storyDocs}
	return s
}

// content is what the register needs of the content of a record, whatever its
// type. The pointers of the four Content types implement it.
type content interface {
	normalise(tools)          // bring into the stored form; doing it twice changes nothing
	check(*heritage.Findings) // rules that need nothing but the content
	assets() []string         // ids of the pictures
	refs() []reference        // other records that it names
}

// reference is a member that names another record.
type reference struct {
	path    string // JSON path
	kind    string // of this package or of heritage
	id      string // "" none
	sameOrg bool   // the other must be of the same organisation
	inArea  AreaID // a spot must be of this area
}

var (
	_ content = (*AreaFields)(nil)
	_ content = (*SpotFields)(nil)
	_ content = (*PathFields)(nil)
	_ content = (*StoryFields)(nil)
)

// of returns f as content.
func of[F Content](f *F) content { return any(f).(content) }

// at returns the JSON path of the i-th element of a list.
func at(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }

// checkRefs finds the members of f that name records which do not exist or to
// which by may not refer, and pictures that are another organisation's. old is
// the stored content, nil for a new record: what it already named is not asked
// again.
func checkRefs[F Content](ctx context.Context, s *Service, r store.Reader, by actor.Actor, org actor.OrgID, f, old *F) ([]fault.Field, error) {
	var wrong []fault.Field
	had := make(map[reference]bool)
	var pictures []string
	if old != nil {
		for _, ref := range of(old).refs() {
			ref.path = ""
			had[ref] = true
		}
		pictures = of(old).assets()
	}
	for _, ref := range of(f).refs() {
		key := ref
		key.path = ""
		if ref.id == "" || had[key] {
			continue
		}
		w, err := s.checkRef(ctx, r, by, org, ref)
		if err != nil {
			return nil, err
		}
		wrong = append(wrong, w...)
	}
	shown := of(f).assets()
	if story, ok := any(f).(*StoryFields); ok {
		shown = shown[:len(story.Images)]
		more, err := heritage.CheckPlayable(ctx, s.assets, r, org, story.Media, pictures)
		if err != nil {
			return nil, err
		}
		wrong = append(wrong, more...)
	}
	more, err := heritage.CheckAssets(ctx, s.assets, r, org, shown, pictures)
	return append(wrong, more...), err
}

func (s *Service) checkRef(ctx context.Context, r store.Reader, by actor.Actor, org actor.OrgID, ref reference) ([]fault.Field, error) {
	bad := []fault.Field{ErrReference.At(ref.path)}
	var owner actor.OrgID
	public := false
	switch Kind(ref.kind) {
	case KindArea:
		d, err := areaDocs.Get(ctx, r, ref.id)
		if errors.Is(err, store.ErrNotFound) {
			return bad, nil
		} else if err != nil {
			return nil, err
		}
		owner, public = d.Org, d.Shown != nil
	case KindSpot:
		d, err := spotDocs.Get(ctx, r, ref.id)
		if errors.Is(err, store.ErrNotFound) {
			return bad, nil
		} else if err != nil {
			return nil, err
		}
		if ref.inArea != "" && d.Fields.AreaID != ref.inArea {
			return []fault.Field{ErrOtherArea.At(ref.path)}, nil
		}
		owner, public = d.Org, d.Shown != nil
	default:
		_, org, shown, err := s.catalogue.Name(ctx, r, heritage.Kind(ref.kind), ref.id)
		if err != nil && fault.KindOf(err) == fault.NotFound {
			return bad, nil
		} else if err != nil {
			return nil, err
		}
		if !shown && !by.Can(actor.RecordRead, org) {
			return bad, nil
		}
		return nil, nil
	}
	if ref.sameOrg && owner != org || owner != org && !public && !by.Can(actor.AreaRead, owner) {
		return bad, nil
	}
	return nil, nil
}
