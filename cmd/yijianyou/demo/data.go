package demo

import (
	"embed"
	"encoding/csv"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"

	"yijianyou/heritage"
)

//go:embed data
var files embed.FS

// namespace is that of the identifiers of this data set (RFC 9562 §5.5).
var namespace = uuid.MustParse("6f0c1f5e-8a3e-5b52-9d54-3d1f2a7c9e10")

// ID returns the identifier of the record with a key, the same for ever.
func ID(kind, key string) string {
	return uuid.NewSHA1(namespace, []byte(kind+"/"+key)).String()
}

// decode reads an embedded JSON file strictly.
func decode[T any](file string) (T, error) {
	var v T
	f, err := files.Open(file)
	if err != nil {
		return v, err
	}
	defer func() { _ = f.Close() }() // embedded
	d := json.NewDecoder(f)
	d.DisallowUnknownFields()
	if err := d.Decode(&v); err != nil {
		return v, fmt.Errorf("%s: %w", file, err)
	}
	return v, nil
}

// rows reads an embedded CSV file as maps by column.
func rows(file string) ([]map[string]string, error) {
	f, err := files.Open(file)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // embedded
	all, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	var out []map[string]string
	for _, row := range all[1:] {
		m := make(map[string]string, len(row))
		for i, cell := range row {
			m[all[0][i]] = cell
		}
		out = append(out, m)
	}
	return out, nil
}

// fact is where a statement is from, as the data files write it.
type fact struct {
	Confidence heritage.Confidence `json:"confidence"`
	Source     heritage.Text       `json:"source"`
	Unverified bool                `json:"unverified"` // 待核
}

func (f fact) sources() []heritage.Source {
	c := f.Confidence
	if c == heritage.High { // no official publication was seen for any of them
		c = heritage.Medium
	}
	return []heritage.Source{{Text: f.Source, Confidence: c}}
}

// simulated is the source of everything that is invented.
func simulated() []heritage.Source {
	return []heritage.Source{{Text: heritage.Text{ZH: "本系统演示用模拟数据，无实物、无实地", EN: "Simulated for demonstration; no real thing or place"}, Confidence: heritage.High}}
}

func ptr[T any](v T) *T { return &v }
