package demo

import (
	"encoding/binary"
	"fmt"
	"strings"
	"time"

	"yijianyou/heritage"
	"yijianyou/media"
)

// What the demo tones are called wherever they are heard.
const (
	ToneNoticeZH = "演示提示音（合成），不是讲解录音"
	ToneNoticeEN = "Demo tones (synthesised), not a narration"
)

// tone is one note of the five-tone scale. Its pitch is that of equal temperament
// at A4 = 440 Hz (ISO 16).
type tone struct {
	zh, en    string
	millihert uint64
}

var (
	gong  = tone{"宫", "C4", 261_626}
	shang = tone{"商", "D4", 293_665}
	jue   = tone{"角", "E4", 329_628}
	zhi   = tone{"徵", "G4", 391_995}
	yu    = tone{"羽", "A4", 440_000}
)

// tones returns the notes in the order in which they sound.
func tones() []tone { return []tone{gong, shang, jue, zhi, yu, zhi, jue, gong} }

const (
	toneRate   = 16_000 // samples a second
	toneLength = 3 * time.Second
	toneLoud   = 6_000 // of 32,767
)

// Tones returns the demo sound: a WAVE file with PCM, one channel, 16 bits, 16 kHz,
// 24 seconds. It is computed in integers, so that every machine makes the same bytes.
func Tones() []byte {
	list := tones()
	each := int(toneLength/time.Second) * toneRate
	size := uint32(len(list) * each * 2)
	le := binary.LittleEndian
	b := make([]byte, 0, 44+int(size))
	b = append(b, "RIFF"...)
	b = le.AppendUint32(b, 36+size)
	b = append(b, "WAVEfmt "...)
	b = le.AppendUint32(b, 16) // bytes of the format
	b = le.AppendUint16(b, 1)  // PCM
	b = le.AppendUint16(b, 1)  // channels
	b = le.AppendUint32(b, toneRate)
	b = le.AppendUint32(b, toneRate*2) // bytes a second
	b = le.AppendUint16(b, 2)          // bytes a sample
	b = le.AppendUint16(b, 16)         // bits a sample
	b = append(b, "data"...)
	b = le.AppendUint32(b, size)
	for _, t := range list {
		step := uint32(t.millihert * (1 << 32) / (toneRate * 1000))
		phase := uint32(0)
		for i := range each {
			b = le.AppendUint16(b, uint16(sine(phase)*swell(i, each)>>15))
			phase += step
		}
	}
	return b
}

// sine returns toneLoud times the sine of a phase of which 2^32 is one turn, by the
// formula of Bhaskara I, which is right to two thousandths.
func sine(phase uint32) int64 {
	x := int64(phase>>16) & 0x7FFF // within its half turn
	q := x * (0x8000 - x)
	y := toneLoud * 16 * q / (5*0x8000*0x8000 - 4*q)
	if phase>>31 == 1 {
		return -y
	}
	return y
}

// swell returns how loud sample i of n of a note is, 32,768 the most: it comes in 30
// milliseconds and fades like a bell, to nothing.
func swell(i, n int) int64 {
	const attack = toneRate * 30 / 1000
	if i < attack {
		return int64(i) << 15 / attack
	}
	left := int64(n-i) << 15 / int64(n-attack)
	return left * left >> 15
}

// toneLines returns what the words say of each note, in one language; the first says
// what all of it is.
func toneLines(lang string) []string {
	notice, form := ToneNoticeZH+"。", "合成提示音 %d：%s，%d 赫兹"
	if lang == "en" {
		notice, form = ToneNoticeEN+". ", "Synthesised tone %d: %s, %d Hz"
	}
	var lines []string
	for i, t := range tones() {
		name := t.zh
		if lang == "en" {
			name = t.en
		}
		lines = append(lines, notice+fmt.Sprintf(form, i+1, name, (t.millihert+500)/1000))
		notice = ""
	}
	return lines
}

// ToneTracks returns the captions (WebVTT) and the transcripts of Tones.
func ToneTracks() []media.NewTrack {
	var out []media.NewTrack
	for _, lang := range []string{"zh", "en"} {
		vtt, text := "WEBVTT\n", ""
		for i, line := range toneLines(lang) {
			from, to := time.Duration(i)*toneLength, time.Duration(i+1)*toneLength
			vtt += fmt.Sprintf("\n00:%02d.000 --> 00:%02d.000\n%s\n", int(from.Seconds()), int(to.Seconds()), line)
			text += fmt.Sprintf("0:%02d  %s\n", int(from.Seconds()), line)
		}
		out = append(out,
			media.NewTrack{Kind: media.Captions, Lang: lang, Format: "text/vtt", Text: []byte(vtt), Reason: ToneNoticeZH},
			media.NewTrack{Kind: media.Transcript, Lang: lang, Format: "text/plain", Text: []byte(strings.TrimSpace(text)), Reason: ToneNoticeZH})
	}
	return out
}

// ToneTerms are those of the tones: the project's own work, as the drawings are.
func ToneTerms() media.Terms {
	t := Terms(AreaOrg)
	t.Credit = media.Text{ZH: ToneNoticeZH, EN: ToneNoticeEN}
	return t
}

func toneCaption() heritage.Text { return heritage.Text{ZH: ToneNoticeZH, EN: ToneNoticeEN} }
