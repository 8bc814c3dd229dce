package heritage

import (
	"reflect"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/go-playground/validator/v10"

	"yijianyou/heritage/vocab"
	"yijianyou/internal/fault"
)

// Longest texts, in characters.
const (
	maxName        = 200
	maxLine        = 500
	maxDescription = 20000
	maxReason      = 500
)

// Years that a record may hold.
const (
	minYear = -600_000_000
	maxYear = 2200
)

// forms checks what the validate tags of the record types say. It is built once
// and never changed.
var forms = newForms()

func newForms() *validator.Validate {
	v := validator.New(validator.WithRequiredStructEnabled())
	v.RegisterTagNameFunc(func(f reflect.StructField) string {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		return name
	})
	for tag, fn := range map[string]validator.Func{
		"term": func(fl validator.FieldLevel) bool {
			return vocab.Must(fl.Param()).Has(vocab.Code(fl.Field().String()))
		},
		"day":      func(fl validator.FieldLevel) bool { return Day(fl.Field().String()).Valid() },
		"monthday": func(fl validator.FieldLevel) bool { return MonthDay(fl.Field().String()).Valid() },
		"clock":    func(fl validator.FieldLevel) bool { return Clock(fl.Field().String()).Valid() },
		"year": func(fl validator.FieldLevel) bool {
			y := fl.Field().Int()
			return y != 0 && y >= minYear && y <= maxYear
		},
	} {
		if err := v.RegisterValidation(tag, fn); err != nil {
			panic("heritage: " + err.Error())
		}
	}
	return v
}

// checker gathers what is wrong with a record, each at its JSON path.
type checker struct{ fields []fault.Field }

func (c *checker) add(f fault.Field) { c.fields = append(c.fields, f) }

// form adds what the tags of v, a pointer to a struct, find.
func (c *checker) form(v any) {
	err := forms.Struct(v)
	if err == nil {
		return
	}
	wrong, ok := err.(validator.ValidationErrors)
	if !ok {
		panic("heritage: " + err.Error()) // v is no struct: a mistake of the programmer
	}
	for _, w := range wrong {
		_, path, _ := strings.Cut(w.Namespace(), ".")
		c.add(formFault(w, path))
	}
}

// formFault turns a finding of the validator into a field of ours.
func formFault(w validator.FieldError, path string) fault.Field {
	switch w.Tag() {
	case "required":
		return ErrRequired.At(path)
	case "term":
		return ErrTerm.At(path, fault.P("list", w.Param()))
	case "day":
		return ErrDay.At(path)
	case "monthday":
		return ErrMonthDay.At(path)
	case "clock":
		return ErrClock.At(path)
	case "year":
		return ErrYear.At(path)
	case "http_url":
		return ErrURL.At(path)
	case "uuid":
		return ErrID.At(path)
	case "oneof":
		return ErrChoice.At(path, fault.P("known", w.Param()))
	case "gt":
		return ErrPositive.At(path)
	case "min":
		return ErrAtLeast.At(path, fault.P("min", w.Param()))
	case "max":
		switch w.Kind() {
		case reflect.String:
			return ErrTooLong.At(path, fault.P("max", w.Param()))
		case reflect.Slice, reflect.Map:
			return ErrTooMany.At(path, fault.P("max", w.Param()))
		}
		return ErrRange.At(path, fault.P("min", lowest(w)), fault.P("max", w.Param()))
	}
	return ErrForm.At(path)
}

// lowest is the lower end of the range that a "max" of a number belongs to, as
// far as the tags of this package use one: coordinates are symmetric.
func lowest(w validator.FieldError) string {
	if w.Field() == "lon" || w.Field() == "lat" {
		return "-" + w.Param()
	}
	return "0"
}

// length refuses a text that is longer than max characters.
func (c *checker) length(path, text string, max int) {
	if utf8.RuneCountInString(text) > max {
		c.add(ErrTooLong.At(path, fault.P("max", max)))
	}
}

// text is length for both languages.
func (c *checker) text(path string, t Text, max int) {
	c.length(path+".zh", t.ZH, max)
	c.length(path+".en", t.EN, max)
}

// title is text for a name, whose Chinese form is required.
func (c *checker) title(path string, t Text) { c.shortTitle(path, t, maxName) }

// shortTitle is title with a limit of its own.
func (c *checker) shortTitle(path string, t Text, max int) {
	if t.ZH == "" {
		c.add(ErrChinese.At(path + ".zh"))
	}
	c.text(path, t, max)
}

// timeZone refuses what is no IANA name of a time zone.
func (c *checker) timeZone(path, name string) {
	if _, err := time.LoadLocation(name); err != nil || name == "" || name == "Local" || strings.HasPrefix(name, ".") {
		c.add(ErrTimeZone.At(path))
	}
}

