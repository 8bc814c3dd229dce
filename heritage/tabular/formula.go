package tabular

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"

	"github.com/xuri/excelize/v2"
)

// sheetParts finds the part of the package that holds each sheet, through the
// relationships of the workbook (ECMA-376 part 1 §12.3.24, part 2 §9.3).
func sheetParts(archive *zip.Reader) (map[string]*zip.File, error) {
	var book struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
			ID   string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	var rels struct {
		Relationships []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	if err := decodePart(archive, "xl/workbook.xml", &book); err != nil {
		return nil, err
	}
	if err := decodePart(archive, "xl/_rels/workbook.xml.rels", &rels); err != nil {
		return nil, err
	}
	targets := make(map[string]string)
	for _, r := range rels.Relationships {
		if target, absolute := strings.CutPrefix(r.Target, "/"); absolute {
			targets[r.ID] = target
		} else {
			targets[r.ID] = path.Join("xl", r.Target)
		}
	}
	files := make(map[string]*zip.File)
	for _, f := range archive.File {
		files[f.Name] = f
	}
	parts := make(map[string]*zip.File)
	for _, s := range book.Sheets {
		if f := files[targets[s.ID]]; f != nil {
			parts[s.Name] = f
		}
	}
	return parts, nil
}

var errNoPart = errors.New("part missing from the package")

func decodePart(archive *zip.Reader, name string, to any) error {
	for _, f := range archive.File {
		if f.Name != name {
			continue
		}
		r, err := f.Open()
		if err != nil {
			return err
		}
		defer r.Close()
		return xml.NewDecoder(r).Decode(to)
	}
	return errNoPart
}

// formulaCells lists the columns of formulas by line. It streams the XML of
// the sheet, since asking excelize cell by cell walks all rows each time. The
// size of the part was checked before.
func formulaCells(part *zip.File, limits Limits) (map[int][]int, error) {
	out := make(map[int][]int)
	if part == nil {
		return out, nil
	}
	r, err := part.Open()
	if err != nil {
		return nil, ErrDamaged.Wrap(err)
	}
	defer r.Close()
	dec := xml.NewDecoder(r)
	x, y, inCell := 0, 0, false
	for {
		tok, err := dec.Token()
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return nil, ErrDamaged.Wrap(err)
		}
		el, ok := tok.(xml.StartElement)
		if !ok {
			continue
		}
		switch el.Name.Local {
		case "c":
			inCell = false
			for _, a := range el.Attr {
				if a.Name.Local != "r" {
					continue
				}
				if cx, cy, err := excelize.CellNameToCoordinates(a.Value); err == nil && cx <= limits.Columns {
					x, y, inCell = cx, cy, true
				}
			}
		case "f":
			if inCell {
				out[y] = append(out[y], x-1)
			}
		}
	}
}
