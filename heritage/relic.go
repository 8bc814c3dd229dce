package heritage

import "yijianyou/heritage/vocab"

// RelicFields is what the register says of a movable relic: the fourteen items
// and the pictures of WW/T 0017-2013, and what the catalogue adds.
//
// Two relics may bear one name; holder and number tell them apart.
type RelicFields struct {
	// The ten basic items.
	Name         Text         `bson:"name" json:"name"`                                                                             // 名称; Chinese required
	Category     vocab.Code   `bson:"category,omitempty" json:"category,omitempty" validate:"omitempty,term=relic-category"`        // 类别, list relic-category
	Grade        vocab.Code   `bson:"grade,omitempty" json:"grade,omitempty" validate:"omitempty,term=relic-grade"`                 // 级别, list relic-grade
	Period       Period       `bson:"period" json:"period" required:"false"`                                                        // 年代
	Materials    []vocab.Code `bson:"materials,omitempty" json:"materials,omitempty" validate:"max=20,dive,required,term=material"` // 质地, list material
	Quantity     Quantity     `bson:"quantity" json:"quantity" required:"false"`                                                    // 数量
	Dimensions   []Dimension  `bson:"dimensions,omitempty" json:"dimensions,omitempty" validate:"max=50,dive"`                      // 外形尺寸
	Mass         Mass         `bson:"mass" json:"mass" required:"false"`                                                            // 质量
	Completeness vocab.Code   `bson:"completeness,omitempty" json:"completeness,omitempty" validate:"omitempty,term=completeness"`  // 完残程度, list completeness
	Defects      string       `bson:"defects,omitempty" json:"defects,omitempty" validate:"max=2000"`                               // 完残状况 in words
	Preservation vocab.Code   `bson:"preservation,omitempty" json:"preservation,omitempty" validate:"omitempty,term=preservation"`  // 保存状态, list preservation

	// The four items of custody. None of them but the holder is ever public.
	Acquisition    vocab.Code `bson:"acquisition,omitempty" json:"acquisition,omitempty" validate:"omitempty,term=acquisition"`           // 来源, list acquisition
	AcquiredFrom   string     `bson:"acquiredFrom,omitempty" json:"acquiredFrom,omitempty" validate:"max=500"`                            // from whom, in words
	PriceFen       *int64     `bson:"priceFen,omitempty" json:"priceFen,omitempty" validate:"omitempty,min=0"`                            // acquisition price in fen of CNY; nil unknown or none
	AccessionedOn  Day        `bson:"accessionedOn,omitempty" json:"accessionedOn,omitempty" validate:"day"`                              // 入藏时间, the date if known
	AccessionRange vocab.Code `bson:"accessionRange,omitempty" json:"accessionRange,omitempty" validate:"omitempty,term=accession-range"` // list accession-range; filled from the date if known
	Number         *Number    `bson:"number,omitempty" json:"number,omitempty"`                                                           // 藏品编号; unique in the museum by kind and value
	OtherNumbers   []Number   `bson:"otherNumbers,omitempty" json:"otherNumbers,omitempty" validate:"max=20,dive"`
	MuseumID       MuseumID   `bson:"museumId,omitempty" json:"museumId,omitempty" validate:"omitempty,uuid"` // 收藏单位

	Images []ImageRef `bson:"images,omitempty" json:"images,omitempty" validate:"max=100,dive"` // 照片, the first is the title picture

	// Names by which it may also be asked for.
	Aliases     []string `bson:"aliases,omitempty" json:"aliases,omitempty" validate:"max=50,dive,max=200"`         // other names in Chinese or English
	FormerNames []string `bson:"formerNames,omitempty" json:"formerNames,omitempty" validate:"max=50,dive,max=200"` // 曾用名
	Traditional string   `bson:"traditional,omitempty" json:"traditional,omitempty" validate:"max=200"`             // the name in traditional characters
	Reading     string   `bson:"reading,omitempty" json:"reading,omitempty" validate:"max=300"`                     // pinyin of the Chinese name, "" automatic

	// Where and when it was found.
	FindPlace Text   `bson:"findPlace" json:"findPlace" required:"false"`
	FindSite  SiteID `bson:"findSite,omitempty" json:"findSite,omitempty" validate:"omitempty,uuid"`
	FoundYear *int   `bson:"foundYear,omitempty" json:"foundYear,omitempty" validate:"omitempty,year"`

	Description Text     `bson:"description" json:"description" required:"false"`
	Sources     []Source `bson:"sources,omitempty" json:"sources,omitempty" validate:"max=50,dive"`
	Notable     float64  `bson:"notable,omitempty" json:"notable,omitempty" validate:"min=0,max=1"` // fame, 0 to 1; a mild boost in search

	PartOf RelicID `bson:"partOf,omitempty" json:"partOf,omitempty" validate:"omitempty,uuid"` // the set that this is a part of

	// Inside the house only.
	PlaceID       PlaceID `bson:"placeId,omitempty" json:"placeId,omitempty" validate:"omitempty,uuid"`        // where it stands now
	InternalNotes string  `bson:"internalNotes,omitempty" json:"internalNotes,omitempty" validate:"max=10000"` // never public

	Simulated  bool `bson:"simulated,omitempty" json:"simulated,omitempty"`   // 模拟数据: no real thing
	Unverified bool `bson:"unverified,omitempty" json:"unverified,omitempty"` // 待核

	SortKey  string   `bson:"sortKey" json:"-"`            // pinyin key of the name, set when saved
	AssetIDs []string `bson:"assetIds,omitempty" json:"-"` // those of Images, set when saved
}
