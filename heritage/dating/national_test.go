package dating

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// data reads a data set that stands beside the repository, row by row without the head.
func data(t *testing.T, path ...string) [][]string {
	t.Helper()
	name := filepath.Join(append([]string{"shared", "data"}, path...)...)
	for up := filepath.Join("..", "..", ".."); strings.Count(up, "..") < 6; up = filepath.Join(up, "..") {
		f, err := os.Open(filepath.Join(up, name))
		if err != nil {
			continue
		}
		defer f.Close()
		r := csv.NewReader(f)
		r.FieldsPerRecord, r.LazyQuotes = -1, true
		rows, err := r.ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		return rows[1:]
	}
	t.Skip("SKIPPED: not beside this repository:", name)
	return nil
}

// column returns what is filled in of one column.
func column(rows [][]string, n int) []string {
	var out []string
	for _, row := range rows {
		if s := strings.TrimSpace(row[n]); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// share counts the texts that were understood whole, those that say they have no
// date included, and those that were read in part.
func share(texts []string) (whole, part, doubtful int, bad map[string]int) {
	bad = map[string]int{}
	for _, s := range texts {
		switch p := Parse(s); {
		case len(p.Unknown) == 0 && (p.Known() || p.Undated):
			whole++
			if len(p.Doubts) > 0 {
				doubtful++
			}
		case p.Known():
			part++
			bad[s]++
		default:
			bad[s]++
		}
	}
	return whole, part, doubtful, bad
}

// TestEveryNationalUnitIsReadOrListed holds the era strings of the 5,109 national
// units against testdata/national_unread.tsv, which has a reason for each that is
// not read whole.
func TestEveryNationalUnitIsReadOrListed(t *testing.T) {
	raw, err := os.ReadFile("testdata/national_unread.tsv")
	if err != nil {
		t.Fatal(err)
	}
	listed := map[string]bool{}
	for _, row := range strings.Split(strings.TrimSpace(string(raw)), "\n")[1:] {
		f := strings.Split(row, "\t")
		if len(f) != 3 || f[2] == "" {
			t.Fatalf("row %q has no reason", row)
		}
		listed[f[0]] = true
		if got := strings.Join(Parse(f[0]).Unknown, "|"); got != f[1] {
			t.Errorf("%q: not understood %q, listed %q", f[0], got, f[1])
		}
	}
	texts := column(data(t, "heritage", "guobao_all.csv"), 8)
	whole, part, doubtful, bad := share(texts)
	t.Logf("%d of %d era strings read whole (%.2f %%), %d of them with a doubt; %d in part, %d not", whole, len(texts), 100*float64(whole)/float64(len(texts)), doubtful, part, len(texts)-whole-part)
	for s := range bad {
		if !listed[s] {
			t.Errorf("%q is not read (%q) and not listed", s, Parse(s).Unknown)
		}
	}
	if len(texts) != 5109 || whole*100 < len(texts)*98 {
		t.Errorf("%d of %d read, want 98 %%", whole, len(texts))
	}
}

// TestOtherCollections reports the share that is read of two collections abroad, and
// compares the years of the first with those that its museum keeps beside the words.
func TestOtherCollections(t *testing.T) {
	cmoa := data(t, "relics", "cmoa_objects.csv")
	for name, texts := range map[string][]string{
		"Carnegie Museum of Art":         column(cmoa, 2),
		"Cleveland, machine translation": column(data(t, "relics", "cleveland_chinese_zh_mt.csv"), 3),
	} {
		whole, part, doubtful, _ := share(texts)
		t.Logf("%s: %d of %d read whole (%.2f %%), %d of them with a doubt; %d in part", name, whole, len(texts), 100*float64(whole)/float64(len(texts)), doubtful, part)
		if whole*100 < len(texts)*97 {
			t.Errorf("%s: %d of %d read, want 97 %%", name, whole, len(texts))
		}
	}
	compared, same, nested, apart := 0, 0, 0, 0
	for _, row := range cmoa {
		first, ok1 := yearOfDay(row[3])
		last, ok2 := yearOfDay(row[4])
		from, to := Parse(row[2]).Bounds()
		if !ok1 || !ok2 || from == nil || to == nil {
			continue
		}
		compared++
		switch {
		case *from == first && *to == last:
			same++
		case *from >= first && *to <= last || *from <= first && *to >= last:
			nested++
		case *from > last || *to < first:
			apart++
		}
	}
	t.Logf("years of the museum: %d compared, %d the same, %d one within the other, %d meet in part, %d apart", compared, same, nested, compared-same-nested-apart, apart)
	if apart*100 > compared {
		t.Errorf("%d of %d have no year in common with those of the museum", apart, compared)
	}
}

// yearOfDay returns the year of -0670-01-01 or 1860-01-01.
func yearOfDay(day string) (int, bool) {
	rest, before := strings.CutPrefix(day, "-")
	head, _, ok := strings.Cut(rest, "-")
	y, err := strconv.Atoi(head)
	if before {
		y = -y
	}
	return y, ok && err == nil && y != 0
}
