package heritage

import "yijianyou/heritage/vocab"

// SiteFields is what the register says of an immovable site, after the forms
// of the national census and the notices of the State Council.
type SiteFields struct {
	Name        Text     `bson:"name" json:"name"` // Chinese required
	Aliases     []string `bson:"aliases,omitempty" json:"aliases,omitempty" validate:"max=50,dive,max=200"`
	FormerNames []string `bson:"formerNames,omitempty" json:"formerNames,omitempty" validate:"max=50,dive,max=200"` // 曾用名
	Traditional string   `bson:"traditional,omitempty" json:"traditional,omitempty" validate:"max=200"`
	Reading     string   `bson:"reading,omitempty" json:"reading,omitempty" validate:"max=300"`

	Class    vocab.Code `bson:"class,omitempty" json:"class,omitempty" validate:"omitempty,term=site-class"`       // list site-class, six
	Type     vocab.Code `bson:"type,omitempty" json:"type,omitempty" validate:"omitempty,term=site-type"`          // list site-type, a child of Class
	Level    vocab.Code `bson:"level,omitempty" json:"level,omitempty" validate:"omitempty,term=protection-level"` // list protection-level
	Batch    *int       `bson:"batch,omitempty" json:"batch,omitempty" validate:"omitempty,min=1,max=100"`         // of the notice, 1 to 8 for national units so far
	ListedOn Day        `bson:"listedOn,omitempty" json:"listedOn,omitempty" validate:"day"`                       // date of the notice

	OfficialNumber string `bson:"officialNumber,omitempty" json:"officialNumber,omitempty" validate:"max=60"`   // of the notice, such as 1-0099-3-012; unique
	SurveyNumber   string `bson:"surveyNumber,omitempty" json:"surveyNumber,omitempty" validate:"max=60"`       // of the census
	MergedInto     SiteID `bson:"mergedInto,omitempty" json:"mergedInto,omitempty" validate:"omitempty,uuid"`   // this entry of the list was joined to an earlier unit
	Supplements    SiteID `bson:"supplements,omitempty" json:"supplements,omitempty" validate:"omitempty,uuid"` // this entry adds to an earlier unit (supplementary entry)
	PartOf         SiteID `bson:"partOf,omitempty" json:"partOf,omitempty" validate:"omitempty,uuid"`

	Period   Period   `bson:"period" json:"period" required:"false"`
	Division Division `bson:"division" json:"division" required:"false"` // where it is, in today's names
	AsListed Division `bson:"asListed" json:"asListed" required:"false"` // where it was, in the words of the notice
	Address  Text     `bson:"address" json:"address" required:"false"`

	Location  *GeoPoint `bson:"location,omitempty" json:"location,omitempty"`
	AltitudeM *float64  `bson:"altitudeM,omitempty" json:"altitudeM,omitempty" validate:"omitempty,min=-500,max=9000"`
	AreaM2    *float64  `bson:"areaM2,omitempty" json:"areaM2,omitempty" validate:"omitempty,gt=0,max=1000000000000"`
	Unopened  bool      `bson:"unopened,omitempty" json:"unopened,omitempty"` // an unopened tomb or buried site: the exact place is never public

	Ownership  vocab.Code   `bson:"ownership,omitempty" json:"ownership,omitempty" validate:"omitempty,term=ownership"`          // 权属, list ownership
	User       string       `bson:"user,omitempty" json:"user,omitempty" validate:"max=200"`                                     // 使用单位
	Keeper     string       `bson:"keeper,omitempty" json:"keeper,omitempty" validate:"max=200"`                                 // 管理单位
	Condition  vocab.Code   `bson:"condition,omitempty" json:"condition,omitempty" validate:"omitempty,term=site-condition"`     // 保存现状, list site-condition
	Threats    []vocab.Code `bson:"threats,omitempty" json:"threats,omitempty" validate:"max=20,dive,required,term=site-threat"` // list site-threat
	ThreatNote string       `bson:"threatNote,omitempty" json:"threatNote,omitempty" validate:"max=2000"`
	Vanished   bool         `bson:"vanished,omitempty" json:"vanished,omitempty"`
	Moved      bool         `bson:"moved,omitempty" json:"moved,omitempty"`
	FateNote   string       `bson:"fateNote,omitempty" json:"fateNote,omitempty" validate:"max=2000"` // why it vanished, where it was moved

	// 四有: nil is unknown.
	ProtectionZone *bool `bson:"protectionZone,omitempty" json:"protectionZone,omitempty"` // 保护范围 announced
	ControlZone    *bool `bson:"controlZone,omitempty" json:"controlZone,omitempty"`       // 建设控制地带 announced
	Marker         *bool `bson:"marker,omitempty" json:"marker,omitempty"`                 // 标志碑 stands

	OpenToPublic *bool     `bson:"openToPublic,omitempty" json:"openToPublic,omitempty"`
	Visiting     *Visiting `bson:"visiting,omitempty" json:"visiting,omitempty"` // nil: 以官方公告为准

	Images      []ImageRef `bson:"images,omitempty" json:"images,omitempty" validate:"max=100,dive"`
	Description Text       `bson:"description" json:"description" required:"false"`
	Sources     []Source   `bson:"sources,omitempty" json:"sources,omitempty" validate:"max=50,dive"`
	Notable     float64    `bson:"notable,omitempty" json:"notable,omitempty" validate:"min=0,max=1"` // fame, 0 to 1

	InternalNotes string `bson:"internalNotes,omitempty" json:"internalNotes,omitempty" validate:"max=10000"`
	Simulated     bool   `bson:"simulated,omitempty" json:"simulated,omitempty"`
	Unverified    bool   `bson:"unverified,omitempty" json:"unverified,omitempty"`

	SortKey  string   `bson:"sortKey" json:"-"`
	AssetIDs []string `bson:"assetIds,omitempty" json:"-"`
}

// Division is an administrative division. County and City may be unknown.
type Division struct {
	Province Text `bson:"province" json:"province" required:"false"` // 河南省
	City     Text `bson:"city" json:"city" required:"false"`         // prefecture level: 郑州市
	County   Text `bson:"county" json:"county" required:"false"`     // county level: 登封市
	Township Text `bson:"township" json:"township" required:"false"`
}

// IsZero reports whether nothing is known.
func (d Division) IsZero() bool {
	return d.Province.IsZero() && d.City.IsZero() && d.County.IsZero() && d.Township.IsZero()
}
