package heritage

// placeStore is the kind of place that is confidential by its nature.
const placeStore = "store"

// normalise brings f into the form in which it is stored; see RelicFields.normalise.
func (f *PlaceFields) normalise(t tools) {
	f.Name, f.Description = f.Name.line(), f.Description.paragraphs()
	f.Code = foldNumber(f.Code)
	f.Location = tidyPoint(f.Location)
	f.InternalNotes = tidyText(f.InternalNotes)
	f.Images, f.AssetIDs = tidyImages(f.Images)
	if f.Kind == placeStore {
		f.Store = true
	}
	f.SortKey = t.sortKey(f.Name.ZH)
}

// check finds every rule that f breaks by itself.
func (f *PlaceFields) check(c *checker) {
	c.form(f)
	c.title("name", f.Name)
	c.text("description", f.Description, maxDescription)
	c.images(f.Images)
}
