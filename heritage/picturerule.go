package heritage

import (
	"yijianyou/heritage/vocab"
	"yijianyou/media"
)

// Grades are the codes of the grades of relics, as media.Rule may name them.
func Grades() []string {
	var out []string
	for _, t := range vocab.Must("relic-grade").Terms() {
		out = append(out, string(t.Code))
	}
	return out
}

// PictureRules are the picture policy of a museum that has stored none of its
// own. What others may use freely is given as it is. Relics of the first grade,
// and those that are not graded and count as precious until they are (文物藏品定级
// 标准), are shown smaller and marked.
func PictureRules() []media.Rule {
	return []media.Rule{
		{Name: media.Text{ZH: "开放许可", EN: "Open licences"}, Licences: media.OpenLicences()},
		{Name: media.Text{ZH: "一级与未定级文物", EN: "Grade I and ungraded"}, Grades: []string{"grade-1", string(ungraded)},
			MaxSize: 2048, Watermark: "仅供欣赏 FOR VIEWING ONLY"},
	}
}
