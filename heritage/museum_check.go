package heritage

// normalise brings f into the form in which it is stored; see RelicFields.normalise.
func (f *MuseumFields) normalise(t tools) {
	f.Name, f.Address, f.Description = f.Name.line(), f.Address.line(), f.Description.paragraphs()
	f.Aliases, f.FormerNames = tidyLines(f.Aliases), tidyLines(f.FormerNames)
	f.Traditional, f.Reading = tidyLine(f.Traditional), tidyLine(f.Reading)
	f.Division.tidy()
	f.Location = tidyPoint(f.Location)
	f.Phone, f.Website, f.TimeZone = tidyLine(f.Phone), tidyLine(f.Website), tidyLine(f.TimeZone)
	if f.TimeZone == "" {
		f.TimeZone = "Asia/Shanghai"
	}
	f.InternalNotes = tidyText(f.InternalNotes)
	f.Visiting = f.Visiting.tidy()
	f.Images, f.AssetIDs = tidyImages(f.Images)
	f.Sources = tidySources(f.Sources)
	f.SortKey = t.sortKey(f.Name.ZH)
}

// check finds every rule that f breaks by itself.
func (f *MuseumFields) check(c *checker) {
	c.form(f)
	c.title("name", f.Name)
	c.division("division", f.Division)
	c.text("address", f.Address, maxLine)
	c.text("description", f.Description, maxDescription)
	c.sources("sources", f.Sources)
	c.images(f.Images)
	c.visiting(f.Visiting)
	c.timeZone("timeZone", f.TimeZone)
}
