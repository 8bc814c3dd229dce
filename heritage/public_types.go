package heritage

// Coded is a code with its labels.
type Coded struct {
	Code  string `json:"code"`
	Label Text   `json:"label"`
}

// Named is another published record by id and name.
type Named struct {
	ID   string `json:"id"`
	Name Text   `json:"name"`
}

// PublicPeriod is a Period with the eras of the facet in which it lies.
type PublicPeriod struct {
	Text        Text    `json:"text"`
	FromYear    *int    `json:"fromYear"` // -670 is 670 BCE; null unknown
	ToYear      *int    `json:"toYear"`
	Approximate bool    `json:"approximate"`
	Printed     Text    `json:"printed"` // the words and their years in one form in both languages; empty when they were not understood whole, or others gave the years
	Eras        []Coded `json:"eras" nullable:"false"`
}

// PublicDimension is a Dimension.
type PublicDimension struct {
	Kind        Coded   `json:"kind"`
	ValueMM     float64 `json:"valueMM"`
	Approximate bool    `json:"approximate"`
	Note        string  `json:"note"`
	Source      *Source `json:"source"`
}

// PublicMass is a Mass.
type PublicMass struct {
	Grams       *float64 `json:"grams"`
	Range       *Coded   `json:"range"`
	Approximate bool     `json:"approximate"`
	Source      *Source  `json:"source"`
}

// PublicQuantity is a Quantity.
type PublicQuantity struct {
	Traditional *int   `json:"traditional"`
	Actual      *int   `json:"actual"`
	Unit        *Coded `json:"unit"`
}

// PublicPoint is where something is, always in WGS-84.
type PublicPoint struct {
	Lon        float64 `json:"lon"`
	Lat        float64 `json:"lat"`
	PrecisionM float64 `json:"precisionM"`
	Datum      Datum   `json:"datum"`
	Unverified bool    `json:"unverified"`
}

// PublicVisiting is a Visiting with the labels of its codes. A null part is
// unknown: 以官方公告为准.
type PublicVisiting struct {
	Hours     *OpeningHours   `json:"hours"`
	Admission *Admission      `json:"admission"`
	Booking   *PublicBooking  `json:"booking"`
	Identity  *PublicIdentity `json:"identity"`
}

// PublicBooking is a Booking.
type PublicBooking struct {
	Required  *bool           `json:"required"`
	DaysAhead *int            `json:"daysAhead"`
	Channels  []PublicChannel `json:"channels" nullable:"false"`
	Note      Text            `json:"note"`
	Source    Source          `json:"source"`
}

// PublicChannel is a Channel.
type PublicChannel struct {
	Kind  Coded  `json:"kind"`
	Name  Text   `json:"name"`
	URL   string `json:"url"`
	Phone string `json:"phone"`
}

// PublicIdentity is an Identity.
type PublicIdentity struct {
	Documents []Coded `json:"documents" nullable:"false"`
	Note      Text    `json:"note"`
	Source    Source  `json:"source"`
}

// PublicImage is a picture, shown by the IIIF image service under its id.
type PublicImage struct {
	AssetID string `json:"assetId"`
	Caption Text   `json:"caption"`
	Drawing bool   `json:"drawing"` // 示意图，非文物照片
}

// PublicNames are the names of a record.
type PublicNames struct {
	Name        Text     `json:"name"`
	Aliases     []string `json:"aliases" nullable:"false"`
	FormerNames []string `json:"formerNames" nullable:"false"`
	Traditional string   `json:"traditional"`
	Reading     string   `json:"reading"`
}

// PublicText is what is told of a record, where that is from, and how far to
// trust it.
type PublicText struct {
	Description Text          `json:"description"`
	Images      []PublicImage `json:"images" nullable:"false"`
	Sources     []Source      `json:"sources" nullable:"false"`
	Simulated   bool          `json:"simulated"`
	Unverified  bool          `json:"unverified"`
}

// PublicRelic is what a tourist may see of a relic.
type PublicRelic struct {
	ID string `json:"id"`
	PublicNames
	Category     *Coded            `json:"category"`
	Grade        *Coded            `json:"grade"`
	Period       PublicPeriod      `json:"period"`
	Materials    []Coded           `json:"materials" nullable:"false"`
	Quantity     PublicQuantity    `json:"quantity"`
	Dimensions   []PublicDimension `json:"dimensions" nullable:"false"`
	Mass         PublicMass        `json:"mass"`
	Completeness *Coded            `json:"completeness"`
	Museum       *Named            `json:"museum"`
	Gallery      *Named            `json:"gallery"` // where it is on view now; null unknown or not on view
	FindPlace    Text              `json:"findPlace"`
	FindSite     *Named            `json:"findSite"`
	FoundYear    *int              `json:"foundYear"`
	PartOf       *Named            `json:"partOf"`
	Parts        []Named           `json:"parts" nullable:"false"`
	Exhibitions  []ShownIn         `json:"exhibitions" nullable:"false"` // in which it is on view now, or to be seen online
	PublicText
}

// PublicSite is what a tourist may see of a site.
type PublicSite struct {
	ID string `json:"id"`
	PublicNames
	Class          *Coded          `json:"class"`
	Type           *Coded          `json:"type"`
	Level          *Coded          `json:"level"`
	Batch          *int            `json:"batch"`
	ListedOn       Day             `json:"listedOn"`
	OfficialNumber string          `json:"officialNumber"`
	MergedInto     *Named          `json:"mergedInto"`
	Supplements    *Named          `json:"supplements"`
	PartOf         *Named          `json:"partOf"`
	Period         PublicPeriod    `json:"period"`
	Division       Division        `json:"division"`
	AsListed       Division        `json:"asListed"`
	Address        Text            `json:"address"`
	Location       *PublicPoint    `json:"location"` // null unknown or confidential
	LocationFuzzed bool            `json:"locationFuzzed"`
	OpenToPublic   *bool           `json:"openToPublic"`
	Visiting       *PublicVisiting `json:"visiting"`
	PublicText
}

// PublicMuseum is what a tourist may see of a museum.
type PublicMuseum struct {
	ID string `json:"id"`
	PublicNames
	Grade    *Coded          `json:"grade"`
	Nature   *Coded          `json:"nature"`
	Division Division        `json:"division"`
	Address  Text            `json:"address"`
	Location *PublicPoint    `json:"location"`
	TimeZone string          `json:"timeZone"`
	Phone    string          `json:"phone"`
	Website  string          `json:"website"`
	Visiting *PublicVisiting `json:"visiting"`
	PublicText
}

// PublicPlace is what a tourist may see of a place: galleries and the like.
type PublicPlace struct {
	ID       string       `json:"id"`
	Name     Text         `json:"name"`
	Kind     *Coded       `json:"kind"`
	Museum   *Named       `json:"museum"`
	Parent   *Named       `json:"parent"`
	Location *PublicPoint `json:"location"`
	PublicText
}
