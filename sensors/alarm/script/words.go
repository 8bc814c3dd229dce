package script

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"yijianyou/internal/actor"
	"yijianyou/sensors/alarm"
	"yijianyou/sensors/alarm/material"
	"yijianyou/sensors/series"
)

var kinds = map[string]alarm.Kind{"限值": alarm.Limit, "变化率": alarm.Rate, "波动": alarm.Swing, "静默": alarm.Silence, "卡死": alarm.Stuck, "尖峰": alarm.Spike,
	"结露": alarm.Dew, "霉变": alarm.Mould, "曝光": alarm.Dose, "时段": alarm.Hours, "无单移动": alarm.Passage}

var quantities = map[string]string{"温度": alarm.Temperature, "相对湿度": alarm.Humidity, "表面温度": alarm.Surface, "照度": alarm.Illuminance,
	"二氧化碳": "co2", "紫外": "uv", "有人": alarm.Presence, "无单": alarm.Uncovered, "年曝光": material.Dose}

var classes = map[string]series.MouldClass{"很敏感": series.VerySensitive, "敏感": series.Sensitive, "中等": series.MediumResistant, "耐受": series.Resistant}

var roles = map[string]actor.Role{"调度员": actor.Dispatcher, "审批人": actor.Approver, "管理员": actor.Admin, "保管员": actor.Keeper}

var phases = map[string]alarm.Phase{"正常": alarm.Fine, "待定": alarm.Pending, "报警": alarm.Raised, "恢复中": alarm.Clearing}

var changes = map[string]alarm.ChangeKind{"报警": alarm.Raise, "解除": alarm.Clear, "静音": alarm.Mute, "补记": alarm.Belated}

// units of durations; 小时 before 时 is not needed, as no unit ends another.
var durations = []struct {
	word string
	ms   int64
}{{"秒", 1000}, {"分", 60_000}, {"小时", 3_600_000}, {"天", 86_400_000}}

// longest is the longest duration of a script.
const longest = 800 * 86_400_000

var errWord = errors.New("这个词在这里看不懂")

// duration reads "10分", in milliseconds; above 0.
func duration(s string) (int64, error) {
	for _, u := range durations {
		digits, ok := strings.CutSuffix(s, u.word)
		if !ok {
			continue
		}
		n, err := strconv.ParseInt(digits, 10, 32)
		if err != nil || n < 1 || n > longest/u.ms {
			return 0, errors.New("时长应为正整数加 秒、分、小时 或 天")
		}
		return n * u.ms, nil
	}
	return 0, errors.New("时长应为正整数加 秒、分、小时 或 天")
}

// count reads "6次" or "3个".
func count(s, word string) (int, error) {
	digits, ok := strings.CutSuffix(s, word)
	n, err := strconv.Atoi(digits)
	if !ok || err != nil || n < 0 || n > maxSamples {
		return 0, errors.New("应为数目加 " + word)
	}
	return n, nil
}

func number(s string) (float64, error) {
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || !(v >= -1e9 && v <= 1e9) {
		return 0, errors.New("应为数")
	}
	return v, nil
}

// one looks a word up.
func one[T any](table map[string]T, word string) (T, error) {
	v, ok := table[word]
	if !ok {
		return v, errWord
	}
	return v, nil
}

// moment reads "08:30" of the day of now, or with a date of its own.
func moment(words []string, now int64, loc *time.Location) (at int64, rest []string, err error) {
	if len(words) == 0 {
		return 0, nil, errors.New("缺少时刻")
	}
	day := time.UnixMilli(now).In(loc).Format(time.DateOnly)
	if len(words[0]) == len(time.DateOnly) && len(words) > 1 {
		day, words = words[0], words[1:]
	}
	t, err := time.ParseInLocation("2006-01-02 15:04", day+" "+words[0], loc)
	if err != nil || t.Year() < 1970 || t.Year() > 2200 {
		return 0, nil, errors.New("时刻应写成 08:30 或 2026-01-05 08:30")
	}
	return t.UnixMilli(), words[1:], nil
}
