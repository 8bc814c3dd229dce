package vocab

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestEras(t *testing.T) {
	y := func(n int) *int { return &n }
	for _, c := range []struct {
		rule, zh string
		from, to *int
		want     []Code
	}{
		{"a part of an era and its parent", "春秋中期", y(-670), y(-570), []Code{"zhou", "zhou-eastern", "spring-autumn"}},
		{"brackets do not count", "唐（武周久视元年）", y(700), y(700), []Code{"tang"}},
		{"a span takes what lies between", "明至民国", nil, nil, []Code{"ming", "qing", "republic"}},
		{"eras written together", "明清", nil, nil, []Code{"ming", "qing"}},
		{"a regional dynasty is named", "宋、金", nil, nil, []Code{"song", "jin-jurchen"}},
		{"years never mean a regional dynasty", "北宋治平元年", y(1064), y(1064), []Code{"song", "song-northern"}},
		{"an era's years do not touch its neighbours", "", y(960), y(1127), []Code{"song", "song-northern"}},
		{"a culture goes by its years", "新石器时代·仰韶文化", y(-4000), y(-3000), []Code{"neolithic"}},
		{"周 is not 西周", "周", nil, nil, []Code{"zhou"}},
		{"晋 is not 西晋", "晋", nil, nil, []Code{"jin"}},
		{"殷 is Shang", "殷", nil, nil, []Code{"shang"}},
		{"a calendar year", "1948年", y(1948), y(1948), []Code{"republic"}},
		{"one known year", "", nil, y(1450), []Code{"ming"}},
		{"words that are no era and no years", "离", nil, nil, nil},
		{"nothing", "", nil, nil, nil},
		{"北魏 is northern", "北魏", nil, nil, []Code{"northern-southern", "northern-dynasties"}},
		{"years of the divided north stop at the whole", "", y(500), y(520), []Code{"northern-southern"}},
	} {
		t.Run(c.rule, func(t *testing.T) {
			if diff := cmp.Diff(c.want, Eras(c.zh, c.from, c.to)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