func (c *checker) period(p Period) {
	c.text("period.text", p.Text, maxName)
	if p.FromYear != nil && p.ToYear != nil && *p.ToYear < *p.FromYear {
		c.add(ErrYearOrder.At("period.toYear"))
	}
}

func (c *checker) division(path string, d Division) {
	c.text(path+".province", d.Province, maxName)
	c.text(path+".city", d.City, maxName)
	c.text(path+".county", d.County, maxName)
	c.text(path+".township", d.Township, maxName)
}

func (c *checker) sources(path string, list []Source) {
	for i, s := range list {
		c.text(at(path, i)+".text", s.Text, maxLine)
	}
}

func (c *checker) images(list []ImageRef) {
	seen := make(map[string]bool)
	for i, img := range list {
		c.asset(at("images", i), img.AssetID, img.Caption, seen)
	}
}

// media checks the list of sound and film at "media".
func (c *checker) media(list []MediaRef) {
	seen := make(map[string]bool)
	for i, m := range list {
		c.asset(at("media", i), m.AssetID, m.Caption, seen)
	}
}

// asset checks an element of such a list; seen are the ids of those before it.
func (c *checker) asset(path, id string, caption Text, seen map[string]bool) {
	if seen[id] {
		c.add(ErrRepeated.At(path + ".assetId"))
	}
	seen[id] = true
	c.text(path+".caption", caption, maxLine)
}

// at returns the JSON path of the i-th element of a list.
func at(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }

// visiting checks what the tags cannot say of v; nil is unknown and right.
func (c *checker) visiting(v *Visiting) {
	if v == nil {
		return
	}
	if h := v.Hours; h != nil {
		c.hours(h)
	}
	if a := v.Admission; a != nil {
		for i, t := range a.Tickets {
			c.text(at("visiting.admission.tickets", i)+".name", t.Name, maxName)
		}
		c.text("visiting.admission.note", a.Note, maxLine)
		c.text("visiting.admission.source.text", a.Source.Text, maxLine)
	}
	if b := v.Booking; b != nil {
		for i, ch := range b.Channels {
			c.text(at("visiting.booking.channels", i)+".name", ch.Name, maxName)
		}
		c.text("visiting.booking.note", b.Note, maxLine)
		c.text("visiting.booking.source.text", b.Source.Text, maxLine)
	}
	if d := v.Identity; d != nil {
		c.text("visiting.identity.note", d.Note, maxLine)
		c.text("visiting.identity.source.text", d.Source.Text, maxLine)
	}
}

func (c *checker) hours(h *OpeningHours) {
	const path = "visiting.hours"
	for i, s := range h.Seasons {
		sp := at(path+".seasons", i)
		c.text(sp+".name", s.Name, maxName)
		if (s.From == "") != (s.To == "") {
			c.add(ErrSeason.At(sp + ".from"))
		}
		seen := make(map[int]bool)
		for j, w := range s.Week {
			wp := at(sp+".week", j)
			for k, d := range w.Days {
				if seen[d] {
					c.add(ErrWeekday.At(at(wp+".days", k)))
				}
				seen[d] = true
			}
			c.clocks(wp, w.Closed, w.Opens, w.Closes, w.LastEntry)
		}
	}
	seen := make(map[Day]bool)
	for i, e := range h.Exceptions {
		ep := at(path+".exceptions", i)
		if seen[e.Day] {
			c.add(ErrRepeated.At(ep + ".day"))
		}
		seen[e.Day] = true
		c.text(ep+".note", e.Note, maxLine)
		c.clocks(ep, e.Closed, e.Opens, e.Closes, e.LastEntry)
	}
	c.text(path+".note", h.Note, maxLine)
	c.text(path+".source.text", h.Source.Text, maxLine)
}

// clocks checks the hours of one day; badly written times are the tags' to find.
func (c *checker) clocks(path string, closed bool, opens, closes, last Clock) {
	if closed {
		if opens != "" || closes != "" || last != "" {
			c.add(ErrClosedHours.At(path + ".opens"))
		}
		return
	}
	if opens == "" {
		c.add(ErrRequired.At(path + ".opens"))
	}
	if closes == "" {
		c.add(ErrRequired.At(path + ".closes"))
	}
	o, okO := opens.Minutes()
	e, okE := closes.Minutes()
	l, okL := last.Minutes()
	switch {
	case okO && okE && e <= o:
		c.add(ErrClockOrder.At(path + ".closes"))
	case okL && (okO && l < o || okE && l > e):
		c.add(ErrClockOrder.At(path + ".lastEntry"))
	}
}
