package index

import (
	"context"
	"testing"

	"yijianyou/search"
)

func TestWordsThatAskArePartedFromWhatIsSought(t *testing.T) {
	for text, want := range map[string]string{
		"曹操的墓在哪里":     "曹操 墓   ",
		"最大的鼎是什么时候做的": "最大 鼎       ",
		"莲鹤方壶":        "",
		"什么":          "",
		"在河南有哪些石窟":    "在河南   石窟",
	} {
		got, asks := unasked([]rune(text), false)
		if !asks {
			got = nil
		}
		if string(got) != want || asks != (want != "") {
			t.Errorf("%s: %q, want %q", text, string(got), want)
		}
	}
}

func TestWhatHasMuchOfAQuestionIsFound(t *testing.T) {
	x := fill(t, search.Public, sampleDocs(t))
	ask := func(text string) search.Result {
		t.Helper()
		q := search.NewQuery(search.PublicScope())
		q.Text = text
		res, err := x.Search(context.Background(), q, nil)
		if err != nil {
			t.Fatal(err)
		}
		return res
	}
	res := ask("贾湖出土的骨笛有多少个孔")
	if res.Total == 0 || res.Items[0].ID != "jiahu-flute" || res.Partial {
		t.Errorf("a question: %+v", res)
	}
	if res = ask("贾湖骨笛博物馆讲座"); res.Total == 0 || res.Items[0].ID != "jiahu-flute" || !res.Partial {
		t.Errorf("more than any record has: %+v", res)
	}
	if res = ask("龙们石窟"); res.Total == 0 || res.Items[0].ID != "longmen" || !res.Partial || res.Help == nil {
		t.Errorf("a slip: %+v", res)
	}
	if res = ask("petul"); res.Total == 0 || !res.Partial {
		t.Errorf("a slip in a word of a text: %+v", res)
	}
	if res = ask("贾湖骨笛"); res.Partial {
		t.Errorf("a name: %+v", res)
	}
	if res = ask("“莲鹤方”的讲座在哪里"); res.Total == 0 || res.Items[0].ID != "hu-henan" || res.Partial {
		t.Errorf("a question with a phrase that is there: %+v", res)
	}
	if res = ask("“贾湖的骨笛”有多少个孔"); res.Total == 0 || res.Items[0].ID != "jiahu-flute" || !res.Partial {
		t.Errorf("a question with a phrase that is not there: %+v", res)
	}
	for _, text := range []string{"氢弹", "演99999", "“莲鹤方” 讲座"} {
		if res = ask(text); res.Total != 0 || res.Partial {
			t.Errorf("%s: %d found", text, res.Total)
		}
	}
}
