package heritage

// Confidence says how far a stated fact can be relied on.
type Confidence string

const (
	High   Confidence = "high"   // an official publication, seen
	Medium Confidence = "medium" // a good secondary source
	Low    Confidence = "low"    // general knowledge or one weak source; shown with 待核
)

// Source says where a fact comes from and when that was last looked at.
type Source struct {
	Text       Text       `bson:"text" json:"text" required:"false"`                                        // who published it, in words
	URL        string     `bson:"url,omitempty" json:"url,omitempty" validate:"omitempty,http_url,max=500"` // "" when it is not on the web
	CheckedOn  Day        `bson:"checkedOn,omitempty" json:"checkedOn,omitempty" validate:"day"`            // "" when never checked
	Confidence Confidence `bson:"confidence" json:"confidence" validate:"omitempty,oneof=high medium low" required:"false"`
}

// tidy brings s into its stored form.
func (s Source) tidy() Source {
	s.Text, s.URL = s.Text.line(), tidyLine(s.URL)
	if s.Confidence == "" {
		s.Confidence = Low
	}
	return s
}

func tidySource(s *Source) *Source {
	if s == nil || (s.Text.IsZero() && s.URL == "" && s.CheckedOn == "" && s.Confidence == "") {
		return nil
	}
	t := s.tidy()
	return &t
}

func tidySources(list []Source) []Source {
	var out []Source
	for _, s := range list {
		if !s.Text.IsZero() || s.URL != "" {
			out = append(out, s.tidy())
		}
	}
	return out
}
