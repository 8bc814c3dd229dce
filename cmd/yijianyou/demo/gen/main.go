// Command gen makes data/henan/sites.csv of the national list that lies beside
// the repository, of divisions.csv and of names.csv. It is run by hand when one
// of them changes:
//
//	go run ./cmd/yijianyou/demo/gen ../shared/data/heritage/guobao_all.csv cmd/yijianyou/demo/data/henan
package main

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: gen NATIONAL_LIST.csv DATA_DIRECTORY")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(list, dir string) error {
	national, err := read(list)
	if err != nil {
		return err
	}
	divisions, err := read(filepath.Join(dir, "divisions.csv"))
	if err != nil {
		return err
	}
	names, err := read(filepath.Join(dir, "names.csv"))
	if err != nil {
		return err
	}
	rows, err := Convert(national, divisions, names)
	if err != nil {
		return err
	}
	f, err := os.Create(filepath.Join(dir, "sites.csv"))
	if err != nil {
		return err
	}
	w := csv.NewWriter(f)
	err = w.WriteAll(rows)
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	return err
}

func read(file string) ([][]string, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // only read
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return rows, nil
}
