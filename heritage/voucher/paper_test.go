package voucher_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"yijianyou/heritage"
	"yijianyou/heritage/voucher"
	"yijianyou/internal/actor"
)

var at = time.Date(2026, 11, 28, 1, 30, 0, 0, time.UTC)

// rare are characters of names of bronzes and places of Henan.
const rare = "甗簋斝罍匜簠盉鬲虢卣觯觥缑嵖岈郏荥渑㸚䍃㝬"

func sample(items int) *heritage.Voucher {
	second, then := heritage.Person{ID: "registrar", Name: "王总账"}, at.Add(5*time.Minute)
	who := heritage.Person{ID: "approver", Name: "赵馆长"}
	v := &heritage.Voucher{Kind: heritage.VoucherOut, Number: "出库-2026-0007", MovementNumber: "提用-2026-0031", MuseumName: heritage.Text{ZH: "示范博物馆", EN: "Demo museum"},
		TimeZone: "Asia/Shanghai", Purpose: "loan", Reason: "“鼎盛”特展借展，由对方派车、押运（含保险）", StartsAt: at, DueBack: at.AddDate(0, 3, 0), RequestedAt: at.Add(-time.Hour),
		Destination: heritage.Destination{Outside: true, Text: "邻市博物馆一层临展厅", Borrower: "邻市博物馆", Contract: "借展协议〔2026〕12号"}, RequestedBy: heritage.Person{Name: "李保管"},
		Approvals: []heritage.Approval{{Level: "director", Name: heritage.Text{ZH: "馆长", EN: "Director"}, By: &who, At: &at, Note: "同意"}},
		HandOver:  heritage.HandOver{First: heritage.Person{ID: "keeper", Name: "李保管"}, FirstDuty: actor.Keeper, FirstAt: at, Second: &second, SecondDuty: actor.Registrar, SecondAt: &then},
		Simulated: true}
	for i := range items {
		it := heritage.MovementItem{Name: heritage.Text{ZH: "演示兽面纹铜罍", EN: "Demo bronze lei with animal masks"}, Number: fmt.Sprintf("YS-%04d", i+1), Grade: "grade-2", Pieces: 1,
			PlaceName: heritage.Text{ZH: "一号库 / 3柜 / 2层"}, OutNote: "完好，口沿旧有磕缺一处"}
		if i == 0 {
			it.Name.ZH, it.Grade, it.Pieces = rare+"𬭚", "", 26
		}
		v.Items = append(v.Items, it)
	}
	return v
}

func paper(t *testing.T, v *heritage.Voucher, running int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := voucher.Write(&b, voucher.Paper{Voucher: v, Running: running, PrintedBy: "李保管", PrintedAt: at.Add(time.Hour), Link: "https://demo.example/console/movements/0199c2f0-0000-7000-8000-000000000001"}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// text is what a reader of the paper can select, page by page.
func text(t *testing.T, pdf []byte) []string {
	t.Helper()
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("SKIPPED: no pdftotext (Debian: poppler-utils), the words of the paper are not checked")
	}
	file := filepath.Join(t.TempDir(), "voucher.pdf")
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), tool, "-layout", file, "-").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimRight(string(out), "\f\n"), "\f")
}

// joined is a text without the spaces and line ends of its layout.
func joined(s string) string { return strings.Join(strings.Fields(s), "") }

func TestThePaperSaysWhatTheVoucherSays(t *testing.T) {
	pages := text(t, paper(t, sample(3), 1))
	if len(pages) != 1 {
		t.Fatalf("%d pages for three relics", len(pages))
	}
	for _, want := range []string{"示范博物馆", "Demo museum", "提用出库凭证", "Voucher of hand-out", "凭证编号 No. 出库-2026-0007", "提用单号 Order 提用-2026-0031", "借展外借 Loan",
		"离馆 Outside", "邻市博物馆", "借展协议〔2026〕12号", "2026-11-28 09:30 — 2027-02-28 09:30", "“鼎盛”特展", "馆长 Director", "赵馆长", "同意",
		"未定级", "Ungraded", "二级", "Grade II", "YS-0003", "共 3 项 28 件", "库房保管员 Keeper", "总账管理员 Registrar 王总账", "系统确认 Confirmed 2026-11-28 09:35", "模拟数据 Simulated data", "1 / 1", "〓", "签字 Signature"} {
		if !strings.Contains(joined(pages[0]), joined(want)) {
			t.Errorf("the paper lacks %q", want)
		}
	}
	for _, r := range rare {
		if !strings.ContainsRune(pages[0], r) {
			t.Errorf("the paper lacks %c", r)
		}
	}
	if strings.Contains(pages[0], "补印") || strings.Contains(pages[0], "𬭚") {
		t.Error("a first printing is called a reprint, or shows what it cannot draw")
	}
	if t.Failed() {
		t.Log(pages[0])
	}
}

func TestEveryPrintingAfterTheFirstSaysSoOnEveryPage(t *testing.T) {
	v := sample(70)
	pages := text(t, paper(t, v, 3))
	if len(pages) < 3 {
		t.Fatalf("%d pages for seventy relics", len(pages))
	}
	all := ""
	for i, p := range pages {
		if !strings.Contains(joined(p), "补印第2次Reprint2") || !strings.Contains(joined(p), "模拟数据") || !strings.Contains(joined(p), fmt.Sprintf("%d/%d", i+1, len(pages))) {
			t.Errorf("page %d does not say what it is", i+1)
		}
		all += p
	}
	for i := range v.Items {
		if n := strings.Count(all, fmt.Sprintf("YS-%04d", i+1)); n != 1 {
			t.Errorf("relic %d stands %d times on the paper", i+1, n)
		}
	}
	if n := strings.Count(joined(all), "藏品编号"); n < len(pages)-1 {
		t.Errorf("the head of the table stands %d times on %d pages", n, len(pages))
	}
}

func TestAReturnSaysWhatWasFound(t *testing.T) {
	v := sample(2)
	v.Kind, v.Number, v.Simulated, v.Destination.Outside = heritage.VoucherBack, "入库-2026-0003", false, false
	v.Items[0].Finding, v.Items[1].Finding, v.Items[1].BackNote = heritage.Intact, heritage.Changed, strings.Repeat("口沿新裂一处，长约三厘米；", 60)
	pages := text(t, paper(t, v, 1))
	all := joined(strings.Join(pages, ""))
	for _, want := range []string{"退还入库凭证", "完好Intact", "有变化Changed", "馆内Inside", "归还人Returnedby"} {
		if !strings.Contains(all, want) {
			t.Errorf("the paper lacks %q", want)
		}
	}
	if strings.Contains(all, "模拟") {
		t.Error("real data are called simulated")
	}
	// The column is narrow: the note is broken, and none of it is lost.
	if n := strings.Count(strings.Join(pages, ""), "裂"); n != 60 {
		t.Errorf("%d of 60 sentences of the note are on the paper", n)
	}
}

func TestTheSamePaperIsTheSameBytes(t *testing.T) {
	if !bytes.Equal(paper(t, sample(5), 2), paper(t, sample(5), 2)) {
		t.Error("two printings of one paper differ")
	}
}

func BenchmarkAPageOfRelics(b *testing.B) {
	v := sample(12)
	for b.Loop() {
		var out bytes.Buffer
		if err := voucher.Write(&out, voucher.Paper{Voucher: v, Running: 1, PrintedBy: "李保管", PrintedAt: at, Link: "https://demo.example/console/movements/x"}); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(out.Len())/1000, "kB")
	}
}
