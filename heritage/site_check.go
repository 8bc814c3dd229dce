package heritage

import "yijianyou/heritage/vocab"

// normalise brings f into the form in which it is stored; see RelicFields.normalise.
func (f *SiteFields) normalise(t tools) {
	f.Name, f.Address, f.Description = f.Name.line(), f.Address.line(), f.Description.paragraphs()
	f.Aliases, f.FormerNames = tidyLines(f.Aliases), tidyLines(f.FormerNames)
	f.Traditional, f.Reading = tidyLine(f.Traditional), tidyLine(f.Reading)
	f.Period.tidy()
	f.Division.tidy()
	f.AsListed.tidy()
	f.OfficialNumber, f.SurveyNumber = foldNumber(f.OfficialNumber), foldNumber(f.SurveyNumber)
	f.Location = tidyPoint(f.Location)
	f.User, f.Keeper = tidyLine(f.User), tidyLine(f.Keeper)
	f.Threats = tidyTerms(f.Threats)
	f.ThreatNote, f.FateNote, f.InternalNotes = tidyText(f.ThreatNote), tidyText(f.FateNote), tidyText(f.InternalNotes)
	f.Visiting = f.Visiting.tidy()
	f.Images, f.AssetIDs = tidyImages(f.Images)
	f.Sources = tidySources(f.Sources)
	f.SortKey = t.sortKey(f.Name.ZH)
}

// check finds every rule that f breaks by itself.
func (f *SiteFields) check(c *checker) {
	c.form(f)
	c.title("name", f.Name)
	c.period(f.Period)
	c.division("division", f.Division)
	c.division("asListed", f.AsListed)
	c.text("address", f.Address, maxLine)
	c.text("description", f.Description, maxDescription)
	c.sources("sources", f.Sources)
	c.images(f.Images)
	c.visiting(f.Visiting)
	if t, ok := vocab.Must("site-type").Term(f.Type); ok && f.Class != "" && t.Parent != "class-"+f.Class {
		c.add(ErrSubtype.At("type"))
	}
}
