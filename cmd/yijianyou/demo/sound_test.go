package demo

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"

	"yijianyou/internal/actor"
	"yijianyou/media"
	"yijianyou/media/vtt"
	"yijianyou/tourism"
)

func TestTheTonesAreTheSameBytesOnEveryMachine(t *testing.T) {
	b := Tones()
	if sum := sha256.Sum256(b); hex.EncodeToString(sum[:]) != "0ba0b5672145df735d78b3e26ad52bbb1bbeab4bb3bee264ede51b5f53062bed" {
		t.Errorf("%x", sum)
	}
	if len(b) != 44+24*toneRate*2 {
		t.Errorf("%d bytes", len(b))
	}
	loud, last := 0, 0
	for i := 44; i < len(b); i += 2 {
		v := int(int16(uint16(b[i]) | uint16(b[i+1])<<8))
		loud = max(loud, v, -v)
		if jump := v - last; jump > 1200 || jump < -1200 {
			t.Fatalf("a click of %d at sample %d", jump, (i-44)/2)
		}
		last = v
	}
	if loud < toneLoud*9/10 || loud > toneLoud {
		t.Errorf("the loudest sample is %d", loud)
	}
}

func TestTheWordsOfTheTonesSayAtEachTimeWhatTheyAre(t *testing.T) {
	for _, n := range ToneTracks() {
		notice, each := ToneNoticeZH, "合成提示音"
		if n.Lang == "en" {
			notice, each = ToneNoticeEN, "Synthesised tone"
		}
		if n.Kind == media.Transcript {
			if lines := strings.Split(string(n.Text), "\n"); len(lines) != len(tones()) || !strings.Contains(lines[0], notice) || strings.Count(string(n.Text), each) != len(tones()) {
				t.Errorf("the transcript in %s: %s", n.Lang, n.Text)
			}
			continue
		}
		cues, wrong := vtt.Parse(n.Text)
		if len(wrong) > 0 || len(cues) != len(tones()) {
			t.Fatalf("%d cues in %s, %v", len(cues), n.Lang, wrong)
		}
		for i, c := range cues {
			if c.End-c.Start != toneLength || i > 0 && c.Start != cues[i-1].End || !strings.Contains(c.Text, each) || i == 0 && !strings.HasPrefix(c.Text, notice) {
				t.Errorf("cue %d in %s: %+v", i, n.Lang, c)
			}
		}
	}
}

func TestAStoryOfTheModelAreaGetsItsSoundOnce(t *testing.T) {
	d, ctx := newMediaDeps(t, true), t.Context()
	st, m := d.Store, d.Media
	if err := d.sound(ctx, nil); err != nil { // before the story is there
		t.Fatal(err)
	}
	l := &loader{Deps: d, ctx: ctx, progress: &Progress{Version: Version, Done: map[string]int{}}}
	l.progress.ID, l.progress.Org = progressID, Henan
	area, err := TheExampleArea()
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{
		shown(l, "areas", d.Tourism.Areas, []tourism.NewRecord[tourism.AreaFields]{area.Area}),
		shown(l, "spots", d.Tourism.Spots, area.Spots),
		shown(l, "stories", d.Tourism.Stories, area.Stories),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	var rev, assetRev int64
	for range 2 {
		if err := d.sound(ctx, nil); err != nil {
			t.Fatal(err)
		}
		story, err := d.Tourism.Stories.Public(ctx, SoundStory())
		if err != nil || len(story.Fields.Media) != 1 || story.Fields.Media[0].Caption != toneCaption() {
			t.Fatalf("%+v %v", story, err)
		}
		a, err := m.Asset(ctx, st, story.Fields.Media[0].AssetID)
		if err != nil || a.Org != AreaOrg || a.Audience() != media.Public || a.DurationMS != 24_000 || len(a.Tracks) != 4 || a.Terms != ToneTerms() {
			t.Fatalf("%+v %v", a, err)
		}
		if text, private, err := m.TrackOf(ctx, actor.Nobody(), a.ID, media.Captions, "en"); err != nil || private || !strings.Contains(text.Text, ToneNoticeEN) {
			t.Errorf("%+v %v", text, err)
		}
		rec, err := d.Tourism.Stories.Record(ctx, By(), SoundStory())
		if err != nil {
			t.Fatal(err)
		}
		if rev != 0 && (rev != rec.Rev || assetRev != a.Rev) {
			t.Errorf("the second run changed the story (%d to %d) or the sound (%d to %d)", rev, rec.Rev, assetRev, a.Rev)
		}
		rev, assetRev = rec.Rev, a.Rev
	}
	list, err := m.List(ctx, By(), media.Filter{Org: AreaOrg}, 10, "")
	if err != nil || len(list.Items) != 1 {
		t.Errorf("%d assets, %v", len(list.Items), err)
	}
}
