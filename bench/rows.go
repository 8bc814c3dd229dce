package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
)

// The Chinese words of the generated rows. They are labels of the code lists
// and common words of object names; no object of this name is meant.
var (
	eras  = []string{"商", "西周", "春秋", "战国", "西汉", "东汉", "北魏", "隋", "唐", "北宋", "南宋", "金", "元", "明", "清"}
	looks = []string{"蟠螭纹", "缠枝纹", "弦纹", "云雷纹", "莲瓣纹", "素面", "兽面纹", "绳纹", "龙纹", "凤鸟纹", "水波纹"}
	forms = []struct{ category, material, name, english string }{
		{"铜器", "铜", "铜鼎", "bronze tripod"}, {"铜器", "铜", "铜方壶", "bronze square flask"}, {"铜器", "铜", "铜编钟", "bronze bell"},
		{"铜器", "铜", "铜镜", "bronze mirror"}, {"陶器", "陶", "陶俑", "pottery figure"}, {"陶器", "陶", "陶罐", "pottery jar"},
		{"瓷器", "瓷", "青釉碗", "celadon bowl"}, {"瓷器", "瓷", "白釉执壶", "white ewer"}, {"玉石器、宝石", "宝玉石", "玉璧", "jade disc"},
		{"雕塑、造像", "石", "石佛像", "stone buddha"}, {"书法、绘画", "纸", "山水图轴", "hanging scroll"}, {"钱币", "铜", "铜钱", "coin"},
		{"漆器", "木", "漆盘", "lacquer dish"},
	}
	sizes = []string{"大", "中", "小", "双耳", "三足", "圈足", "直口"}
)

// header names the columns as a register does; the server guesses the mapping.
var header = []string{"藏品编号", "收藏单位", "名称", "英文名称", "文物类别", "年代", "质地", "传统数量", "英文描述", "备注"}

// makeFile makes the CSV of n rows.
func makeFile(n int, source string) ([]byte, error) {
	titles, err := readTitles(source)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	if err := w.Write(header); err != nil {
		return nil, err
	}
	for i := range n {
		if err := w.Write(row(i, titles)); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return out.Bytes(), w.Error()
}

func row(i int, titles []title) []string {
	f := forms[i%len(forms)]
	era := eras[i/7%len(eras)]
	t := title{name: fmt.Sprintf("%s no. %d", f.english, i), text: "A generated row: " + f.english + " with " + looks[i%len(looks)]}
	if len(titles) > 0 {
		t = titles[i%len(titles)]
	}
	return []string{fmt.Sprintf("BENCH-%06d", i), "示范博物馆", era + "·" + looks[i/3%len(looks)] + sizes[i/5%len(sizes)] + f.name, t.name,
		f.category, era, f.material, "1", t.text, "generated for a measurement"}
}

// title is what a row takes from a collection file.
type title struct{ name, text string }

// readTitles reads titles and texts of the open data of the Carnegie Museum of
// Art (CC0); none when no file is named.
func readTitles(file string) (out []title, err error) {
	if file == "" {
		return nil, nil
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := csv.NewReader(f)
	head, err := r.Read()
	if err != nil {
		return nil, err
	}
	at := make(map[string]int)
	for i, name := range head {
		at[name] = i
	}
	for _, name := range []string{"title", "medium", "credit_line"} {
		if _, ok := at[name]; !ok {
			return nil, fmt.Errorf("%s has no column %s", file, name)
		}
	}
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		out = append(out, title{clip(cells[at["title"]], 150), clip(cells[at["medium"]]+". "+cells[at["credit_line"]], 1000)})
	}
}

func clip(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}
