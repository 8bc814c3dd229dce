package heritage

import (
	"fmt"
	"time"

	"yijianyou/heritage/vocab"
)

// MuseumFields is what is known of a museum or another holder of relics.
type MuseumFields struct {
	Name        Text       `bson:"name" json:"name"` // Chinese required
	Aliases     []string   `bson:"aliases,omitempty" json:"aliases,omitempty" validate:"max=50,dive,max=200"`
	FormerNames []string   `bson:"formerNames,omitempty" json:"formerNames,omitempty" validate:"max=50,dive,max=200"`
	Traditional string     `bson:"traditional,omitempty" json:"traditional,omitempty" validate:"max=200"`
	Reading     string     `bson:"reading,omitempty" json:"reading,omitempty" validate:"max=300"`
	Grade       vocab.Code `bson:"grade,omitempty" json:"grade,omitempty" validate:"omitempty,term=museum-grade"`    // list museum-grade
	Nature      vocab.Code `bson:"nature,omitempty" json:"nature,omitempty" validate:"omitempty,term=holder-nature"` // list holder-nature

	Division Division  `bson:"division" json:"division" required:"false"`
	Address  Text      `bson:"address" json:"address" required:"false"`
	Location *GeoPoint `bson:"location,omitempty" json:"location,omitempty"`
	TimeZone string    `bson:"timeZone" json:"timeZone" validate:"max=60" required:"false"` // IANA name; "" becomes Asia/Shanghai
	Phone    string    `bson:"phone,omitempty" json:"phone,omitempty" validate:"max=60"`
	Website  string    `bson:"website,omitempty" json:"website,omitempty" validate:"omitempty,http_url,max=500"`
	Visiting *Visiting `bson:"visiting,omitempty" json:"visiting,omitempty"` // nil: 以官方公告为准

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

// zone returns the time zone by whose clock and calendar the museum works.
func (f *MuseumFields) zone() (*time.Location, error) {
	zone, err := time.LoadLocation(f.TimeZone)
	if err != nil {
		return nil, fmt.Errorf("heritage: time zone of a museum: %w", err)
	}
	return zone, nil
}
