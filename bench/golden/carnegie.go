package main

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"

	"yijianyou/heritage"
	"yijianyou/heritage/dating"
	"yijianyou/heritage/vocab"
	"yijianyou/internal/actor"
	"yijianyou/internal/ids"
	"yijianyou/internal/store"
)

//go:embed data/cmoa.csv
var carnegieCSV []byte

const (
	carnegie       actor.OrgID = "carnegie"
	carnegieMuseum             = "6f0c3a52-54d1-5c0e-9a35-0d4c1f1a7b20"
)

// fillCarnegie writes the records of data/cmoa.csv as an import would that maps
// their columns: title, date, medium, number; what the register has no item for
// stands in the description.
func fillCarnegie(ctx context.Context, s *shelf) error {
	rows, err := csv.NewReader(bytes.NewReader(carnegieCSV)).ReadAll()
	if err != nil {
		return fmt.Errorf("cmoa.csv: %w", err)
	}
	err = s.store.Update(ctx, keeper(), func(tx *store.Tx) error {
		return published(tx, s.heritage.Museums, heritage.NewRecord[heritage.MuseumFields]{ID: carnegieMuseum, Org: carnegie,
			Fields: heritage.MuseumFields{Name: heritage.Text{ZH: "卡内基艺术博物馆", EN: "Carnegie Museum of Art"}}})
	})
	if err != nil {
		return err
	}
	for batch := range slices.Chunk(rows[1:], 100) {
		err := s.store.Update(ctx, keeper(), func(tx *store.Tx) error {
			for _, row := range batch {
				n, err := carnegieRelic(row)
				if err != nil {
					return err
				}
				if err := published(tx, s.heritage.Relics, n); err != nil {
					return fmt.Errorf("%s: %w", row[0], err)
				}
			}
			return nil
		}, store.AsBulk)
		if err != nil {
			return err
		}
	}
	return nil
}

func published[F heritage.Content](tx *store.Tx, reg *heritage.Register[F], n heritage.NewRecord[F]) error {
	if _, err := reg.CreateIn(tx, n); err != nil {
		return err
	}
	for _, step := range []heritage.ReviewStep{heritage.Submit, heritage.Approve} {
		if _, err := reg.ReviewIn(tx, n.ID, 0, step, ""); err != nil {
			return err
		}
	}
	_, err := reg.PublishIn(tx, n.ID, 0)
	return err
}

// carnegieRelic is a row: id, title, creation_date, medium, accession_number,
// credit_line, classification, creators, nationalities.
func carnegieRelic(row []string) (n heritage.NewRecord[heritage.RelicFields], err error) {
	_, id, ok := strings.Cut(row[0], "/")
	if !ok || !ids.Valid(id) {
		return n, fmt.Errorf("cmoa.csv: %q is no identifier", row[0])
	}
	title, date, medium, class := row[1], row[2], row[3], row[6]
	f := heritage.RelicFields{Name: heritage.Text{ZH: title}, Number: &heritage.Number{Kind: "register", Value: row[4]}, AcquiredFrom: row[5], MuseumID: carnegieMuseum}
	f.Period.Text.ZH = date
	f.Period.Take(dating.Parse(date))
	if !strings.Contains(row[8], "Chinese") {
		f.Period.Kind = "foreign"
	}
	f.Materials = materialsOf(medium)
	f.Category = categoryOf(class, f.Materials)
	f.Description.EN = fmt.Sprintf("%s; %s. By %s (%s).", class, medium, strings.ReplaceAll(row[7], "|", ", "), strings.ReplaceAll(row[8], "|", ", "))
	return heritage.NewRecord[heritage.RelicFields]{ID: id, Org: carnegie, Fields: f}, nil
}

// words of a medium and the materials that they name.
var words = []struct{ material, medium string }{
	{"porcelain", "porcelain"}, {"pottery", "earthenware stoneware terracotta ceramic redware creamware faience"}, {"copper", "bronze copper brass"},
	{"silver", "silver"}, {"gold", "gold"}, {"gem-jade", "jade nephrite agate amethyst turquoise quartz crystal malachite lapis coral amber"}, {"glass", "glass"},
	{"silk", "silk satin"}, {"cotton-hemp", "cotton linen"}, {"wood", "wood bamboo"}, {"bone-horn-ivory", "ivory horn bone"}, {"paper", "paper woodcut woodblock etching engraving lithograph"},
	{"wool", "wool"}, {"iron", "iron steel"}, {"stone", "stone marble limestone schist granite"}, {"organic-other", "lacquer"},
}

func materialsOf(medium string) (out []vocab.Code) {
	said := strings.FieldsFunc(strings.ToLower(medium), func(r rune) bool { return r < 'a' || r > 'z' })
	for _, w := range words {
		if slices.ContainsFunc(strings.Fields(w.medium), func(s string) bool { return slices.Contains(said, s) }) {
			out = append(out, vocab.Code(w.material))
		}
	}
	return out
}

func categoryOf(class string, materials []vocab.Code) vocab.Code {
	switch class {
	case "Ceramics":
		if slices.Contains(materials, "porcelain") {
			return "porcelain"
		}
		return "pottery"
	case "paintings", "drawings and watercolors":
		return "calligraphy-painting"
	case "sculpture":
		return "sculpture"
	case "Textiles":
		return "textile"
	case "Glass":
		return "glass"
	case "furniture":
		return "furniture"
	}
	return ""
}
